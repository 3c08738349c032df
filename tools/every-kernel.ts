/** Every kernel that the engine may ask for, each once, with constants of no matter: for tools and tests. */
import probeQuadSwap from '../shaders/software/probe_quad_swap.wgsl?wesl';
import probeThreads from '../shaders/software/probe_threads.wgsl?wesl';
import { type Kernel, kernelName } from '../src/engine/gpu/device/pipelines.ts';
import { selfTestKernel } from '../src/engine/gpu/device/self-test.ts';
import { evaluateKernel } from '../src/engine/gpu/evaluate/evaluator.ts';
import { finiteKernel } from '../src/engine/gpu/evaluate/finite-check.ts';
import {
  forwardKernel,
  type GradientOptions,
  gradientKernels,
  hiddenKernel,
  inputGradientKernels,
  lossKernel,
  sumSplitKKernel,
  updateKernel,
} from '../src/engine/gpu/layered/kernels.ts';
import { type MatmulVariant, matmulVariants, products, type Tile } from '../src/engine/gpu/layered/matmul-config.ts';
import { type ResidentVariant, residentKernel } from '../src/engine/gpu/resident/kernel.ts';
import { type LayerKind, layerKinds } from '../src/engine/layers.ts';
import { updateNames } from '../src/spec/optimizers.ts';

export function everyKernel(): Kernel[] {
  const residents: ResidentVariant[] = [
    { memory: 'workgroup', threads: 64 },
    { memory: 'storage', threads: 4 },
    { memory: 'storage', threads: 4, swaps: true },
  ];
  const kernels = [
    ...(Object.keys(products) as Tile['core'][]).flatMap(forwardKernels),
    ...(Object.keys(matmulVariants) as MatmulVariant[]).flatMap(denseGradients),
    ...layerKinds.filter((kind) => kind !== 'dense').flatMap(otherGradients),
    evaluateKernel('mse'),
    finiteKernel,
    selfTestKernel,
    ...[false, true].flatMap((ownTraining) => [
      sumSplitKKernel(ownTraining),
      ...updateNames.map((name) => updateKernel(name, ownTraining)),
    ]),
    ...residents.flatMap((variant) => [
      residentKernel('mse', variant, { THREADS: variant.threads }),
      residentKernel('softmax_cross_entropy', variant, { THREADS: variant.threads }),
    ]),
    { entry: probeThreads, conditions: [], constants: {} },
    { entry: probeQuadSwap, conditions: [], constants: {} },
  ];
  return [...new Map(kernels.map((kernel) => [kernelName(kernel), kernel])).values()];
}

const tileOf = (core: Tile['core']): Tile => ({
  core,
  THREADS_M: core === 'direct_lanes' ? 1 : 4,
  THREADS_N: 4,
  DEPTH: 16,
});

const sources = ['batch', 'units'] as const;

function forwardKernels(core: Tile['core']): Kernel[] {
  const tile = tileOf(core);
  return [
    ...(['listed', 'units'] as const).flatMap((source) => [
      forwardKernel(source, tile, 0),
      forwardKernel(source, tile),
    ]),
    ...sources.map((source) => hiddenKernel(source, tile, 0, true)),
    ...sources.flatMap((source) =>
      (['mse', 'softmax_cross_entropy'] as const).map((loss) => lossKernel(source, tile, 0, loss)),
    ),
  ];
}

function denseGradients(core: MatmulVariant): Kernel[] {
  const tile = tileOf(core);
  return [
    inputGradientKernels.dense(tile),
    ...[false, true].flatMap((ownTraining) => gradients('dense', tile, ownTraining)),
    ...[true, false].map((first) => gradientKernels.dense(tile, { first, becomes: 'split_k' })),
  ];
}

function otherGradients(kind: LayerKind): Kernel[] {
  const tile = tileOf('diagonal');
  const inputGradient = inputGradientKernels[kind];
  return [...gradients(kind, tile, true), ...(inputGradient ? [inputGradient(tile)] : [])];
}

function gradients(kind: LayerKind, tile: Tile, ownTraining: boolean): Kernel[] {
  const kernel = (options: GradientOptions) => gradientKernels[kind](tile, { ...options, ownTraining });
  return [
    ...[true, false].map((first) => kernel({ first, becomes: 'store' })),
    ...updateNames.flatMap((becomes) => [
      kernel({ first: true, becomes, ends: true }),
      kernel({ first: true, becomes }),
      kernel({ first: false, becomes }),
    ]),
  ];
}
