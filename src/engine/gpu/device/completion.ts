/**
 * Waiting for the GPU. Firefox looks for finished work every 100 ms (https://bugzilla.mozilla.org/show_bug.cgi?id=1870699):
 * a readback took 100 ms there, whatever was computed, and every measurement said 100 ms. It also looks whenever
 * something is submitted, so while work is awaited there, empty submits ask for it.
 */
import { nextTask } from '../../../util/yielding.ts';

/** Milliseconds of asking at every turn of the event loop, which is what measurements need; then timers do. */
const eagerMs = 5;

/** Resolves as `work` does, which is a `mapAsync` or an `onSubmittedWorkDone`, and no later than the GPU is done. */
export async function completed<Result>(queue: GPUQueue, work: Promise<Result>): Promise<Result> {
  if (!/\bFirefox\//.test(globalThis.navigator?.userAgent ?? '')) return work;
  let pending = true;
  const settled = () => {
    pending = false;
  };
  work.then(settled, settled);
  const begun = performance.now();
  while (pending) {
    queue.submit([]);
    await (performance.now() - begun < eagerMs ? nextTask() : nextTimer());
  }
  return work;
}

function nextTimer(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 1);
  });
}
