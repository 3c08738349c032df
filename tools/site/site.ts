/** The documentation as pages: everything that is read from docs/, and what is written of it. */
import { readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { apiPages } from './api.ts';
import { createHighlight } from './highlight.ts';
import { listOfPages } from './home.ts';
import { type Assets, layOut } from './layout.ts';
import { type Destinations, relativeAddress, repositoryPage, resolveLink } from './links.ts';
import { type Parsed, type Picture, parse, render, type Surroundings } from './markdown.ts';
import { navigationOf, neighboursOf } from './navigation.ts';
import { home, placeOf, readContents, reference, type Source } from './pages.ts';
import { searchIndexOf } from './search-index.ts';
import { webpSize } from './webp-size.ts';
import { type Language, languages, words } from './words.ts';

export interface Site {
  /** Pages that docs/contents.json names and that are not there. */
  missing: string[];
  /** The index of the search in each language. */
  search: Record<Language, string>;
  /** Paths of the pictures that pages show, in docs/. */
  pictures: Record<Language, string[]>;
  pages(assets: Assets): { address: string; language: Language; html: string }[];
}

type Page = Source & Parsed;

const referenceGroup = { title: { en: words.en.reference, ko: words.ko.reference }, pages: [reference] };

/** Throws all that is wrong in the pages at once, each with its file and line. */
export async function readSite(root: string): Promise<Site> {
  const { groups, sources: written, missing } = readContents(root);
  const generated = (await apiPages()).map(
    ({ path, group, markdown }): Source => ({
      ...placeOf(path, 'en'),
      markdown,
      ...(path === reference ? {} : { partOf: reference, partGroup: group }),
    }),
  );
  const sources = [...written, ...generated];
  const pages: Page[] = sources.map((source) => ({ ...source, ...parse(source.markdown) }));
  const repository = repositoryPage(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).repository.url);
  const destinations: Destinations = {
    pages: new Map(pages.map(({ file, address }) => [file, address])),
    anchors: new Map(pages.map(({ file, headings }) => [file, new Set(headings.map(({ id }) => id))])),
    kindOf: (path) => {
      const found = statSync(join(root, path), { throwIfNoEntry: false });
      return found && (found.isDirectory() ? 'folder' : 'file');
    },
    repository,
  };
  const highlight = await createHighlight();
  const problems: string[] = [];
  const pictures: Record<Language, Set<string>> = { en: new Set(), ko: new Set() };

  const surroundingsOf = ({ file, address, language }: Page): Surroundings => {
    const problem = (text: string, line: number) => problems.push(`${file}:${line}: ${text}`);
    return {
      problem,
      highlight,
      link(href, line) {
        const link = resolveLink(href, { file, address }, destinations);
        if (link.problem === undefined) {
          return { href: link.href, title: pages.find((page) => page.file === link.file)?.title };
        }
        problem(`the link to ${href} leads nowhere: ${link.problem}`, line);
        return { href };
      },
      picture(src, line) {
        const picture = pictureAt(root, posix.join(posix.dirname(file), src));
        if (!picture) problem(`there is no picture ${src} in docs/pictures`, line);
        if (!picture) return undefined;
        const { dark, ...light } = picture;
        for (const path of [light.src, dark]) if (path) pictures[language].add(path);
        return {
          ...light,
          src: relativeAddress(address, light.src),
          dark: dark && relativeAddress(address, dark),
        };
      },
    };
  };
  const texts = new Map(pages.map((page) => [page, render(page, surroundingsOf(page))]));
  if (problems.length > 0) throw new Error(`The documentation has faults:\n${problems.join('\n')}`);

  const navigations = Object.fromEntries(
    languages.map((language) => [language, navigationOf([...groups, referenceGroup], pages, language)]),
  ) as Record<Language, ReturnType<typeof navigationOf>>;
  const has = (name: string, language: Language) =>
    pages.some((page) => page.name === name && page.language === language);
  const search = (language: Language) =>
    searchIndexOf(
      pages.filter((page) => page.language === language || (page.language === 'en' && !has(page.name, language))),
    );

  return {
    missing,
    search: { en: search('en'), ko: search('ko') },
    pictures: { en: [...pictures.en], ko: [...pictures.ko] },
    pages: (assets) =>
      pages.map((page) => {
        const { name, language, address, title, summary, headings, file } = page;
        const navigation = navigations[language];
        const list = name === home ? listOfPages(navigation, language, address) : '';
        const laidOut = {
          ...{ name, language, address, title, summary, headings, navigation },
          html: texts.get(page) + list,
          translated: has(name, language === 'en' ? 'ko' : 'en'),
          neighbours: neighboursOf(name, navigation),
          source: written.some((source) => source.file === file) ? `${repository}/blob/HEAD/${file}` : undefined,
        };
        return { address, language, html: layOut(laidOut, assets) };
      }),
  };
}

/** Of NAME-light.webp there is NAME-dark.webp too. */
function pictureAt(root: string, path: string): Picture | undefined {
  const at = (file: string) => file.replace(/^docs\//, '');
  if (!/^docs\/pictures\/[\w-]+\.webp$/.test(path) || !statSync(join(root, path), { throwIfNoEntry: false }))
    return undefined;
  const dark = path.replace('-light.webp', '-dark.webp');
  const hasDark = dark !== path && statSync(join(root, dark), { throwIfNoEntry: false });
  return { src: at(path), ...(hasDark ? { dark: at(dark) } : {}), ...webpSize(readFileSync(join(root, path))) };
}
