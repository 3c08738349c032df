/** A page of the site as HTML: what stands around its text. */

import { escaped } from '../../src/html/escape.ts';
import { ownPolicy } from '../../src/machine/page-headers.ts';
import { relativeAddress } from './links.ts';
import type { Heading } from './markdown.ts';
import type { Entry, ListedGroup, Neighbours } from './navigation.ts';
import { addressOf, home } from './pages.ts';
import { type Language, words } from './words.ts';

/** Files that every page asks for, by their paths in the site. */
export interface Assets {
  script: string;
  style: string;
  /** The index of the search in each language. */
  search: Record<Language, string>;
}

export interface LaidOut {
  name: string;
  language: Language;
  address: string;
  title: string;
  summary: string;
  /** Its text. */
  html: string;
  headings: readonly Heading[];
  /** Whether the other language has it too. */
  translated: boolean;
  navigation: readonly ListedGroup[];
  neighbours: Neighbours;
  /** Where its Markdown is; generated pages have none. */
  source?: string;
}

/** As the lab's own, without the tile. */
const curve =
  '<path d="M1 12C5 12 5 3 8 3s3 9 7 9" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>';
const icon = `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>${curve.replaceAll('"', "'").replace('currentColor', '%230b63a8')}</svg>`;

export function layOut(page: LaidOut, assets: Assets): string {
  const { name, language, address, title, summary, html, headings, translated, navigation, neighbours, source } = page;
  const text = words[language];
  const to = (target: string) => escaped(relativeAddress(address, target));
  const other = language === 'en' ? 'ko' : 'en';
  const atHome = name === home;
  const otherPage = addressOf(translated ? name : home, other);
  const contents = headings.filter(({ level }) => level === 2 || level === 3);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta http-equiv="Content-Security-Policy" content="${escaped(ownPolicy)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escaped(summary)}">
<title>${atHome ? `${text.name}: ${text.docs}` : `${escaped(title)} · ${text.name}`}</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="${to(assets.style)}">
${translated ? `<link rel="alternate" hreflang="${other}" href="${to(otherPage)}">\n` : ''}<script type="module" src="${to(assets.script)}"></script>
</head>
<body${atHome ? ' class="home"' : ''}>
<a class="skip" href="#text">${text.skip}</a>
<header>
<button class="quiet" id="open-menu" type="button" popovertarget="menu" aria-label="${text.menu}" title="${text.menu}"><svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d="M2 4h12M2 8h12M2 12h12" fill="none" stroke="currentColor" stroke-width="1.5"/></svg></button>
<a class="name" id="home" href="${to(addressOf(home, language))}"><svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">${curve}</svg><span>${text.name}</span> <small>${text.docs}</small></a>
<button id="search" type="button" data-index="${to(assets.search[language])}" aria-label="${text.search}" aria-keyshortcuts="/" hidden><svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="m10.5 10.5 3.5 3.5" stroke="currentColor" stroke-width="1.5"/></svg><span>${text.search}</span><kbd aria-hidden="true">/</kbd></button>
<a class="quiet" lang="${other}" hreflang="${other}" href="${to(otherPage)}"${translated ? '' : ` title="${text.onlyHere}"`}>${text.otherLanguage}</a>
<a class="quiet lab" href="${to(`../index.html${language === 'en' ? '' : `?lang=${language}`}`)}">${text.openLab}</a>
</header>
<div class="columns">
<nav class="menu" id="menu" popover aria-label="${text.navigation}">
<button class="quiet" id="close-menu" type="button" popovertarget="menu" popovertargetaction="hide" aria-label="${text.closeMenu}"><svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d="m4 4 8 8m0-8-8 8" fill="none" stroke="currentColor" stroke-width="1.5"/></svg></button>
${navigation.map((group) => groupOf(group, page)).join('\n')}
</nav>
<main id="text" tabindex="-1">
<article>
${html}</article>
${neighboursNav(neighbours, page)}
<footer>
${source ? `<a class="source" href="${escaped(source)}">${text.source}</a>\n` : ''}<a class="source" href="${to('third-party-notices.txt')}">${text.notices}</a>
</footer>
</main>
${contents.length > 1 ? `<nav class="contents" aria-labelledby="contents">\n<p id="contents">${text.onThisPage}</p>\n<ul>\n${contents.map(contentsItem).join('\n')}\n</ul>\n</nav>\n` : ''}</div>
</body>
</html>
`;
}

const contentsItem = ({ level, id, text }: Heading) =>
  `<li${level === 3 ? ' class="deep"' : ''}><a class="heading-link" href="#${encodeURIComponent(id)}">${escaped(text)}</a></li>`;

function groupOf({ title, entries }: ListedGroup, page: LaidOut): string {
  return `<h2>${escaped(title)}</h2>\n<ul>\n${entries.map((entry) => entryOf(entry, page)).join('\n')}\n</ul>`;
}

function entryOf(entry: Entry, page: LaidOut): string {
  const open = [entry, ...entry.parts.flatMap(({ entries }) => entries)].some(({ name }) => name === page.name);
  return `<li>${linkTo(entry, page)}${open ? entry.parts.map((part) => partOf(part, page)).join('') : ''}</li>`;
}

function partOf({ title, entries }: ListedGroup, page: LaidOut): string {
  const heading = title && `\n<h3>${escaped(title)}</h3>`;
  return `${heading}\n<ul class="parts">\n${entries.map((entry) => entryOf(entry, page)).join('\n')}\n</ul>`;
}

/** A page in another language says so. */
export function linkTo(
  entry: Entry,
  { name, language, address }: Pick<LaidOut, 'name' | 'language' | 'address'>,
): string {
  const { inEnglish, onlyInEnglish } = words[language];
  const current = entry.name === name && entry.language === language ? ' aria-current="page"' : '';
  const foreign = entry.language === language ? '' : ` lang="${entry.language}" hreflang="${entry.language}"`;
  const mark = foreign ? ` <small title="${onlyInEnglish}">${inEnglish}</small>` : '';
  return `<a class="page-link" href="${escaped(relativeAddress(address, entry.address))}"${current}${foreign}>${escaped(entry.title)}</a>${mark}`;
}

function neighboursNav({ previous, next }: Neighbours, page: LaidOut): string {
  if (!previous && !next) return '';
  const text = words[page.language];
  const one = (entry: Entry | undefined, kind: 'previous' | 'next') =>
    entry
      ? `<a class="${kind}" rel="${kind === 'next' ? 'next' : 'prev'}" href="${escaped(relativeAddress(page.address, entry.address))}"><small>${text[kind]}</small> <span${entry.language === page.language ? '' : ` lang="${entry.language}"`}>${escaped(entry.title)}</span></a>`
      : '';
  return `<nav class="neighbours" aria-label="${text.neighbours}">\n${one(previous, 'previous')}${one(next, 'next')}\n</nav>`;
}
