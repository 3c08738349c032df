/**
 * Cuts a number of steps into submits of a measured length. The first is small; each next one aims at the target by
 * what the last ones took, and two are in flight so that the GPU never waits for the host.
 */
import { awaitedLater } from '../../../util/promises.ts';

export interface TimeSlicer {
  /** Milliseconds that one submit should take. */
  readonly target_ms: number;
  /** Milliseconds a step takes, as measured so far; 0 before the first. */
  step_ms: number;
  /** Steps of the first submit. */
  readonly first: number;
}

/** Times as long as before: more than the noise of a busy machine. */
const muchSlower = 3;

/**
 * @param submit records and submits this many steps, and resolves when the GPU has done them
 * @param most steps that one submit may hold
 * @returns the steps submitted: all, or fewer when the signal was aborted
 */
export async function runTimeSlices(
  slicer: TimeSlicer,
  steps: number,
  most: number,
  submit: (steps: number) => Promise<void>,
  signal?: AbortSignal,
): Promise<number> {
  const inFlight: Promise<void>[] = [];
  let submitted = 0;
  let lastEnd = performance.now();
  let size = slicer.step_ms > 0 ? slicer.target_ms / slicer.step_ms : slicer.first;

  const start = () => {
    const count = Math.min(Math.max(1, Math.floor(size)), most, steps - submitted);
    const begun = performance.now();
    submitted += count;
    const slice = submit(count).then(() => {
      const now = performance.now();
      const step_ms = (now - Math.max(begun, lastEnd)) / count;
      lastEnd = now;
      // Much slower is believed at once, so that the next slice is not too long; a mean of both else.
      const changed = slicer.step_ms === 0 || step_ms > muchSlower * slicer.step_ms;
      slicer.step_ms = changed ? step_ms : 0.5 * slicer.step_ms + 0.5 * step_ms;
      // At most four times as many steps at once: one slow measurement says little of the next.
      size = Math.min(slicer.target_ms / Math.max(slicer.step_ms, 1e-4), 4 * count);
    });
    // The second may fail before the first, which is awaited first.
    inFlight.push(awaitedLater(slice));
  };

  try {
    while (submitted < steps && !signal?.aborted) {
      start();
      if (inFlight.length > 1) await inFlight.shift();
    }
  } finally {
    // Also when one failed: nothing of this call may still be running when it ends.
    await Promise.allSettled(inFlight);
  }
  await Promise.all(inFlight);
  return submitted;
}
