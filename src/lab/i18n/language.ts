/**
 * The page's language: the one that its address asks for, else the one chosen here before, else the browser's, else English.
 * What the page says is in `text/`, in English and in Korean; what the library says, which knows no page, in `src/messages/`.
 */
import type { ReactiveControllerHost } from 'lit';
import type { Field } from '../../spec/fields.ts';
import { type Message, type Say, translator } from '../../util/message.ts';
import { en } from './en.ts';
import type { SettingTexts } from './setting-texts.ts';
import { setText, type Text } from './text.ts';

/** Each in its own language, as people look for theirs. */
export const languages = { en: 'English', ko: '한국어' };

export type Language = keyof typeof languages;

/** What another language than English has for the page, the settings and the library. */
interface Translation {
  text: Text;
  settings?: SettingTexts;
  translate?: Say;
}

const loaders: Record<Language, () => Promise<Translation>> = {
  en: async () => ({ text: en }),
  ko: async () => {
    const [{ ko, settings }, messages] = await Promise.all([import('./ko.ts'), import('../../messages/ko/index.ts')]);
    return { text: ko, settings, translate: translator(messages.ko) };
  },
};

const key = 'language';
/** In the page's address. */
const parameter = 'lang';
const codes = Object.keys(languages) as Language[];
const followers = new Set<ReactiveControllerHost>();
let current: Language = 'en';
/** Chosen last, and perhaps still loading. */
let wanted: Language = 'en';
let translation: Translation = { text: en };

/** The element renders again whenever the language changes. */
export function followLanguage(element: ReactiveControllerHost): void {
  element.addController({
    hostConnected: () => followers.add(element),
    hostDisconnected: () => followers.delete(element),
  });
}

/** Before anything is drawn. English stays where the words of another language cannot be had. */
export async function startLanguage(): Promise<void> {
  const asked = languageIn(location.search);
  if (!asked) await speak(chosen() ?? wished(navigator.languages));
  // Once: what is chosen in the page counts from then on.
  else if (await changeLanguage(asked)) history.replaceState(history.state, '', withoutLanguage(location.href));
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
  return current;
}

/** Of an address such as `?lang=ko`, which `perceptron-lab serve --lang ko` opens. */
export function languageIn(search: string): Language | undefined {
  const asked = new URLSearchParams(search).get(parameter);
  return codes.find((code) => code === asked);
}

export function withoutLanguage(address: string): string {
  const url = new URL(address);
  url.searchParams.delete(parameter);
  return url.href;
}

/** The first of the languages asked for that the page speaks. */
export function wished(tags: readonly string[]): Language {
  const asked = tags.map((tag) => tag.toLowerCase().split('-')[0]);
  return asked.map((tag) => codes.find((code) => code === tag)).find((code) => code) ?? 'en';
}

type SettingPart = 'trial' | 'data' | 'reading';

export function labelOf({ path, label }: Field, part: SettingPart): string {
  return settingText(`${part}.${path}`)?.label ?? label;
}

/** The same of a setting with its path in the form. */
export function labelAt({ path, field }: { path: string; field: Field }): string {
  return settingText(path)?.label ?? field.label;
}

export function helpOf({ path, help }: Field, part: SettingPart): string {
  return settingText(`${part}.${path}`)?.help ?? help;
}

export function unitOf({ path, unit }: Field, part: SettingPart): string | undefined {
  return settingText(`${part}.${path}`)?.unit ?? unit;
}

/** What the library says; what has no code stays English. */
export function inLanguage(said: string | Partial<Message>): string {
  const { code, params = {}, text = '' } = typeof said === 'string' ? { text: said } : said;
  return (code === undefined ? undefined : translated({ code, params, text })) ?? text;
}

/** What was kept by another version, or is damaged, may lack what the sentence mentions: then it stays English. */
function translated(said: Message): string | undefined {
  try {
    return translation.translate?.(said);
  } catch (error) {
    console.info('This could not be said in another language:', said, error);
    return undefined;
  }
}

function settingText(path: string): { label: string; help: string; unit?: string } | undefined {
  return translation.settings?.[path as keyof SettingTexts];
}

async function speak(language: Language): Promise<boolean> {
  wanted = language;
  try {
    const loaded = await loaders[language]();
    if (wanted === language) {
      current = language;
      translation = loaded;
      setText(loaded.text);
      for (const element of followers) element.requestUpdate();
    }
  } catch (error) {
    console.warn('The words of this language could not be loaded:', language, error);
  }
  document.documentElement.lang = current;
  return current === language;
}

function chosen(): Language | undefined {
  try {
    return codes.find((code) => code === localStorage.getItem(key));
  } catch {
    return undefined;
  }
}
