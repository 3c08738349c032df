// The optimizers of ../../reference/optimizers.ts and the regularisation before them, on parameters side by side. What
// they need besides the gradient is set once a step by `beginUpdates`. `kind` is an index in `updateNames`
// (src/spec/optimizers.ts); plain SGD is UPDATE_MOMENTUM with a momentum of 0, which may change while it trains.
import { UPDATE_MOMENTUM, UPDATE_RMSPROP } from './constants';
import * as LAYER from './layer-fields';
import * as STEP from './step-fields';
import * as TRIAL from './trial-fields';
import { madd, splat } from './vector';

let kind: u32 = 0;
let nesterov: bool = false;
let momentum: f32 = 0;
/** Whether momentum's own memory has to be written: without momentum it is the last gradient, and no step reads it. */
let remembers: bool = true;
let alpha: f32 = 0;
let beta1: f32 = 0;
let beta2: f32 = 0;
let restAlpha: f32 = 0;
let rest1: f32 = 0;
let rest2: f32 = 0;
let l1: f32 = 0;
let l2: f32 = 0;
let rate: f32 = 0;
let epsilon: f32 = 0;
let decay: f32 = 0;
let penalised: bool = false;
let slot0: isize = 0;
let slot1: isize = 0;

/** @param last whether what is remembered may be looked at afterwards */
export function beginUpdates(trial: usize, step: usize, last: bool): void {
  kind = load<u32>(trial, TRIAL.UPDATE);
  nesterov = load<u32>(trial, TRIAL.NESTEROV) != 0;
  momentum = load<f32>(trial, TRIAL.MOMENTUM);
  remembers = last || momentum != 0;
  alpha = load<f32>(trial, TRIAL.ALPHA);
  beta1 = load<f32>(trial, TRIAL.BETA1);
  beta2 = load<f32>(trial, TRIAL.BETA2);
  restAlpha = load<f32>(trial, TRIAL.REST_ALPHA);
  rest1 = load<f32>(trial, TRIAL.REST1);
  rest2 = load<f32>(trial, TRIAL.REST2);
  l1 = load<f32>(trial, TRIAL.L1);
  l2 = load<f32>(trial, TRIAL.L2);
  rate = load<f32>(step, STEP.RATE);
  epsilon = load<f32>(step, STEP.EPSILON);
  decay = load<f32>(step, STEP.DECAY);
  penalised = l1 != 0 || l2 != 0 || decay != 0;
  const parameters = <isize>load<usize>(trial, TRIAL.PARAMETERS);
  slot0 = <isize>load<usize>(trial, TRIAL.SLOT0) - parameters;
  slot1 = <isize>load<usize>(trial, TRIAL.SLOT1) - parameters;
}

/** sign(w) l1, 0 for 0 */
@inline
function pull(w: v128): v128 {
  const size = v128.and(splat(l1), f32x4.ne(w, splat(0)));
  return v128.or(size, v128.and(w, i32x4.splat(0x80000000)));
}

/** g += l2 w + l1 sign(w), then w -= decay scale w: in place, before the optimizer's update. */
function regularize(weight: usize, gradient: usize, bytes: usize, scale: f32): void {
  const shrink = splat(decay * scale);
  for (let at: usize = 0; at < bytes; at += 16) {
    const w = v128.load(weight + at);
    v128.store(gradient + at, f32x4.add(madd(splat(l2), w, v128.load(gradient + at)), pull(w)));
    v128.store(weight + at, f32x4.sub(w, f32x4.mul(shrink, w)));
  }
}

/** What multiplies the learning rate of a tensor, 0 where it is not trained: `tensor` is the place of its rate in its layer's record. */
@inline
export function rateOf(tensor: usize): f32 {
  return load<f32>(tensor);
}

/** Changes `bytes` of a tensor's parameters by the gradients at `gradient`, and what is remembered of them. */
export function update(parameter: usize, gradient: usize, bytes: usize, tensor: usize): void {
  const scale = rateOf(tensor);
  if (scale == 0) return;
  if (penalised && load<u32>(tensor, LAYER.WEIGHTS_REGULARIZED - LAYER.WEIGHT_RATE)) {
    regularize(parameter, gradient, bytes, scale);
  }
  const end = parameter + bytes;
  const step = splat(rate * scale);
  if (kind == UPDATE_MOMENTUM) {
    if (!remembers) {
      for (; parameter < end; parameter += 16, gradient += 16) {
        v128.store(parameter, f32x4.sub(v128.load(parameter), f32x4.mul(step, v128.load(gradient))));
      }
      return;
    }
    const kept = splat(momentum);
    for (; parameter < end; parameter += 16, gradient += 16) {
      const g = v128.load(gradient);
      const velocity = madd(kept, v128.load(parameter + slot0), g);
      v128.store(parameter + slot0, velocity);
      const way = nesterov ? madd(kept, velocity, g) : velocity;
      v128.store(parameter, f32x4.sub(v128.load(parameter), f32x4.mul(step, way)));
    }
  } else if (kind == UPDATE_RMSPROP) {
    const old = splat(alpha);
    const fresh = splat(restAlpha);
    const kept = splat(momentum);
    const most = splat(epsilon);
    for (; parameter < end; parameter += 16, gradient += 16) {
      const g = v128.load(gradient);
      const square = madd(old, v128.load(parameter + slot0), f32x4.mul(fresh, f32x4.mul(g, g)));
      const scaled = f32x4.div(g, f32x4.add(f32x4.sqrt(square), most));
      const way = madd(kept, v128.load(parameter + slot1), scaled);
      v128.store(parameter + slot0, square);
      v128.store(parameter + slot1, way);
      v128.store(parameter, f32x4.sub(v128.load(parameter), f32x4.mul(step, way)));
    }
  } else {
    // UPDATE_ADAM
    const old1 = splat(beta1);
    const old2 = splat(beta2);
    const fresh1 = splat(rest1);
    const fresh2 = splat(rest2);
    const most = splat(epsilon);
    for (; parameter < end; parameter += 16, gradient += 16) {
      const g = v128.load(gradient);
      const mean = madd(old1, v128.load(parameter + slot0), f32x4.mul(fresh1, g));
      const square = madd(old2, v128.load(parameter + slot1), f32x4.mul(fresh2, f32x4.mul(g, g)));
      v128.store(parameter + slot0, mean);
      v128.store(parameter + slot1, square);
      const scaled = f32x4.div(f32x4.mul(step, mean), f32x4.add(f32x4.sqrt(square), most));
      v128.store(parameter, f32x4.sub(v128.load(parameter), scaled));
    }
  }
}
