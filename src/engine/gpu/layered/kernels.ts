/** The kernels of the layered plan: an entry file of `shaders/kernels`, conditions and constants. */
import forward from '../../../../shaders/kernels/forward.wgsl?wesl';
import inputGradient from '../../../../shaders/kernels/input_gradient.wgsl?wesl';
import sumSplitK from '../../../../shaders/kernels/sum_split_k.wgsl?wesl';
import update from '../../../../shaders/kernels/update.wgsl?wesl';
import weightGradient from '../../../../shaders/kernels/weight_gradient.wgsl?wesl';
import { type LossName, lossNames, lossTable } from '../../../spec/losses.ts';
import { type UpdateName, updateNames, updateTable } from '../../../spec/optimizers.ts';
import type { ShaderModule } from '../device/link.ts';
import type { Kernel } from '../device/pipelines.ts';
import { matmulVariants, type Tile } from './matmul-config.ts';

function matmulKernel(
  entry: ShaderModule,
  { core, ...threads }: Tile,
  conditions: string[],
  constants: Record<string, number>,
): Kernel {
  return {
    entry,
    conditions: [...conditions, ...matmulVariants[core].conditions],
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

export function inputGradientKernel(tile: Tile): Kernel {
  return matmulKernel(inputGradient, tile, [], { RIGHT_ALONG_K: 0 });
}

/** The condition for what an update keeps of each parameter: one number or two. */
const optimizerState = (update: UpdateName): string[] =>
  [[], ['velocity'], ['moments']][updateTable[update].state.length];

/**
 * `first` is the first layer: its input is the data set. What becomes of the gradients: the optimizer takes them at once,
 * or they are stored for `updateKernel`, whole or in parts (split-K). `ends` is the last dispatch of a step.
 */
export function weightGradientKernel(
  first: boolean,
  tile: Tile,
  becomes: UpdateName | 'store' | 'split_k',
  ends: boolean,
): Kernel {
  const stored = becomes === 'store' || becomes === 'split_k';
  const conditions = [
    ...(first ? ['from_list'] : []),
    ...(stored ? [becomes] : optimizerState(becomes)),
    ...(ends ? ['ends_step'] : []),
  ];
  return matmulKernel(weightGradient, tile, conditions, {
    LEFT_ALONG_K: 0,
    RIGHT_ALONG_K: 0,
    UPDATE: stored ? 0 : updateNames.indexOf(becomes),
  });
}

/** Parts of gradients (split-K) added up for clipping. */
export function sumSplitKKernel(): Kernel {
  return { entry: sumSplitK, conditions: [], constants: { THREADS_N: blockParameters } };
}

/** Stored gradients clipped and taken by the optimizer, and the end of the step. */
export function updateKernel(name: UpdateName): Kernel {
  const constants = { THREADS_M: 1, THREADS_N: blockParameters, UPDATE: updateNames.indexOf(name) };
  return { entry: update, conditions: optimizerState(name), constants };
}

/** Threads of a workgroup that sweeps over a `Block`, and its parameters, or a multiple of them. */
export const blockParameters = 64;
