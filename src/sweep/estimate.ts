/**
 * How long a sweep will take, measured before it begins: its populations are created as the sweep creates them, each trains for a
 * moment, and is thrown away. Of many, some are measured, from the smallest network to the largest, and the others are taken to be
 * as quick, for their size, as the nearest of these.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Engine, EngineKind } from '../engine/engine.ts';
import { type Run, trainPopulation } from '../train/trainer.ts';
import { spaced } from '../util/arrays.ts';
import { checkSweep, listConfigurations, type SweepInput } from './definition/definition.ts';
import { groupTrials, listTrialSpecs } from './definition/trial-specs.ts';
import { halvingOf } from './schedule/rungs.ts';
import { relativeCost, type Spent, secondsLeft, type TimedPopulation, trainingSeconds } from './schedule/time-left.ts';
import { checkSets } from './sweep.ts';

export interface SweepEstimate {
  seconds: number;
  /** Trials may stop before their last epoch, and the sweep be over sooner. */
  at_most: boolean;
  /** What trains its populations. */
  engines: EngineKind[];
}

export interface EstimateOptions {
  /** Milliseconds of training that are measured, all populations together. */
  measuring?: number;
  /** Of a part: see `SweepOptions`. */
  only?: (place: number) => boolean;
  /** Ends it at once, with the signal's reason thrown. */
  signal?: AbortSignal;
}

const mostMeasured = 6;
/** Part of the time that a population trains unmeasured, since the first steps are slower. */
const warmUp = 1 / 3;

/**
 * @param engine one that nothing else trains on meanwhile
 * @throws InputError as the sweep would
 */
export async function estimateSweep(
  engine: Engine,
  folds: DataSet | DataSet[],
  input: SweepInput,
  { measuring = 900, only = () => true, signal }: EstimateOptions = {},
): Promise<SweepEstimate> {
  const definition = checkSweep(input);
  const sets = Array.isArray(folds) ? folds : [folds];
  checkSets(definition, sets);
  const configurations = listConfigurations(definition, { rows: sets[0].sets.train.length, outputs: sets[0].outputs });
  const specs = listTrialSpecs(definition, configurations).filter(({ place }) => only(place));
  const create = (own: typeof specs) =>
    trainPopulation(
      engine,
      sets[own[0].fold],
      own.map(({ trial }) => trial),
    );
  const nothing: Spent = { training: 0, closing: 0, epochs: 0, trialEpochs: 0 };
  // Stay untrained: all of their epochs are before them.
  const populations = groupTrials(specs, sets)
    .map((own): TimedPopulation & { own: typeof specs } => ({ own, run: create(own), spent: nothing }))
    .sort((a, b) => relativeCost(a.run) - relativeCost(b.run));
  const chosen = spaced(populations, mostMeasured);
  const engines = new Set<EngineKind>();
  let once = 0;
  for (const population of chosen) {
    signal?.throwIfAborted();
    await using run = create(population.own);
    const end = () => run.stop();
    signal?.addEventListener('abort', end);
    try {
      const measured = await measure(run, measuring / chosen.length, signal);
      population.spent = measured.spent;
      once += measured.once;
      engines.add((await run.engineInfo()).kind);
    } finally {
      signal?.removeEventListener('abort', end);
    }
  }
  const training = secondsLeft(populations, halvingOf(definition, specs), 0) ?? 0;
  return {
    seconds: training + (once * populations.length) / chosen.length,
    at_most: specs.some(({ trial: { training } }) => Boolean(training.early_stopping || training.loss_plateau)),
    engines: [...engines],
  };
}

interface Measured {
  spent: Spent;
  /** Seconds of what is done once: creating the population, and scoring it at the end. */
  once: number;
}

/** A population that is trained to its end meanwhile is measured whole. */
async function measure(run: Run, milliseconds: number, signal?: AbortSignal): Promise<Measured> {
  const { engine, data, trials } = run;
  const { train, validation, test } = data.sets;
  const creating = await secondsOf(() => run.plan());
  const begun = stateOf(run);
  await run.steps(1);
  const first = (performance.now() - begun.at) / 1000;
  const warm = Math.max(warmUp * milliseconds, engine.warmup_ms ?? 0);
  await trainFor(run, warm, first, signal);
  let from = begun;
  if (run.stepsDone < stepsOf(run)) {
    from = stateOf(run);
    await trainFor(run, (1 - warmUp) * milliseconds, first, signal);
  }
  const seconds = (performance.now() - from.at) / 1000;
  const scored = validation.length > 0 ? 'validation' : 'train';
  const scoring = await secondsOf(() => run.metricsOfAll(scored));
  signal?.throwIfAborted();
  const epochs = (run.stepsDone - from.steps) / stepsPerEpoch(run);
  const ends = run.epochsDone - from.ends;
  const atEnd = scored === 'validation' ? scoring : 0;
  const training = ends > 0 ? ((trainingSeconds(run) - from.training) / ends) * epochs : seconds;
  const closing = ends > 0 ? (Math.max(0, seconds - training) / ends) * epochs : atEnd * epochs;
  const rows = train.length + validation.length + test.length;
  return {
    // What `auto` measures, it measures once.
    once:
      (engine.kind === 'auto' ? 0 : creating) +
      (from === begun ? 0 : first) +
      (scoring * rows) / data.sets[scored].length,
    spent: { training, closing, epochs, trialEpochs: epochs * trials.length },
  };
}

function stateOf(run: Run) {
  return { at: performance.now(), steps: run.stepsDone, ends: run.epochsDone, training: trainingSeconds(run) };
}

function stepsPerEpoch({ data, trials }: Run): number {
  const rows = data.sets.train.length;
  return Math.max(...trials.map(({ trial }) => Math.ceil(rows / Math.min(trial.training.batch_size, rows))));
}

/** Of all epochs. */
function stepsOf(run: Run): number {
  return stepsPerEpoch(run) * Math.max(...run.trials.map(({ trial }) => trial.training.epochs));
}

/** Whole epochs where there is time for one, so that their ends are in it. @param guess seconds of a step */
async function trainFor(run: Run, milliseconds: number, guess: number, signal?: AbortSignal): Promise<void> {
  const [begun, before, perEpoch] = [performance.now(), run.stepsDone, stepsPerEpoch(run)];
  const seconds = () => (performance.now() - begun) / 1000;
  let perStep = guess;
  for (;;) {
    signal?.throwIfAborted();
    const [left, steps] = [milliseconds / 1000 - seconds(), stepsOf(run) - run.stepsDone];
    if (left <= 0 || steps <= 0) return;
    const part = Math.max(1, Math.floor(left / perStep / 2));
    await run.steps(Math.min(steps, perEpoch, perStep * perEpoch < left ? perEpoch : part));
    perStep = seconds() / (run.stepsDone - before);
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
