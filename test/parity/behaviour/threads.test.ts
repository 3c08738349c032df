/** Threads of the CPU engine in a page: they begin where the page is isolated, and leave every bit as it is. */
import { describe, expect, it } from 'vitest';
import type { Answer } from './threads-worker.ts';

/** In Node the unit tests do the same; a page's own thread may not wait for others, so a worker does it. */
describe.runIf(typeof document !== 'undefined')('threads in a page', () => {
  it('share the trials of a population, and one trial', async () => {
    expect(crossOriginIsolated).toBe(true);
    const worker = new Worker(new URL('./threads-worker.ts', import.meta.url), { type: 'module' });
    const answer = await new Promise<Answer>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    worker.terminate();
    expect(answer.adapter).toContain('up to 2 threads');
    for (const { shared, together, alone } of answer.results) {
      expect(shared).toBeGreaterThan(1);
      expect(together).toEqual(alone);
    }
  });
});
