/** Every odd file, read by the page's reader in a worker: as in Node, cell by cell and notice by notice. */
import { describe, expect, it } from 'vitest';
import { expectedOutcomes } from '../../odd-files/outcome.ts';
import written from '../../odd-files/outcomes.txt?raw';
import type { Answer } from './odd-files-worker.ts';

describe('the reader of the page', async () => {
  const worker = new Worker(new URL('./odd-files-worker.ts', import.meta.url), { type: 'module' });
  const { outcomes, pairs } = await new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.terminate();
  const expected = expectedOutcomes(written);

  it.each(outcomes)('reads or refuses %s as it is written down', (name, outcome) => {
    expect(outcome).toBe(expected.get(name));
  });

  it('goes through all of them', () => {
    expect(outcomes.map(([name]) => name)).toEqual([...expected.keys()]);
    expect(outcomes.length).toBeGreaterThan(80);
  });

  it('decodes CP949 as Node does', () => {
    expect(pairs).toEqual({ browser: 0x9f74ab98, ours: 0x9f74ab98 });
  });
});
