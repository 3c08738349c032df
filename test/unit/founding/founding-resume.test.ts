/** A report that was killed goes on from what its store had, whatever the moment, and says the same. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { type FoundingResult, foundingReport } from '../../../src/founding/founding.ts';
import type { FoundingCell } from '../../../src/founding/report.ts';
import { memoryStore } from '../../support/sweeps/memory-store.ts';

const engine = createReferenceEngine('reference', 'asked for');
const table = generate('curve', { rows: 30 });
const small = { hidden: [3, 3], epochs: 3, seeds: 1, rounds: 1, deepest: 2, published: true };

/** By the clock a step of every cell is timed for a while: each look at this one finds that it was long enough. */
beforeEach(() => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 25;
    return now;
  });
});
afterEach(() => vi.restoreAllMocks());

/** All but times, and what is made of them. */
function timeless({ report, best }: FoundingResult) {
  const cellsOf = (cells: readonly FoundingCell[] = []) =>
    cells.map(({ ms_per_step: _, seconds: __, ...cell }) => cell);
  const { cells, depth, theory, published, findings } = report;
  return {
    cells: cellsOf(cells),
    depth,
    theory,
    published: { cells: cellsOf(published?.cells), slips: published?.slips },
    findings: findings.filter(({ id }) => id !== 'a'),
    best: best?.members[0].parameters,
  };
}

describe('a report with a store', () => {
  it('goes on from wherever it was, and trains no population twice', async () => {
    const straight = timeless(await foundingReport(engine, table, small));
    const store = memoryStore();
    expect(timeless(await foundingReport(engine, table, { ...small, store }))).toEqual(straight);
    const moments = store.moments();
    // Times and population, two depths, the optimizers, times and population as published, five kinds of slips.
    expect(moments.length).toBe(12);
    for (const moment of moments.filter((_, index) => index % 3 === 0)) {
      expect(timeless(await foundingReport(engine, table, { ...small, store: moment }))).toEqual(straight);
    }
    const train = vi.fn();
    const silent: typeof engine = {
      ...engine,
      async createPopulation(data, settings) {
        const population = await engine.createPopulation(data, settings);
        population.train = train;
        return population;
      },
    };
    expect(timeless(await foundingReport(silent, table, { ...small, store }))).toEqual(straight);
    expect(train).not.toHaveBeenCalled();
  });

  it.each(['right', 'times-right'])('trains again what another version has kept, and says so: %s', async (word) => {
    const short = { ...small, deepest: 1, published: false };
    const straight = timeless(await foundingReport(engine, table, short));
    const store = memoryStore();
    await foundingReport(engine, table, { ...short, store });
    const name = store.names().find((one) => one.startsWith(word)) ?? '';
    await store.write(name, { ...((await store.read(name)) as object), version: 1 });
    const again = await foundingReport(engine, table, { ...short, store });
    expect(timeless(again)).toEqual(straight);
    expect(again.report.notices.map(({ text }) => text)).toEqual([
      `${name}: kept by another version of the program. What was kept there is trained again.`,
    ]);
  });
});
