/**
 * The founding report from a table to its findings: see `report.ts` for what comes out and `experiment.ts` for what it is.
 *
 *   timing       one network of each cell alone, for a moment
 *   population   all cells with all seeds together: the experiment
 *   depth        1 to 6 hidden layers
 *   theory       truth tables, gradients by layer, Adam's parts
 *   published    where asked for, the experiment again under the published rule
 */
import type { Notice } from '../data/table/notices.ts';
import type { Table } from '../data/table/table.ts';
import type { Engine } from '../engine/engine.ts';
import { layerOffsets } from '../engine/parameters.ts';
import { founding } from '../messages/en/command-line/founding.ts';
import type { Model } from '../model/model.ts';
import { onlyMember } from '../model/model-data.ts';
import type { SweepStore } from '../sweep/store/store.ts';
import type { Run } from '../train/trainer.ts';
import { inEnglish, message, type Said } from '../util/message.ts';
import { createPublishedEngine } from './as-published-engine.ts';
import { type CellInputs, summarizeCells } from './cells.ts';
import { type CurveData, curveData } from './curve-data.ts';
import { depthStudy } from './depth.ts';
import { buildTrial, cellKeys, createExperiment, type ExperimentSize, seedsFrom } from './experiment.ts';
import { checkFindings } from './findings.ts';
import { formulaBugStudy } from './formula-bugs.ts';
import { type Watching, withTrained } from './population.ts';
import type {
  BestModel,
  CellKey,
  EngineRecord,
  Experiment,
  FoundingCell,
  FoundingReport,
  PublishedRun,
} from './report.ts';
import { runTheory } from './theory.ts';
import { measureTimes, timingSaid } from './timing.ts';

export interface FoundingOptions extends ExperimentSize, Omit<Watching, 'kept'> {
  /** Where what has been trained is kept, and taken up: see `sweep`. */
  store?: SweepStore;
  /** Also by the published rule, which takes as long again on a CPU. */
  published?: boolean;
  /** Measurements of each cell's time. */
  rounds?: number;
  /** Most hidden layers of the depth study. */
  deepest?: number;
  /** What the record says it ran on, and how to repeat it. */
  runtime?: string;
  repeat?: string;
}

/**
 * What stands beside the experiment is small against its 240 trials: few seeds, and a share of its epochs. Six depths have
 * fifteen times the matrices of one network between them.
 */
const fewSeeds = 3;
const depthShare = 0.1;
const theoryShare = 0.2;
const slipShare = 0.2;

export interface FoundingResult {
  report: FoundingReport;
  /** The network of `report.best`, for a file of its own. */
  best?: Model;
}

/** @throws InputError about the table */
export async function foundingReport(
  engine: Engine,
  table: Table,
  options: FoundingOptions = {},
): Promise<FoundingResult> {
  const {
    published = false,
    rounds = 3,
    deepest = 6,
    runtime = 'unknown',
    repeat = '',
    progress,
    signal,
    store,
  } = options;
  const begun = performance.now();
  const experiment = createExperiment(options);
  const curve = curveData(table, experiment);
  const unusable: Notice[] = [];
  const watch: Watching = {
    progress,
    signal,
    ...(store ? { kept: { store, word: 'right', notices: unusable } } : {}),
  };
  const trained = await experimentOn(engine, curve, experiment, rounds, watch);

  const few = seedsFrom(Math.min(fewSeeds, experiment.seeds.length));
  const smaller = (share: number) => ({ epochs: Math.max(1, Math.round(share * experiment.epochs)), seeds: few });
  const layers = Array.from({ length: deepest }, (_, index) => index + 1);
  const going = () => !signal?.aborted;
  const depth = going()
    ? await depthStudy(engine, curve.data, experiment, { layers, ...smaller(depthShare) }, watch)
    : undefined;
  const theory =
    depth && (await runTheory(engine, curve.data, experiment, depth.networks, smaller(theoryShare), watch));
  const slipped =
    published && going() ? await asPublishedOn(curve, experiment, rounds, smaller(slipShare), watch) : undefined;

  const results = {
    cells: trained.cells,
    data: curve.facts,
    ...(depth ? { depth: depth.study } : {}),
    ...(theory ? { theory } : {}),
    ...(slipped ? { published: slipped } : {}),
  };
  const report: FoundingReport = {
    file: table.source,
    experiment,
    engine: trained.engine.record,
    versions: { 'perceptron-lab': __VERSION__, runtime },
    repeat,
    timing: trained.timing.text,
    ...results,
    findings: checkFindings(results),
    ...(trained.best ? { best: trained.best.record } : {}),
    interrupted: !going(),
    notices: [...table.notices, ...curve.notices, ...unusable],
    seconds: (performance.now() - begun) / 1000,
    said: { timing: trained.timing, ...trained.engine.said },
  };
  return { report, ...(trained.best ? { best: trained.best.model } : {}) };
}

/** The 240 trials: every cell with every seed, one population. */
async function experimentOn(
  engine: Engine,
  { data, facts, scaling }: CurveData,
  experiment: Experiment,
  rounds: number,
  { progress, signal, kept }: Watching,
) {
  const keys = cellKeys(experiment);
  const { seeds } = experiment;
  const times = await measureTimes(engine, data, experiment, rounds, { progress, signal, kept });
  const trials = keys.flatMap((key) => seeds.map((seed) => buildTrial(experiment, key, seed)));
  const begun = performance.now();
  const said = (done: number) =>
    progress?.({
      stage: 'population',
      done: done * trials.length * experiment.epochs,
      of: trials.length * experiment.epochs,
      seconds: (performance.now() - begun) / 1000,
    });
  return withTrained(engine, data, trials, { signal, kept, progress: said }, async (run) => {
    const xs = facts.points.map(({ x }) => x);
    const inputs: CellInputs = {
      keys,
      seeds,
      perStep: times.perStep,
      scaling,
      range: [Math.min(...xs), Math.max(...xs)],
      baseline: facts.baseline_rmse,
    };
    const cells = await summarizeCells(run, inputs);
    return {
      cells,
      timing: timingSaid(times),
      engine: await recordOf(run),
      best: await bestOf(run, cells, seeds, scaling),
    };
  });
}

async function recordOf(run: Run): Promise<{ record: EngineRecord; said: { why: Said; plan_why: Said } }> {
  const { kind, adapter, software, why } = await run.engineInfo();
  const plan_why = await run.planWhy();
  const plan = await run.plan();
  return {
    record: { kind, adapter, software, plan, plan_why: inEnglish(plan_why), why: inEnglish(why) },
    said: { why, plan_why },
  };
}

async function bestOf(
  run: Run,
  cells: readonly FoundingCell[],
  seeds: readonly number[],
  scaling: CurveData['scaling'],
): Promise<{ record: BestModel; model: Model } | undefined> {
  const candidates = cells.flatMap((cell, index) =>
    cell.trials.map((trial, seed) => ({ cell, trial, place: index * seeds.length + seed, seed })),
  );
  const [best] = candidates
    .filter(({ trial }) => trial.epochs_run > 0 && Number.isFinite(trial.validation_rmse))
    .sort((a, b) => a.trial.validation_rmse - b.trial.validation_rmse);
  if (!best) return undefined;
  const { activation, optimizer, batch_size, fit } = best.cell;
  const cell: CellKey = { activation, optimizer, batch_size };
  const model = await run.snapshot(best.place);
  const features = Float32Array.from(fit.x, (x) => (x - scaling.x.offset) / scaling.x.scale);
  const points = features.length;
  const outputs = (await run.predict(features, points)).subarray(best.place * points, (best.place + 1) * points);
  const exact = (values: Float32Array) => Array.from(values, (value) => Number(value.toPrecision(9)));
  const { layers, parameters } = onlyMember(model);
  const offsets = layerOffsets(layers);
  const biases = layers.reduce((sum, layer) => sum + layer.outputs, 0);
  const count = parameters.length;
  const note = message(founding, 'parameters_counted', { count, biases, total: count + biases });
  return {
    model,
    record: {
      cell,
      seed: best.trial.seed,
      validation_rmse: best.trial.validation_rmse,
      epochs_run: best.trial.epochs_run,
      parameters: count,
      note: note.text,
      said: { note },
      layers: layers.map(({ inputs, outputs, activation }, layer) => {
        const { weight, bias } = offsets[layer];
        return {
          inputs,
          outputs,
          activation,
          weight: exact(parameters.subarray(weight, bias)),
          bias: exact(parameters.subarray(bias, bias + outputs)),
        };
      }),
      scaling,
      fit: { x: fit.x, y: Array.from(outputs, (value) => value * scaling.y.scale + scaling.y.offset) },
    },
  };
}

/** The same cells and seeds by the rule with its slips. Undefined where the signal ended it. */
async function asPublishedOn(
  curve: CurveData,
  experiment: Experiment,
  rounds: number,
  few: { epochs: number; seeds: readonly number[] },
  { progress, signal, kept }: Watching,
): Promise<PublishedRun | undefined> {
  const begun = performance.now();
  const engine = createPublishedEngine();
  const retold: Watching['progress'] = (own) => progress?.({ ...own, stage: 'published' });
  const { cells } = await experimentOn(engine, curve, experiment, rounds, {
    progress: retold,
    signal,
    ...(kept ? { kept: { ...kept, word: 'published' } } : {}),
  });
  const slips = signal?.aborted
    ? undefined
    : await formulaBugStudy(curve.data, experiment, few, { progress, signal, ...(kept ? { kept } : {}) });
  if (!slips) return undefined;
  const rule = message(founding, 'published_rule', { adapter: engine.adapter });
  return {
    rule: rule.text,
    seeds: experiment.seeds,
    epochs: experiment.epochs,
    cells,
    slips,
    seconds: (performance.now() - begun) / 1000,
    said: { rule },
  };
}
