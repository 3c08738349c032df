/** Dispatches by the clock, for choices that only the device itself can make. */

/** A run that takes so many milliseconds stands: what disturbs short ones is small beside it. */
const long_ms = 10;

/** The fastest of some runs of a pipeline, in milliseconds; the first is not counted. */
export async function fastestRun(device: GPUDevice, record: (pass: GPUComputePassEncoder) => void): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 4; run++) {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    record(pass);
    pass.end();
    const begun = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    const time = performance.now() - begun;
    if (run > 0) fastest = Math.min(fastest, time);
    if (run > 0 && time > long_ms) break;
  }
  return fastest;
}
