/** Pieces of sentences, the same in every message. */

import { count } from './thousands.ts';

/** "a, b or c" */
export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** "a, b and c" */
export function conjunction(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The first of them, and how many more there are: "a, b and 7 more". */
export function some(words: readonly string[], most: number): string {
  const more = words.length > most ? ` and ${count(words.length - most)} more` : '';
  return words.slice(0, most).join(', ') + more;
}

/** "2.6 %": two digits are enough to be warned by. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

/** "99.9 %": a share that somebody chose, such as the level of an interval. */
export function chosenPercent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}

/** A name or the text of a cell: in quotes, and not longer than a line can bear. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}...` : text);
}
