/** Every kernel that the engine may ask for, each once, with constants of no matter: for tools and tests. */
import probeQuadSwap from '../shaders/software/probe_quad_swap.wgsl?wesl';
import probeThreads from '../shaders/software/probe_threads.wgsl?wesl';
import {
  type Core,
  cores,
  finiteKernel,
  forwardKernel,
  hiddenKernel,
  inputGradientKernel,
  type Kernel,
  kernelName,
  lossKernel,
  scoreKernel,
  sumSplitKKernel,
  type Tile,
  updateKernel,
  weightGradientKernel,
} from '../src/engine/gpu/layered/kernels.ts';
import { type ResidentVariant, residentKernel } from '../src/engine/gpu/resident/kernel.ts';
import { updateNames } from '../src/spec/optimizers.ts';

export function everyKernel(): Kernel[] {
  const residents: ResidentVariant[] = [
    { memory: 'workgroup', threads: 64 },
    { memory: 'storage', threads: 4 },
    { memory: 'storage', threads: 4, swaps: true },
  ];
  const kernels = [
    ...(Object.keys(cores) as Core[]).flatMap(matmulKernels),
    scoreKernel('mse'),
    finiteKernel(),
    sumSplitKKernel(),
    ...updateNames.map(updateKernel),
    ...residents.flatMap((variant) => [
      residentKernel('mse', variant, { THREADS: variant.threads }),
      residentKernel('softmax_cross_entropy', variant, { THREADS: variant.threads }),
    ]),
    { entry: probeThreads, conditions: [], constants: {} },
    { entry: probeQuadSwap, conditions: [], constants: {} },
  ];
  return [...new Map(kernels.map((kernel) => [kernelName(kernel), kernel])).values()];
}

function matmulKernels(core: Core): Kernel[] {
  const tile: Tile = { core, THREADS_M: core === 'direct_lanes' ? 1 : 4, THREADS_N: 4, DEPTH: 16 };
  const sources = ['batch', 'units'] as const;
  return [
    ...(['listed', 'units'] as const).flatMap((source) => [
      forwardKernel(source, tile, 0),
      forwardKernel(source, tile),
    ]),
    ...sources.map((source) => hiddenKernel(source, tile, 0, true)),
    ...sources.flatMap((source) =>
      (['mse', 'softmax_cross_entropy'] as const).map((loss) => lossKernel(source, tile, 0, loss)),
    ),
    inputGradientKernel(tile),
    ...[true, false].flatMap((first) =>
      (['store', 'split_k'] as const).map((becomes) => weightGradientKernel(first, tile, becomes, false)),
    ),
    ...updateNames.flatMap((update) => [
      weightGradientKernel(true, tile, update, true),
      weightGradientKernel(true, tile, update, false),
      weightGradientKernel(false, tile, update, false),
    ]),
  ];
}
