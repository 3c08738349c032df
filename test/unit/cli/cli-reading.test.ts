/** How the command line reads files: as the page does, with the bytes counted. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openInput } from '../../../src/cli/files/read.ts';
import { readTable } from '../../../src/cli/reading.ts';
import { readCsv } from '../../../src/data/read/csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'reading-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, contents: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, contents);
  return file;
}

describe('a file on the command line', () => {
  it('is read again where letters far down show another encoding, as on the page', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`name,x\n${'plain,1\n'.repeat(50_000)}`),
      // 서울 in EUC-KR.
      Buffer.from([0xbc, 0xad, 0xbf, 0xef]),
      Buffer.from(',2\n'),
    ]);
    const table = await readTable(await openInput(written('korean.csv', bytes)), {});
    const onPage = await readCsv(new Blob([bytes]));
    expect(table.columns[0]).toMatchObject({ kind: 'text', levels: ['plain', '서울'] });
    expect(table.columns).toEqual(onPage.columns);
  });

  it('tells how many of its bytes have been read', async () => {
    const text = `x,y\n${'1,2\n'.repeat(200_000)}`;
    const told: [number, number?][] = [];
    const input = await openInput(written('long.csv', text));
    await readTable(input, { progress: (bytes, total) => told.push([bytes, total]) });
    expect(told.length).toBeGreaterThan(2);
    expect(told.every(([, total]) => total === text.length)).toBe(true);
    expect(told.map(([bytes]) => bytes)).toEqual(told.map(([bytes]) => bytes).sort((a, b) => a - b));
    expect(told.at(-1)?.[0]).toBe(text.length);
  });
});
