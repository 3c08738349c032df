// Backward, first half: the errors of every level for panels `first` to `end`. Like forward it needs no other panel.
//   error[l-1][i,r] = (sum_o W[o,i] error[l][o,r]) f'(z[i,r]) d[i,r]
import { LOSS_CUSTOM } from './constants';
import * as LAYER from './layer-fields';
import * as LEVEL from './level-fields';
import { customLoss, lossOfRows, overRows } from './loss';
import {
  base, blockBytes, blocksOf, isPeriodic, isScale, lanes, layer, layers, level, panelBytes, problem, trial, unitBytes, work,
} from './place';
import { periodicErrors } from './periodic';
import * as PROBLEM from './problem-fields';
import { scaleUnits } from './scale';
import { errors1 } from './single';
import { blocks8, errors4 } from './tiles';
import * as TRIAL from './trial-fields';
import * as WORK from './work-fields';

/** Units that a tile sums before the next tile has its turn; a multiple of 8. */
const together: i32 = 256;

/** Errors of the last level, and each panel's loss into the work's losses. */
export function outputErrors(first: i32, end: i32, rows: i32, scratch: usize): void {
  const last = level(layers);
  const outputs = load<i32>(last, LEVEL.UNITS);
  const kind = load<u32>(problem, PROBLEM.LOSS);
  const bytes = panelBytes(last);
  const over = overRows(kind) ? <f32>rows : <f32>(rows * outputs);
  const values = base + load<usize>(last, LEVEL.VALUES);
  const slopes = base + load<usize>(last, LEVEL.SLOPES);
  const errors = base + load<usize>(last, LEVEL.ERRORS);
  const targets = load<usize>(work, WORK.TARGETS);
  const weights = load<usize>(work, WORK.WEIGHTS);
  const losses = load<usize>(work, WORK.LOSSES);
  for (let p = first; p < end; p++) {
    const at = <usize>p * bytes;
    const target = targets + <usize>p * <usize>outputs * unitBytes;
    let sum: f64 = 0;
    if (kind == LOSS_CUSTOM) {
      const weight = weights + <usize>p * unitBytes;
      sum = customLoss(values + at, slopes + at, target, errors + at, weight, outputs, lanes, p * lanes, rows);
      if (lanes > 1) byRow(last, p);
    } else if (lanes == 1) {
      sum = singleRow(kind, outputs, values + at, slopes + at, target, errors + at, over, p, scratch);
    } else {
      for (let r: usize = 0; r < unitBytes; r += 16) {
        const weight = v128.load(weights + <usize>p * unitBytes + r);
        const scale = f32x4.div(weight, f32x4.splat(over));
        sum += lossOfRows(
          kind, outputs, values + at + r, slopes + at + r, target + r, errors + at + r, unitBytes, weight, scale,
        );
      }
      byRow(last, p);
    }
    store<f64>(losses + (<usize>p << 3), sum);
  }
}

/** One row's outputs lie side by side; the losses want them a vector apart, so they go there and come back. */
function singleRow(
  kind: u32,
  outputs: i32,
  values: usize,
  slopes: usize,
  targets: usize,
  errors: usize,
  over: f32,
  panel: i32,
  scratch: usize,
): f64 {
  const part = <usize>outputs << 4;
  for (let o: usize = 0; o < <usize>outputs; o++) {
    const to = scratch + (o << 4);
    v128.store(to, v128.load_zero<f32>(values + (o << 2)));
    v128.store(to + part, v128.load_zero<f32>(slopes + (o << 2)));
    v128.store(to + 2 * part, v128.load_zero<f32>(targets + (o << 2)));
  }
  const weight = v128.load_zero<f32>(load<usize>(work, WORK.WEIGHTS) + (<usize>panel << 2));
  const scale = f32x4.div(weight, f32x4.splat(over));
  const sum = lossOfRows(
    kind, outputs, scratch, scratch + part, scratch + 2 * part, scratch + 3 * part, 16, weight, scale,
  );
  for (let o: usize = 0; o < <usize>outputs; o++) {
    store<f32>(errors + (o << 2), load<f32>(scratch + 3 * part + (o << 4)));
  }
  return sum;
}

/** Errors of levels layers - 1 to 1. */
export function errors(first: i32, end: i32): void {
  for (let l = layers - 1; l > 0; l--) errorsOfLevel(l, first, end);
}

function errorsOfLevel(l: i32, first: i32, end: i32): void {
  const to = level(l);
  const from = level(l + 1);
  const record = layer(l);
  const weights = load<usize>(trial, TRIAL.PARAMETERS) + load<usize>(record, LAYER.WEIGHTS);
  const weightPanel = load<usize>(record, LAYER.PANEL_BYTES);
  const weightBlock = load<usize>(record, LAYER.BLOCK_BYTES);
  const scales = isScale(record);
  const periodic = isPeriodic(record);
  // A scale layer sums nothing: it goes through its units once. A periodic layer has its sums before.
  const units = scales || periodic ? 1 : load<i32>(from, LEVEL.UNITS);
  const inputs = load<i32>(to, LEVEL.UNITS);
  const source = base + load<usize>(from, LEVEL.ERRORS);
  const sourcePanel = panelBytes(from);
  const target = base + load<usize>(to, LEVEL.ERRORS);
  const slopes = base + load<usize>(to, LEVEL.SLOPES);
  const targetPanel = panelBytes(to);
  const blocks = blocksOf(to);
  if (periodic) {
    const phases = load<usize>(trial, TRIAL.PARAMETERS) + load<usize>(record, LAYER.BIASES);
    const x = base + load<usize>(to, LEVEL.VALUES);
    for (let p = first; p < end; p++) {
      const at = <usize>p * targetPanel;
      periodicErrors(record, weights, phases, x + at, source + <usize>p * sourcePanel, <usize>inputs, target + at);
    }
  }
  for (let begin = 0; begin < units; begin += together) {
    const count = min(together, units - begin);
    const isLast = begin + count == units;
    const fresh = begin == 0;
    for (let block = 0; block < blocks; block++) {
      const w = weights + <usize>(begin >> 3) * weightPanel + <usize>block * weightBlock;
      const real = <usize>min(8, inputs - (block << 3)) * unitBytes;
      for (let p = first; p < end; p++) {
        const e = source + <usize>p * sourcePanel + <usize>begin * unitBytes;
        const at = <usize>p * targetPanel + <usize>block * blockBytes;
        if (!periodic) {
          if (scales) scaleUnits(w, 0, e + <usize>block * blockBytes, target + at);
          else if (lanes == 8) blocks8(w, weightPanel, e, blockBytes, count, target + at, fresh);
          else if (lanes == 4) errors4(w, weightPanel, e, blockBytes, count, target + at, fresh);
          else errors1(w, weightPanel, e, (count + 7) >> 3, target + at, fresh);
        }
        if (!isLast) continue;
        for (let v: usize = 0; v < real; v += 16) {
          const error = target + at + v;
          v128.store(error, f32x4.mul(v128.load(error), v128.load(slopes + at + v)));
        }
      }
    }
  }
  if (lanes > 1) for (let p = first; p < end; p++) byRow(to, p);
}

/** The errors of a panel once more, blocks of 8 units as [lane][8 units]. */
function byRow(at: usize, p: i32): void {
  const bytes = panelBytes(at);
  let from = base + load<usize>(at, LEVEL.ERRORS) + <usize>p * bytes;
  let to = base + load<usize>(at, LEVEL.ERRORS_BY_ROW) + <usize>p * bytes;
  const blocks = blocksOf(at);
  for (let block = 0; block < blocks; block++, from += blockBytes, to += blockBytes) {
    for (let r: usize = 0; r < unitBytes; r += 16) {
      turn(from + r, unitBytes, to + 2 * r * 4, 32);
      turn(from + r + 4 * unitBytes, unitBytes, to + 2 * r * 4 + 16, 32);
    }
  }
}

/** Transposes four vectors. */
@inline
function turn(from: usize, step: usize, to: usize, toStep: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + step);
  const c = v128.load(from + 2 * step);
  const d = v128.load(from + 3 * step);
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
  v128.store(to + toStep, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7));
  v128.store(to + 2 * toStep, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5));
  v128.store(to + 3 * toStep, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7));
}
