/** What waits for a GPU waits no longer than the GPU works, in Firefox too, and asks nobody elsewhere. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { completed } from '../../../../../src/engine/gpu/device/completion.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A queue whose work is done after so many submits that ask for it. */
function queueDoneAfter(submits: number): { queue: GPUQueue; work: Promise<string>; submitted: () => number } {
  let count = 0;
  let done = (_result: string) => {};
  const work = new Promise<string>((resolve) => {
    done = resolve;
  });
  const submit = () => {
    count += 1;
    if (count === submits) done('copied');
  };
  return { queue: { submit } as unknown as GPUQueue, work, submitted: () => count };
}

describe('in Firefox', () => {
  const firefox = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0' };

  it('work is asked for by empty submits until it is done', async () => {
    vi.stubGlobal('navigator', firefox);
    const { queue, work, submitted } = queueDoneAfter(3);
    expect(await completed(queue, work)).toBe('copied');
    expect(submitted()).toBe(3);
  });

  it('a lost device ends the asking', async () => {
    vi.stubGlobal('navigator', firefox);
    const { queue, submitted } = queueDoneAfter(1e9);
    await expect(completed(queue, Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    expect(submitted()).toBeLessThan(3);
  });
});

it('elsewhere nothing is submitted', async () => {
  const { queue, submitted } = queueDoneAfter(1e9);
  expect(await completed(queue, Promise.resolve('copied'))).toBe('copied');
  expect(submitted()).toBe(0);
});
