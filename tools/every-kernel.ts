/** Every kernel that the engine may ask for, each once, with constants of no matter: for tools and tests. */
import probeQuadSwap from '../shaders/software/probe_quad_swap.wgsl?wesl';
import probeThreads from '../shaders/software/probe_threads.wgsl?wesl';
import { type Kernel, kernelName } from '../src/engine/gpu/device/pipelines.ts';
import { selfTestKernel } from '../src/engine/gpu/device/self-test.ts';
import { evaluateKernel } from '../src/engine/gpu/evaluate/evaluator.ts';
import { finiteKernel } from '../src/engine/gpu/evaluate/finite-check.ts';
import {
  forwardKernel,
  hiddenKernel,
  inputGradientKernel,
  lossKernel,
  sumSplitKKernel,
  updateKernel,
  weightGradientKernel,
} from '../src/engine/gpu/layered/kernels.ts';
import { type MatmulVariant, matmulVariants, type Tile } from '../src/engine/gpu/layered/matmul-config.ts';
import { type ResidentVariant, residentKernel } from '../src/engine/gpu/resident/kernel.ts';
import { updateNames } from '../src/spec/optimizers.ts';

export function everyKernel(): Kernel[] {
  const residents: ResidentVariant[] = [
    { memory: 'workgroup', threads: 64 },
    { memory: 'storage', threads: 4 },
    { memory: 'storage', threads: 4, swaps: true },
  ];
  const kernels = [
    ...(Object.keys(matmulVariants) as MatmulVariant[]).flatMap(matmulKernels),
    evaluateKernel('mse'),
    finiteKernel,
    selfTestKernel,
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

function matmulKernels(core: MatmulVariant): Kernel[] {
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
