// What the host calls. Every address is in bytes; records are those of ../memory/struct-layouts.ts.
import { activate } from './activation';
import { errors, outputErrors } from './backward';
import { waitForAll } from './barrier';
import { forward } from './forward';
import { applyKept, clipScale, gradients } from './gradient';
import * as JOB from './job-fields';
import * as LEVEL from './level-fields';
import { overRows } from './loss';
import { beginUpdates } from './optimizer';
import {
  base, clearPads, inPanelsOf, lanes, layers, level, open, panelBytes, problem, trial, unitBytes, work,
} from './place';
import * as PROBLEM from './problem-fields';
import { clear, place, shuffled, shuffleKey } from './rows';
import * as STEP from './step-fields';
import * as TRIAL from './trial-fields';
import { exp, log, log1p, splat } from './vector';
import * as WORK from './work-fields';

/** Trains one trial as its job says. Threads that share the trial call it alike, but for their number. */
export function train(problemAt: usize, job: usize, workAt: usize, thread: i32, threads: i32): void {
  open(problemAt, load<usize>(job, JOB.TRIAL), workAt);
  let epoch = load<u32>(job, JOB.EPOCH);
  let within = load<u32>(job, JOB.WITHIN);
  let step = load<u32>(job, JOB.STEP);
  const count = load<i32>(job, JOB.COUNT);
  const steps = load<usize>(job, JOB.STEPS);
  const losses = load<usize>(job, JOB.LOSSES);
  const batch = load<i32>(trial, TRIAL.BATCH_SIZE);
  const trained = load<i32>(problem, PROBLEM.TRAIN_COUNT);
  const stepsPerEpoch: u32 = (trained + batch - 1) / batch;
  const seed = load<u32>(trial, TRIAL.SEED);
  const limit = load<f32>(trial, TRIAL.CLIP_NORM);
  const barrier = load<usize>(work, WORK.BARRIER);
  const scratch = load<usize>(work, WORK.SCRATCH) + <usize>thread * load<usize>(work, WORK.SCRATCH_BYTES);
  const squares = load<usize>(work, WORK.SQUARES);
  if (thread == 0) clearPads((min(batch, trained) + lanes - 1) / lanes);
  waitForAll(barrier, threads);
  for (let s = 0; s < count; s++) {
    const first = within * batch;
    const rows = min(batch, trained - <i32>first);
    const panels = (rows + lanes - 1) / lanes;
    const begin = (panels * thread) / threads;
    const end = (panels * (thread + 1)) / threads;
    gatherBatch(begin, end, first, rows, shuffleKey(seed, epoch));
    forward(begin, end, true, seed, step);
    outputErrors(begin, end, rows, scratch);
    errors(begin, end);
    // The errors were made with the weights as they were; from here on the weights change.
    waitForAll(barrier, threads);
    if (thread == 0) store<f32>(losses + (<usize>s << 2), meanLoss(panels, rows));
    beginUpdates(trial, steps + <usize>s * STEP.SIZE, s == count - 1);
    const tiles = gradients(panels, rows, scratch, thread, threads, limit > 0, squares);
    if (limit > 0) {
      waitForAll(barrier, threads);
      applyKept(clipScale(tiles, squares, limit), thread, threads);
    }
    waitForAll(barrier, threads);
    step += 1;
    within += 1;
    if (within == stepsPerEpoch) {
      within = 0;
      epoch += 1;
    }
  }
}

/** Panels added up in their order, whichever thread made them. */
function meanLoss(panels: i32, rows: i32): f32 {
  const losses = load<usize>(work, WORK.LOSSES);
  const kind = load<u32>(problem, PROBLEM.LOSS);
  let sum: f64 = 0;
  for (let p: usize = 0; p < <usize>panels; p++) sum += load<f64>(losses + (p << 3));
  const over = overRows(kind) ? rows : rows * load<i32>(problem, PROBLEM.OUTPUTS);
  return <f32>(sum / <f64>over);
}

/** The rows of a step into the panels: features, targets and weights. */
function gatherBatch(begin: i32, end: i32, first: u32, rows: i32, key: u32): void {
  const input = level(0);
  const bytes = panelBytes(input);
  const values = base + load<usize>(input, LEVEL.VALUES);
  const columns = load<usize>(problem, PROBLEM.COLUMNS);
  const outputs = load<usize>(problem, PROBLEM.OUTPUTS);
  const features = load<usize>(problem, PROBLEM.FEATURES);
  const targets = load<usize>(problem, PROBLEM.TARGETS);
  const weights = load<usize>(problem, PROBLEM.WEIGHTS);
  const list = load<usize>(problem, PROBLEM.TRAIN_ROWS);
  const trained = load<u32>(problem, PROBLEM.TRAIN_COUNT);
  const shuffle = load<u32>(trial, TRIAL.SHUFFLE) != 0;
  const targetPanels = load<usize>(work, WORK.TARGETS);
  const weightPanels = load<usize>(work, WORK.WEIGHTS);
  for (let p = begin; p < end; p++) {
    const panel = values + <usize>p * bytes;
    const target = targetPanels + <usize>p * outputs * unitBytes;
    const weight = weightPanels + <usize>p * unitBytes;
    let positions = splat(0);
    for (let lane = 0; lane < lanes; lane++) {
      const place4 = lane & 3;
      const index = p * lanes + lane;
      if (place4 == 0) {
        positions = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(first + index));
        if (shuffle) positions = shuffled(positions, trained, key);
      }
      const at = <usize>lane << 2;
      if (index >= rows) {
        clear(columns, panel + at, unitBytes);
        clear(outputs, target + at, unitBytes);
        store<f32>(weight + at, 0);
        continue;
      }
      const position =
        place4 == 0
          ? i32x4.extract_lane(positions, 0)
          : place4 == 1
            ? i32x4.extract_lane(positions, 1)
            : place4 == 2
              ? i32x4.extract_lane(positions, 2)
              : i32x4.extract_lane(positions, 3);
      const row = load<usize>(list + (<usize>position << 2));
      place(features + ((row * columns) << 2), columns, panel + at, unitBytes);
      place(targets + ((row * outputs) << 2), outputs, target + at, unitBytes);
      store<f32>(weight + at, weights ? load<f32>(weights + (row << 2)) : 1);
    }
  }
}

/**
 * Outputs [row][output] of rows `first` to `first + rows` of `features` [row][column], or of those rows of `list` where
 * it is not 0; `rows` fit into the work.
 */
export function outputs(
  problemAt: usize,
  trialAt: usize,
  workAt: usize,
  features: usize,
  list: usize,
  first: usize,
  rows: i32,
  to: usize,
): void {
  open(problemAt, trialAt, workAt);
  inPanelsOf(8);
  const columns = load<usize>(problem, PROBLEM.COLUMNS);
  const width = load<usize>(problem, PROBLEM.OUTPUTS);
  const input = level(0);
  const last = level(layers);
  const panels = (rows + lanes - 1) / lanes;
  clearPads(panels);
  for (let index = 0; index < panels * lanes; index++) {
    const p = index / lanes;
    const lane = <usize>(index - p * lanes) << 2;
    const panel = base + load<usize>(input, LEVEL.VALUES) + <usize>p * panelBytes(input) + lane;
    if (index >= rows) {
      clear(columns, panel, unitBytes);
      continue;
    }
    const at = first + <usize>index;
    const row = list ? load<usize>(list + (at << 2)) : at;
    place(features + ((row * columns) << 2), columns, panel, unitBytes);
  }
  forward(0, panels, false, 0, 0);
  for (let index = 0; index < rows; index++) {
    const p = index / lanes;
    let from = base + load<usize>(last, LEVEL.VALUES) + <usize>p * panelBytes(last) + (<usize>(index - p * lanes) << 2);
    for (let o: usize = 0; o < width; o++, from += unitBytes, to += 4) store<f32>(to, load<f32>(from));
  }
}

/**
 * Outputs [trial][row][output] of `rows` rows of `features`. Threads share them by a counter that begins at 0: part j of all
 * is `most` rows, at most, of one trial.
 */
export function predict(
  problemAt: usize,
  records: usize,
  trials: i32,
  workAt: usize,
  features: usize,
  rows: i32,
  most: i32,
  to: usize,
  counter: usize,
): void {
  const parts = (rows + most - 1) / most;
  const rowBytes = load<usize>(problemAt, PROBLEM.OUTPUTS) << 2;
  for (let j = atomic.add<i32>(counter, 1); j < trials * parts; j = atomic.add<i32>(counter, 1)) {
    const t = j / parts;
    const first = (j - t * parts) * most;
    const record = load<usize>(records + (<usize>t << 2));
    const into = to + <usize>(t * rows + first) * rowBytes;
    outputs(problemAt, record, workAt, features, 0, <usize>first, min(most, rows - first), into);
  }
}

/** Whether all of `bytes`, a multiple of 16, are finite numbers. */
export function finite(at: usize, bytes: usize): bool {
  let sum = splat(0);
  for (const end = at + bytes; at < end; at += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(at), splat(0)));
  return !v128.any_true(f32x4.ne(sum, splat(0)));
}

/** For tests: 0 exp, 1 log1p, 2 log, or 3 + an activation, of `bytes` at `at`. */
export function apply(which: u32, at: usize, slopes: usize, bytes: usize): void {
  const end = at + bytes;
  if (which >= 3) {
    activate(which - 3, at, slopes, end);
    return;
  }
  for (; at < end; at += 16) {
    const x = v128.load(at);
    v128.store(at, which == 0 ? exp(x) : which == 1 ? log1p(x) : log(x));
  }
}
