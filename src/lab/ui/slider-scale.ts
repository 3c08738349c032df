/** Where a value sits on a slider, as a share of its length, and back. */
export interface SliderScale {
  range: [number, number];
  log: boolean;
  integer: boolean;
  /** On a log scale, whether the left end stands for 0. */
  zero: boolean;
}

export function positionOf(value: unknown, { range: [low, high], log }: SliderScale): number {
  const number = Number(value);
  if (!Number.isFinite(number)) return 0;
  const place = log ? Math.log(Math.max(number, low) / low) / Math.log(high / low) : (number - low) / (high - low);
  return Math.min(1, Math.max(0, place));
}

/** A round value: two significant digits, or a whole number. */
export function valueAtPosition(position: number, { range: [low, high], log, integer, zero }: SliderScale): number {
  if (log && zero && position <= 0) return 0;
  const value = log ? low * (high / low) ** position : low + position * (high - low);
  return integer ? Math.round(value) : Number(value.toPrecision(2));
}
