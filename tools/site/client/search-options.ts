/** How text becomes words for the search: the same where the index is made and where it is asked. */
import type { Options } from 'minisearch';

/** A section of a page. */
export interface Indexed {
  /** Its address, from the folder of the site. */
  id: string;
  page: string;
  /** Empty at the top of a page. */
  heading: string;
  text: string;
  excerpt: string;
}

/** Particles that Korean nouns carry, longest first: "학습률을" is found by "학습률은". */
const particles =
  /(?:에서는|으로는|에서|에게|까지|부터|으로|이나|처럼|보다|마다|이라|에는|로는|들은|들을|들이|은|는|이|가|을|를|의|에|로|와|과|도|만|나)$/;

/** A Korean word needs two letters of its own. */
export function stem(word: string): string {
  const lower = word.toLowerCase();
  if (!/[가-힣]$/.test(lower)) return lower;
  const shorter = lower.replace(particles, '');
  return shorter.length >= 2 ? shorter : lower;
}

export const searchOptions: Options<Indexed> = {
  fields: ['page', 'heading', 'text'],
  storeFields: ['page', 'heading', 'excerpt'],
  processTerm: stem,
  searchOptions: {
    boost: { page: 6, heading: 4 },
    prefix: true,
    // Guides first: the reference has every word many times.
    boostDocument: (id) => (String(id).startsWith('api/') ? 0.4 : 1),
    combineWith: 'AND',
    // One letter may be wrong in a longer word.
    fuzzy: (term) => (/^[a-z]{5,}$/.test(term) ? 1 : false),
  },
};
