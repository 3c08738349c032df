/**
 * What the page says, in the language of the page: `text.run.paused`, `text.runs.epochs(count(run.epochs))`. A text is a string, or a
 * function of what it mentions. Parts that are loaded when they are first wanted have texts of their own, which come with them:
 * `sweepText().done(facts)`. Read texts while rendering, never once for all: `language.ts` exchanges them.
 */
import { en } from './en.ts';

/** Every language has the texts of the English catalogue, no fewer and no others. */
export type Text = typeof en;

export let text: Text = en;

/** @param next has the texts of all parts, too, but for English */
export function setText(next: Text): void {
  text = next;
}

/** The texts of a part: those of the page's language, which are there under the name of the part, or else the English ones. */
export function textOf<Part extends object>(name: string, english: Part): () => Part {
  return () => (text as Text & Record<string, Part | undefined>)[name] ?? english;
}
