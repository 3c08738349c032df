import { describe, expect, it } from 'vitest';
import { runTimeSlices } from '../../../../src/engine/gpu/plan/time-slice.ts';

describe('time slices', () => {
  it('reject with the first failure, whichever submit fails first', async () => {
    // A lost device rejects what is submitted after at once, and what was in flight a moment later.
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', note);
    let fail: (error: Error) => void = () => {};
    const first = new Promise<void>((_, reject) => {
      fail = reject;
    });
    const submits = [() => first, () => Promise.reject(new Error('the second'))];
    let submit = 0;
    const training = runTimeSlices({ target_ms: 50, step_ms: 0, first: 1 }, 10, 1, () => submits[submit++]());
    // Node reports an unhandled rejection when the microtasks are done.
    await new Promise(setImmediate);
    fail(new Error('the first'));
    await expect(training).rejects.toThrow('the first');
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
    expect(submit).toBe(2);
  });
});
