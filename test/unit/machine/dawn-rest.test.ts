/** The event loop rests while a buffer is awaited from Dawn, and at no other time. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { restWhileMapping } from '../../../src/machine/dawn-rest.ts';

/** Stands in for a GPUBuffer whose answer comes with the `after`-th rest. */
function bufferThatAnswers(after: number, answer: (resolve: () => void, reject: (reason: Error) => void) => void) {
  const rests = vi.spyOn(Atomics, 'wait');
  class Buffer {
    mapAsync(..._range: number[]): Promise<void> {
      return new Promise((resolve, reject) => {
        rests.mockImplementation(() => {
          if (rests.mock.calls.length === after) answer(resolve, reject);
          return 'timed-out';
        });
      });
    }
  }
  restWhileMapping(Buffer as unknown as { prototype: GPUBuffer });
  return { buffer: new Buffer(), rests };
}

afterEach(() => vi.restoreAllMocks());

describe('restWhileMapping', () => {
  it('rests at every turn until the answer, and then no more', async () => {
    const { buffer, rests } = bufferThatAnswers(5, (resolve) => resolve());
    await nextTurn();
    expect(rests).not.toHaveBeenCalled();
    await buffer.mapAsync(1, 0, 4);
    expect(rests.mock.calls.length).toBe(5);
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    expect(rests.mock.calls.length).toBe(5);
  });

  it('leaves a refusal to who asked, and stops resting after it', async () => {
    const { buffer, rests } = bufferThatAnswers(3, (_, reject) => reject(new Error('device lost')));
    await expect(buffer.mapAsync(1, 0, 4)).rejects.toThrow('device lost');
    await nextTurn();
    const before = rests.mock.calls.length;
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    expect(rests.mock.calls.length).toBe(before);
  });
});
