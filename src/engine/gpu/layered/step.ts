/**
 * One training step of the layered plan, as buffers and a list of dispatches. A step of L layers is 3L - 1 dispatches
 * that are recorded the same way every time:
 *
 *   forward 1 .. L        the first finds its batch and begins the step, the last makes loss and output deltas
 *   for l = L .. 2        input gradient: deltas of layer l - 1, from weights that are not updated yet
 *                         weight gradient of layer l, with the optimizer's update in it
 *   weight gradient of 1  ends the step: loss into the log, step counter on
 *
 * A layer other than a dense one may have one dispatch for both gradients (see `layer-tiling.ts`).
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
import { kindOf } from '../../layers.ts';
import { isPlainChain, parameterCount, withActivations } from '../../parameters.ts';
import { stepsInEpoch } from '../../step-schedule.ts';
import type { GpuContext } from '../context.ts';
import { type Buffers, bind, type Kernel } from '../device/pipelines.ts';
import { type AllocatedBuffers, storage, uniform } from '../memory/buffer-spec.ts';
import { dataStride } from '../memory/rows.ts';
import type { SharedBuffers } from '../memory/shared-buffers.ts';
import { Layer, State, structBytes } from '../memory/structs.ts';
import { blocksOf, blockTable, storedGradients, updateBlock } from './blocks.ts';
import {
  gradientKernels,
  hiddenKernel,
  inputGradientKernels,
  lossKernel,
  sumSplitKKernel,
  updateKernel,
} from './kernels.ts';
import { layerTiling } from './layer-tiling.ts';
import type { MatmulConfigs, Tiling } from './matmul-config.ts';
import { embeddedOf, embeddedSpecs, tensorOffsets, trainingSpec } from './tensors.ts';

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

  const tilings = layers.map((layer) => layerTiling(configs, layer, batch_size));
  const { forward } = tilings[last];
  // With softmax a workgroup takes all outputs of its rows.
  const lossTile = lossTable[loss].jointly ? { ...forward, tilesN: 1 } : forward;
  const partials = lossTile.tilesM * lossTile.tilesN;

  const splits = tilings.map(({ splitK }) => splitK.splits);
  const isSplit = splits.map((parts) => parts > 1);
  const storedSplits = splits.map((parts, l) => (clips || isSplit[l] ? parts : 0));
  const stores = storedSplits.some((parts) => parts > 0);
  const stored = storedGradients(layers, storedSplits);
  // Squared norms are made where the whole gradient is first known.
  const norms = tilings.map(({ gradients: { tilesM, tilesN } }, l) =>
    isSplit[l] ? blocksOf(layers[l]) : tilesM * tilesN,
  );
  const firstNorm = norms.map((_, l) => norms.slice(0, l).reduce((sum, places) => sum + places, 0));
  const normPartials = clips ? firstNorm[last] + norms[last] : 0;
  const updated = clips ? layers.map(() => 1) : storedSplits;
  const updateBlocks = blockTable(layers, stored, updated, firstNorm, updateBlock(normPartials));
  const sumBlocks = blockTable(
    layers,
    stored,
    splits.map((parts, l) => (clips && isSplit[l] ? parts : 0)),
    firstNorm,
  );

  const unitBuffers = (what: string) =>
    layers
      .slice(0, last)
      .map(({ outputs }, l) => storage(`${what} of layer ${l + 1}`, 4 * count * batch_size * outputs));
  const widest = Math.max(...layers.map(({ outputs }) => outputs));
  const stateValues = updateTable[update].state.length;
  const offsets = tensorOffsets(layers);
  const uniforms = layers.map(({ inputs, outputs, embedding }, index) =>
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
        ...tilings[index].splitK,
        stored_gradients: stored.length,
        first_gradient: stored.first[index],
        frequencies: embedding?.frequencies ?? 0,
      }),
    ),
  );

  return {
    specs: {
      state: storage('state', State.size * count),
      rowList: storage('batch rows', 4 * count * batch_size),
      trainRows: storage('training rows', data.sets.train),
      units: unitBuffers('units'),
      derivatives: unitBuffers('slopes'),
      deltas: [0, 1].map((turn) => storage(`errors ${turn}`, 4 * count * batch_size * widest)),
      losses: storage('losses', 4 * count * (logSteps + partials)),
      optimizerState: stateValues > 0 ? storage('optimizer state', 4 * perTrial * count * stateValues) : undefined,
      gradients: stores ? storage('gradients', 4 * count * stored.length) : undefined,
      squares: stores ? storage('squared norms', 4 * count * normPartials) : undefined,
      uniforms,
      embedded: embeddedSpecs(layers),
      training: trainingSpec(layers),
      toUpdate: stores ? storage('blocks to update', updateBlocks.table) : undefined,
      toSum: sumBlocks.blocks > 0 ? storage('blocks to sum', sumBlocks.table) : undefined,
    },
    layers,
    stepsPerEpoch,
    logSteps,
    update,
    clips,
    stores,
    tilings,
    lossTile,
    blocksToUpdate: updateBlocks.blocks,
    blocksToSum: sumBlocks.blocks,
  };
}

/** The step, from the buffers that `planStep` declares. */
export async function createStep(
  context: GpuContext,
  { loss, trials }: PopulationSettings,
  plan: ReturnType<typeof planStep>,
  shared: SharedBuffers,
  own: AllocatedBuffers<ReturnType<typeof planStep>['specs']>,
): Promise<Step> {
  const { layers, tilings, update, clips, stores } = plan;
  const { uniforms, state, rowList, units, derivatives, deltas, losses } = own;
  const last = layers.length - 1;
  const embedded = (l: number) => embeddedOf(layers, l, own.embedded);

  /** Buffers by the binding numbers of the shader files. */
  const dispatch = async (
    kernel: Kernel,
    buffers: Buffers,
    { tilesM, tilesN }: Omit<Tiling, 'tile'>,
  ): Promise<Dispatch> => {
    const pipeline = await context.pipelines.get(kernel);
    return { pipeline, bindings: bind(context.device, pipeline, buffers), groups: [tilesN, tilesM, trials.length] };
  };

  const forward = layers.map(({ activation }, l) => {
    const source = l === 0 ? 'batch' : 'units';
    const buffers: Buffers = {
      0: uniforms[l],
      1: shared.trials,
      2: state,
      3: shared.parameters,
      ...(l === 0 ? { 4: shared.data, 5: rowList, 6: own.trainRows } : { 4: units[l - 1] }),
      16: embedded(l),
    };
    const activationIndex = activationNames.indexOf(activation);
    const tiling = tilings[l].forward;
    if (l < last) {
      const drops = trials.some(({ dropout }) => dropout[l] > 0);
      const kernel = hiddenKernel(source, tiling.tile, activationIndex, drops);
      return dispatch(kernel, { ...buffers, 7: units[l], 8: derivatives[l] }, tiling);
    }
    const goal: Buffers = l === 0 ? {} : { 5: rowList, 10: shared.data };
    const kernel = lossKernel(source, tiling.tile, activationIndex, loss);
    return dispatch(kernel, { ...buffers, ...goal, 8: deltas[l % 2], 9: losses }, plan.lossTile);
  });

  const gradients = (l: number) => {
    const first = l === 0;
    const ends = first && !stores;
    const { inputGradient, gradients: tiling, splitK } = tilings[l];
    const isSplit = splitK.splits > 1;
    // Parts of gradients are just stored.
    const ownTraining = !isSplit && !isPlainChain([layers[l]]);
    const becomes = isSplit ? 'split_k' : clips ? 'store' : update;
    const updated = { 2: state, 3: shared.parameters, 9: ends ? losses : undefined, 11: own.optimizerState };
    const stored = { 12: own.gradients, 13: isSplit ? undefined : own.squares };
    // Where the deltas of the layer before have no dispatch of their own.
    const before =
      first || inputGradient ? {} : { 3: shared.parameters, 6: derivatives[l - 1], 8: deltas[(l - 1) % 2] };
    const buffers: Buffers = {
      0: uniforms[l],
      1: shared.trials,
      // The gradients of cosines are made of parameters.
      3: kindOf(layers[l]) === 'periodic' ? shared.parameters : undefined,
      4: first ? shared.data : units[l - 1],
      5: first ? rowList : undefined,
      7: deltas[l % 2],
      15: ownTraining ? own.training : undefined,
      16: embedded(l),
      ...before,
      ...(becomes === update ? updated : stored),
    };
    const kernel = gradientKernels[kindOf(layers[l])](tiling.tile, { first, becomes, ends, ownTraining });
    return dispatch(kernel, buffers, { ...tiling, tilesM: tiling.tilesM * splitK.splits });
  };

  const backward = layers.flatMap((_, index) => {
    const l = last - index;
    const tiling = tilings[l].inputGradient;
    const kind = kindOf(layers[l]);
    const kernel = inputGradientKernels[kind];
    if (l === 0 || !tiling || !kernel) return [gradients(l)];
    const buffers = {
      0: uniforms[l],
      1: shared.trials,
      3: shared.parameters,
      4: deltas[l % 2],
      5: derivatives[l - 1],
      6: kind === 'periodic' ? units[l - 1] : undefined,
      7: deltas[(l - 1) % 2],
      16: embedded(l),
    };
    return [dispatch(kernel(tiling.tile), buffers, tiling), gradients(l)];
  });

  const ownTraining = own.training !== undefined;
  /** One workgroup a block; a large arena has more than one axis may have. */
  const sweep = (kernel: Kernel, buffers: Buffers, blocks: number) =>
    dispatch(
      kernel,
      { 0: uniforms[0], 1: shared.trials, 12: own.gradients, 13: own.squares, 15: own.training, ...buffers },
      { tilesN: Math.min(blocks, 32768), tilesM: Math.ceil(blocks / 32768) },
    );
  const sums = own.toSum ? [sweep(sumSplitKKernel(ownTraining), { 14: own.toSum }, plan.blocksToSum)] : [];
  const updated: Buffers = { 2: state, 3: shared.parameters, 9: losses, 11: own.optimizerState, 14: own.toUpdate };
  const updates = stores ? [sweep(updateKernel(update, ownTraining), updated, plan.blocksToUpdate)] : [];

  const dispatches = await Promise.all([...forward, ...backward, ...sums, ...updates]);
  return { dispatches, losses, logSteps: plan.logSteps, stepsPerEpoch: plan.stepsPerEpoch, update, clips };
}
