/** Every page of docs/ has its place on the site, and a page in another language is the same page. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { docPages, readPage } from '../../support/text/code-blocks.ts';

const name = (path: string) => basename(path, '.md');

it('the contents of the site name every page, once', () => {
  const contents: { pages: string[] }[] = JSON.parse(readFileSync('docs/contents.json', 'utf8'));
  const named = contents.flatMap(({ pages }) => pages);
  expect(new Set(named).size).toBe(named.length);
  // The first page lists the others.
  const pages = docPages().map(({ path }) => name(path));
  expect(named).toEqual(expect.arrayContaining(pages.filter((page) => page !== 'index')));
});

it('every page is in Korean but the benchmarks, which are a log', () => {
  const korean = docPages('docs/ko').map(({ path }) => name(path));
  const pages = docPages().map(({ path }) => name(path));
  expect(pages.filter((page) => !korean.includes(page))).toEqual(['benchmarks']);
});

describe.each(docPages('docs/ko'))('$path', ({ path, blocks, headings }) => {
  const english = readPage(`docs/${name(path)}.md`);

  it('has the code blocks of the English page', () => {
    const own = (all: typeof blocks) => all.map(({ language, file, code }) => ({ language, file, code }));
    expect(own(blocks)).toEqual(own(english.blocks));
  });

  it('has headings of the same levels, in the same order', () => {
    const levels = (all: string[]) => all.map((heading) => heading.indexOf(' '));
    expect(levels(headings)).toEqual(levels(english.headings));
  });
});
