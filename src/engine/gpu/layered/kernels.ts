/** The kernels: an entry file of `shaders/kernels`, conditions and constants; and the cache of compiled pipelines. */
import checkFinite from '../../../../shaders/kernels/check_finite.wgsl?wesl';
import evaluate from '../../../../shaders/kernels/evaluate.wgsl?wesl';
import forward from '../../../../shaders/kernels/forward.wgsl?wesl';
import inputGradient from '../../../../shaders/kernels/input_gradient.wgsl?wesl';
import sumSplitK from '../../../../shaders/kernels/sum_split_k.wgsl?wesl';
import update from '../../../../shaders/kernels/update.wgsl?wesl';
import weightGradient from '../../../../shaders/kernels/weight_gradient.wgsl?wesl';
import { type LossName, lossNames, lossTable } from '../../../spec/losses.ts';
import { type UpdateName, updateNames, updateTable } from '../../../spec/optimizers.ts';
import { RunError } from '../../../util/errors.ts';
import { type LinkedShader, linkShader, type ShaderModule, sourceAround } from '../device/link.ts';

/** What is compiled: the same combination once per device. */
export interface Kernel {
  /** The file that `main` is in. */
  entry: ShaderModule;
  /** Those that hold; what they mean is said in the entry file. */
  conditions: readonly string[];
  /** Of `override` constants. One that the kernel does not declare is left out. */
  constants: Record<string, number>;
}

/** The variants of a matrix product, by the conditions that choose them in `shaders/matmul`. */
export const cores = {
  direct: [],
  direct_wide: ['wide'],
  direct_lanes: ['quad_swap'],
  tiled: ['tiled'],
  tiled_wide: ['tiled', 'wide'],
};
export type Core = keyof typeof cores;

/** How a kernel is laid out: the core, the threads of a workgroup along m and n, and how far it goes along k at once. */
export interface Tile {
  core: Core;
  THREADS_M: number;
  THREADS_N: number;
  DEPTH: number;
}

function matmulKernel(
  entry: ShaderModule,
  { core, ...threads }: Tile,
  conditions: string[],
  constants: Record<string, number>,
): Kernel {
  return { entry, conditions: [...conditions, ...cores[core]], constants: { ...threads, ...constants } };
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

/** Loss and error sums over a window of evaluated rows. */
export function scoreKernel(loss: LossName): Kernel {
  return { entry: evaluate, conditions: [], constants: { LOSS: lossNames.indexOf(loss) } };
}

/** Whether each trial's parameters are finite numbers. */
export function finiteKernel(): Kernel {
  return { entry: checkFinite, conditions: [], constants: {} };
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

/** What a kernel is given, by binding number: those of the shader files. */
export type Buffers = Record<number, GPUBuffer | GPUBufferBinding | undefined>;

export function bind(device: GPUDevice, pipeline: GPUComputePipeline, buffers: Buffers): GPUBindGroup {
  const entries = Object.entries(buffers).flatMap(([binding, bound]) => {
    if (!bound) return [];
    return [{ binding: Number(binding), resource: 'buffer' in bound ? bound : { buffer: bound } }];
  });
  return device.createBindGroup({ label: pipeline.label, layout: pipeline.getBindGroupLayout(0), entries });
}

export interface PipelineCache {
  get(kernel: Kernel): Promise<GPUComputePipeline>;
  /** One that is compiled already. */
  ready(kernel: Kernel): GPUComputePipeline | undefined;
}

/** The entry file and the conditions, for labels and errors. */
export function kernelName({ entry, conditions }: Kernel): string {
  const name = entry.file.replace(/^.*\/|\.wgsl$/g, '');
  return [name, ...conditions].join(', ');
}

export function createPipelineCache(device: GPUDevice): PipelineCache {
  const modules = new Map<string, { linked: LinkedShader; module: GPUShaderModule }>();
  const pipelines = new Map<string, Promise<GPUComputePipeline>>();
  const compiled = new Map<string, GPUComputePipeline>();
  const keyOf = (kernel: Kernel) => JSON.stringify([kernelName(kernel), kernel.constants]);

  const moduleOf = (kernel: Kernel) => {
    const name = kernelName(kernel);
    const known = modules.get(name);
    if (known) return known;
    const linked = linkShader(kernel.entry, kernel.conditions);
    const made = { linked, module: device.createShaderModule({ label: name, code: linked.code }) };
    modules.set(name, made);
    return made;
  };

  const compile = async (kernel: Kernel) => {
    const name = kernelName(kernel);
    const { linked, module } = moduleOf(kernel);
    const used = Object.fromEntries(
      Object.entries(kernel.constants).filter(([constant]) => linked.code.includes(`override ${constant}:`)),
    );
    try {
      return await device.createComputePipelineAsync({
        label: name,
        layout: 'auto',
        compute: { module, entryPoint: 'main', constants: used },
      });
    } catch (error) {
      const { messages } = await module.getCompilationInfo();
      const first = messages.find(({ type }) => type === 'error');
      const cause = first ? `${first.message}\n${sourceAround(linked, first.lineNum)}` : (error as Error).message;
      throw new RunError(`The GPU kernel "${name}" does not compile: ${cause}`);
    }
  };

  return {
    get(kernel) {
      const key = keyOf(kernel);
      let pipeline = pipelines.get(key);
      if (!pipeline) {
        pipeline = compile(kernel).then((made) => {
          compiled.set(key, made);
          return made;
        });
        pipelines.set(key, pipeline);
      }
      return pipeline;
    },
    ready: (kernel) => compiled.get(keyOf(kernel)),
  };
}
