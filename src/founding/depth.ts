/**
 * Depth alone changed: 1 to 6 hidden layers of the experiment's width, everything else as in the experiment. It is small
 * beside the experiment: one batch size for each optimizer, few seeds, fewer epochs.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import type { Run } from '../train/trainer.ts';
import { spreadOf } from '../util/statistics/statistics.ts';
import { finalOf, rmseOf } from './cells.ts';
import { averageCurve } from './curves.ts';
import { buildTrial } from './experiment.ts';
import { type Watching, withTrained } from './population.ts';
import type { CellKey, DepthCell, DepthStudy, Experiment } from './report.ts';

/** SGD at its best batch size in the report; Adam, for which a step costs most, where an epoch has fewest of them. */
const optimizers = [
  { optimizer: 'sgd', batch_size: 1 },
  { optimizer: 'adam', batch_size: 8 },
] as const;

export interface DepthSize {
  /** Hidden layers to try. */
  layers: readonly number[];
  epochs: number;
  seeds: readonly number[];
}

/** A trained network of the study, for what goes on inside it. */
export interface DepthNetwork extends CellKey {
  layers: number;
  seed: number;
  parameters: Float32Array;
}

/** Undefined where the signal ended it. */
export async function depthStudy(
  engine: Engine,
  data: DataSet,
  experiment: Experiment,
  { layers, epochs, seeds }: DepthSize,
  { progress, signal, kept }: Watching = {},
): Promise<{ study: DepthStudy; networks: DepthNetwork[] } | undefined> {
  const units = experiment.hidden[0];
  const begun = performance.now();
  const keys: CellKey[] = experiment.activations.flatMap((activation) =>
    optimizers.map((choice) => ({ activation, ...choice })),
  );
  const cells: DepthCell[] = [];
  const networks: DepthNetwork[] = [];
  // A layer more is a layer's work more.
  const work = (depth: number) => depth;
  const all = layers.reduce((sum, depth) => sum + work(depth), 0);
  let before = 0;
  for (const depth of layers) {
    const hidden = new Array<number>(depth).fill(units);
    const trials = keys.flatMap((key) => seeds.map((seed) => buildTrial(experiment, key, seed, { hidden, epochs })));
    const watch = {
      signal,
      kept,
      progress: (share: number) =>
        progress?.({
          stage: 'depth',
          done: before + share * work(depth),
          of: all,
          seconds: (performance.now() - begun) / 1000,
        }),
    };
    await withTrained(engine, data, trials, watch, async (run) => {
      if (signal?.aborted) return;
      cells.push(...(await cellsOfDepth(run, data, keys, seeds, depth)));
      networks.push(...(await networksOf(run, keys, seeds, depth)));
    });
    if (signal?.aborted) return undefined;
    before += work(depth);
  }
  const place = ({ activation, optimizer }: DepthCell) =>
    keys.findIndex((key) => key.activation === activation && key.optimizer === optimizer);
  cells.sort((a, b) => place(a) - place(b) || a.layers - b.layers);
  return { study: { units, epochs, seeds: [...seeds], cells }, networks };
}

async function cellsOfDepth(
  run: Run,
  data: DataSet,
  keys: CellKey[],
  seeds: readonly number[],
  layers: number,
): Promise<DepthCell[]> {
  const [target] = data.preprocessing.targets;
  const scale = target.kind === 'number' ? target.scale : 1;
  const [train, validation] = [await run.metricsOfAll('train'), await run.metricsOfAll('validation')];
  return keys.map((key, cell) => {
    const places = seeds.map((_, seed) => cell * seeds.length + seed);
    const progresses = places.map((place) => run.trials[place]);
    const finals = places.map((place) =>
      finalOf(run.trials[place], rmseOf(train?.[place]), rmseOf(validation?.[place]), scale),
    );
    return {
      ...key,
      layers,
      parameters: run.parameterCount,
      n: seeds.length,
      diverged: finals.filter(({ stopped }) => stopped === 'diverged').length,
      train_loss: spreadOf(finals.map(({ train_loss }) => train_loss)),
      validation_loss: spreadOf(finals.map(({ validation_loss }) => validation_loss)),
      validation_rmse: spreadOf(finals.map(({ validation_rmse }) => validation_rmse)),
      epochs_run: spreadOf(finals.map(({ epochs_run }) => epochs_run)),
      curve: averageCurve(progresses.map(({ history }) => history)),
    };
  });
}

async function networksOf(
  run: Run,
  keys: CellKey[],
  seeds: readonly number[],
  layers: number,
): Promise<DepthNetwork[]> {
  const networks: DepthNetwork[] = [];
  for (const [cell, key] of keys.entries()) {
    for (const [index, seed] of seeds.entries()) {
      networks.push({ ...key, layers, seed, parameters: await run.parameters(cell * seeds.length + index) });
    }
  }
  return networks;
}
