/** What is written: facts, losses and sources, and somebody's words around it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ablationOf, differenceOf } from '../../../../bench/accuracy/ablation.ts';
import { compareTable } from '../../../../bench/accuracy/compare.ts';
import type { Method } from '../../../../bench/accuracy/methods.ts';
import { pageWith } from '../../../../bench/accuracy/page.ts';
import { lossLines, reportOf } from '../../../../bench/accuracy/report.ts';
import type { ResultLine } from '../../../../bench/accuracy/results.ts';
import type { MethodStudy, Study } from '../../../../bench/accuracy/study.ts';
import { classes, numbers } from './study.ts';

const stored = (table: string, metrics: object, cpu = 2) => ({ table, split: 0, metrics, wall: 1, cpu });
const peers = {
  'mean or prior': [stored('numbers', { rmse: 20 }), stored('classes', { log_loss: 0.7, accuracy: 0.5 })],
  linear: [stored('numbers', { rmse: 10 }), stored('classes', { log_loss: 0.5, accuracy: 0.75 })],
  xgboost: [stored('numbers', { rmse: 5 }), stored('classes', { log_loss: 0.25, accuracy: 0.875 })],
};

function method(
  name: string,
  row: Method['row'],
  results: Omit<ResultLine, 'key' | 'method' | 'build'>[],
): MethodStudy {
  return {
    name,
    method: { name, row },
    results: results.map((result) => ({ key: '', method: name, build: 'b', ...result })),
    comparisons: results.map((result) => compareTable(result.table === 'numbers' ? numbers : classes, [result], peers)),
  };
}

const progress = [
  { seconds: 2, score: 6 },
  { seconds: 4, score: 4.5 },
];
const train = method('train', { train: [] }, [
  stored('numbers', { rmse: 12 }),
  stored('classes', { log_loss: 0.25, accuracy: 0.875 }),
]);
const short = method('fit 6 s', { fit: ['--minutes', '0.1'] }, [stored('numbers', { rmse: 6 })]);
const long = method('fit 60 s', { fit: ['--minutes', '1'] }, [{ ...stored('numbers', { rmse: 4 }), progress }]);
const boosting: MethodStudy = {
  name: 'xgboost',
  results: peers.xgboost,
  comparisons: [numbers, classes].map((table) =>
    compareTable(
      table,
      peers.xgboost.filter((result) => result.table === table.name),
      peers,
    ),
  ),
};
const study: Study = {
  tables: [
    { table: numbers, rows: 40, columns: 1, gaps: 3 },
    { table: classes, rows: 40, columns: 1, classes: 2, gaps: 0 },
  ],
  peers,
  methods: [train, short, long],
  peerStudies: [boosting],
  failures: [
    { method: 'fit 60 s', table: 'classes', split: 0, why: 'ended with 1' },
    { method: 'fit 60 s', table: 'classes', split: 1, why: 'ended with 1' },
  ],
};
const facts = {
  machine: 'Some CPU, 2 cores',
  engine: 'cpu',
  builds: ['abc'],
  command: 'npm run bench:accuracy -- --tables tables',
  date: '2026-01-02T03:04:05.000Z',
};

describe('the report', () => {
  const text = reportOf(study, facts);

  it.each([
    'Some CPU, 2 cores',
    'Engine: cpu',
    'abc',
    '2026-01-02',
    '`npm run bench:accuracy -- --tables tables`',
    'numbers, made for tests',
    'Score: 1 is the best peer',
    '- fit 60 s failed: ended with 1 (2 splits: classes 0, classes 1)',
    '| numbers | RMSE | 10.0 | 5.00 (xgboost) | 5.00 (xgboost) | 12.0 (−0.40) | 6.00 (0.80) | 4.00 (1.20) |',
    '| classes | 12.5 % | 12.5 % | – | – |',
  ])('says %s', (words) => {
    expect(text).toContain(words);
  });

  it('tells every loss', () => {
    expect(lossLines(study)).toEqual([
      '- train, numbers: RMSE 12.0, 2.40 times that of xgboost, 1.20 times that of the linear model.',
      '- fit 6 s, numbers: RMSE 6.00, 1.20 times that of xgboost.',
    ]);
  });

  it('says when XGBoost was passed, on test and on validation rows', () => {
    expect(text).toContain('| numbers | 2.00 | 60.0 (1.00) | 4.00 |');
    const tooShort = { ...study, methods: [train, short] };
    expect(reportOf(tooShort, facts)).toContain('| numbers | 2.00 | not within 6 | – |');
    expect(reportOf({ ...study, methods: [train] }, facts)).not.toContain('Time until');
  });
});

describe('an ablation', () => {
  const slower = method('without it', { train: ['--x'] }, [
    stored('numbers', { rmse: 6 }, 4),
    stored('classes', { log_loss: 0.5, accuracy: 0.75 }, 1),
  ]);

  it('is beside the first method, on the tables of both', () => {
    expect(differenceOf(slower, train)).toEqual({
      name: 'without it',
      tables: 2,
      rmse: expect.closeTo(0.5, 12),
      logLoss: expect.closeTo(2, 12),
      errorRate: expect.closeTo(2, 6),
      // From -0.4 to 0.8 and from 1 to 0.
      score: expect.closeTo(0.1, 12),
      better: 1,
      worse: 1,
      cpu: expect.closeTo(1, 12),
    });
    expect(differenceOf(short, train)).toMatchObject({ tables: 1, logLoss: undefined, better: 1, worse: 0 });
  });

  it('is a table of the others', () => {
    const text = ablationOf({ ...study, methods: [train, slower] }, facts);
    expect(text).toContain('| without it | 0.100 | 0.500 | 2.00 | 2.00 | 1 / 1 / 0 | 1.00 |');
    expect(text).toContain('Some CPU, 2 cores');
  });
});

describe('the page', () => {
  it('keeps what stands outside of the marks, and the other part', () => {
    const first = pageWith('measured', 'figures').replace('<!-- /measured -->', '<!-- /measured -->\n\nWhy.');
    const second = pageWith('ablation', 'parts', first);
    const third = pageWith('measured', 'new figures', second);
    expect(third).toContain('<!-- measured -->\n\nnew figures\n\n<!-- /measured -->\n\nWhy.');
    expect(third).toContain('<!-- ablation -->\n\nparts\n\n<!-- /ablation -->');
    expect(third).not.toContain('\nfigures');
  });

  it('refuses a page without marks', () => {
    expect(() => pageWith('measured', 'figures', '# Mine')).toThrow('the page has no <!-- measured -->');
  });

  it('links to what is there', () => {
    const links = [...pageWith('measured', '').matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);
    expect(links).toEqual(['../bench/README.md']);
    for (const link of links) expect(existsSync(join(import.meta.dirname, '../../../../docs', link))).toBe(true);
  });
});

it.each(['docs/accuracy.md', 'docs/ko/accuracy.md'])('the figures with which %s begins are measured', (page) => {
  const [, measured] = readFileSync('docs/accuracy.md', 'utf8').split('<!-- measured -->');
  const [summary] = readFileSync(page, 'utf8').split('\n## ');
  const rowsOf = (text: string) =>
    [...text.matchAll(/^\| .* \|$/gm)].map(([row]) =>
      row
        .slice(2, -2)
        .split('|')
        .map((cell) => cell.trim()),
    );
  const [, , ...rows] = rowsOf(summary);
  expect(rows.length).toBeGreaterThan(5);
  for (const [name, score, behind, seconds] of rows) {
    const own = rowsOf(measured).find(([method]) => method === name) ?? [];
    expect([name, own[2], own[6], own[8]]).toEqual([name, score, behind, seconds]);
  }
});
