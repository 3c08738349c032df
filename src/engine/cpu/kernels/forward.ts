// Forward: z[o,r] = b[o] + sum_i W[o,i] x[i,r], a = f(z) d, for panels `first` to `end` of one layer after another.
// Panels are independent of each other, so that threads can share them without waiting.
import { activate } from './activation';
import * as LAYER from './layer-fields';
import * as LEVEL from './level-fields';
import { 
  base, blockBytes, blocksOf, isPeriodic, isScale, lanes, layer, layers, level, panelBytes, trial, unitBytes,
} from './place';
import { periodicValues } from './periodic';
import { dropoutKey, firstKey, hashes, secondKey } from './rows';
import { scaleUnits } from './scale';
import { sums4, sums8 } from './tiles';
import * as TRIAL from './trial-fields';
import { sums1 } from './single';

/** Inputs that a tile sums before the next has its turn: as many as keep its weights and inputs in the first cache. */
const together: i32 = 256;

/** @param drops whether dropout is wanted, by the trial's seed and the step */
export function forward(first: i32, end: i32, drops: bool, seed: u32, step: u32): void {
  for (let l = 0; l < layers; l++) {
    const rates = load<usize>(trial, TRIAL.DROPOUT) + (<usize>l << 3);
    const threshold: u32 = drops && l < layers - 1 ? load<u32>(rates) : 0;
    forwardLayer(l, first, end, threshold, load<f32>(rates, 4), threshold ? dropoutKey(seed, step, l) : 0);
  }
}

function forwardLayer(l: i32, first: i32, end: i32, threshold: u32, scale: f32, key: u32): void {
  const from = level(l);
  const to = level(l + 1);
  const record = layer(l);
  const parameters = load<usize>(trial, TRIAL.PARAMETERS);
  const weights = parameters + load<usize>(record, LAYER.WEIGHTS);
  const biases = parameters + load<usize>(record, LAYER.BIASES);
  const weightPanel = load<usize>(record, LAYER.PANEL_BYTES);
  const inputs = load<i32>(record, LAYER.PER_UNIT);
  const units = load<i32>(to, LEVEL.UNITS);
  const x = base + load<usize>(from, LEVEL.VALUES);
  const xPanel = panelBytes(from);
  const values = base + load<usize>(to, LEVEL.VALUES);
  const slopes = base + load<usize>(to, LEVEL.SLOPES);
  const valuePanel = panelBytes(to);
  const blocks = blocksOf(to);
  const kind = load<u32>(load<usize>(trial, TRIAL.ACTIVATIONS) + (<usize>l << 2));
  // What all numbers of the key share.
  const before = threshold ? firstKey(key) : 0;
  const between = threshold ? secondKey(before, 0) : 0;

  const scales = isScale(record);
  const periodic = isPeriodic(record);
  if (periodic) {
    for (let p = first; p < end; p++) {
      const input = x + <usize>p * xPanel;
      periodicValues(record, weights, biases, input, load<usize>(from, LEVEL.UNITS), values + <usize>p * valuePanel);
    }
  }

  for (let begin = 0; begin < inputs; begin += together) {
    const count = min(together, inputs - begin);
    const isLast = begin + count == inputs;
    for (let block = 0; block < blocks; block++) {
      const w = weights + <usize>block * weightPanel + (<usize>begin << 5);
      const bias = begin == 0 ? biases + (<usize>block << 5) : 0;
      const real = min(8, units - (block << 3));
      for (let p = first; p < end; p++) {
        const input = x + <usize>p * xPanel + <usize>begin * unitBytes;
        const at = <usize>p * valuePanel + <usize>block * blockBytes;
        // The values of a periodic layer are there.
        if (!periodic) {
          if (scales) scaleUnits(w, bias, input + <usize>block * blockBytes, values + at);
          else if (lanes == 8) sums8(w, input, count, values + at, bias);
          else if (lanes == 4) sums4(w, input, count, values + at, bias);
          else sums1(w, input, count, values + at, bias);
        }
        if (!isLast) continue;
        activate(kind, values + at, slopes + at, values + at + <usize>real * unitBytes);
        if (threshold) drop(values + at, slopes + at, real, p, block << 3, units, threshold, scale, before, between);
        if (lanes == 1 && real < 8) clearTail(values + at, slopes + at, real);
      }
    }
  }
}

/** Multiplies values and slopes by d: 0 for a unit that is left out, else `scale`. */
function drop(
  values: usize,
  slopes: usize,
  real: i32,
  panel: i32,
  unit: i32,
  units: i32,
  threshold: u32,
  scale: f32,
  before: u32,
  between: u32,
): void {
  const second = i32x4.splat(between);
  const kept = f32x4.splat(scale);
  const limit = i32x4.splat(threshold);
  const lane = lanes == 1 ? i32x4(0, 1, 2, 3) : i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(units));
  // With one lane four units lie side by side, else four rows of one unit.
  const vectors = lanes == 1 ? (real + 3) >> 2 : (real * lanes) >> 2;
  for (let v = 0; v < vectors; v++) {
    const row = lanes == 1 ? panel : panel * lanes + (lanes == 8 ? (v & 1) << 2 : 0);
    const index = row * units + unit + (lanes == 1 ? v << 2 : lanes == 8 ? v >> 1 : v);
    const once = hashes(i32x4.add(lane, i32x4.splat(before + index)));
    const drawn = hashes(v128.xor(once, second));
    const d = v128.andnot(kept, v128.lt<u32>(drawn, limit));
    const at = <usize>v << 4;
    v128.store(values + at, f32x4.mul(v128.load(values + at), d));
    v128.store(slopes + at, f32x4.mul(v128.load(slopes + at), d));
  }
}

/** f(0) of units that are only padding. */
function clearTail(values: usize, slopes: usize, real: i32): void {
  for (let u = <usize>real << 2; u < 32; u += 4) {
    store<f32>(values + u, 0);
    store<f32>(slopes + u, 0);
  }
}
