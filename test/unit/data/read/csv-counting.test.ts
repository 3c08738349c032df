/** A reading says how far it is and can be stopped: what a page shows of a large file. */
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../src/data/read/csv.ts';

const rows = 300_000;
const text = `a,b\n${Array.from({ length: rows }, (_, i) => `${i % 97},${i % 89}`).join('\n')}\n`;

describe('reading a large file', () => {
  it('counts rows as they are read, to the last', async () => {
    const counts: number[] = [];
    const bytes: number[] = [];
    const blob = new Blob([text]);
    await readCsv(blob, { counting: (read) => counts.push(read), progress: (read) => bytes.push(read) });
    expect(counts.length).toBeGreaterThan(3);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1)).toBe(rows + 1);
    expect(bytes.at(-1)).toBe(blob.size);
  });

  it('stops halfway', async () => {
    const stop = new AbortController();
    let last = 0;
    const counting = (read: number) => {
      last = read;
      if (read > 1000) stop.abort();
    };
    await expect(readCsv(new Blob([text]), { counting, signal: stop.signal })).rejects.toThrow(/abort/i);
    expect(last).toBeLessThan(rows / 2);
  });
});
