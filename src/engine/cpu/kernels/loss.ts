// The losses of ../../reference/losses.ts for four rows at once: outputs, slopes, targets and errors are
// [output][lane], `stride` bytes from one output to the next. `kind` is an index in `lossNames` (src/spec/losses.ts).
import {
  LOSSES_BY_SUM, LOSSES_OVER_ROWS, LOSS_BINARY_CROSS_ENTROPY, LOSS_HUBER, LOSS_MAE, LOSS_MSE,
  LOSS_SOFTMAX_CROSS_ENTROPY,
} from './constants';
import { trial } from './place';
import * as TRIAL from './trial-fields';
import { exp, log, log1p, madd, sigmoid, splat, sum4 } from './vector';

/**
 * LOSS_CUSTOM, which the host computes (../custom-loss.ts): writes the errors of the rows `first` to `first + lanes` of a batch
 * of `rows`, whose outputs, slopes and targets are [output][lane], and returns the sum of weight x loss over them.
 */
@external("env", "loss")
export declare function customLoss(
  values: usize,
  slopes: usize,
  targets: usize,
  errors: usize,
  weights: usize,
  outputs: i32,
  lanes: i32,
  first: i32,
  rows: i32,
): f64;

/** Whether the mean is over the rows alone. */
@inline
export function overRows(kind: u32): bool {
  return ((LOSSES_OVER_ROWS >> kind) & 1) == 1;
}

/** Label smoothing: (1 - e) t + e / k for a target t of one of k classes, `share` being 1 / k; exactly t where e is 0. */
@inline
function smoothed(t: v128, smoothing: v128, share: v128): v128 {
  return madd(smoothing, f32x4.sub(share, t), t);
}

/**
 * Writes dLoss/dz of the four rows to `errors`: `scale` [lane], which is the row's weight / what the mean is over, times
 * the slope of the loss, times f'(z) unless the slope is by the sum already. Returns the sum of weight x loss over the
 * rows.
 */
export function lossOfRows(
  kind: u32,
  outputs: i32,
  values: usize,
  slopes: usize,
  targets: usize,
  errors: usize,
  stride: usize,
  weight: v128,
  scale: v128,
): f64 {
  const smoothing = splat(load<f32>(trial, TRIAL.LABEL_SMOOTHING));
  if (kind == LOSS_SOFTMAX_CROSS_ENTROPY)
    return softmax(outputs, values, slopes, targets, errors, stride, smoothing, weight, scale);
  const bySum = ((LOSSES_BY_SUM >> kind) & 1) == 1;
  let sum = splat(0);
  for (let o = 0; o < outputs; o++) {
    const y = v128.load(values);
    const t = smoothed(v128.load(targets), smoothing, splat(0.5));
    const apart = f32x4.sub(y, t);
    // LOSS_HALF_MSE and LOSS_PERCEPTRON
    let slope = apart;
    let loss = f32x4.mul(splat(0.5), f32x4.mul(apart, apart));
    if (kind == LOSS_MSE) {
      loss = f32x4.mul(apart, apart);
      slope = f32x4.add(apart, apart);
    } else if (kind == LOSS_MAE) {
      loss = f32x4.abs(apart);
      const one = v128.and(splat(1), f32x4.ne(apart, splat(0)));
      slope = v128.or(one, v128.and(apart, i32x4.splat(0x80000000)));
      // Not a number stays one.
      slope = v128.bitselect(slope, apart, f32x4.eq(apart, apart));
    } else if (kind == LOSS_HUBER) {
      const size = f32x4.abs(apart);
      loss = v128.bitselect(loss, f32x4.sub(size, splat(0.5)), f32x4.le(size, splat(1)));
      slope = f32x4.pmin(f32x4.pmax(apart, splat(-1)), splat(1));
    } else if (kind == LOSS_BINARY_CROSS_ENTROPY) {
      const above = v128.andnot(y, f32x4.le(y, splat(0)));
      const tail = log1p(exp(f32x4.neg(f32x4.abs(y))));
      loss = f32x4.add(f32x4.sub(above, f32x4.mul(y, t)), tail);
      slope = f32x4.sub(sigmoid(y), t);
    }
    sum = f32x4.add(sum, loss);
    const error = f32x4.mul(scale, slope);
    v128.store(errors, bySum ? error : f32x4.mul(error, v128.load(slopes)));
    values += stride;
    slopes += stride;
    targets += stride;
    errors += stride;
  }
  return total(sum, weight);
}

function softmax(
  outputs: i32,
  values: usize,
  slopes: usize,
  targets: usize,
  errors: usize,
  stride: usize,
  smoothing: v128,
  weight: v128,
  scale: v128,
): f64 {
  const share = splat(1 / <f32>outputs);
  const end = <usize>outputs * stride;
  let largest = v128.load(values);
  for (let at = stride; at < end; at += stride) largest = f32x4.max(largest, v128.load(values + at));
  let sum = splat(0);
  for (let at: usize = 0; at < end; at += stride) {
    const power = exp(f32x4.sub(v128.load(values + at), largest));
    v128.store(errors + at, power);
    sum = f32x4.add(sum, power);
  }
  let loss = log(sum);
  for (let at: usize = 0; at < end; at += stride) {
    const t = smoothed(v128.load(targets + at), smoothing, share);
    loss = f32x4.sub(loss, f32x4.mul(t, f32x4.sub(v128.load(values + at), largest)));
    const slope = f32x4.sub(f32x4.div(v128.load(errors + at), sum), t);
    v128.store(errors + at, f32x4.mul(f32x4.mul(scale, slope), v128.load(slopes + at)));
  }
  return total(loss, weight);
}

/** Lanes without a row weigh nothing, whatever their loss. */
function total(loss: v128, weight: v128): f64 {
  return <f64>sum4(v128.and(f32x4.mul(weight, loss), f32x4.ne(weight, splat(0))));
}
