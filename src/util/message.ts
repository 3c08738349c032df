/**
 * What is said to people, as data: a code and parameters, from which every language makes its own sentence. The English
 * catalogues are in `src/messages/en`, the Korean ones in `src/messages/ko`; see docs/decisions/14-messages.md.
 *
 * What they quote is cut short and printed safely here, and nowhere else: see `bounded.ts`.
 */
import { boundedParams, printable } from './bounded.ts';

/** What a message mentions: plain data, other messages among it. */
export type Params = Readonly<Record<string, unknown>>;

/** A sentence with its `code` and the `params` that it mentions, from which every language makes its own. */
export interface Message {
  code: string;
  params: Params;
  /** In English. */
  text: string;
}

/** What is said in English; as a message it can be said in other languages too. */
export type Said = Message | string;

/** By code: a text, or a function of the parameters. */
export type Catalogue = Readonly<Record<string, string | ((params: never) => string)>>;

/** Says a message in one language; what has no code stays English. */
export type Say = (said: Said) => string;

export const inEnglish: Say = (said) => (typeof said === 'string' ? said : said.text);

/** A catalogue in another language: the same codes with the same parameters. `say` is for parameters that are messages, as `inEnglish` is in English. */
export type Translation<English extends Catalogue> = {
  readonly [Code in keyof English]: English[Code] extends (params: infer P) => string
    ? (params: P, say: Say) => string
    : string;
};

type ParamsOf<Entry> = Entry extends (params: infer P) => string ? [params: P] : [];

export function message<English extends Catalogue, Code extends keyof English & string>(
  english: English,
  code: Code,
  ...[params]: ParamsOf<English[Code]>
): Message {
  const entry = english[code];
  const own = boundedParams(params ?? {});
  return { code, params: own, text: typeof entry === 'string' ? entry : printable(entry(own as never)) };
}

/** What a catalogue of another language does not have stays English. */
export function translator(catalogue: Readonly<Record<string, unknown>>): Say {
  const say: Say = (said) => {
    if (typeof said === 'string') return said;
    const { code, params, text } = said;
    const entry = catalogue[code];
    if (typeof entry !== 'function') return typeof entry === 'string' ? entry : text;
    try {
      return printable(entry(boundedParams(params), say));
    } catch (error) {
      // What another version has stored may lack parameters.
      if (error instanceof TypeError) return text;
      throw error;
    }
  };
  return say;
}
