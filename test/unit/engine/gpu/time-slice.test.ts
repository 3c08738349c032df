import { describe, expect, it } from 'vitest';
import { runTimeSlices } from '../../../../src/engine/gpu/plan/time-slice.ts';
import { unhandledDuring } from '../../../support/unhandled.ts';

describe('time slices', () => {
  it('reject with the first failure, whichever submit fails first', async () => {
    // A lost device rejects what is submitted after at once, and what was in flight a moment later.
    let fail: (error: Error) => void = () => {};
    const first = new Promise<void>((_, reject) => {
      fail = reject;
    });
    const submits = [() => first, () => Promise.reject(new Error('the second'))];
    let submit = 0;
    const unhandled = await unhandledDuring(async () => {
      const training = runTimeSlices({ target_ms: 50, step_ms: 0, first: 1 }, 10, 1, () => submits[submit++]());
      await new Promise(setImmediate);
      fail(new Error('the first'));
      await expect(training).rejects.toThrow('the first');
    });
    expect(unhandled).toEqual([]);
    expect(submit).toBe(2);
  });
});
