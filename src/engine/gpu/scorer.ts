/** Loss and error sums of every trial over listed rows. A few numbers a window come back, whatever its rows. */
import type { EngineData, Evaluation, PopulationSettings } from '../engine.ts';
import { losses } from '../reference/losses.ts';
import type { GpuContext } from './context.ts';
import { bind, scoreKernel } from './kernels.ts';
import { createMemory } from './memory.ts';
import type { Arenas } from './population.ts';
import { dataStride } from './rows.ts';
import { Layer, structBytes } from './structs.ts';
import { createWindows } from './windows.ts';

export interface Scorer {
  score(): Promise<Evaluation[]>;
  destroy(): void;
}

export async function createScorer(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  arenas: Arenas,
  listed: Uint32Array,
): Promise<Scorer> {
  const { device } = context;
  if (listed.length === 0) return emptyScorer(settings.trials.length, data.outputs);
  const memory = createMemory(device);
  const { outputs } = data;
  const trials = settings.trials.length;
  const windows = await createWindows(context, memory, data, settings, arenas, { listed });
  const bytes = 16 * windows.count * trials * outputs;
  const scores = memory.storage('scores', bytes);
  const pipeline = await context.pipelines.get(scoreKernel(settings.loss));
  const bindings = Array.from({ length: windows.count }, (_, window) => {
    const layer = { index: window, outputs, rows: windows.rows, data_stride: dataStride(data), trials };
    return bind(device, pipeline, {
      0: memory.uniform(`scores of window ${window}`, structBytes(Layer, layer)),
      4: windows.outputs,
      5: windows.inputOf(window),
      7: scores,
      10: arenas.data,
    });
  });

  return {
    async score() {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      bindings.forEach((binding, window) => {
        windows.record(pass, window);
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, binding);
        pass.dispatchWorkgroups(outputs, 1, trials);
      });
      pass.end();
      const copied = await memory.read(
        bytes,
        (target) => encoder.copyBufferToBuffer(scores, 0, target, 0, bytes),
        () => device.queue.submit([encoder.finish()]),
      );
      return evaluationsOf(new Float32Array(copied), windows.count, trials, outputs, settings, listed.length);
    },
    destroy: () => memory.destroy(),
  };
}

function emptyScorer(trials: number, outputs: number): Scorer {
  const nothing = () => ({
    rows: 0,
    loss: Number.NaN,
    squared_error: new Float64Array(outputs),
    absolute_error: new Float64Array(outputs),
  });
  return { score: async () => Array.from({ length: trials }, nothing), destroy() {} };
}

/** Adds up windows: scores [window, trial, output, (loss, squared, absolute, 0)]. */
function evaluationsOf(
  scores: Float32Array,
  windows: number,
  trials: number,
  outputs: number,
  { loss }: PopulationSettings,
  rows: number,
): Evaluation[] {
  const terms = losses[loss].over === 'rows' ? rows : rows * outputs;
  return Array.from({ length: trials }, (_, trial) => {
    const squared_error = new Float64Array(outputs);
    const absolute_error = new Float64Array(outputs);
    let sum = 0;
    for (let window = 0; window < windows; window++) {
      for (let output = 0; output < outputs; output++) {
        const at = 4 * ((window * trials + trial) * outputs + output);
        sum += scores[at];
        squared_error[output] += scores[at + 1];
        absolute_error[output] += scores[at + 2];
      }
    }
    return { rows, loss: sum / terms, squared_error, absolute_error };
  });
}
