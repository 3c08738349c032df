/** Pieces of sentences, as `src/util/words.ts` makes them in English. */
import { count as whole } from '../../util/thousands.ts';
import { shown } from '../../util/words.ts';

/** "1,000개" */
export function several(count: number): string {
  return `${whole(count)}개`;
}

/** "a, b 또는 c" */
export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} 또는 ${words.at(-1)}`;
}

/** The first of them, and how many more there are: "a, b 외 7개". */
export function some(words: readonly string[], most: number): string {
  const more = words.length > most ? ` 외 ${several(words.length - most)}` : '';
  return words.slice(0, most).join(', ') + more;
}

/** The same of names, in quotes. */
export function someNames(names: readonly string[], most: number): string {
  return some(names.map(shown), most);
}
