/** The kernels of the layered plan: an entry file of `shaders/kernels`, conditions and constants. */
import forward from '../../../../shaders/kernels/forward.wgsl?wesl';
import inputGradient from '../../../../shaders/kernels/input_gradient.wgsl?wesl';
import periodicGradient from '../../../../shaders/kernels/periodic_gradient.wgsl?wesl';
import periodicInputGradient from '../../../../shaders/kernels/periodic_input_gradient.wgsl?wesl';
import scaleBackward from '../../../../shaders/kernels/scale_backward.wgsl?wesl';
import sumSplitK from '../../../../shaders/kernels/sum_split_k.wgsl?wesl';
import update from '../../../../shaders/kernels/update.wgsl?wesl';
import weightGradient from '../../../../shaders/kernels/weight_gradient.wgsl?wesl';
import { type LossName, lossNames, lossTable } from '../../../spec/losses.ts';
import { type UpdateName, updateNames, updateTable } from '../../../spec/optimizers.ts';
import type { LayerKind } from '../../layers.ts';
import type { ShaderModule } from '../device/link.ts';
import type { Kernel } from '../device/pipelines.ts';
import { products, type Tile } from './matmul-config.ts';

function matmulKernel(
  entry: ShaderModule,
  { core, ...threads }: Tile,
  conditions: string[],
  constants: Record<string, number>,
): Kernel {
  return {
    entry,
    conditions: [...conditions, ...products[core].conditions],
    constants: { ...threads, ...constants },
  };
}

/** Where a forward kernel's input comes from: the next batch, listed rows of the data set, or the layer before. */
const sources = { batch: ['from_batch'], listed: ['from_list'], units: [] };

/**
 * A layer of a prediction or an evaluation: stopped trials count, nothing is dropped. Without an activation every trial
 * has its own.
 */
export function forwardKernel(source: 'units' | 'listed', tile: Tile, ACTIVATION?: number): Kernel {
  const perTrial = ACTIVATION === undefined ? ['activation_per_trial'] : [];
  return matmulKernel(forward, tile, [...sources[source], ...perTrial], {
    ACTIVATION: ACTIVATION ?? 0,
    SKIP_STOPPED: 0,
  });
}

/** A hidden layer while training. */
export function hiddenKernel(source: 'batch' | 'units', tile: Tile, ACTIVATION: number, drops: boolean): Kernel {
  return matmulKernel(forward, tile, [...sources[source], 'hidden'], { ACTIVATION, DROPS: Number(drops) });
}

/** The last layer while training: forward, loss and its gradient. */
export function lossKernel(source: 'batch' | 'units', tile: Tile, ACTIVATION: number, loss: LossName): Kernel {
  const kind = lossTable[loss].jointly ? 'softmax' : 'loss';
  return matmulKernel(forward, tile, [...sources[source], kind], { ACTIVATION, LOSS: lossNames.indexOf(loss) });
}

type InputGradientKernel = (tile: Tile) => Kernel;

/** The deltas of the layer before, of those kinds that have a dispatch for them. */
export const inputGradientKernels: Partial<Record<LayerKind, InputGradientKernel>> & { dense: InputGradientKernel } = {
  dense: (tile) => matmulKernel(inputGradient, tile, [], { RIGHT_ALONG_K: 0 }),
  periodic: ({ THREADS_M, THREADS_N }) => ({
    entry: periodicInputGradient,
    conditions: [],
    constants: { THREADS_M, THREADS_N },
  }),
};

/** The condition for what an update keeps of each parameter: one number or two. */
const optimizerState = (update: UpdateName): string[] =>
  [[], ['velocity'], ['moments']][updateTable[update].state.length];

/** The condition that tensors have learning rates of their own, are frozen, or are regularized otherwise than by default. */
const tensorTraining = (own: boolean): string[] => (own ? ['tensor_training'] : []);

export interface GradientOptions {
  /** The first layer: its input is the data set. */
  first: boolean;
  /** The optimizer takes the gradients at once, or they are stored for `updateKernel`, whole or in parts (split-K). */
  becomes: UpdateName | 'store' | 'split_k';
  /** The last dispatch of a step. */
  ends?: boolean;
  /** Its tensors are not trained as by default. */
  ownTraining?: boolean;
}

function gradientConditions({ first, becomes, ends }: GradientOptions): string[] {
  return [
    ...(first ? ['from_list'] : []),
    ...(becomes === 'store' || becomes === 'split_k' ? [becomes] : optimizerState(becomes)),
    ...(ends ? ['ends_step'] : []),
  ];
}

/** The gradients of a layer of each kind; where there is no input gradient by itself, the deltas of the layer before too. */
export const gradientKernels: Record<LayerKind, (tile: Tile, options: GradientOptions) => Kernel> = {
  dense(tile, options) {
    const conditions = [...gradientConditions(options), ...tensorTraining(options.ownTraining ?? false)];
    const constants = { LEFT_ALONG_K: 0, RIGHT_ALONG_K: 0, UPDATE: updateIndex(options.becomes) };
    return matmulKernel(weightGradient, tile, conditions, constants);
  },
  scale({ THREADS_M, THREADS_N }, options) {
    const constants = { THREADS_M, THREADS_N, UPDATE: updateIndex(options.becomes) };
    return { entry: scaleBackward, conditions: gradientConditions(options), constants };
  },
  periodic({ THREADS_M, THREADS_N }, options) {
    const constants = { THREADS_M, THREADS_N, UPDATE: updateIndex(options.becomes) };
    return { entry: periodicGradient, conditions: gradientConditions(options), constants };
  },
};

/** 0 where the gradients are stored: the kernel has no update. */
const updateIndex = (becomes: GradientOptions['becomes']): number =>
  Math.max(0, updateNames.indexOf(becomes as UpdateName));

/** Parts of gradients (split-K) added up for clipping. */
export function sumSplitKKernel(ownTraining = false): Kernel {
  return { entry: sumSplitK, conditions: tensorTraining(ownTraining), constants: { THREADS_N: blockParameters } };
}

/** Stored gradients clipped and taken by the optimizer, and the end of the step. */
export function updateKernel(name: UpdateName, ownTraining = false): Kernel {
  const constants = { THREADS_M: 1, THREADS_N: blockParameters, UPDATE: updateNames.indexOf(name) };
  return { entry: update, conditions: [...optimizerState(name), ...tensorTraining(ownTraining)], constants };
}

/** Threads of a workgroup that sweeps over a `Block`, and its parameters, or a multiple of them. */
export const blockParameters = 64;
