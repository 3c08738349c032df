/** The line that moves while a fit looks for models. */
import { describe, expect, it } from 'vitest';
import { fitLine } from '../../../src/cli/output/fit-progress.ts';
import type { FitProgress } from '../../../src/fit/result.ts';

const numbers = (rmse: number) => ({ mse: rmse * rmse, rmse, mae: rmse, r2: 0.5 });
const last: FitProgress = {
  seconds: 12,
  networks: 105,
  members: 30,
  metrics: numbers(26_112),
  linear: numbers(38_000),
  baseline: numbers(79_400),
};

describe('the line of a fit', () => {
  it('has the time, the score beside what it has to beat, and what it is made of', () => {
    expect(fitLine({ seconds: 12.4, packs: 3, last }, { seconds: 60 }, 120)).toBe(
      `12/60 s  ${'━'.repeat(4)}${'─'.repeat(16)}  rmse 26\u202f112  linear 38\u202f000  baseline 79\u202f400  networks  105  members 30`,
    );
  });

  it('counts the packs of a fit that is repeated', () => {
    expect(fitLine({ seconds: 7, packs: 1, last }, { packs: 4 }, 120)).toContain(
      `7 s  ${'━'.repeat(5)}${'─'.repeat(15)}  rmse`,
    );
  });

  it('says what it does before there is a score', () => {
    expect(fitLine({ seconds: 0.2, packs: 0 }, { seconds: 6 }, 60)).toMatch(/^0\.2\/6\.0 s {2}━─+ {2}preparing$/);
    const untold = { ...last, metrics: null, linear: null };
    expect(fitLine({ seconds: 1, packs: 0, last: untold }, { seconds: 60 }, 60)).toMatch(/training$/);
  });

  it('never fills a line, and keeps the score longest', () => {
    for (let columns = 12; columns < 140; columns++) {
      const line = fitLine({ seconds: 600, packs: 9, last }, { seconds: 60 }, columns);
      expect(line.length).toBeLessThan(columns - 2);
      if (columns > 30) expect(line).toContain('60/60 s  ');
      if (columns > 40) expect(line).toContain('rmse 26\u202f112');
    }
  });
});
