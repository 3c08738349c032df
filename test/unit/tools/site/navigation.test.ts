/** Pages in their groups, in each language. */
import { describe, expect, it } from 'vitest';
import { layOut } from '../../../../tools/site/layout.ts';
import { type Listed, navigationOf, neighboursOf } from '../../../../tools/site/navigation.ts';
import { addressOf, home } from '../../../../tools/site/pages.ts';
import type { Language } from '../../../../tools/site/words.ts';

const groups = [
  { title: { en: 'Start', ko: '시작' }, pages: ['fit', 'absent'] },
  { title: { en: 'Inside', ko: '내부' }, pages: ['decisions/README'] },
];

function page(name: string, language: Language, more: Partial<Listed> = {}): Listed {
  const title = language === 'en' ? `About ${name}` : `${name} 안내`;
  return { name, language, title, summary: '', address: addressOf(name, language), ...more };
}

const pages = [
  page('fit', 'en'),
  page('fit', 'ko'),
  page('decisions/README', 'en'),
  page('decisions/1-plan', 'en', { partOf: 'decisions/README' }),
  page('decisions/2-cores', 'en', { partOf: 'decisions/README', partGroup: 'Later' }),
];

const english = navigationOf(groups, pages, 'en');
const korean = navigationOf(groups, pages, 'ko');

describe('the navigation', () => {
  it('has the pages that are there, in their groups', () => {
    expect(english.map(({ title, entries }) => [title, entries.map(({ address }) => address)])).toEqual([
      ['Start', ['fit.html']],
      ['Inside', ['decisions/index.html']],
    ]);
    expect(english[1].entries[0].parts.map(({ title, entries }) => [title, entries.map(({ name }) => name)])).toEqual([
      ['', ['decisions/1-plan']],
      ['Later', ['decisions/2-cores']],
    ]);
  });

  it('has English pages where there are no Korean ones', () => {
    const entries = korean.flatMap(({ entries }) => entries);
    expect(entries.map(({ language, address }) => [language, address])).toEqual([
      ['ko', 'ko/fit.html'],
      ['en', 'decisions/index.html'],
    ]);
  });

  it('gives each page its neighbours, parts in between', () => {
    expect(neighboursOf(home, english).next?.name).toBe('fit');
    expect(neighboursOf('fit', english)).toMatchObject({ previous: undefined, next: { name: 'decisions/README' } });
    expect(neighboursOf('decisions/1-plan', english)).toMatchObject({
      previous: { name: 'decisions/README' },
      next: { name: 'decisions/2-cores' },
    });
  });
});

describe('a page', () => {
  const laidOut = (name: string, language: Language, translated: boolean) =>
    layOut(
      {
        ...page(name, language),
        html: '<h1>x</h1>',
        headings: [],
        translated,
        navigation: language === 'en' ? english : korean,
        neighbours: {},
      },
      { script: 'a.js', style: 'a.css', search: { en: 'en.json', ko: 'ko.json' } },
    );

  it('says which entries are in English alone', () => {
    const html = laidOut('fit', 'ko', true);
    expect(html).toContain('<a class="page-link" href="fit.html" aria-current="page">fit 안내</a></li>');
    expect(html).toContain(
      'href="../decisions/index.html" lang="en" hreflang="en">About decisions/README</a> <small title="영어로만 있습니다">영어</small>',
    );
  });

  it('lists the parts of a page where one of them is open, and nowhere else', () => {
    expect(laidOut('decisions/1-plan', 'en', false)).toContain('2-cores');
    expect(laidOut('fit', 'en', true)).not.toContain('2-cores');
  });

  it('leads to itself in the other language, or else to the first page of that', () => {
    expect(laidOut('fit', 'en', true)).toContain('lang="ko" hreflang="ko" href="ko/fit.html"');
    expect(laidOut('decisions/1-plan', 'en', false)).toContain(
      'lang="ko" hreflang="ko" href="../ko/index.html" title="이 페이지는 영어로만 있습니다"',
    );
  });

  it('has no style or script within it', () => {
    expect(laidOut('fit', 'en', true)).not.toMatch(/<style|style=|<script(?![^>]*src=)/);
  });
});
