/**
 * The language that the command line speaks: English, or with `--lang ko` Korean, where a message has a code. JSON and files
 * stay as they are: they have the codes. So does the help.
 */
import { cli } from '../messages/en/command-line/cli.ts';
import { InputError } from '../util/errors.ts';
import { inEnglish, type Message, message, type Say, translator } from '../util/message.ts';

/** What a language other than English says. */
const catalogues: Record<string, () => Promise<Say>> = {
  ko: async () => translator((await import('../messages/ko/command-line.ts')).ko),
};

export const languages = ['en', ...Object.keys(catalogues)];

let say = inEnglish;
let current = 'en';

/** Takes `--lang` out of the words typed, and speaks that language from now on. @throws InputError */
export async function takeLanguage(words: readonly string[]): Promise<string[]> {
  const at = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  if (at < 0 || words.slice(0, at).includes('--')) return [...words];
  const inOne = words[at].startsWith('--lang=');
  const asked = inOne ? words[at].slice('--lang='.length) : words[at + 1];
  if (asked === undefined || !languages.includes(asked)) {
    throw new InputError(message(cli, 'language_unknown', { text: asked ?? '', languages }), 'lang');
  }
  say = asked === 'en' ? inEnglish : await catalogues[asked]();
  current = asked;
  return [...words.slice(0, at), ...words.slice(at + (inOne ? 1 : 2))];
}

export function language(): string {
  return current;
}

/** A message, a notice, or what an error says; what has no code stays English. */
export function inLanguage(said: string | (Pick<Message, 'text'> & Partial<Message>)): string {
  if (typeof said === 'string') return say(said);
  const { code, params = {}, text } = said;
  return say(code === undefined ? text : { code, params, text });
}
