/** The event loop rests while a buffer or a pipeline is awaited from Dawn, and at no other time. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { restWhileWaiting } from '../../../src/machine/dawn-rest.ts';

/** Stand in for Dawn's classes: an answer comes with the `after`-th rest. */
function dawnThatAnswers(after: number, answer: (resolve: () => void, reject: (reason: Error) => void) => void) {
  const rests = vi.spyOn(Atomics, 'wait');
  const wait = (..._given: unknown[]): Promise<void> =>
    new Promise((resolve, reject) => {
      rests.mockImplementation(() => {
        if (rests.mock.calls.length === after) answer(resolve, reject);
        return 'timed-out';
      });
    });
  class Buffer {
    mapAsync(...given: unknown[]) {
      return wait(...given);
    }
  }
  class Device {
    createComputePipelineAsync(...given: unknown[]) {
      return wait(...given);
    }
  }
  restWhileWaiting({ GPUBuffer: Buffer, GPUDevice: Device } as unknown as Parameters<typeof restWhileWaiting>[0]);
  const [buffer, device] = [new Buffer(), new Device()];
  return {
    rests,
    ask: { buffer: () => buffer.mapAsync(1, 0, 4), pipeline: () => device.createComputePipelineAsync({}) },
  };
}

afterEach(() => vi.restoreAllMocks());

describe.each(['buffer', 'pipeline'] as const)('restWhileWaiting for a %s', (awaited) => {
  it('rests at every turn until the answer, and then no more', async () => {
    const { ask, rests } = dawnThatAnswers(5, (resolve) => resolve());
    await nextTurn();
    expect(rests).not.toHaveBeenCalled();
    await ask[awaited]();
    expect(rests.mock.calls.length).toBe(5);
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    expect(rests.mock.calls.length).toBe(5);
  });

  it('leaves a refusal to who asked, and stops resting after it', async () => {
    const { ask, rests } = dawnThatAnswers(3, (_, reject) => reject(new Error('device lost')));
    await expect(ask[awaited]()).rejects.toThrow('device lost');
    await nextTurn();
    const before = rests.mock.calls.length;
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    expect(rests.mock.calls.length).toBe(before);
  });
});
