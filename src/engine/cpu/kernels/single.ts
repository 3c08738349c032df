// The products for panels of a single row, where units lie along the vectors: 8 units of one row are two of them.
import { madd } from './vector';

/** Weighted sums of 8 units: a weights [input][8 units], x inputs [input]. */
export function sums1(a: usize, x: usize, count: i32, c: usize, biases: usize): void {
  const from = biases ? biases : c;
  let c0 = v128.load(from);
  let c1 = v128.load(from, 16);
  let d0 = f32x4.splat(0);
  let d1 = f32x4.splat(0);
  let e0 = f32x4.splat(0);
  let e1 = f32x4.splat(0);
  let f0 = f32x4.splat(0);
  let f1 = f32x4.splat(0);
  for (; count >= 4; count -= 4) {
    const s = v128.load_splat<f32>(x);
    c0 = madd(s, v128.load(a), c0);
    c1 = madd(s, v128.load(a, 16), c1);
    const t = v128.load_splat<f32>(x, 4);
    d0 = madd(t, v128.load(a, 32), d0);
    d1 = madd(t, v128.load(a, 48), d1);
    const u = v128.load_splat<f32>(x, 8);
    e0 = madd(u, v128.load(a, 64), e0);
    e1 = madd(u, v128.load(a, 80), e1);
    const v = v128.load_splat<f32>(x, 12);
    f0 = madd(v, v128.load(a, 96), f0);
    f1 = madd(v, v128.load(a, 112), f1);
    a += 128;
    x += 16;
  }
  for (; count > 0; count--) {
    const s = v128.load_splat<f32>(x);
    c0 = madd(s, v128.load(a), c0);
    c1 = madd(s, v128.load(a, 16), c1);
    a += 32;
    x += 4;
  }
  v128.store(c, f32x4.add(f32x4.add(c0, d0), f32x4.add(e0, f0)));
  v128.store(c, f32x4.add(f32x4.add(c1, d1), f32x4.add(e1, f1)), 16);
}

/** Adds up the four lanes of each of four vectors. */
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 2, 3, 6, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
}

/** Errors of 8 inputs: a weights [8 inputs][8 units] in `blocks` blocks `aBlock` bytes apart, e errors [unit]. */
export function errors1(a: usize, aBlock: usize, e: usize, blocks: i32, c: usize, fresh: bool): void {
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let c2 = f32x4.splat(0);
  let c3 = f32x4.splat(0);
  let c4 = f32x4.splat(0);
  let c5 = f32x4.splat(0);
  let c6 = f32x4.splat(0);
  let c7 = f32x4.splat(0);
  for (; blocks > 0; blocks--) {
    const low = v128.load(e);
    const high = v128.load(e, 16);
    c0 = madd(v128.load(a), low, c0);
    c1 = madd(v128.load(a, 32), low, c1);
    c2 = madd(v128.load(a, 64), low, c2);
    c3 = madd(v128.load(a, 96), low, c3);
    c4 = madd(v128.load(a, 128), low, c4);
    c5 = madd(v128.load(a, 160), low, c5);
    c6 = madd(v128.load(a, 192), low, c6);
    c7 = madd(v128.load(a, 224), low, c7);
    c0 = madd(v128.load(a, 16), high, c0);
    c1 = madd(v128.load(a, 48), high, c1);
    c2 = madd(v128.load(a, 80), high, c2);
    c3 = madd(v128.load(a, 112), high, c3);
    c4 = madd(v128.load(a, 144), high, c4);
    c5 = madd(v128.load(a, 176), high, c5);
    c6 = madd(v128.load(a, 208), high, c6);
    c7 = madd(v128.load(a, 240), high, c7);
    a += aBlock;
    e += 32;
  }
  const s0 = sums(c0, c1, c2, c3);
  const s1 = sums(c4, c5, c6, c7);
  v128.store(c, fresh ? s0 : f32x4.add(v128.load(c), s0));
  v128.store(c, fresh ? s1 : f32x4.add(v128.load(c, 16), s1), 16);
}

/** Gradients of 8 inputs by 8 units from one row: x inputs [8], e errors [8 units]. */
export function gradients1(x: usize, e: usize, c: usize): void {
  const low = v128.load(e);
  const high = v128.load(e, 16);
  for (let m: usize = 0; m < 8; m++) {
    const s = v128.load_splat<f32>(x + (m << 2));
    v128.store(c + (m << 5), f32x4.mul(s, low));
    v128.store(c + (m << 5), f32x4.mul(s, high), 16);
  }
}
