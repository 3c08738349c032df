/** Loss and error sums of every trial over listed rows. A few numbers a window come back, whatever its rows. */
import evaluate from '../../../../shaders/kernels/evaluate.wgsl?wesl';
import { type LossName, lossNames, termsOf } from '../../../spec/losses.ts';
import type { EngineData, EngineInfo, Evaluation, PopulationSettings } from '../../engine.ts';
import type { GpuContext } from '../context.ts';
import { bind, type Kernel } from '../device/pipelines.ts';
import { listOf, storage, uniform } from '../memory/buffer-spec.ts';
import { owningMemory } from '../memory/memory.ts';
import { outOfMemory } from '../memory/refusal.ts';
import { dataStride } from '../memory/rows.ts';
import type { SharedBuffers } from '../memory/shared-buffers.ts';
import { Layer, structBytes } from '../memory/structs.ts';
import { recordInSubmits } from '../work.ts';
import { batchedForwardSpecs, createBatchedForward, cutRows } from './batched-forward.ts';

export interface Evaluator {
  score(): Promise<Evaluation[]>;
  destroy(): void;
}

export async function createEvaluator(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  shared: SharedBuffers,
  listed: Uint32Array,
): Promise<Evaluator> {
  const { device } = context;
  if (listed.length === 0) return emptyEvaluator(settings.trials.length, data.outputs);
  const { outputs } = data;
  const trials = settings.trials.length;
  const needs = evaluatorSpecs(context.engine, data, settings, listed);
  const bytes = needs.scores.bytes;
  return owningMemory(device, async (memory) => {
    const made = await memory.make(needs, () => outOfMemory(settings, listOf(needs), 'evaluating'));
    const windows = await createBatchedForward(context, made, data, settings, shared, { listed });
    const pipeline = await context.pipelines.get(evaluateKernel(settings.loss));
    const bindings = made.windows.map((layer, window) =>
      bind(device, pipeline, {
        0: layer,
        4: windows.outputs,
        5: windows.inputOf(window),
        7: made.scores,
        10: shared.data,
      }),
    );

    return {
      async score() {
        const encoder = recordInSubmits(device, windows, (some, first, end) => {
          const pass = some.beginComputePass();
          for (let window = first; window < end; window++) {
            windows.record(pass, window);
            pass.setPipeline(pipeline);
            pass.setBindGroup(0, bindings[window]);
            pass.dispatchWorkgroups(outputs, 1, trials);
          }
          pass.end();
        });
        const copied = await memory.read(
          bytes,
          (target) => encoder.copyBufferToBuffer(made.scores, 0, target, 0, bytes),
          () => device.queue.submit([encoder.finish()]),
        );
        return evaluationsOf(new Float32Array(copied), windows.count, trials, outputs, settings, listed.length);
      },
      destroy: () => memory.destroy(),
    };
  });
}

export function evaluatorSpecs(
  engine: Pick<EngineInfo, 'software'>,
  data: EngineData,
  settings: PopulationSettings,
  listed: Uint32Array,
) {
  const { outputs } = data;
  const trials = settings.trials.length;
  const { count, rows } = cutRows(engine, settings, { listed });
  const layers = Array.from({ length: count }, (_, index) =>
    structBytes(Layer, { index, outputs, rows, data_stride: dataStride(data), trials }),
  );
  return {
    ...batchedForwardSpecs(engine, data, settings, { listed }),
    windows: layers.map((layer, window) => uniform(`scores of window ${window}`, layer)),
    scores: storage('scores', 16 * count * trials * outputs),
  };
}

function emptyEvaluator(trials: number, outputs: number): Evaluator {
  const nothing = () => ({
    rows: 0,
    loss: Number.NaN,
    correct: 0,
    squared_error: new Float64Array(outputs),
    absolute_error: new Float64Array(outputs),
  });
  return { score: async () => Array.from({ length: trials }, nothing), destroy() {} };
}

/** Adds up windows: scores [window, trial, output, (loss, squared, absolute, right)]. */
function evaluationsOf(
  scores: Float32Array,
  windows: number,
  trials: number,
  outputs: number,
  { loss }: PopulationSettings,
  rows: number,
): Evaluation[] {
  const terms = termsOf(loss, rows, outputs);
  return Array.from({ length: trials }, (_, trial) => {
    const squared_error = new Float64Array(outputs);
    const absolute_error = new Float64Array(outputs);
    let sum = 0;
    let correct = 0;
    for (let window = 0; window < windows; window++) {
      for (let output = 0; output < outputs; output++) {
        const at = 4 * ((window * trials + trial) * outputs + output);
        sum += scores[at];
        squared_error[output] += scores[at + 1];
        absolute_error[output] += scores[at + 2];
        correct += scores[at + 3];
      }
    }
    return { rows, loss: sum / terms, correct, squared_error, absolute_error };
  });
}

export function evaluateKernel(loss: LossName): Kernel {
  return { entry: evaluate, conditions: [], constants: { LOSS: lossNames.indexOf(loss) } };
}
