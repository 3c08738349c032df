// Functions of four float32 at once. Errors in units in the last place of a float32, the worst of a million arguments
// evenly spread over the range, plain SIMD: exp 1.0 (-87 to 88), log1p 1.9 (0 to 1), log 2.0 (1 to 10,000), tanh 2.5,
// sigmoid 2.4 (-80 to 80), expm1 1.0 (-20 to 0). test/unit/engine/cpu/cpu-functions.test.ts holds them.

/** a b + c: rounded once where relaxed SIMD is on and the machine can, else twice. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

@inline
export function splat(value: f32): v128 {
  return f32x4.splat(value);
}

/** cos(2 pi t) for t of any size: sin(2 pi q) of q = 1/4 - |t - round(t)|, to 2e-7. */
export function cosineOfTurns(t: v128): v128 {
  const q = f32x4.sub(splat(0.25), f32x4.abs(f32x4.sub(t, f32x4.nearest(t))));
  const square = f32x4.mul(q, q);
  let p = splat(39.536705);
  p = madd(p, square, splat(-76.549782));
  p = madd(p, square, splat(81.601006));
  p = madd(p, square, splat(-41.341656));
  p = madd(p, square, splat(6.283185));
  return f32x4.mul(p, q);
}

/** The sum of the four, in a fixed order. */
@inline
export function sum4(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/** x / ln 2, rounded. */
@inline
function power(x: v128): v128 {
  return f32x4.nearest(f32x4.mul(x, splat(1.44269504088896341)));
}

/** Beyond, exp(x) would be a denormal or infinite as a float32. What is not a number stays that. */
@inline
function bounded(x: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, splat(-87.3)), splat(88));
}

/** exp(r) - 1 for r = x - n ln 2, |r| <= ln 2 / 2 (Cephes' expf, Moshier 1989). */
@inline
function restOf(x: v128, n: v128): v128 {
  const r = madd(n, splat(2.12194440e-4), madd(n, splat(-0.693359375), x));
  let p = splat(1.9875691500e-4);
  p = madd(p, r, splat(1.3981999507e-3));
  p = madd(p, r, splat(8.3334519073e-3));
  p = madd(p, r, splat(4.1665795894e-2));
  p = madd(p, r, splat(1.6666665459e-1));
  p = madd(p, r, splat(5.0000001201e-1));
  return madd(p, f32x4.mul(r, r), r);
}

/** 2^n */
@inline
function scaleOf(n: v128): v128 {
  return i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
}

/** exp(x) = 2^n exp(r) */
export function exp(x: v128): v128 {
  const b = bounded(x);
  const n = power(b);
  return f32x4.mul(f32x4.add(restOf(b, n), splat(1)), scaleOf(n));
}

/** exp(x) - 1 = 2^n (exp(r) - 1) + (2^n - 1), exact near 0. */
export function expm1(x: v128): v128 {
  const b = bounded(x);
  const n = power(b);
  const scale = scaleOf(n);
  return madd(restOf(b, n), scale, f32x4.sub(scale, splat(1)));
}

/** 2 atanh(s) / s - 2, over s^2, for |s| <= 1/3. */
@inline
function atanhTail(square: v128): v128 {
  let p = splat(2.0 / 17.0);
  p = madd(p, square, splat(2.0 / 15.0));
  p = madd(p, square, splat(2.0 / 13.0));
  p = madd(p, square, splat(2.0 / 11.0));
  p = madd(p, square, splat(2.0 / 9.0));
  p = madd(p, square, splat(2.0 / 7.0));
  p = madd(p, square, splat(2.0 / 5.0));
  return madd(p, square, splat(2.0 / 3.0));
}

/** log(1 + u) for u in [0, 1]: 2 atanh(u / (2 + u)), exact near 0. */
export function log1p(u: v128): v128 {
  const s = f32x4.div(u, f32x4.add(splat(2), u));
  const square = f32x4.mul(s, s);
  return madd(f32x4.mul(s, square), atanhTail(square), f32x4.add(s, s));
}

/** log(y) for y >= 1: y = 2^n m with m in [2/3, 4/3], and log(m) as above. */
export function log(y: v128): v128 {
  // Moves the mantissa's range from [1, 2) to [2/3, 4/3).
  const shifted = i32x4.sub(y, i32x4.splat(0x3f2aaaab));
  const n = i32x4.shr_s(shifted, 23);
  const m = i32x4.sub(y, i32x4.shl(n, 23));
  const f = f32x4.sub(m, splat(1));
  const s = f32x4.div(f, f32x4.add(splat(2), f));
  const square = f32x4.mul(s, s);
  const ofM = madd(f32x4.mul(s, square), atanhTail(square), f32x4.add(s, s));
  const count = f32x4.convert_i32x4_s(n);
  return madd(count, splat(0.693359375), madd(count, splat(-2.12194440e-4), ofM));
}

/** e / (e + 2), e = exp(2 x) - 1: exact near 0, and 1 or -1 far from it. */
export function tanh(x: v128): v128 {
  const e = expm1(f32x4.add(x, x));
  return f32x4.div(e, f32x4.add(e, splat(2)));
}

@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(splat(1), f32x4.add(splat(1), exp(f32x4.neg(x))));
}

/** The standard normal distribution function; erf to 1.5e-7 (Abramowitz & Stegun 7.1.26). */
export function normalBelow(z: v128): v128 {
  const x = f32x4.mul(f32x4.abs(z), splat(0.70710678));
  const t = f32x4.div(splat(1), madd(splat(0.3275911), x, splat(1)));
  let series = splat(1.061405429);
  series = madd(series, t, splat(-1.453152027));
  series = madd(series, t, splat(1.421413741));
  series = madd(series, t, splat(-0.284496736));
  series = madd(series, t, splat(0.254829592));
  const tail = exp(f32x4.neg(f32x4.mul(x, x)));
  const above = f32x4.mul(f32x4.mul(splat(0.5), f32x4.mul(series, t)), tail);
  return v128.bitselect(f32x4.sub(splat(1), above), above, f32x4.gt(z, splat(0)));
}
