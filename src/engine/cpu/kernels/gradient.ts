// Backward, second half: dW[o,i] = sum_r error[o,r] x[i,r] and db[o] = sum_r error[o,r], tile by tile, and each tile's
// parameters changed as soon as its gradient is there; with a limit on the gradient's length, which needs the whole
// of it, kept instead. Tiles are independent of each other: threads share them.
import * as LAYER from './layer-fields';
import * as LEVEL from './level-fields';
import { rateOf, update } from './optimizer';
import { periodicGradients } from './periodic';
import {
  base, blockBytes, isPeriodic, isScale, lanes, layer, layers, level, panelBytes, trial, weightBlocksOf, work,
} from './place';
import { scaleGradients } from './scale';
import { gradients1 } from './single';
import { blocks8, gradients4 } from './tiles';
import * as TRIAL from './trial-fields';
import { splat, sum4 } from './vector';
import * as WORK from './work-fields';

/** Bytes of a tile's gradients: 8 inputs by 8 units. */
const tileBytes: usize = 256;

/**
 * All layers' tiles of this thread. `keep`: gradients go to the work's own, a tile's sum of squares to `squares`.
 * Returns how many tiles there are for all threads.
 */
export function gradients(
  panels: i32,
  rows: i32,
  scratch: usize,
  thread: i32,
  threads: i32,
  keep: bool,
  squares: usize,
): i32 {
  let tiles = 0;
  for (let l = 0; l < layers; l++) {
    const count = inputBlocksOf(layer(l)) * weightBlocksOf(layer(l));
    const begin = <i32>((<i64>count * thread) / threads);
    const end = <i32>((<i64>count * (thread + 1)) / threads);
    tilesOfLayer(l, begin, end, panels, rows, scratch, keep, squares + (<usize>tiles << 3));
    tiles += count;
  }
  return tiles;
}

/** Tiles of 8 units: as many as blocks of inputs, and one of a scale or periodic layer. */
@inline
function inputBlocksOf(record: usize): i32 {
  return (load<i32>(record, LAYER.PER_UNIT) + 7) >> 3;
}

function tilesOfLayer(
  l: i32,
  begin: i32,
  end: i32,
  panels: i32,
  rows: i32,
  scratch: usize,
  keep: bool,
  squares: usize,
): void {
  const from = level(l);
  const to = level(l + 1);
  const record = layer(l);
  const scales = isScale(record);
  const periodic = isPeriodic(record);
  const inputBlocks = inputBlocksOf(record);
  const inputs = load<i32>(record, LAYER.PER_UNIT);
  const parameters = load<usize>(trial, TRIAL.PARAMETERS);
  const weights = load<usize>(record, LAYER.WEIGHTS);
  const weightPanel = load<usize>(record, LAYER.PANEL_BYTES);
  const biases = load<usize>(record, LAYER.BIASES);
  const kept = load<usize>(work, WORK.GRADIENTS);
  const x = base + load<usize>(from, LEVEL.VALUES);
  const xPanel = panelBytes(from);
  const e = base + (lanes == 1 ? load<usize>(to, LEVEL.ERRORS) : load<usize>(to, LEVEL.ERRORS_BY_ROW));
  const byUnit = base + load<usize>(to, LEVEL.ERRORS);
  const ePanel = panelBytes(to);
  for (let tile = begin; tile < end; tile++) {
    const unitBlock = tile / inputBlocks;
    const inputBlock = tile - unitBlock * inputBlocks;
    const input = x + <usize>(scales ? unitBlock : inputBlock) * blockBytes;
    const error = e + <usize>unitBlock * blockBytes;
    const at = weights + <usize>unitBlock * weightPanel + (<usize>inputBlock << 8);
    const bytes = <usize>min(8, inputs - (inputBlock << 3)) << 5;
    const gradient = keep ? kept + at : scratch;
    const biasAt = biases + (<usize>unitBlock << 5);
    const biasGradient = keep ? kept + biasAt : scratch + tileBytes;
    if (periodic) {
      // Both from the parameters as they are before either is updated.
      periodicGradients(
        record, parameters + weights, parameters + biases, unitBlock, x, xPanel, byUnit, ePanel, panels, gradient, biasGradient,
      );
    } else if (scales) scaleGradients(input, xPanel, byUnit + <usize>unitBlock * blockBytes, ePanel, panels, gradient);
    else if (lanes == 8) blocks8(input, xPanel, error, ePanel, rows, gradient, true);
    else if (lanes == 4) gradients4(input, xPanel, error, ePanel, rows, gradient, true);
    else gradients1(input, error, gradient);
    const square = squares + (<usize>tile << 3);
    if (keep) store<f64>(square, squareOf(gradient, bytes, record + LAYER.WEIGHT_RATE));
    else update(parameters + at, gradient, bytes, record + LAYER.WEIGHT_RATE);
    if (inputBlock > 0) continue;

    if (!periodic) sumOfRows(error, ePanel, panels, biasGradient);
    if (keep) store<f64>(square, load<f64>(square) + squareOf(biasGradient, 32, record + LAYER.BIAS_RATE));
    else update(parameters + biasAt, biasGradient, 32, record + LAYER.BIAS_RATE);
  }
}

/** Errors [lane][8 units] of all panels, added up. */
function sumOfRows(error: usize, ePanel: usize, panels: i32, to: usize): void {
  let low = splat(0);
  let high = splat(0);
  for (let p = 0; p < panels; p++, error += ePanel) {
    for (let at = error; at < error + blockBytes; at += 32) {
      low = f32x4.add(low, v128.load(at));
      high = f32x4.add(high, v128.load(at, 16));
    }
  }
  v128.store(to, low);
  v128.store(to, high, 16);
}

/** Of a tensor's gradient; what is not trained is no part of the gradient's length. */
function squareOf(at: usize, bytes: usize, tensor: usize): f64 {
  if (rateOf(tensor) == 0) return 0;
  let sum = splat(0);
  for (const end = at + bytes; at < end; at += 16) {
    const g = v128.load(at);
    sum = f32x4.add(sum, f32x4.mul(g, g));
  }
  return <f64>sum4(sum);
}

/** With a limit on the gradient's length: what to multiply it by (torch.nn.utils.clip_grad_norm_). */
export function clipScale(tiles: i32, squares: usize, limit: f32): f32 {
  let sum: f64 = 0;
  for (let tile: usize = 0; tile < <usize>tiles; tile++) sum += load<f64>(squares + (tile << 3));
  const scale = <f64>limit / (Math.sqrt(sum) + 1e-6);
  return <f32>(scale < 1 ? scale : sum == sum ? 1 : scale);
}

/** The second pass where gradients were kept: scales them and changes the parameters of this thread's tiles. */
export function applyKept(scale: f32, thread: i32, threads: i32): void {
  const kept = load<usize>(work, WORK.GRADIENTS);
  const parameters = load<usize>(trial, TRIAL.PARAMETERS);
  for (let l = 0; l < layers; l++) {
    const record = layer(l);
    const panel = load<usize>(record, LAYER.PANEL_BYTES);
    const bytes = load<usize>(record, LAYER.PER_UNIT) << 5;
    const weights = load<usize>(record, LAYER.WEIGHTS);
    const biases = load<usize>(record, LAYER.BIASES);
    const blocks = weightBlocksOf(record);
    const end = (blocks * (thread + 1)) / threads;
    for (let block = (blocks * thread) / threads; block < end; block++) {
      apply(parameters, kept, weights + <usize>block * panel, bytes, scale, record + LAYER.WEIGHT_RATE);
      apply(parameters, kept, biases + (<usize>block << 5), 32, scale, record + LAYER.BIAS_RATE);
    }
  }
}

function apply(parameters: usize, kept: usize, at: usize, bytes: usize, scale: f32, tensor: usize): void {
  const end = kept + at + bytes;
  for (let g = kept + at; g < end; g += 16) v128.store(g, f32x4.mul(v128.load(g), splat(scale)));
  update(parameters + at, kept + at, bytes, tensor);
}
