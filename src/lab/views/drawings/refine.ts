/**
 * A coarse grid made finer with cubic curves through its values (Catmull and Rom 1974), so that what was worked out at
 * few places while the run trains is drawn without corners.
 */
import type { SurfaceValues } from '../../protocol/views.ts';

/** At least `wanted` places along each side. */
export function refined(surface: SurfaceValues, wanted: number): SurfaceValues {
  const factor = Math.ceil((wanted - 1) / (surface.side - 1));
  if (factor < 2) return surface;
  const { side, values } = surface;
  const fields = values.length / (side * side);
  const fine = (side - 1) * factor + 1;
  const across = new Float32Array(side * fine * fields);
  for (let row = 0; row < side; row++) {
    curve(values, row * side * fields, fields, side, across, row * fine * fields, fields, factor, fields);
  }
  const both = new Float32Array(fine * fine * fields);
  for (let column = 0; column < fine; column++) {
    const at = column * fields;
    curve(across, at, fine * fields, side, both, at, fine * fields, factor, fields);
  }
  return { side: fine, values: both };
}

/** Along one line of `count` places, `step` numbers apart, each with so many fields. */
function curve(
  from: Float32Array,
  first: number,
  step: number,
  count: number,
  to: Float32Array,
  toFirst: number,
  toStep: number,
  factor: number,
  fields: number,
): void {
  for (let i = 0; i < count; i++) {
    const a = first + Math.max(0, i - 1) * step;
    const b = first + i * step;
    const c = first + Math.min(count - 1, i + 1) * step;
    const d = first + Math.min(count - 1, i + 2) * step;
    const parts = i === count - 1 ? 1 : factor;
    for (let part = 0; part < parts; part++) {
      const t = part / factor;
      const [wa, wb, wc, wd] = weights(t, i === 0, i >= count - 2);
      const at = toFirst + (i * factor + part) * toStep;
      for (let field = 0; field < fields; field++) {
        to[at + field] = wa * from[a + field] + wb * from[b + field] + wc * from[c + field] + wd * from[d + field];
      }
    }
  }
}

/** Of the places before, at, after and after that; where one is missing, a straight line stands in for it. */
function weights(t: number, first: boolean, last: boolean): [number, number, number, number] {
  const [t2, t3] = [t * t, t * t * t];
  let [a, b, c, d] = [(-t + 2 * t2 - t3) / 2, (2 - 5 * t2 + 3 * t3) / 2, (t + 4 * t2 - 3 * t3) / 2, (t3 - t2) / 2];
  if (first) [a, b, c] = [0, b + 2 * a, c - a];
  if (last) [b, c, d] = [b - d, c + 2 * d, 0];
  return [a, b, c, d];
}
