/** Dispatches by the clock, for choices that only the device itself can make. */
import { gpu } from '../../../messages/en/engines/gpu.ts';
import { message } from '../../../util/message.ts';
import { completed } from '../device/completion.ts';

/** Why a population trains that is measured and thrown away. */
export const measuring = message(gpu, 'measured');

/**
 * The fastest of some runs of a pipeline, in milliseconds. One more goes before them and is not counted: the first also
 * pays for what the driver puts off until first use.
 */
export async function fastestRun(
  device: GPUDevice,
  record: (pass: GPUComputePassEncoder) => void,
  runs = 3,
): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    record(pass);
    pass.end();
    const begun = performance.now();
    device.queue.submit([encoder.finish()]);
    await completed(device.queue, device.queue.onSubmittedWorkDone());
    times.push(performance.now() - begun);
  }
  return Math.min(...times.slice(1));
}
