/**
 * Activations and gradients layer by layer, over all training rows at once, in float64 by the reference engine.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import { initialParameters, type LayerShape, layerOffsets, layerShapes } from '../engine/parameters.ts';
import { backwardPass } from '../engine/reference/backward.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';
import { createWorkspace, forwardPass } from '../engine/reference/network.ts';
import { checkTrial } from '../spec/check.ts';
import { resolveTrial } from '../train/trials.ts';
import { groupBy } from '../util/arrays.ts';
import { meanOf } from '../util/statistics/statistics.ts';
import { nextTask } from '../util/yielding.ts';
import type { DepthNetwork } from './depth.ts';
import { buildTrial } from './experiment.ts';
import type { Experiment, LayerSignals } from './report.ts';

type Signals = Pick<LayerSignals, 'gradient_rms' | 'gradient_norm' | 'activation_mean' | 'activation_sd'>;

/** At the start and after training with Adam, for every activation and depth among the networks; means over seeds. */
export async function layerSignals(
  data: DataSet,
  experiment: Experiment,
  networks: readonly DepthNetwork[],
  signal?: AbortSignal,
): Promise<LayerSignals[]> {
  const trained = networks.filter(({ optimizer }) => optimizer === 'adam');
  const groups = groupBy(trained, ({ activation, layers }) => `${activation} ${layers}`);
  const results: LayerSignals[] = [];
  for (const when of ['start', 'trained'] as const) {
    for (const group of groups) {
      const [{ activation, layers }] = group;
      const own: Signals[] = [];
      for (const network of group) {
        if (signal?.aborted) return results;
        await nextTask();
        const shapes = shapesOf(data, experiment, network);
        const parameters =
          when === 'trained' ? network.parameters : initialParameters(shapes, experiment.initializer, network.seed);
        own.push(gradientFlow(data, shapes, parameters));
      }
      results.push({ activation, layers, when, n: own.length, ...meanSignals(own) });
    }
  }
  return results;
}

function shapesOf(data: DataSet, experiment: Experiment, { layers, seed, ...key }: DepthNetwork): LayerShape[] {
  const hidden = new Array<number>(layers).fill(experiment.hidden[0]);
  const { model } = resolveTrial(checkTrial(buildTrial(experiment, key, seed, { hidden, epochs: 1 })), 'regression');
  return layerShapes(model, data.columns, data.outputs);
}

export function gradientFlow(data: DataSet, shapes: readonly LayerShape[], parameters: Float32Array): Signals {
  const rows = data.sets.train;
  const work = createWorkspace(shapes, rows.length, Float64Array);
  work.input.set(gatherRows(data.features, data.columns, rows));
  const gradients = new Float64Array(parameters.length);
  forwardPass(shapes, parameters, work);
  backwardPass(
    shapes,
    parameters,
    work,
    { loss: 'half_mse', targets: gatherRows(data.targets, data.outputs, rows) },
    gradients,
  );
  const squares = layerOffsets(shapes).map(({ weight, bias }) => {
    const own = gradients.subarray(weight, bias);
    return { sum: own.reduce((sum, gradient) => sum + gradient * gradient, 0), count: own.length };
  });
  const hidden = work.activations.slice(0, -1).map((values) => momentsOf(values));
  return {
    gradient_rms: squares.map(({ sum, count }) => Math.sqrt(sum / count)),
    gradient_norm: squares.map(({ sum }) => Math.sqrt(sum)),
    activation_mean: hidden.map(({ mean }) => mean),
    activation_sd: hidden.map(({ sd }) => sd),
  };
}

function momentsOf(values: Float32Array | Float64Array): { mean: number; sd: number } {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, sd: Math.sqrt(Math.max(0, squares / values.length - mean * mean)) };
}

function meanSignals(signals: readonly Signals[]): Signals {
  const over = (name: keyof Signals) =>
    signals[0][name].map((_, layer) => meanOf(signals.map((signal) => signal[name][layer])));
  return {
    gradient_rms: over('gradient_rms'),
    gradient_norm: over('gradient_norm'),
    activation_mean: over('activation_mean'),
    activation_sd: over('activation_sd'),
  };
}
