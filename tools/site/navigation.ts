/** What the pages of one language are listed in, and which page comes before and after another. */
import { type Group, home } from './pages.ts';
import type { Language } from './words.ts';

export interface Listed {
  name: string;
  title: string;
  /** The page's path in the site. */
  address: string;
  /** Of the page: English, where the language has none of its own. */
  language: Language;
  summary: string;
  /** The page that it is a part of, and the group of parts that it stands in there. */
  partOf?: string;
  partGroup?: string;
}

export interface Entry extends Listed {
  /** Pages that are listed where this one or one of them is open. */
  parts: ListedGroup[];
}

export interface ListedGroup {
  /** Empty where there is one group alone. */
  title: string;
  entries: Entry[];
}

export function navigationOf(groups: readonly Group[], pages: readonly Listed[], language: Language): ListedGroup[] {
  const shown = new Map<string, Listed>();
  for (const page of pages) if (page.language === 'en') shown.set(page.name, page);
  for (const page of pages) if (page.language === language) shown.set(page.name, page);
  const entryOf = (page: Listed): Entry => ({ ...page, parts: partsOf(page.name, [...shown.values()]) });
  return groups.map(({ title, pages }) => ({
    title: title[language],
    entries: pages.flatMap((name) => shown.get(name) ?? []).map(entryOf),
  }));
}

function partsOf(name: string, pages: readonly Listed[]): ListedGroup[] {
  const groups = new Map<string, Entry[]>();
  for (const page of pages) {
    if (page.partOf !== name) continue;
    const title = page.partGroup ?? '';
    groups.set(title, [...(groups.get(title) ?? []), { ...page, parts: [] }]);
  }
  return [...groups].map(([title, entries]) => ({ title, entries }));
}

export interface Neighbours {
  previous?: Entry;
  next?: Entry;
}

/** In the order of the navigation, parts included. */
export function neighboursOf(name: string, navigation: readonly ListedGroup[]): Neighbours {
  const all = inOrder(navigation);
  if (name === home) return { next: all[0] };
  const at = all.findIndex((entry) => entry.name === name);
  return at === -1 ? {} : { previous: all[at - 1], next: all[at + 1] };
}

function inOrder(groups: readonly ListedGroup[]): Entry[] {
  return groups.flatMap(({ entries }) => entries).flatMap((entry) => [entry, ...inOrder(entry.parts)]);
}
