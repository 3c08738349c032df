// Where everything lies: the records that the host wrote (see ../memory/struct-layouts.ts), opened once a call, and panels.
//
// Rows are worked on in panels of 1, 4 or 8 of them, the *lanes*: a level's values of one panel are [unit][lane], so that
// the units of the next layer, 8 at a time, read one vector of rows for each input. Weights are in panels of 8 units,
// [input][8 units]. All three products then read their numbers one after another, and nothing is packed or transposed
// but the errors, whose blocks of 8 units are kept as [lane][8 units] too, for the gradients.
// Units are padded to blocks of 8 whose values, errors and weights are 0.
import { LAYER_PERIODIC, LAYER_SCALE } from './constants';
import * as LAYER from './layer-fields';
import * as LEVEL from './level-fields';
import * as PROBLEM from './problem-fields';
import * as TRIAL from './trial-fields';
import * as WORK from './work-fields';

export let problem: usize = 0;
export let trial: usize = 0;
export let work: usize = 0;
/** Layers; levels are one more, the input being the first. */
export let layers: i32 = 0;
/** Rows of a panel. */
export let lanes: i32 = 0;
/** Bytes of one unit in a panel. */
export let unitBytes: usize = 0;
/** Bytes of 8 units in a panel. */
export let blockBytes: usize = 0;
export let base: usize = 0;

export function open(problemAt: usize, trialAt: usize, workAt: usize): void {
  problem = problemAt;
  trial = trialAt;
  work = workAt;
  layers = load<i32>(problem, PROBLEM.LAYERS);
  base = load<usize>(work, WORK.BASE);
  inPanelsOf(load<i32>(trial, TRIAL.LANES));
}

export function inPanelsOf(rows: i32): void {
  lanes = rows;
  unitBytes = <usize>rows << 2;
  blockBytes = unitBytes << 3;
}

@inline
export function level(l: i32): usize {
  return load<usize>(problem, PROBLEM.LEVEL_RECORDS) + <usize>l * LEVEL.SIZE;
}

@inline
export function layer(l: i32): usize {
  return load<usize>(problem, PROBLEM.LAYER_RECORDS) + <usize>l * LAYER.SIZE;
}

/** Whether a layer's record is that of a scale layer. */
@inline
export function isScale(record: usize): bool {
  return load<u32>(record, LAYER.KIND) == LAYER_SCALE;
}

/** Whether a layer's record is that of a periodic layer. */
@inline
export function isPeriodic(record: usize): bool {
  return load<u32>(record, LAYER.KIND) == LAYER_PERIODIC;
}

/** Blocks of the units of a layer that have weights. */
@inline
export function weightBlocksOf(record: usize): i32 {
  return (load<i32>(record, LAYER.UNITS) + 7) >> 3;
}

/** Bytes of a level's units in one panel. */
@inline
export function panelBytes(at: usize): usize {
  return load<usize>(at, LEVEL.PADDED) * unitBytes;
}

@inline
export function blocksOf(at: usize): i32 {
  return (load<i32>(at, LEVEL.UNITS) + 7) >> 3;
}

/** Zeros what no row and no unit writes, since trials of other lanes may have used the same room. */
export function clearPads(panels: i32): void {
  for (let l = 0; l <= layers; l++) {
    const at = level(l);
    const from = load<usize>(at, LEVEL.UNITS) * unitBytes;
    const bytes = panelBytes(at);
    for (let p: usize = 0; p < <usize>panels; p++) {
      const panel = base + p * bytes;
      memory.fill(panel + load<usize>(at, LEVEL.VALUES) + from, 0, bytes - from);
      if (l == 0) continue;
      memory.fill(panel + load<usize>(at, LEVEL.SLOPES) + from, 0, bytes - from);
      memory.fill(panel + load<usize>(at, LEVEL.ERRORS) + from, 0, bytes - from);
      memory.fill(panel + load<usize>(at, LEVEL.ERRORS_BY_ROW), 0, bytes);
    }
  }
}
