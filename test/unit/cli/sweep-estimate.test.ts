/** What is said before a sweep trains. */
import { afterEach, expect, it, vi } from 'vitest';
import { estimateAloud } from '../../../src/cli/output/sweep-estimate.ts';
import { withFirstDefaults } from '../../../src/spec/first-defaults.ts';
import { engine, line } from '../../support/line.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** What is written to standard error about a sweep of so many epochs. */
async function said(epochs: number, training: object = { early_stopping: false }, ended = false) {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const abort = new AbortController();
  if (ended) abort.abort();
  const base = withFirstDefaults({ model: { hidden: [2] }, training: { epochs, batch_size: 36, ...training } });
  write.mockClear();
  const estimate = await estimateAloud(engine, [line()], { base }, abort.signal);
  return { estimate, words: write.mock.calls.map(([text]) => text).join('') };
}

it('is how long it takes where that is more than a few seconds', async () => {
  expect((await said(1e7)).words).toMatch(/^The sweep takes about \d.* (s|min) on the reference engine\.\n$/);
  const stopping = await said(1e7, { early_stopping: { patience: 5 } });
  expect(stopping.words).toMatch(
    /^The sweep takes at most .* on the reference engine, less where trials stop early\.\n$/,
  );
});

it('is nothing of a short one, and of one that is ended by hand', async () => {
  const short = await said(2);
  expect(short.words).toBe('');
  expect(short.estimate?.seconds).toBeGreaterThan(0);
  expect(await said(1e7, {}, true)).toEqual({ estimate: undefined, words: '' });
});
