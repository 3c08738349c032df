// The activations of ../../reference/activations.ts over values that lie side by side. `kind` is an index in
// `activationNames` (src/spec/activations.ts).
import {
  ACTIVATION_ELU, ACTIVATION_GELU, ACTIVATION_LEAKY_RELU, ACTIVATION_MISH, ACTIVATION_RELU, ACTIVATION_SIGMOID,
  ACTIVATION_SILU, ACTIVATION_SOFTPLUS, ACTIVATION_STEP, ACTIVATION_TANH,
} from './constants';
import { exp, expm1, log1p, madd, normalBelow, sigmoid, splat, tanh } from './vector';

@inline
function put(at: usize, slopes: usize, value: v128, slope: v128): void {
  v128.store(at, value);
  v128.store(slopes, slope);
}

/** Turns the weighted sums z at `at` into a = f(z), and writes f'(z) to `slopes`; up to `end`, in steps of four. */
export function activate(kind: u32, at: usize, slopes: usize, end: usize): void {
  const zero = splat(0);
  const one = splat(1);
  switch (kind) {
    case ACTIVATION_STEP:
      for (; at < end; at += 16, slopes += 16) {
        put(at, slopes, v128.and(f32x4.gt(v128.load(at), zero), one), zero);
      }
      break;
    case ACTIVATION_SIGMOID:
      for (; at < end; at += 16, slopes += 16) {
        const a = sigmoid(v128.load(at));
        put(at, slopes, a, f32x4.mul(a, f32x4.sub(one, a)));
      }
      break;
    case ACTIVATION_TANH:
      for (; at < end; at += 16, slopes += 16) {
        const a = tanh(v128.load(at));
        put(at, slopes, a, f32x4.sub(one, f32x4.mul(a, a)));
      }
      break;
    case ACTIVATION_RELU:
      for (; at < end; at += 16, slopes += 16) {
        const z = v128.load(at);
        const above = f32x4.gt(z, zero);
        // max(z, 0), and NaN stays NaN
        put(at, slopes, v128.andnot(z, f32x4.le(z, zero)), v128.and(above, one));
      }
      break;
    case ACTIVATION_LEAKY_RELU:
      for (; at < end; at += 16, slopes += 16) {
        const z = v128.load(at);
        const slope = v128.bitselect(one, splat(0.01), f32x4.gt(z, zero));
        put(at, slopes, f32x4.mul(z, slope), slope);
      }
      break;
    case ACTIVATION_ELU:
      for (; at < end; at += 16, slopes += 16) {
        const z = v128.load(at);
        const above = f32x4.gt(z, zero);
        const a = v128.bitselect(z, expm1(f32x4.pmin(z, zero)), above);
        put(at, slopes, a, v128.bitselect(one, f32x4.add(a, one), above));
      }
      break;
    case ACTIVATION_GELU:
      for (; at < end; at += 16, slopes += 16) {
        const z = v128.load(at);
        const below = normalBelow(z);
        const density = f32x4.mul(splat(0.39894228), exp(f32x4.mul(splat(-0.5), f32x4.mul(z, z))));
        put(at, slopes, f32x4.mul(z, below), madd(z, density, below));
      }
      break;
    case ACTIVATION_SILU:
      for (; at < end; at += 16, slopes += 16) {
        const z = v128.load(at);
        const e = exp(f32x4.neg(z));
        const s = f32x4.div(one, f32x4.add(one, e));
        const a = f32x4.mul(z, s);
        // 1 - s is e s, without the loss of digits.
        put(at, slopes, a, madd(a, f32x4.mul(e, s), s));
      }
      break;
    case ACTIVATION_SOFTPLUS:
      for (; at < end; at += 16, slopes += 16) {
        const z = v128.load(at);
        const tail = log1p(exp(f32x4.neg(f32x4.abs(z))));
        put(at, slopes, f32x4.add(v128.andnot(z, f32x4.le(z, zero)), tail), sigmoid(z));
      }
      break;
    case ACTIVATION_MISH:
      for (; at < end; at += 16, slopes += 16) {
        const z = v128.load(at);
        // tanh(log(1 + e)) is n / (n + 2) with n = e (e + 2); from z = 20 on it is 1, and n squared is still a number.
        const e = exp(f32x4.pmin(z, splat(20)));
        const n = f32x4.mul(e, f32x4.add(e, splat(2)));
        const most = f32x4.add(n, splat(2));
        const rest = f32x4.mul(e, f32x4.div(f32x4.add(e, one), most));
        put(at, slopes, f32x4.mul(z, f32x4.div(n, most)), f32x4.div(madd(f32x4.mul(splat(4), z), rest, n), most));
      }
      break;
    default: // ACTIVATION_IDENTITY
      for (; at < end; at += 16, slopes += 16) v128.store(slopes, one);
  }
}
