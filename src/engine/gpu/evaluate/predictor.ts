/** Outputs of every trial for rows given anew: a few in one submit. */
import type { EngineData, PopulationSettings } from '../../engine.ts';
import type { GpuContext } from '../context.ts';
import { listOf } from '../memory/buffer-spec.ts';
import { owningMemory } from '../memory/memory.ts';
import { outOfMemory } from '../memory/refusal.ts';
import type { SharedBuffers } from '../memory/shared-buffers.ts';
import { recordInSubmits } from '../work.ts';
import { batchedForwardSpecs, createBatchedForward } from './batched-forward.ts';

export interface Predictor {
  /** features [row, column] -> outputs [trial, row, output], for `rows` rows, as many as it was made for or fewer */
  predict(features: Float32Array, rows: number): Promise<Float32Array>;
  destroy(): void;
}

/** For predictions of up to `most` rows at a time. */
export async function createPredictor(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  shared: SharedBuffers,
  most: number,
): Promise<Predictor> {
  const { device } = context;
  const { queue } = device;
  return owningMemory(device, async (memory) => {
    const needs = batchedForwardSpecs(context.engine, data, settings, { given: most });
    const made = await memory.make(needs, () => outOfMemory(settings, listOf(needs), 'predicting'));
    const windows = await createBatchedForward(context, made, data, settings, shared, { given: most });
    const trials = settings.trials.length;
    const bytes = 4 * trials * windows.rows * data.outputs;
    return {
      async predict(features, rows) {
        const used = Math.ceil(rows / windows.rows);
        queue.writeBuffer(windows.input, 0, features, 0, rows * data.columns);
        let last: GPUCommandEncoder;
        const copied = await memory.read(
          used * bytes,
          (target) => {
            last = recordInSubmits(device, { ...windows, count: used }, (encoder, first, end) => {
              for (let window = first; window < end; window++) {
                const pass = encoder.beginComputePass();
                windows.record(pass, window);
                pass.end();
                encoder.copyBufferToBuffer(windows.outputs, 0, target, window * bytes, bytes);
              }
            });
          },
          () => queue.submit([last.finish()]),
        );
        return byTrial(new Float32Array(copied), trials, windows.rows, data.outputs, rows);
      },
      destroy: () => memory.destroy(),
    };
  });
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
