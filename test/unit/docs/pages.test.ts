/**
 * Every code block of docs/ runs. The blocks of a page run one after another in a folder of their own, with the repository's
 * `data/` in it and the tables that pages speak of without showing them; what one writes, the next finds.
 *
 * A block's language says how it is run: see `runners`. `text` is for what people read: output, formulas, trees of files.
 */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { docPages, readPage } from '../../support/text/code-blocks.ts';
import { runners, writeBlock } from '../../support/text/run-code.ts';

const pages = docPages();
const home = process.cwd();
const data = resolve('data');

it('knows the language of every block', () => {
  const unknown = pages.flatMap(({ path, blocks }) =>
    blocks.filter(({ language }) => !(language in runners)).map(({ language, line }) => `${path}:${line} ${language}`),
  );
  expect(unknown).toEqual([]);
});

it('the library needs no more than eight lines', () => {
  const [first] = readPage('docs/library.md').blocks.filter(({ language }) => language === 'js');
  expect(first.code.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(8);
});

it('programs run as they stand on every supported Node: the oldest knows no `using`', () => {
  const newer = pages.flatMap(({ path, blocks }) =>
    blocks
      .filter(({ language, code }) => language === 'js' && /^\s*(await )?using /m.test(code))
      .map(({ line }) => `${path}:${line}`),
  );
  expect(newer).toEqual([]);
});

describe.each(pages.filter(({ blocks }) => blocks.some(({ language }) => language !== 'text')))('$path', (page) => {
  let folder = '';
  beforeAll(() => {
    // Within the repository, where programs find its packages.
    folder = mkdtempSync(join(import.meta.dirname, 'page-'));
    process.chdir(folder);
    vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
    symlinkSync(data, 'data', 'junction');
    writeFileSync('houses.csv', houses(120));
    writeFileSync('more.csv', houses(20));
    writeFileSync('new.csv', houses(20).replaceAll(/,[^,\n]*$/gm, ''));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  it.for(page.blocks)('$section, line $line: $language', async (block, { skip }) => {
    writeBlock(block);
    const lacking = await runners[block.language](block);
    if (lacking) skip(lacking);
  });
});

/** What the pages call houses.csv; the price is the last column. */
function houses(count: number): string {
  const rows = Array.from({ length: count }, (_, i) => {
    const area = 50 + ((i * 37) % 90);
    const district = ['north', 'south', 'west'][i % 3];
    return [1000 + i, area, 1 + (i % 6), district, 2500 * area + 9000 * (i % 3)].join(',');
  });
  return `id,area,rooms,district,price\n${rows.join('\n')}\n`;
}
