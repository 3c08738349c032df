/**
 * One training step of the layered plan, as buffers and a list of dispatches. A step of L layers is 3L - 1 dispatches
 * that are recorded the same way every time:
 *
 *   forward 1 .. L        the first finds its batch and begins the step, the last makes loss and output deltas
 *   for l = L .. 2        input gradient: deltas of layer l - 1, from weights that are not updated yet
 *                         weight gradient of layer l, with the optimizer's update in it
 *   weight gradient of 1  ends the step: loss into the log, step counter on
 *
 * With clipping, weight gradients are stored and one more dispatch updates all parameters and ends the step. Layers
 * with split-K (see `splitKFor` in `matmul-config.ts`) store them too: the same dispatch adds up
 * the parts of all of them and updates them, so that a step is 3L dispatches. With both, the norm needs the sums
 * first: one dispatch more adds them up, 3L + 1.
 */
import { activationNames } from '../../../spec/activations.ts';
import { lossTable } from '../../../spec/losses.ts';
import { type UpdateName, updateOf, updateTable } from '../../../spec/optimizers.ts';
import type { EngineData, PopulationSettings } from '../../engine.ts';
import { layerOffsets, parameterCount, withActivations } from '../../parameters.ts';
import { stepsInEpoch } from '../../step-schedule.ts';
import type { GpuContext } from '../context.ts';
import { type Buffers, bind, type Kernel } from '../device/pipelines.ts';
import { type AllocatedBuffers, storage, uniform } from '../memory/buffer-spec.ts';
import { dataStride } from '../memory/rows.ts';
import type { SharedBuffers } from '../memory/shared-buffers.ts';
import { Layer, State, structBytes } from '../memory/structs.ts';
import { blocksOf, blockTable, storedGradients, updateBlock } from './blocks.ts';
import {
  hiddenKernel,
  inputGradientKernel,
  lossKernel,
  sumSplitKKernel,
  updateKernel,
  weightGradientKernel,
} from './kernels.ts';
import { type MatmulConfigs, splitKFor, type Tiling, tileFor } from './matmul-config.ts';

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
  update: UpdateName;
  clips: boolean;
}

/** How a step is cut into tiles, and the buffers it takes: everything but making them. */
export function planStep(configs: MatmulConfigs, data: EngineData, settings: PopulationSettings) {
  const { trials, loss } = settings;
  const { batch_size, activations } = trials[0];
  const layers = withActivations(settings.layers, activations);
  const count = trials.length;
  const perTrial = parameterCount(layers);
  const trainRowCount = data.sets.train.length;
  const stepsPerEpoch = stepsInEpoch(trainRowCount, batch_size);
  const logSteps = Math.max(64, Math.min(8192, Math.floor(2 ** 20 / count)));
  const last = layers.length - 1;
  const update: UpdateName = trials.map(updateOf).find((name) => name !== 'sgd') ?? 'sgd';
  const clips = trials.some(({ clip_norm }) => clip_norm > 0);

  const softmax = lossTable[loss].jointly;
  const forwardTiles = layers.map(({ outputs }) => tileFor(configs, batch_size, outputs));
  const weightTiles = layers.map(({ inputs, outputs }) => tileFor(configs, outputs, inputs + 1));
  const inputGradientTiles = layers.map(({ inputs }) => tileFor(configs, batch_size, inputs));
  // With softmax a workgroup takes all outputs of its rows.
  const lossTile = softmax ? { ...forwardTiles[last], tilesN: 1 } : forwardTiles[last];
  const partials = lossTile.tilesM * lossTile.tilesN;

  const splitK = weightTiles.map((tiling) => splitKFor(configs, tiling, batch_size));
  const isSplit = splitK.map((cut) => cut.splits > 1);
  const storedSplits = splitK.map((cut, l) => (clips || isSplit[l] ? cut.splits : 0));
  const stores = storedSplits.some((count) => count > 0);
  const stored = storedGradients(layers, storedSplits);
  // Squared norms are made where the whole gradient is first known.
  const norms = weightTiles.map(({ tilesM, tilesN }, l) => (isSplit[l] ? blocksOf(layers[l]) : tilesM * tilesN));
  const firstNorm = norms.map((_, l) => norms.slice(0, l).reduce((sum, count) => sum + count, 0));
  const normPartials = clips ? firstNorm[last] + norms[last] : 0;
  const updated = clips ? layers.map(() => 1) : storedSplits;
  const updateBlocks = blockTable(layers, stored, updated, firstNorm, updateBlock(normPartials));
  const sumBlocks = blockTable(
    layers,
    stored,
    splitK.map((cut, l) => (clips && isSplit[l] ? cut.splits : 0)),
    firstNorm,
  );

  const unitBuffers = (what: string) =>
    layers
      .slice(0, last)
      .map(({ outputs }, l) => storage(`${what} of layer ${l + 1}`, 4 * count * batch_size * outputs));
  const widest = Math.max(...layers.map(({ outputs }) => outputs));
  const state = storage('state', State.size * count);
  const rowList = storage('batch rows', 4 * count * batch_size);
  const trainRows = storage('training rows', data.sets.train);
  const units = unitBuffers('units');
  const derivatives = unitBuffers('slopes');
  const deltas = [0, 1].map((turn) => storage(`errors ${turn}`, 4 * count * batch_size * widest));
  const losses = storage('losses', 4 * count * (logSteps + partials));
  const stateValues = updateTable[update].state.length;
  const optimizerState = stateValues > 0 ? storage('optimizer state', 4 * perTrial * count * stateValues) : undefined;
  const gradients = stores ? storage('gradients', 4 * count * stored.length) : undefined;
  const squares = stores ? storage('squared norms', 4 * count * normPartials) : undefined;
  const toUpdate = stores ? storage('blocks to update', updateBlocks.table) : undefined;
  const toSum = sumBlocks.blocks > 0 ? storage('blocks to sum', sumBlocks.table) : undefined;

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
        first_norm: firstNorm[index],
        ...splitK[index],
        stored_gradients: stored.length,
        first_gradient: stored.first[index],
      }),
    ),
  );

  return {
    specs: {
      state,
      rowList,
      trainRows,
      units,
      derivatives,
      deltas,
      losses,
      optimizerState,
      gradients,
      squares,
      uniforms,
      toUpdate,
      toSum,
    },
    layers,
    stepsPerEpoch,
    logSteps,
    update,
    clips,
    forwardTiles,
    weightTiles,
    inputGradientTiles,
    lossTile,
    splitK,
    isSplit,
    stores,
    updateBlocks,
    sumBlocks,
  };
}

/** The step, from the buffers that `planStep` declares. */
export async function createStep(
  context: GpuContext,
  settings: PopulationSettings,
  plan: ReturnType<typeof planStep>,
  shared: SharedBuffers,
  own: AllocatedBuffers<ReturnType<typeof planStep>['specs']>,
): Promise<Step> {
  const { device } = context;
  const { layers, stepsPerEpoch, logSteps, update, clips, stores, splitK, isSplit, updateBlocks, sumBlocks } = plan;
  const { forwardTiles, weightTiles, inputGradientTiles, lossTile } = plan;
  const { loss, trials } = settings;
  const count = trials.length;
  const last = layers.length - 1;
  const {
    state,
    rowList,
    trainRows,
    units,
    derivatives,
    deltas,
    losses,
    optimizerState,
    gradients,
    squares,
    uniforms,
  } = own;

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
      1: shared.trials,
      2: state,
      3: shared.parameters,
      ...(l === 0 ? { 4: shared.data, 5: rowList, 6: trainRows } : { 4: units[l - 1] }),
    };
    const activationIndex = activationNames.indexOf(activation);
    const { tile } = forwardTiles[l];
    const drops = trials.some(({ dropout }) => dropout[l] > 0);
    if (l < last)
      return dispatch(
        hiddenKernel(source, tile, activationIndex, drops),
        { ...buffers, 7: units[l], 8: derivatives[l] },
        forwardTiles[l],
      );
    const goal: Buffers = l === 0 ? {} : { 5: rowList, 10: shared.data };
    const kernel = lossKernel(source, tile, activationIndex, loss);
    return dispatch(kernel, { ...buffers, ...goal, 8: deltas[l % 2], 9: losses }, lossTile);
  });

  const weightGradient = (l: number) => {
    const first = l === 0;
    const buffers: Buffers = {
      0: uniforms[l],
      1: shared.trials,
      4: first ? shared.data : units[l - 1],
      5: first ? rowList : undefined,
      7: deltas[l % 2],
    };
    const ends = first && !stores;
    const updated = { 2: state, 3: shared.parameters, 9: ends ? losses : undefined, 11: optimizerState };
    const [becomes, sink] = isSplit[l]
      ? (['split_k', { 12: gradients }] as const)
      : clips
        ? (['store', { 12: gradients, 13: squares }] as const)
        : ([update, updated] as const);
    const { tile, tilesM, tilesN } = weightTiles[l];
    const kernel = weightGradientKernel(first, tile, becomes, ends);
    return dispatch(kernel, { ...buffers, ...sink }, { tilesM: tilesM * splitK[l].splits, tilesN });
  };

  const inputGradient = (l: number) => {
    const tiling = inputGradientTiles[l];
    const buffers = {
      0: uniforms[l],
      1: shared.trials,
      3: shared.parameters,
      4: deltas[l % 2],
      5: derivatives[l - 1],
      7: deltas[(l - 1) % 2],
    };
    return dispatch(inputGradientKernel(tiling.tile), buffers, tiling);
  };

  const backward = layers.flatMap((_, index) => {
    const l = last - index;
    return l === 0 ? [weightGradient(0)] : [inputGradient(l), weightGradient(l)];
  });

  /** One workgroup a block; a large arena has more than one axis may have. */
  const sweep = (kernel: Kernel, buffers: Buffers, blocks: number) =>
    dispatch(
      kernel,
      { 0: uniforms[0], 1: shared.trials, 12: gradients, 13: squares, ...buffers },
      { tilesN: Math.min(blocks, 32768), tilesM: Math.ceil(blocks / 32768) },
    );
  const sumSplitK = own.toSum ? [sweep(sumSplitKKernel(), { 14: own.toSum }, sumBlocks.blocks)] : [];
  const updated: Buffers = { 2: state, 3: shared.parameters, 9: losses, 11: optimizerState, 14: own.toUpdate };
  const updateStored = stores ? [sweep(updateKernel(update), updated, updateBlocks.blocks)] : [];

  const dispatches = await Promise.all([...forward, ...backward, ...sumSplitK, ...updateStored]);
  return { dispatches, losses, logSteps, stepsPerEpoch, update, clips };
}
