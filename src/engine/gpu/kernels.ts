/**
 * The kernels: which shader files make one, and the cache of compiled pipelines. A kernel is plain concatenation of
 * files and a set of `override` constants; the same combination is compiled once per device.
 */
import activation from '../../../shaders/activation.wgsl?raw';
import activationFixed from '../../../shaders/activation_fixed.wgsl?raw';
import activationPerTrial from '../../../shaders/activation_per_trial.wgsl?raw';
import apply from '../../../shaders/apply.wgsl?raw';
import dropout from '../../../shaders/dropout.wgsl?raw';
import finite from '../../../shaders/finite.wgsl?raw';
import forward from '../../../shaders/forward.wgsl?raw';
import forwardSoftmax from '../../../shaders/forward_softmax.wgsl?raw';
import forwardValues from '../../../shaders/forward_values.wgsl?raw';
import gradientSlice from '../../../shaders/gradient_slice.wgsl?raw';
import gradientStore from '../../../shaders/gradient_store.wgsl?raw';
import gradientUpdate from '../../../shaders/gradient_update.wgsl?raw';
import inputBatch from '../../../shaders/input_batch.wgsl?raw';
import inputGradient from '../../../shaders/input_gradient.wgsl?raw';
import inputListed from '../../../shaders/input_listed.wgsl?raw';
import inputUnits from '../../../shaders/input_units.wgsl?raw';
import lossTerms from '../../../shaders/loss.wgsl?raw';
import matmul from '../../../shaders/matmul.wgsl?raw';
import matmulDirect from '../../../shaders/matmul_direct.wgsl?raw';
import matmulDirectLanes from '../../../shaders/matmul_direct_lanes.wgsl?raw';
import matmulDirectWide from '../../../shaders/matmul_direct_wide.wgsl?raw';
import matmulTiled from '../../../shaders/matmul_tiled.wgsl?raw';
import matmulTiledWide from '../../../shaders/matmul_tiled_wide.wgsl?raw';
import optimizer from '../../../shaders/optimizer.wgsl?raw';
import outputHidden from '../../../shaders/output_hidden.wgsl?raw';
import outputLoss from '../../../shaders/output_loss.wgsl?raw';
import outputUnits from '../../../shaders/output_units.wgsl?raw';
import random from '../../../shaders/random.wgsl?raw';
import rowList from '../../../shaders/row_list.wgsl?raw';
import schedule from '../../../shaders/schedule.wgsl?raw';
import score from '../../../shaders/score.wgsl?raw';
import slicesSum from '../../../shaders/slices_sum.wgsl?raw';
import slotsNone from '../../../shaders/slots_none.wgsl?raw';
import slotsOne from '../../../shaders/slots_one.wgsl?raw';
import slotsTwo from '../../../shaders/slots_two.wgsl?raw';
import softmax from '../../../shaders/softmax.wgsl?raw';
import stateRead from '../../../shaders/state_read.wgsl?raw';
import stateWrite from '../../../shaders/state_write.wgsl?raw';
import stepEnd from '../../../shaders/step_end.wgsl?raw';
import stepGoesOn from '../../../shaders/step_goes_on.wgsl?raw';
import structs from '../../../shaders/structs.wgsl?raw';
import sumSlices from '../../../shaders/sum_slices.wgsl?raw';
import updateArena from '../../../shaders/update.wgsl?raw';
import weightGradient from '../../../shaders/weight_gradient.wgsl?raw';
import { RunError } from '../../spec/errors.ts';
import { type LossName, lossNames } from '../../spec/settings.ts';
import { type Update, updateNames } from './trial-fields.ts';

/** The name says which files, in order; with the constants that specialise them it is the key of the cache. */
export interface Kernel {
  name: string;
  files: string[];
  constants: Record<string, number>;
}

/** The ways to a matrix product: see `matmul.wgsl`. */
export const cores = {
  direct: [matmulDirect, matmul],
  direct_wide: [matmulDirectWide, matmul],
  direct_lanes: [matmulDirectLanes, matmul],
  tiled: [matmulTiled, matmul],
  tiled_wide: [matmulTiledWide, matmul],
};
export type Core = keyof typeof cores;

/** How a kernel is laid out: the core, the threads of a workgroup along m and n, and how far it goes along k at once. */
export interface Tile {
  core: Core;
  THREADS_M: number;
  THREADS_N: number;
  DEPTH: number;
}

/** Where a forward kernel's input comes from. */
const sources = {
  /** The next shuffled batch: the first dispatch of a step. */
  batch: [stateWrite, schedule, inputBatch],
  /** The layer before. */
  units: [inputUnits],
  /** Listed rows of the data set. */
  listed: [rowList, stateRead, inputListed],
};

function kernel(name: string, { core, ...threads }: Tile, files: string[], constants: Record<string, number>): Kernel {
  // A core may begin with what its shader asks of the device.
  const all = [...cores[core], structs, random, ...files];
  return { name: `${name}, ${core}`, files: all, constants: { ...threads, ...constants } };
}

/**
 * A layer of a prediction or an evaluation: stopped trials count, nothing is dropped. Without an activation every trial
 * has its own.
 */
export function forwardKernel(source: 'units' | 'listed', tile: Tile, ACTIVATION?: number): Kernel {
  const kind = ACTIVATION === undefined ? activationPerTrial : activationFixed;
  const name = `forward from ${source}${ACTIVATION === undefined ? ', mixed activations' : ''}`;
  const files = [activation, kind, forwardValues, forward, ...sources[source], outputUnits];
  return kernel(name, tile, files, { ACTIVATION: ACTIVATION ?? 0, SKIP_STOPPED: 0 });
}

/** A hidden layer while training. */
export function hiddenKernel(source: 'batch' | 'units', tile: Tile, ACTIVATION: number, drops: boolean): Kernel {
  const state = source === 'units' ? [stateRead] : [];
  const files = [
    activation,
    activationFixed,
    dropout,
    forwardValues,
    forward,
    ...sources[source],
    ...state,
    outputHidden,
  ];
  return kernel(`hidden layer from ${source}`, tile, files, { ACTIVATION, DROPS: Number(drops) });
}

/** The last layer while training: forward, loss and its gradient. */
export function lossKernel(source: 'batch' | 'units', tile: Tile, ACTIVATION: number, loss: LossName): Kernel {
  const list = source === 'units' ? [stateRead, rowList] : [];
  const whole = loss === 'softmax_cross_entropy';
  const own = whole ? [softmax, forwardSoftmax] : [activationFixed, lossTerms, forward, outputLoss];
  const files = [activation, forwardValues, ...own, ...sources[source], ...list];
  const name = whole ? 'last layer with softmax' : 'last layer with loss';
  return kernel(`${name} from ${source}`, tile, files, { ACTIVATION, LOSS: lossNames.indexOf(loss) });
}

/** Loss and error sums over a window of evaluated rows. */
export function scoreKernel(loss: LossName): Kernel {
  const files = [structs, activation, activationFixed, lossTerms, score];
  return { name: 'score', files, constants: { LOSS: lossNames.indexOf(loss) } };
}

/** Whether each trial's parameters are finite numbers. */
export function finiteKernel(): Kernel {
  return { name: 'finite', files: [structs, finite], constants: {} };
}

export function inputGradientKernel(tile: Tile): Kernel {
  return kernel('input gradient', tile, [inputGradient], { RIGHT_ALONG_K: 0 });
}

/** What an update keeps between steps. */
const slots: Record<Update, string> = { sgd: slotsNone, momentum: slotsOne, rmsprop: slotsTwo, adam: slotsTwo };

/**
 * `first` is the first layer: its input is the data set. What becomes of the gradients: the optimizer takes them at once,
 * or they are stored for `updateKernel`, whole or in slices. `ends` is the last dispatch of a step.
 */
export function weightGradientKernel(
  first: boolean,
  tile: Tile,
  becomes: Update | 'stored' | 'slices',
  ends: boolean,
): Kernel {
  const input = first ? [rowList, inputListed] : [inputUnits];
  const state = ends ? [stateWrite, stepEnd] : [stateRead, stepGoesOn];
  const kept = { stored: gradientStore, slices: gradientSlice };
  const updated = becomes !== 'stored' && becomes !== 'slices';
  const sink = updated ? [optimizer, apply, slots[becomes], gradientUpdate] : [kept[becomes]];
  const name = `weight gradient${first ? ', first layer' : ''}, ${becomes}${ends ? ', end of step' : ''}`;
  return kernel(name, tile, [weightGradient, ...input, ...state, ...sink], {
    LEFT_ALONG_K: 0,
    RIGHT_ALONG_K: 0,
    UPDATE: updated ? updateNames.indexOf(becomes) : 0,
  });
}

/** Slices of gradients added up for clipping. */
export function sumSlicesKernel(): Kernel {
  const files = [structs, sumSlices, slicesSum];
  return { name: 'sum of slices', files, constants: { THREADS_N: blockParameters } };
}

/** Stored gradients clipped and taken by the optimizer, and the end of the step. */
export function updateKernel(update: Update): Kernel {
  const files = [structs, updateArena, slicesSum, stateWrite, optimizer, apply, slots[update], stepEnd];
  const constants = { THREADS_M: 1, THREADS_N: blockParameters, UPDATE: updateNames.indexOf(update) };
  return { name: `update, ${update}`, files, constants };
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

export function createPipelineCache(device: GPUDevice): PipelineCache {
  const modules = new Map<string, GPUShaderModule>();
  const pipelines = new Map<string, Promise<GPUComputePipeline>>();
  const compiled = new Map<string, GPUComputePipeline>();
  const keyOf = ({ name, constants }: Kernel) => JSON.stringify([name, constants]);

  const moduleOf = (source: string) => {
    const known = modules.get(source);
    if (known) return known;
    const made = device.createShaderModule({ code: source });
    modules.set(source, made);
    return made;
  };

  const compile = async ({ name, files, constants }: Kernel) => {
    const source = files.join('\n');
    const module = moduleOf(source);
    const used = Object.fromEntries(
      Object.entries(constants).filter(([constant]) => source.includes(`override ${constant}:`)),
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
      const line = first ? source.split('\n')[first.lineNum - 1].trim() : '';
      const cause = first ? `${first.message} at "${line}"` : (error as Error).message;
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
