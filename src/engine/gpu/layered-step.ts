/**
 * One training step of the layered plan, as buffers and a list of dispatches. A step of L layers is 3L - 1 dispatches
 * that are recorded the same way every time:
 *
 *   forward 1 .. L        the first finds its batch and begins the step, the last makes loss and output errors
 *   for l = L .. 2        input gradient: errors of layer l - 1, from weights that are not updated yet
 *                         weight gradient of layer l, with the optimizer's update in it
 *   weight gradient of 1  ends the step: loss into the log, step counter on
 *
 * With clipping, weight gradients are stored and one more dispatch updates all parameters and ends the step.
 */
import { activationNames } from '../../spec/settings.ts';
import { stepsInEpoch } from '../clock.ts';
import type { EngineData, PopulationSettings } from '../engine.ts';
import { layerOffsets, parameterCount, withActivations } from '../parameters.ts';
import type { GpuContext } from './context.ts';
import {
  type Buffers,
  bind,
  hiddenKernel,
  inputGradientKernel,
  type Kernel,
  lossKernel,
  updateKernel,
  updateThreads,
  weightGradientKernel,
} from './kernels.ts';
import { filledStorage, type Made, storage, uniform } from './needs.ts';
import type { Arenas } from './population.ts';
import { dataStride } from './rows.ts';
import { Layer, State, structBytes } from './structs.ts';
import { type Cores, type Tiling, tileFor } from './tiles.ts';
import { type Update, updateOf } from './trial-fields.ts';

export interface Dispatch {
  pipeline: GPUComputePipeline;
  bindings: GPUBindGroup;
  groups: [number, number, number];
}

export interface Step {
  dispatches: Dispatch[];
  /** [step, trial]: mean losses, in a ring of `logSteps` steps. */
  losses: GPUBuffer;
  logSteps: number;
  stepsPerEpoch: number;
  /** Whether the kernels apply momentum and clipping: they are left out where no trial asks for them. */
  update: Update;
  clips: boolean;
}

/** How a step is cut into tiles, and the buffers it needs: everything but the making. */
export function layStep(cores: Cores, data: EngineData, settings: PopulationSettings) {
  const { trials, loss } = settings;
  const { batch_size, activations } = trials[0];
  const layers = withActivations(settings.layers, activations);
  const count = trials.length;
  const perTrial = parameterCount(layers);
  const trainRowCount = data.sets.train.length;
  const stepsPerEpoch = stepsInEpoch(trainRowCount, batch_size);
  const logSteps = Math.max(64, Math.min(8192, Math.floor(2 ** 20 / count)));
  const last = layers.length - 1;
  const update: Update = trials.map(updateOf).find((name) => name !== 'sgd') ?? 'sgd';
  const clips = trials.some(({ clip_norm }) => clip_norm > 0);

  const softmax = loss === 'softmax_cross_entropy';
  const forwardTiles = layers.map(({ outputs }) => tileFor(cores, batch_size, outputs));
  const weightTiles = layers.map(({ inputs, outputs }) => tileFor(cores, outputs, inputs + 1));
  // With softmax a workgroup takes all outputs of its rows.
  const lossTile = softmax ? { ...forwardTiles[last], tilesN: 1 } : forwardTiles[last];
  const partials = lossTile.tilesM * lossTile.tilesN;
  const norms = weightTiles.map(({ tilesM, tilesN }) => tilesM * tilesN);
  const normPartials = norms.reduce((sum, tiles) => sum + tiles, 0);

  const unitBuffers = (what: string) =>
    layers
      .slice(0, last)
      .map(({ outputs }, l) => storage(`${what} of layer ${l + 1}`, 4 * count * batch_size * outputs));
  const widest = Math.max(...layers.map(({ outputs }) => outputs));
  const state = storage('state', State.size * count);
  const rowList = storage('batch rows', 4 * count * batch_size);
  const trainRows = storage('training rows', data.sets.train);
  const units = unitBuffers('units');
  const slopes = unitBuffers('slopes');
  const errors = [0, 1].map((turn) => storage(`errors ${turn}`, 4 * count * batch_size * widest));
  const losses = storage('losses', 4 * count * (logSteps + partials));
  const slots = { sgd: 0, momentum: 1, rmsprop: 2, adam: 2 }[update];
  const optimizerState = slots > 0 ? storage('optimizer state', 4 * perTrial * count * slots) : undefined;
  const gradients = clips ? storage('gradients', 4 * perTrial * count) : undefined;
  const squares = clips ? storage('squared norms', 4 * count * normPartials) : undefined;

  const offsets = layerOffsets(layers);
  const uniforms = layers.map(({ inputs, outputs }, index) =>
    uniform(
      `layer ${index + 1}`,
      structBytes(Layer, {
        index,
        inputs,
        outputs,
        ...offsets[index],
        parameters: perTrial,
        rows: batch_size,
        input_stride: batch_size * inputs,
        data_stride: dataStride(data),
        list_stride: batch_size,
        train_rows: trainRowCount,
        steps_per_epoch: stepsPerEpoch,
        log_steps: logSteps,
        trials: count,
        partials,
        norm_partials: normPartials,
        first_norm: norms.slice(0, index).reduce((sum, tiles) => sum + tiles, 0),
      }),
    ),
  );

  const biases = clips
    ? filledStorage('biases', 4 * perTrial, () => {
        const marks = new Uint32Array(perTrial);
        layers.forEach(({ outputs }, l) => {
          marks.fill(1, offsets[l].bias, offsets[l].bias + outputs);
        });
        return marks;
      })
    : undefined;

  return {
    needs: {
      state,
      rowList,
      trainRows,
      units,
      slopes,
      errors,
      losses,
      optimizerState,
      gradients,
      squares,
      uniforms,
      biases,
    },
    layers,
    stepsPerEpoch,
    logSteps,
    update,
    clips,
    forwardTiles,
    weightTiles,
    lossTile,
  };
}

/** The step, from buffers made for the needs that `layStep` declares. */
export async function createStep(
  context: GpuContext,
  settings: PopulationSettings,
  { layers, stepsPerEpoch, logSteps, update, clips, forwardTiles, weightTiles, lossTile }: ReturnType<typeof layStep>,
  arenas: Arenas,
  own: Made<ReturnType<typeof layStep>['needs']>,
): Promise<Step> {
  const { device } = context;
  const cores = await context.cores();
  const { loss, trials } = settings;
  const { batch_size } = trials[0];
  const count = trials.length;
  const last = layers.length - 1;
  const { state, rowList, trainRows, units, slopes, errors, losses, optimizerState, gradients, squares, uniforms } =
    own;

  /** Buffers by the binding numbers of the shader files. */
  const dispatch = async (
    kernel: Kernel,
    buffers: Buffers,
    { tilesM, tilesN }: Omit<Tiling, 'tile'>,
  ): Promise<Dispatch> => {
    const pipeline = await context.pipelines.get(kernel);
    return { pipeline, bindings: bind(device, pipeline, buffers), groups: [tilesN, tilesM, count] };
  };

  const forward = layers.map(({ activation }, l) => {
    const source = l === 0 ? 'batch' : 'units';
    const buffers: Buffers = {
      0: uniforms[l],
      1: arenas.trials,
      2: state,
      3: arenas.parameters,
      ...(l === 0 ? { 4: arenas.data, 5: rowList, 6: trainRows } : { 4: units[l - 1] }),
    };
    const activationIndex = activationNames.indexOf(activation);
    const { tile } = forwardTiles[l];
    if (l < last)
      return dispatch(
        hiddenKernel(source, tile, activationIndex),
        { ...buffers, 7: units[l], 8: slopes[l] },
        forwardTiles[l],
      );
    const goal: Buffers = l === 0 ? {} : { 5: rowList, 10: arenas.data };
    const kernel = lossKernel(source, tile, activationIndex, loss);
    return dispatch(kernel, { ...buffers, ...goal, 8: errors[l % 2], 9: losses }, lossTile);
  });

  const weightGradient = (l: number) => {
    const first = l === 0;
    const buffers: Buffers = {
      0: uniforms[l],
      1: arenas.trials,
      4: first ? arenas.data : units[l - 1],
      5: first ? rowList : undefined,
      7: errors[l % 2],
    };
    const sink: Buffers = clips
      ? { 12: gradients, 13: squares }
      : { 2: state, 3: arenas.parameters, 9: first ? losses : undefined, 11: optimizerState };
    const kernel = weightGradientKernel(first, weightTiles[l].tile, clips ? undefined : update);
    return dispatch(kernel, { ...buffers, ...sink }, weightTiles[l]);
  };

  const inputGradient = (l: number) => {
    const tiling = tileFor(cores, batch_size, layers[l].inputs);
    const buffers = {
      0: uniforms[l],
      1: arenas.trials,
      3: arenas.parameters,
      4: errors[l % 2],
      5: slopes[l - 1],
      7: errors[(l - 1) % 2],
    };
    return dispatch(inputGradientKernel(tiling.tile), buffers, tiling);
  };

  const backward = layers.flatMap((_, index) => {
    const l = last - index;
    return l === 0 ? [weightGradient(0)] : [inputGradient(l), weightGradient(l)];
  });

  const updateAll = () => {
    const groups = Math.ceil(parameterCount(layers) / updateThreads);
    const buffers = {
      0: uniforms[0],
      1: arenas.trials,
      2: state,
      3: arenas.parameters,
      9: losses,
      11: optimizerState,
      12: gradients,
      13: squares,
      14: own.biases,
    };
    return dispatch(updateKernel(update), buffers, {
      tilesN: Math.min(groups, 32768),
      tilesM: Math.ceil(groups / 32768),
    });
  };

  const dispatches = await Promise.all([...forward, ...backward, ...(clips ? [updateAll()] : [])]);
  return { dispatches, losses, logSteps, stepsPerEpoch, update, clips };
}
