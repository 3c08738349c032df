/** Where links of the documentation lead, and what is said of those that lead nowhere. */
import { describe, expect, it } from 'vitest';
import { type Destinations, relativeAddress, repositoryPage, resolveLink } from '../../../../tools/site/links.ts';

const destinations: Destinations = {
  pages: new Map([
    ['docs/fit.md', 'fit.html'],
    ['docs/ko/fit.md', 'ko/fit.html'],
    ['docs/decisions/README.md', 'decisions/index.html'],
    ['docs/decisions/16-defaults.md', 'decisions/16-defaults.html'],
  ]),
  anchors: new Map([
    ['docs/fit.md', new Set(['how-it-works'])],
    ['docs/ko/fit.md', new Set(['작동-방식'])],
  ]),
  kindOf: (path) => (({ 'src/fit/fit.ts': 'file', src: 'folder' }) as const)[path],
  repository: 'https://github.com/owner/name',
};

const at = (file: string) => ({ file, address: destinations.pages.get(file) ?? '' });
const resolve = (href: string, from: string) => resolveLink(href, at(from), destinations);

describe('a link', () => {
  it.each([
    ['fit.md', 'docs/decisions/16-defaults.md', undefined],
    ['../fit.md', 'docs/decisions/16-defaults.md', '../fit.html'],
    ['decisions/16-defaults.md', 'docs/fit.md', 'decisions/16-defaults.html'],
    ['decisions', 'docs/fit.md', 'decisions/index.html'],
    ['decisions/', 'docs/fit.md', 'decisions/index.html'],
    ['#how-it-works', 'docs/fit.md', '#how-it-works'],
    ['fit.md#how-it-works', 'docs/fit.md', 'fit.html#how-it-works'],
    ['../ko/fit.md#작동-방식', 'docs/decisions/README.md', `../ko/fit.html#${encodeURIComponent('작동-방식')}`],
    ['../src/fit/fit.ts', 'docs/fit.md', 'https://github.com/owner/name/blob/HEAD/src/fit/fit.ts'],
    ['../../src/fit/fit.ts', 'docs/ko/fit.md', 'https://github.com/owner/name/blob/HEAD/src/fit/fit.ts'],
    ['../src/', 'docs/fit.md', 'https://github.com/owner/name/tree/HEAD/src'],
    ['https://webgpu.org/', 'docs/fit.md', 'https://webgpu.org/'],
  ])('to %s from %s leads to %s', (href, from, target) => {
    expect(resolve(href, from)).toMatchObject(
      target === undefined ? { problem: expect.any(String) } : { href: target },
    );
  });

  it.each([
    ['fitt.md', 'there is no docs/fitt.md'],
    ['ko/fitt.md', 'there is no docs/ko/fitt.md'],
    ['fit.md#how-it-work', 'docs/fit.md has no heading #how-it-work'],
    ['#results', 'docs/fit.md has no heading #results'],
    ['../src/fit/fitt.ts', 'there is no src/fit/fitt.ts'],
    ['../../elsewhere', 'there is no ../elsewhere'],
  ])('to %s leads nowhere: %s', (href, problem) => {
    expect(resolve(href, 'docs/fit.md')).toEqual({ problem });
  });
});

it('pages find each other under any folder', () => {
  expect(relativeAddress('index.html', 'assets/site.css')).toBe('assets/site.css');
  expect(relativeAddress('ko/decisions/index.html', 'assets/site.css')).toBe('../../assets/site.css');
  expect(relativeAddress('ko/fit.html', 'fit.html')).toBe('../fit.html');
});

it('the repository is a page', () => {
  expect(repositoryPage('git+https://github.com/owner/name.git')).toBe('https://github.com/owner/name');
});
