/**
 * The language that the command line speaks: English, or with `--lang ko` Korean, where a message has a code. JSON and files
 * stay as they are: they have the codes.
 */
import { InputError } from '../util/errors.ts';
import { inEnglish, type Say, translator } from '../util/message.ts';
import { list } from '../util/words.ts';

/** What a language other than English says. */
const catalogues: Record<string, () => Promise<Say>> = {
  ko: async () => translator((await import('../messages/ko/index.ts')).ko),
};

export const languages = ['en', ...Object.keys(catalogues)];

let say = inEnglish;

/** Takes `--lang` out of the words typed, and speaks that language from now on. @throws InputError */
export async function takeLanguage(words: readonly string[]): Promise<string[]> {
  const at = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  if (at < 0 || words.slice(0, at).includes('--')) return [...words];
  const inOne = words[at].startsWith('--lang=');
  const asked = inOne ? words[at].slice('--lang='.length) : words[at + 1];
  if (asked === undefined || !languages.includes(asked)) {
    throw new InputError(`--lang: "${asked ?? ''}" is not known; choose ${list(languages)}.`, 'lang');
  }
  if (asked !== 'en') say = await catalogues[asked]();
  return [...words.slice(0, at), ...words.slice(at + (inOne ? 1 : 2))];
}

/** A notice, or what an error says; what has no code stays English. */
export function inLanguage({ code, params = {}, text }: { code?: string; params?: object; text: string }): string {
  return code === undefined ? text : say({ code, params: { ...params }, text });
}
