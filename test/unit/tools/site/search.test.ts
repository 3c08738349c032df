/** Words find the sections that have them, in both languages. */
import MiniSearch from 'minisearch';
import { describe, expect, it } from 'vitest';
import { type Indexed, searchOptions, stem } from '../../../../tools/site/client/search-options.ts';
import { parse } from '../../../../tools/site/markdown.ts';
import { searchIndexOf } from '../../../../tools/site/search-index.ts';

const page = (address: string, markdown: string) => ({ address, ...parse(markdown) });

const index = MiniSearch.loadJSON<Indexed>(
  searchIndexOf([
    page(
      'fit.html',
      '# Fit\n\nAn ensemble of networks.\n\n## Early stopping\n\nSee `patience`.\n\n```ts\nrequestEngine()\n```\n',
    ),
    page('numbers.html', '# Numbers\n\nWhat early stopping leaves; a learning_rate is decayed.\n'),
    page(
      'ko/fit.html',
      '# 가장 좋은 모델\n\n학습률을 낮춥니다.\n\n## 조기 종료\n\n체크포인트에서 이어서 학습합니다.\n',
    ),
  ]),
  searchOptions,
);
const found = (query: string) => index.search(query).map(({ id }) => id);

describe('the search', () => {
  it.each([
    ['ensemble', 'fit.html'],
    ['ENSEM', 'fit.html'],
    ['ensemple', 'fit.html'],
    ['patience', 'fit.html#early-stopping'],
    ['requestengine', 'fit.html#early-stopping'],
    ['learning_rate', 'numbers.html'],
    ['rate learning', 'numbers.html'],
    ['학습률', 'ko/fit.html'],
    ['학습률은', 'ko/fit.html'],
    ['체크포인트를', `ko/fit.html#${encodeURIComponent('조기-종료')}`],
  ])('finds %s', (query, id) => {
    expect(found(query)).toEqual([id]);
  });

  it('puts headings before text', () => {
    expect(found('early stopping')).toEqual(['fit.html#early-stopping', 'numbers.html']);
  });

  it('finds nothing where a word is nowhere', () => {
    expect(found('ensemble unicorn')).toEqual([]);
  });

  it('knows what is shown of a place', () => {
    expect(index.search('patience')[0]).toMatchObject({
      page: 'Fit',
      heading: 'Early stopping',
      excerpt: 'See patience.',
    });
  });
});

it('Korean words lose their particles, and keep two letters', () => {
  expect(['학습률을', '엔진에서는', '모델', '나이', 'Rates'].map(stem)).toEqual([
    '학습률',
    '엔진',
    '모델',
    '나이',
    'rates',
  ]);
});
