/** The outputs of a model for many rows, a time slice after another, so that the page and Ctrl-C are served in between. */
import { nextTask } from '../../util/yielding.ts';
import { forwardRows, type Model } from '../model.ts';
import { outputsOf } from '../model-data.ts';
import type { Predictor } from '../predictor.ts';

/** Milliseconds of work before yielding to the event loop; more where threads have to be woken for each. */
const timeSliceMs = 12;
const sharedSliceMs = 50;
const minRows = 16;

/** Outputs [row, output] of features [row, column], computed in parts of about one time slice each. */
export function timeSlicedForward(
  model: Model,
  predictor: Pick<Predictor, 'outputs'> | undefined,
  signal?: AbortSignal,
) {
  const sliceMs = predictor ? sharedSliceMs : timeSliceMs;
  let maxRows = minRows;
  let begun = performance.now();
  return async (features: Float32Array, rows: number): Promise<Float32Array> => {
    const width = features.length / Math.max(1, rows);
    const each = outputsOf(model);
    const outputs = new Float32Array(rows * each);
    for (let first = 0; first < rows; ) {
      const started = performance.now();
      const part = features.subarray(first * width, (first + maxRows) * width);
      const count = Math.min(maxRows, rows - first);
      const own = predictor ? await predictor.outputs(part, count) : forwardRows(model, part, count);
      outputs.set(own, first * each);
      first += count;
      const now = performance.now();
      const most = Math.round((count * sliceMs) / Math.max(now - started, 0.1));
      maxRows = Math.max(minRows, Math.min(4 * maxRows, 8192, most));
      if (now - begun < sliceMs) continue;
      await nextTask();
      signal?.throwIfAborted();
      begun = performance.now();
    }
    return outputs;
  };
}
