/**
 * Forward passes outside training: outputs of every trial for listed rows of the data set, or for rows given anew. Made
 * once for a number of rows and used again; works through windows of bounded memory in one submit.
 */
import { activationNames } from '../../spec/settings.ts';
import type { EngineData, PopulationSettings } from '../engine.ts';
import { layerOffsets, parameterCount } from '../parameters.ts';
import type { GpuContext } from './context.ts';
import { bind, forwardKernel } from './kernels.ts';
import { createMemory } from './memory.ts';
import type { Arenas } from './population.ts';
import { Layer, structBytes } from './structs.ts';
import { tileFor } from './tiles.ts';

/** Numbers from one row of the data set to the next: features, targets, weight. */
export function dataStride({ columns, outputs }: EngineData): number {
  return columns + outputs + 1;
}

export interface Evaluator {
  /** Outputs [trial, row, output]. `features` [row, column] are needed unless the rows are listed. */
  run(features?: Float32Array): Promise<Float32Array>;
  destroy(): void;
}

/** Bytes that one buffer of activations may take. */
const windowBytes = 16 * 2 ** 20;
/** Row lists and features are bound at offsets, which have to be multiples of 256 bytes: 64 rows. */
const rowUnit = 64;

export async function createEvaluator(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  arenas: Arenas,
  rows: number,
  listed?: Uint32Array,
): Promise<Evaluator> {
  const { device } = context;
  const cores = await context.cores();
  const memory = createMemory(device);
  const { layers } = settings;
  const count = settings.trials.length;
  const widest = Math.max(...layers.map(({ outputs }) => outputs));
  const fitting = Math.floor(windowBytes / (4 * count * widest * rowUnit)) * rowUnit;
  const window = Math.min(Math.max(rowUnit, fitting), Math.ceil(rows / rowUnit) * rowUnit);
  const windows = Math.ceil(rows / window);
  const last = layers.length - 1;
  const outputs = layers[last].outputs;

  const offsets = layerOffsets(layers);
  const uniforms = layers.map((layer, l) =>
    memory.uniform(
      `layer ${l + 1} of an evaluation`,
      structBytes(Layer, {
        index: l,
        inputs: layer.inputs,
        outputs: layer.outputs,
        ...offsets[l],
        parameters: parameterCount(layers),
        rows: window,
        input_stride: l === 0 ? 0 : window * layer.inputs,
        data_stride: dataStride(data),
        list_stride: 0,
        trials: count,
      }),
    ),
  );
  const units = [0, 1].map((turn) => memory.storage(`units of an evaluation ${turn}`, 4 * count * window * widest));
  const list = new Uint32Array(windows * window);
  if (listed) list.set(listed);
  const given = listed
    ? memory.storage('evaluated rows', list)
    : memory.storage('given features', 4 * windows * window * data.columns);
  const bytesPerRow = listed ? 4 : 4 * data.columns;
  const windowOutput = 4 * count * window * outputs;

  const pipelines = await Promise.all(
    layers.map(({ outputs: n }, l) => {
      const source = l > 0 || !listed ? 'units' : 'listed';
      return context.pipelines.get(
        forwardKernel(source, tileFor(cores, window, n).tile, sharedActivation(settings, l)),
      );
    }),
  );
  const bindings = Array.from({ length: windows }, (_, w) =>
    pipelines.map((pipeline, l) => {
      const part = { buffer: given, offset: w * window * bytesPerRow, size: window * bytesPerRow };
      return bind(device, pipeline, {
        0: uniforms[l],
        1: arenas.trials,
        3: arenas.parameters,
        4: l > 0 ? units[(l - 1) % 2] : listed ? arenas.data : part,
        5: l === 0 && listed ? part : undefined,
        7: units[l % 2],
      });
    }),
  );

  return {
    async run(features) {
      if (features) device.queue.writeBuffer(given, 0, features, 0, rows * data.columns);
      const encoder = device.createCommandEncoder();
      const copied = await memory.read(
        windows * windowOutput,
        (target) => {
          for (let w = 0; w < windows; w++) {
            const pass = encoder.beginComputePass();
            layers.forEach((layer, l) => {
              const { tilesM, tilesN } = tileFor(cores, window, layer.outputs);
              pass.setPipeline(pipelines[l]);
              pass.setBindGroup(0, bindings[w][l]);
              pass.dispatchWorkgroups(tilesN, tilesM, count);
            });
            pass.end();
            encoder.copyBufferToBuffer(units[last % 2], 0, target, w * windowOutput, windowOutput);
          }
        },
        () => device.queue.submit([encoder.finish()]),
      );
      return byTrial(new Float32Array(copied), count, window, outputs, rows);
    },
    destroy: () => memory.destroy(),
  };
}

/** [window, trial, row of the window, output] -> [trial, row, output], without the rows that fill up the last window. */
function byTrial(values: Float32Array, trials: number, window: number, outputs: number, rows: number): Float32Array {
  const result = new Float32Array(trials * rows * outputs);
  for (let first = 0, w = 0; first < rows; first += window, w++) {
    const count = Math.min(window, rows - first) * outputs;
    for (let trial = 0; trial < trials; trial++) {
      const from = (w * trials + trial) * window * outputs;
      result.set(values.subarray(from, from + count), (trial * rows + first) * outputs);
    }
  }
  return result;
}

/** The activation of a layer where all trials have the same there: it is compiled in. */
function sharedActivation({ trials }: PopulationSettings, layer: number): number | undefined {
  const names = new Set(trials.map(({ activations }) => activations[layer]));
  return names.size === 1 ? activationNames.indexOf([...names][0]) : undefined;
}
