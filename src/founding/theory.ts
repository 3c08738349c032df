/** The report's theory, looked at: truth tables, what goes through the layers, and what Adam is made of. */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import { optimizerParts } from '../messages/en/command-line/founding.ts';
import type { TrialInput } from '../spec/settings.ts';
import { spreadOf } from '../util/statistics/statistics.ts';
import { finalOf, rmseOf } from './cells.ts';
import { averageCurve } from './curves.ts';
import type { DepthNetwork } from './depth.ts';
import { buildTrial, seedsFrom } from './experiment.ts';
import { gateResults } from './gates.ts';
import { layerSignals } from './gradient-flow.ts';
import { type Watching, withTrained } from './population.ts';
import type { Experiment, OptimizerComparison, Theory } from './report.ts';

/** Truth tables cost nothing. */
const gateSeeds = seedsFrom(10);

type OptimizerSettings = NonNullable<TrialInput['training']>['optimizer'];

/**
 * Adam is momentum (a running mean of the gradient) over RMSprop (divided by the root of a running mean of its square),
 * both corrected for their start. The parts are
 * PyTorch's; RMSprop, which is not corrected, takes larger steps at first.
 */
const parts: Record<OptimizerComparison['runs'][number]['name'], (learning_rate: number) => OptimizerSettings> = {
  sgd: (learning_rate) => ({ kind: 'sgd', learning_rate }),
  momentum: (learning_rate) => ({ kind: 'sgd', learning_rate, momentum: 0.9 }),
  rmsprop: (learning_rate) => ({ kind: 'rmsprop', learning_rate, alpha: 0.99 }),
  adam: (learning_rate) => ({ kind: 'adam', learning_rate }),
};
export interface TheorySize {
  epochs: number;
  seeds: readonly number[];
}

/** Undefined where the signal ended it. */
export async function runTheory(
  engine: Engine,
  data: DataSet,
  experiment: Experiment,
  networks: readonly DepthNetwork[],
  size: TheorySize,
  { progress, signal, kept }: Watching = {},
): Promise<Theory | undefined> {
  const begun = performance.now();
  const said = (done: number) =>
    progress?.({ stage: 'theory', done, of: 3, seconds: (performance.now() - begun) / 1000 });
  said(0);
  const gates = await gateResults(gateSeeds);
  said(1);
  const layers = await layerSignals(data, experiment, networks, signal);
  said(2);
  const optimizers = await compareOptimizers(engine, data, experiment, size, {
    signal,
    kept,
    progress: ({ done }) => said(2 + done),
  });
  return signal?.aborted ? undefined : { gates, layers, optimizers };
}

async function compareOptimizers(
  engine: Engine,
  data: DataSet,
  experiment: Experiment,
  { epochs, seeds }: TheorySize,
  { progress, signal, kept }: Watching,
): Promise<OptimizerComparison> {
  const { learning_rate, hidden } = experiment;
  const key = { activation: 'relu', optimizer: 'sgd', batch_size: 8 } as const;
  const names = Object.keys(parts) as (keyof typeof parts)[];
  const trials = names.flatMap((name) =>
    seeds.map((seed) => {
      const { model, training } = buildTrial(experiment, key, seed, { hidden, epochs });
      return { model, training: { ...training, optimizer: parts[name](learning_rate) } };
    }),
  );
  const [target] = data.preprocessing.targets;
  const scale = target.kind === 'number' ? target.scale : 1;
  const watch = {
    signal,
    kept,
    progress: (share: number) => progress?.({ stage: 'theory', done: share, of: 1, seconds: 0 }),
  };
  return withTrained(engine, data, trials, watch, async (run) => {
    const [train, validation] = [await run.metricsOfAll('train'), await run.metricsOfAll('validation')];
    return {
      activation: key.activation,
      batch_size: key.batch_size,
      epochs,
      learning_rate,
      seeds: [...seeds],
      runs: names.map((name, index) => {
        const places = seeds.map((_, seed) => index * seeds.length + seed);
        const finals = places.map((place) =>
          finalOf(run.trials[place], rmseOf(train?.[place]), rmseOf(validation?.[place]), scale),
        );
        return {
          name,
          settings: optimizerParts[name],
          n: seeds.length,
          train_loss: spreadOf(finals.map(({ train_loss }) => train_loss)),
          validation_loss: spreadOf(finals.map(({ validation_loss }) => validation_loss)),
          curve: averageCurve(places.map((place) => run.trials[place].history)),
        };
      }),
    };
  });
}
