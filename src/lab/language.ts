/**
 * The page's language: the one chosen here before, else the browser's, else English. Sentences are written in English
 * with `msg()`; their Korean is in `locales/ko.xlf`, what settings are called in `locales/ko-settings.ts`, and what the
 * library says, which knows no page, in `locales/ko-sentences.ts`.
 */

import { configureLocalization } from '@lit/localize';
import type { Field } from '../spec/fields.ts';
import { type Message, type Say, translator } from '../util/message.ts';
import { allLocales, sourceLocale, targetLocales } from './locales/codes.ts';
import type { Recogniser } from './recognise.ts';

export type Language = (typeof allLocales)[number];

/** Each in its own language, as people look for theirs. */
export const languages: Record<Language, string> = { en: 'English', ko: '한국어' };

/** What a setting is called and what it does, by its path in the form. */
export type SettingWords = Record<string, { label: string; help: string; unit?: string }>;

const key = 'language';
let settingWords: SettingWords = {};
let recognise: Recogniser | undefined;
let translate: Say | undefined;

const { getLocale, setLocale } = configureLocalization({
  sourceLocale,
  targetLocales,
  loadLocale: async () => {
    const [templates, settings, messages, sentences, { recogniser }] = await Promise.all([
      import('./locales/templates/ko.ts'),
      import('./locales/ko-settings.ts'),
      import('../messages/ko/index.ts'),
      import('./locales/ko-sentences.ts'),
      import('./recognise.ts'),
    ]);
    settingWords = settings.words;
    translate = translator(messages.ko);
    recognise = recogniser(sentences.words);
    return templates;
  },
});

/** Before anything is drawn. English stays where the words of another language cannot be had. */
export async function startLanguage(): Promise<void> {
  await speak(chosen() ?? wished(navigator.languages));
}

/** Switches the page over, and remembers it; false where the words of that language cannot be had. */
export async function changeLanguage(language: Language): Promise<boolean> {
  if (!(await speak(language))) return false;
  try {
    localStorage.setItem(key, language);
  } catch {
    // Without storage it holds until the page is closed.
  }
  return true;
}

export function language(): Language {
  return getLocale() as Language;
}

/** The first of the languages asked for that the page speaks. */
export function wished(tags: readonly string[]): Language {
  const codes = tags.map((tag) => tag.toLowerCase().split('-')[0]);
  return codes.map((code) => allLocales.find((locale) => locale === code)).find((locale) => locale) ?? sourceLocale;
}

type SettingPart = 'trial' | 'data' | 'reading';

export function labelOf({ path, label }: Field, part: SettingPart): string {
  return wordsOf(`${part}.${path}`)?.label ?? label;
}

/** The same of a setting with its path in the form. */
export function labelAt({ path, field }: { path: string; field: Field }): string {
  return wordsOf(path)?.label ?? field.label;
}

export function helpOf({ path, help }: Field, part: SettingPart): string {
  return wordsOf(`${part}.${path}`)?.help ?? help;
}

export function unitOf({ path, unit }: Field, part: SettingPart): string | undefined {
  return wordsOf(`${part}.${path}`)?.unit ?? unit;
}

/** What the library says; what has no code is recognised by its English, and stays English where it is not known. */
export function inLanguage(said: string | Partial<Message>): string {
  const { code, params = {}, text = '' } = typeof said === 'string' ? { text: said } : said;
  if (language() === sourceLocale) return text;
  return code === undefined ? (recognise?.(text) ?? text) : (translate?.({ code, params, text }) ?? text);
}

function wordsOf(path: string): SettingWords[string] | undefined {
  return language() === sourceLocale ? undefined : settingWords[path];
}

async function speak(wanted: Language): Promise<boolean> {
  try {
    await setLocale(wanted);
  } catch (error) {
    console.warn('The words of this language could not be loaded:', wanted, error);
  }
  document.documentElement.lang = language();
  return language() === wanted;
}

function chosen(): Language | undefined {
  try {
    return allLocales.find((locale) => locale === localStorage.getItem(key));
  } catch {
    return undefined;
  }
}
