/** Korean is complete: every sentence of the page and every setting has its own, with the same numbers in it. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import config from '../../lit-localize.json' with { type: 'json' };
import { formFields } from '../../src/lab/form.ts';
import { wished } from '../../src/lab/language.ts';
import { words } from '../../src/lab/locales/ko-settings.ts';
import { readingFields } from '../../src/spec/reading-settings.ts';

interface Unit {
  id: string;
  source: string;
  target: string | undefined;
}

function unitsOf(xliff: string): Unit[] {
  return [...xliff.matchAll(/<trans-unit id="(\w+)">(.*?)<\/trans-unit>/gs)].map(([, id, inside]) => ({
    id,
    source: /<source>(.*?)<\/source>/s.exec(inside)?.[1] ?? '',
    target: /<target>(.*?)<\/target>/s.exec(inside)?.[1],
  }));
}

/** What is written in the sources now, with the Korean there is for it, and what is built from that. */
function wordsNow(): { units: Unit[]; built: string } {
  const folder = mkdtempSync(join(tmpdir(), 'perceptron-lab-words-'));
  try {
    copyFileSync('src/lab/locales/ko.xlf', join(folder, 'ko.xlf'));
    const path = join(folder, 'lit-localize.json');
    const here = process.cwd();
    const output = {
      ...config.output,
      outputDir: join(folder, 'templates'),
      localeCodesModule: join(folder, 'codes.ts'),
    };
    const tsConfig = join(here, config.tsConfig);
    writeFileSync(
      path,
      JSON.stringify({
        ...config,
        $schema: undefined,
        tsConfig,
        output,
        interchange: { format: 'xliff', xliffDir: folder },
      }),
    );
    const tool = join(here, 'node_modules/@lit/localize-tools/bin/lit-localize.js');
    for (const command of ['extract', 'build']) {
      execFileSync('node', [tool, command, '--config', path], { stdio: 'pipe' });
    }
    return {
      units: unitsOf(readFileSync(join(folder, 'ko.xlf'), 'utf8')),
      built: readFileSync(join(folder, 'templates', 'ko.ts'), 'utf8'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('Korean', () => {
  const { units, built } = wordsNow();
  const markers = (text = '') => [...text.matchAll(/<x id="(\d+)"/g)].map(([, id]) => id).sort();

  it('has every sentence of the page', () => {
    expect(units.length).toBeGreaterThan(50);
    expect(units.filter(({ target }) => !target).map(({ source }) => source)).toEqual([]);
  });

  it('has the same values in each', () => {
    expect(units.filter(({ source, target }) => `${markers(source)}` !== `${markers(target)}`)).toEqual([]);
  });

  it('is built from what is written down: npm run words', () => {
    expect(readFileSync('src/lab/locales/templates/ko.ts', 'utf8')).toBe(built);
  });

  it('has every setting, and no other', () => {
    const reading = readingFields.map((field) => ({ path: `reading.${field.name}`, field }));
    const all = [...formFields, ...reading];
    expect(Object.keys(words)).toEqual(all.map(({ path }) => path));
    for (const { path, field } of all) expect([path, !!words[path].unit]).toEqual([path, !!field.unit]);
  });
});

describe('the language to begin with', () => {
  it.each([
    [['ko-KR', 'en'], 'ko'],
    [['fr', 'ko'], 'ko'],
    [['en-GB', 'ko'], 'en'],
    [['fr'], 'en'],
    [[], 'en'],
  ])('%j: %s', (tags, language) => {
    expect(wished(tags)).toBe(language);
  });
});
