/** Korean is complete: every sentence of the page and every setting has its own, with the same numbers in it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formFields } from '../../src/lab/form.ts';
import { wished } from '../../src/lab/language.ts';
import { words } from '../../src/lab/locales/ko-settings.ts';

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

describe('Korean', () => {
  const units = unitsOf(readFileSync('src/lab/locales/ko.xlf', 'utf8'));
  const markers = (text = '') => [...text.matchAll(/<x id="(\d+)"/g)].map(([, id]) => id).sort();

  it('has the same values in each', () => {
    expect(units.filter(({ source, target }) => target && `${markers(source)}` !== `${markers(target)}`)).toEqual([]);
  });

  it('has every setting, and no other', () => {
    expect(Object.keys(words)).toEqual(formFields.map(({ path }) => path));
    for (const { path, field } of formFields) expect([path, !!words[path].unit]).toEqual([path, !!field.unit]);
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
