/** Preparing that is watched: the same data sets, told of column by column, and ended between two of them. */
import { describe, expect, it } from 'vitest';
import { statusLine } from '../../../src/cli/output/status-line.ts';
import { readTable } from '../../../src/cli/reading.ts';
import { prepare, prepareFolds, prepareWatched } from '../../../src/data/prepare/prepare.ts';
import { readCsv } from '../../../src/data/read/csv.ts';
import type { Step } from '../../../src/util/yielding.ts';

const text = `a,b,c,y\n${Array.from({ length: 60 }, (_, row) => `${row},${row % 7},${'xyz'[row % 3]},${row * 2}`).join('\n')}\n`;
const settings = { target: 'y' };

describe('preparing that is watched', () => {
  it('gives what preparing gives, and tells of each column in order', async () => {
    const table = await readCsv(text);
    const told: [number, number, Step][] = [];
    const sets = await prepareWatched(table, settings, 1, { progress: (...one) => told.push(one) });
    expect(sets).toEqual([prepare(table, settings)]);
    expect(told.map(([, , { doing, column }]) => `${doing} ${column}`)).toEqual([
      'types a',
      'types b',
      'types c',
      'types y',
      'comparing a',
      'comparing b',
      'comparing c',
      'fitting a',
      'fitting b',
      'fitting c',
      'encoding b',
      'encoding c',
    ]);
    const counts = told.map(([done]) => done);
    expect(counts).toEqual(counts.map((_, index) => index));
    expect(told.every(([done, total]) => done <= total && total === 16)).toBe(true);
  });

  it('makes folds in the same way, and refuses in the same words', async () => {
    const table = await readCsv(text);
    const told: number[] = [];
    const folds = await prepareWatched(table, settings, 3, { progress: (done) => told.push(done) });
    expect(folds).toEqual(prepareFolds(table, settings, 3));
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    await expect(prepareWatched(table, { target: 'z' }, 1, {})).rejects.toThrow('target: text has no column "z"');
  });

  it('ends before the next column when asked to', async () => {
    const table = await readCsv(text);
    const abort = new AbortController();
    const told: string[] = [];
    const preparing = prepareWatched(table, settings, 1, {
      signal: abort.signal,
      progress(_, __, { doing, column }) {
        told.push(column);
        if (doing === 'fitting') abort.abort();
      },
    });
    await expect(preparing).rejects.toThrow(/abort/i);
    expect(told).toEqual(['a', 'b', 'c', 'y', 'a', 'b', 'c', 'a']);
  });
});

describe('the line that says how far it is', () => {
  it('says something at once, and is wiped away', async () => {
    const written: string[] = [];
    const status = statusLine('long.csv', 'reading', (part) => written.push(part));
    expect(written).toEqual(['\r\u001b[Kreading  long.csv']);
    status.clear();
    status.reading.counting(1234);
    status.reading.progress(2_500_000, 10_000_000);
    status.clear();
    status.preparing.progress?.(3, 12, { doing: 'fitting', column: 'age' });
    status.clear();
    expect(written.slice(1)).toEqual([
      '\r\u001b[K',
      '\r\u001b[Kreading  long.csv  2.5 of 10.0 MB  1\u202f234 rows',
      '\r\u001b[K',
      '\r\u001b[Kpreparing  long.csv  25 %  fitting column age',
      '\r\u001b[K',
    ]);
  });

  it('is nothing where nobody watches', async () => {
    const status = statusLine('long.csv', 'reading', undefined);
    status.reading.progress(1, 2);
    expect(status.preparing.progress).toBeUndefined();
    status.clear();
    const table = await readTable({ source: 'a.csv', bytes: () => new Blob([text]).stream() as never }, {});
    expect(table.rows).toBe(60);
  });
});
