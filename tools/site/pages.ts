/**
 * The pages of the site: Markdown files under docs/, in the groups and the order of docs/contents.json. A page has the same
 * name in each language: `fit` is docs/fit.md and docs/ko/fit.md, at fit.html and ko/fit.html.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Language, languages } from './words.ts';

export interface Source {
  /** As docs/contents.json has it: 'decisions/README'. */
  name: string;
  language: Language;
  /** Its path in the repository. */
  file: string;
  /** Its path in the site. */
  address: string;
  markdown: string;
  /** The page that it is a part of, and the group of parts that it stands in there. */
  partOf?: string;
  partGroup?: string;
}

export interface Group {
  title: Record<Language, string>;
  pages: string[];
}

export interface Contents {
  groups: Group[];
  sources: Source[];
  /** Pages that are named and not there. */
  missing: string[];
}

/** The page that the others are listed on. */
export const home = 'index';
const decisions = 'decisions/README';
/** Generated from the types, not written in docs/. */
export const reference = 'api/README';

export const addressOf = (name: string, language: Language) =>
  `${language === 'en' ? '' : `${language}/`}${name.replace(/(^|\/)README$/, '$1index')}.html`;

const fileOf = (name: string, language: Language) => `docs/${language === 'en' ? '' : `${language}/`}${name}.md`;

export function readContents(root: string): Contents {
  const groups: Group[] = JSON.parse(readFileSync(join(root, 'docs/contents.json'), 'utf8'));
  const named = groups.flatMap(({ pages }) => pages);
  const names = [home, ...named, ...decisionNames(root)];
  const sources: Source[] = languages.flatMap((language) =>
    names
      .map((name) => ({ ...placeOf(name, language), ...(isDecision(name) ? { partOf: decisions } : {}) }))
      .filter(({ file }) => existsSync(join(root, file)))
      .map((source) => ({ ...source, markdown: readFileSync(join(root, source.file), 'utf8') })),
  );
  const known = new Set(sources.map(({ file }) => file));
  const unnamed = ['docs', 'docs/ko']
    .flatMap((folder) => markdownIn(root, folder).map((file) => `${folder}/${file}`))
    .filter((file) => !known.has(file));
  if (unnamed.length > 0) throw new Error(`docs/contents.json does not name ${unnamed.join(', ')}`);
  return { groups, sources, missing: named.filter((name) => !known.has(fileOf(name, 'en'))) };
}

/** Where a page is written, and where it is read. */
export function placeOf(name: string, language: Language): Pick<Source, 'name' | 'language' | 'file' | 'address'> {
  return { name, language, file: fileOf(name, language), address: addressOf(name, language) };
}

const isDecision = (name: string) => name.startsWith('decisions/') && name !== decisions;

function decisionNames(root: string): string[] {
  return markdownIn(root, 'docs/decisions')
    .filter((file) => file !== 'README.md')
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((file) => `decisions/${file.slice(0, -3)}`);
}

function markdownIn(root: string, folder: string): string[] {
  const path = join(root, folder);
  return existsSync(path) ? readdirSync(path).filter((file) => file.endsWith('.md')) : [];
}
