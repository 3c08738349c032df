/**
 * What the page says, in the language of the page: `text.run.paused`, `text.runs.epochs(count(run.epochs))`. A text is a string, or a
 * function of what it mentions. Read `text` while rendering, never once for all: `language.ts` exchanges it.
 */
import { en } from './en.ts';

/** Every language has the texts of the English catalogue, no fewer and no others. */
export type Text = typeof en;

export let text: Text = en;

export function setText(next: Text): void {
  text = next;
}
