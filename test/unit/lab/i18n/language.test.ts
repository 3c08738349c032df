/** Korean mentions what English mentions, and the page begins in a language that was asked for. */
import { describe, expect, it } from 'vitest';
import { allEnglish } from '../../../../src/lab/i18n/all.ts';
import { en } from '../../../../src/lab/i18n/en.ts';
import { ko, settings } from '../../../../src/lab/i18n/ko.ts';
import { languageIn, wished, withoutLanguage } from '../../../../src/lab/i18n/language.ts';
import type { SettingTexts } from '../../../../src/lab/i18n/setting-texts.ts';
import { setText } from '../../../../src/lab/i18n/text.ts';
import { formFields } from '../../../../src/lab/shared/form.ts';
import { readingFields } from '../../../../src/spec/reading-settings.ts';

/** Every text by its path, with names in place of its values. */
function textsOf(catalogue: object, path = ''): [path: string, text: string][] {
  return Object.entries(catalogue).flatMap(([name, entry]) => {
    const here = `${path}.${name}`;
    if (typeof entry === 'function') return [[here, String(entry(values))]];
    return typeof entry === 'string' ? [[here, entry]] : textsOf(entry, here);
  });
}

/** Stands for a single value as well as for several by their names. */
const values = new Proxy(
  {},
  { get: (_, name) => (name === Symbol.toPrimitive ? () => '{value}' : `{${String(name)}}`) },
);

const mentioned = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe('Korean', () => {
  const korean = new Map(textsOf(ko));

  it('has the same values in each text', () => {
    const english = textsOf(allEnglish);
    expect(english.length).toBeGreaterThan(700);
    for (const [path, text] of english) {
      expect(korean.get(path), path).toBeTruthy();
      expect([path, mentioned(korean.get(path) ?? '')]).toEqual([path, mentioned(text)]);
    }
  });

  it('and English are exchanged in the parts that are loaded later', async () => {
    const parts = Object.keys(allEnglish).filter((name) => !(name in en)) as (keyof typeof allEnglish)[];
    expect(parts).toContain('sweep');
    for (const name of parts) {
      const file = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const part = await import(`../../../../src/lab/i18n/en/later/${file}.ts`);
      const current = part[`${name}Text`];
      expect(current(), name).toBe(allEnglish[name]);
      setText(ko);
      expect(current(), name).toBe(ko[name]);
      setText(en);
      expect(current(), name).toBe(allEnglish[name]);
    }
  });

  it('has the unit of every setting that has one', () => {
    const reading = readingFields.map((field) => ({ path: `reading.${field.name}`, field }));
    const all = [...formFields, ...reading];
    expect(Object.keys(settings)).toEqual(all.map(({ path }) => path));
    for (const { path, field } of all) {
      expect([path, !!settings[path as keyof SettingTexts].unit]).toEqual([path, !!field.unit]);
    }
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

describe('the address', () => {
  it('asks for a language that the page speaks', () => {
    expect(languageIn('?lang=ko')).toBe('ko');
    expect(languageIn('?a=b&lang=en')).toBe('en');
    expect(languageIn('?lang=fr')).toBeUndefined();
    expect(languageIn('')).toBeUndefined();
  });

  it('keeps all else once the language is known', () => {
    expect(withoutLanguage('http://127.0.0.1:4173/?lang=ko')).toBe('http://127.0.0.1:4173/');
    expect(withoutLanguage('http://127.0.0.1:4173/?lang=ko&a=b#run=1')).toBe('http://127.0.0.1:4173/?a=b#run=1');
  });
});
