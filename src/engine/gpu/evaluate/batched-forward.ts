/**
 * Forward passes outside training, for every trial: over listed rows of the data set, or over rows given anew. Works
 * through windows of rows, so that memory is bounded whatever their number. Made once for a number of rows and used
 * again; the evaluation and the prediction built on it say what becomes of a window's outputs.
 */
import { activationNames } from '../../../spec/activations.ts';
import type { EngineData, EngineInfo, PopulationSettings } from '../../engine.ts';
import { parameterCount } from '../../parameters.ts';
import type { GpuContext } from '../context.ts';
import { bind } from '../device/pipelines.ts';
import { forwardKernel } from '../layered/kernels.ts';
import { layerTiling } from '../layered/layer-tiling.ts';
import { embeddedOf, embeddedSpecs, tensorOffsets } from '../layered/tensors.ts';
import { type AllocatedBuffers, filledStorage, storage, uniform } from '../memory/buffer-spec.ts';
import { dataStride } from '../memory/rows.ts';
import type { SharedBuffers } from '../memory/shared-buffers.ts';
import { Layer, structBytes } from '../memory/structs.ts';
import { forwardWork, mostWork } from '../work.ts';

/** Where the rows come from: numbers of rows of the data set, or how many rows of features will be given. */
export type Rows = { listed: Uint32Array } | { given: number };

export interface BatchedForward {
  count: number;
  /** Rows of a window; the last one may not be full. */
  rows: number;
  /** Windows that one submit holds, at most. */
  perSubmit: number;
  /** [window, row]: the listed rows, or the given features [row, column]. */
  input: GPUBuffer;
  /** The part of the input that is a window's. */
  inputOf(window: number): GPUBufferBinding;
  /** [trial, row of the window, output], after `record`. */
  outputs: GPUBuffer;
  /** Records the forward pass of one window. */
  record(pass: GPUComputePassEncoder, window: number): void;
}

/** Marks rows that fill up the last window; `NO_ROW` in the shaders. */
const noRow = 0xffffffff;
/** Bytes that one buffer of activations may take. */
const windowBytes = 16 * 2 ** 20;
/** Row lists and features are bound at offsets, which have to be multiples of 256 bytes: 64 rows. */
const rowUnit = 64;

/** How many rows are listed or given, and how they are cut into windows: by the memory of a layer, and by its work. */
export function cutRows(engine: Pick<EngineInfo, 'software'>, settings: PopulationSettings, source: Rows) {
  const { layers, trials } = settings;
  const listed = 'listed' in source;
  const total = listed ? source.listed.length : source.given;
  const widest = Math.max(...layers.map(({ outputs }) => outputs));
  const [most, work] = [mostWork(engine), forwardWork(settings)];
  const inUnits = (fitting: number) => Math.max(rowUnit, Math.floor(fitting / rowUnit) * rowUnit);
  const fitting = inUnits(Math.min(windowBytes / (4 * trials.length * widest), most / work.largest));
  const rows = Math.min(fitting, Math.ceil(total / rowUnit) * rowUnit);
  const perSubmit = Math.max(1, Math.floor(most / (rows * work.all)));
  return { listed, rows, widest, count: Math.ceil(total / rows), perSubmit };
}

export function batchedForwardSpecs(
  engine: Pick<EngineInfo, 'software'>,
  data: EngineData,
  settings: PopulationSettings,
  source: Rows,
) {
  const { layers } = settings;
  const trials = settings.trials.length;
  const { rows, count, widest } = cutRows(engine, settings, source);
  const offsets = tensorOffsets(layers);
  const uniforms = layers.map(({ inputs, outputs, embedding }, index) =>
    uniform(
      `layer ${index + 1} of a window`,
      structBytes(Layer, {
        index,
        inputs,
        outputs,
        ...offsets[index],
        parameters: parameterCount(layers),
        rows,
        input_stride: index === 0 ? 0 : rows * inputs,
        data_stride: dataStride(data),
        list_stride: 0,
        trials,
        frequencies: embedding?.frequencies ?? 0,
      }),
    ),
  );
  const units = [0, 1].map((turn) => storage(`units of a window ${turn}`, 4 * trials * rows * widest));
  const input =
    'listed' in source
      ? filledStorage('evaluated rows', 4 * count * rows, () => {
          const list = new Uint32Array(count * rows).fill(noRow);
          list.set(source.listed);
          return list;
        })
      : storage('given features', 4 * count * rows * data.columns);
  return { uniforms, embedded: embeddedSpecs(layers), units, input };
}

/** From buffers made for `batchedForwardSpecs` of the same. */
export async function createBatchedForward(
  context: GpuContext,
  { uniforms, embedded, units, input }: AllocatedBuffers<ReturnType<typeof batchedForwardSpecs>>,
  data: EngineData,
  settings: PopulationSettings,
  shared: SharedBuffers,
  source: Rows,
): Promise<BatchedForward> {
  const { device } = context;
  const configs = await context.configs();
  const { layers } = settings;
  const trials = settings.trials.length;
  const { listed, rows, count, perSubmit } = cutRows(context.engine, settings, source);
  const bytesPerRow = listed ? 4 : 4 * data.columns;
  const inputOf = (window: number) => ({
    buffer: input,
    offset: window * rows * bytesPerRow,
    size: rows * bytesPerRow,
  });

  const passes = await Promise.all(
    layers.map(async (layer, l) => {
      const { tile, tilesM, tilesN } = layerTiling(configs, layer, rows).forward;
      const from = l === 0 && listed ? 'listed' : 'units';
      const pipeline = await context.pipelines.get(forwardKernel(from, tile, sharedActivation(settings, l)));
      const bindings = (window: number) =>
        bind(device, pipeline, {
          0: uniforms[l],
          1: shared.trials,
          3: shared.parameters,
          4: l > 0 ? units[(l - 1) % 2] : listed ? shared.data : inputOf(window),
          5: l === 0 && listed ? inputOf(window) : undefined,
          7: units[l % 2],
          16: embeddedOf(layers, l, embedded),
        });
      // Only the first layer's bindings depend on the window.
      const made = Array.from({ length: l === 0 ? count : 1 }, (_, window) => bindings(window));
      return { pipeline, bindings: made, groups: [tilesN, tilesM, trials] as const };
    }),
  );

  return {
    count,
    rows,
    perSubmit,
    input,
    inputOf,
    outputs: units[(layers.length - 1) % 2],
    record(pass, window) {
      passes.forEach(({ pipeline, bindings, groups }) => {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindings[Math.min(window, bindings.length - 1)]);
        pass.dispatchWorkgroups(...groups);
      });
    },
  };
}

/** The activation of a layer where all trials have the same there: it is compiled in. */
function sharedActivation({ trials }: PopulationSettings, layer: number): number | undefined {
  const names = new Set(trials.map(({ activations }) => activations[layer]));
  return names.size === 1 ? activationNames.indexOf([...names][0]) : undefined;
}
