/** Colours as numbers, for pictures that are painted pixel by pixel. */
export type Rgb = readonly [number, number, number];

/** Of `#rrggbb`. */
export function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const at = (channel: 0 | 1 | 2) => a[channel] + share * (b[channel] - a[channel]);
  return [at(0), at(1), at(2)];
}

export function cssOf([r, g, b]: Rgb, alpha = 1): string {
  return `rgb(${Math.round(r)} ${Math.round(g)} ${Math.round(b)} / ${alpha})`;
}

/** The colour at a share from 0 to 1 along evenly spaced stops. */
export function along(stops: readonly Rgb[], share: number): Rgb {
  const at = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(at));
  return mix(stops[below], stops[below + 1], at - below);
}

/** [r, g, b] of `size` colours along the stops. */
export function ramp(stops: readonly Rgb[], size = 256): Uint8ClampedArray {
  const colours = new Uint8ClampedArray(3 * size);
  for (let i = 0; i < size; i++) colours.set(along(stops, i / (size - 1)), 3 * i);
  return colours;
}
