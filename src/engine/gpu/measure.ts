/** Dispatches by the clock, for choices that only the device itself can make. */

/** The fastest of some runs of a pipeline, in milliseconds; the first is not counted. */
export async function fastestRun(device: GPUDevice, record: (pass: GPUComputePassEncoder) => void): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 4; run++) {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    record(pass);
    pass.end();
    const begun = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    times.push(performance.now() - begun);
  }
  return Math.min(...times.slice(1));
}

/** What was measured once under a name is not measured again; a measurement that failed is. */
export function measuredOnce<Result>(
  known: Map<string, Promise<unknown>>,
  name: string,
  measure: () => Promise<Result>,
): Promise<Result> {
  const before = known.get(name) as Promise<Result> | undefined;
  if (before) return before;
  const now = measure();
  known.set(name, now);
  now.catch(() => known.delete(name));
  return now;
}
