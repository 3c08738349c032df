/** What the first page ends with: every page, with its first sentence. */
import { escaped } from '../../src/html/escape.ts';
import { linkTo } from './layout.ts';
import type { ListedGroup } from './navigation.ts';
import { home } from './pages.ts';
import type { Language } from './words.ts';

export function listOfPages(navigation: readonly ListedGroup[], language: Language, address: string): string {
  const groups = navigation.map(
    ({ title, entries }) =>
      `<section>\n<h2>${escaped(title)}</h2>\n<dl>\n${entries
        .map(
          (entry) =>
            `<dt>${linkTo(entry, { name: home, language, address })}</dt>\n<dd${entry.language === language ? '' : ` lang="${entry.language}"`}>${escaped(entry.summary)}</dd>`,
        )
        .join('\n')}\n</dl>\n</section>`,
  );
  return `<div class="groups">\n${groups.join('\n')}\n</div>\n`;
}
