// The scale layer, a block of 8 units of one panel at a time: z[u,r] = x[u,r] scale[u] + shift[u]. Scales and shifts lie
// side by side, [unit].
import { blockBytes, lanes, unitBytes } from './place';
import { madd, splat, sum4 } from './vector';

/** The numbers [unit] at `from` that go with the vector at `v` bytes in a block: of four units, or four times that of one. */
@inline
function numbersAt(from: usize, v: usize): v128 {
  return lanes == 1 ? v128.load(from + v) : v128.load_splat<f32>(from + ((v / unitBytes) << 2));
}

/** z from x; without `shifts`, dLoss/dx from errors. */
export function scaleUnits(scales: usize, shifts: usize, x: usize, z: usize): void {
  for (let v: usize = 0; v < blockBytes; v += 16) {
    const shift = shifts ? numbersAt(shifts, v) : splat(0);
    v128.store(z + v, madd(v128.load(x + v), numbersAt(scales, v), shift));
  }
}

/** dscale[u] = sum_r error[u,r] x[u,r] over all panels, which lie `xPanel` and `ePanel` bytes apart. */
export function scaleGradients(x: usize, xPanel: usize, e: usize, ePanel: usize, panels: i32, to: usize): void {
  memory.fill(to, 0, 32);
  for (let p = 0; p < panels; p++, x += xPanel, e += ePanel) {
    for (let v: usize = 0; v < blockBytes; v += 16) {
      const product = f32x4.mul(v128.load(x + v), v128.load(e + v));
      const at = to + (lanes == 1 ? v : (v / unitBytes) << 2);
      if (lanes == 1) v128.store(at, f32x4.add(v128.load(at), product));
      else store<f32>(at, load<f32>(at) + sum4(product));
    }
  }
}
