/** What the search of one language looks in: every section of every page. The page loads it when the search is opened. */
import MiniSearch from 'minisearch';
import { type Indexed, searchOptions } from './client/search-options.ts';
import type { Section } from './markdown.ts';

export interface Searchable {
  address: string;
  title: string;
  sections: readonly Section[];
}

/** Characters of a section that are shown below its heading. */
const excerptLength = 120;

export function searchIndexOf(pages: readonly Searchable[]): string {
  const index = new MiniSearch<Indexed>(searchOptions);
  for (const { address, title, sections } of pages) {
    for (const [at, { heading, prose, rest }] of sections.entries()) {
      const whole = prose.replace(/\s+/g, ' ').trim();
      index.add({
        // The top of a page needs no anchor.
        id: at === 0 ? address : `${address}#${encodeURIComponent(heading.id)}`,
        page: title,
        heading: at === 0 ? '' : heading.text,
        text: `${prose} ${rest}`,
        excerpt: whole.length > excerptLength ? `${whole.slice(0, excerptLength).replace(/\s\S*$/, '')} …` : whole,
      });
    }
  }
  return JSON.stringify(index);
}
