/** What is read: folders, methods, options, results and what `predict` wrote. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFolder } from '../../../../bench/accuracy/folder.ts';
import { budgetOf, readMethods, wordsOf } from '../../../../bench/accuracy/methods.ts';
import { metricsOf } from '../../../../bench/accuracy/metrics.ts';
import { readOptions } from '../../../../bench/accuracy/options.ts';
import { hashOf, ResultFile } from '../../../../bench/accuracy/results.ts';
import { predictionsOf, progressOf } from '../../../../bench/accuracy/training.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'accuracy-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, value: unknown) => {
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
  return join(folder, name);
};

describe('a folder of tables', () => {
  const table = { task: 'regression', source: 'somewhere', splits: [[1]], rows: 2 };

  it('has tables and, if they are stored, peers', () => {
    mkdirSync(join(folder, 'tables'));
    write('tables/small.csv', 'x,target\n1,2\n3,4\n');
    write('tables.json', { small: table });
    const alone = readFolder(folder);
    expect(alone.peers).toEqual({});
    expect(alone.tables[0]).toMatchObject({ name: 'small', target: 'target', categorical: [], options: [] });
    expect(alone.tables[0].read()).toEqual({
      names: ['x', 'target'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    });
    write('peers.json', { linear: [{ table: 'small', split: 0, metrics: { rmse: 1, r2: 0.5 } }] });
    expect(readFolder(folder).peers).toEqual({ linear: [{ table: 'small', split: 0, metrics: { rmse: 1 } }] });
  });

  it('that is wrong is refused by file and place', () => {
    write('tables.json', { small: { ...table, task: 'ranking' } });
    expect(() => readFolder(folder)).toThrow(/tables\.json: .*\n.*small\.task/);
    expect(() => readFolder(join(folder, 'none'))).toThrow(/tables\.json: no such file$/);
  });
});

describe('methods', () => {
  it('are chosen by name, the others not looked at', () => {
    const file = write('methods.json', {
      a: { train: ['--epochs', '3'] },
      b: { sweep: {} },
      c: { train: [], fit: [] },
    });
    expect(readMethods(file, ['a'])).toEqual([{ name: 'a', row: { train: ['--epochs', '3'] } }]);
    expect(() => readMethods(file, ['d'])).toThrow('--methods: there is no method "d"; there are a; b; c');
    expect(() => readMethods(file, ['b'])).toThrow(/"b": .*sweep/);
    expect(() => readMethods(file, ['c'])).toThrow(/either train or fit/);
  });

  it('give each member its own seed', () => {
    expect(wordsOf({ train: ['-x'] })).toEqual([['-x']]);
    expect(wordsOf({ train: ['-x'], members: 2, resplit: true })).toEqual([
      ['-x', '--seed', '100', '--split.seed', '100'],
      ['-x', '--seed', '101', '--split.seed', '101'],
    ]);
  });

  it('have a budget in seconds', () => {
    expect(budgetOf({ fit: ['--minutes', '0.25'] })).toBe(15);
    expect(budgetOf({ train: [] })).toBeUndefined();
  });

  it.each(['accuracy-methods.json', 'accuracy-ablation.json'])('of %s can all be read', (file) => {
    expect(readMethods(join(root, 'bench', file)).length).toBeGreaterThan(5);
  });
});

describe('options', () => {
  it('are train and fit for a minute on own tables by default', () => {
    const options = readOptions([], root, folder);
    expect(options).toMatchObject({ methods: ['train', 'fit 60 s'], engine: 'cpu', command: 'npm run bench:accuracy' });
    expect([options.tables, options.report]).toEqual([undefined, undefined]);
    expect(options.out).toBe(join(folder, 'bench-results', 'accuracy.jsonl'));
  });

  it('take paths from where the person stands, and publish none of them', () => {
    const options = readOptions(
      ['--tables', '../shared/tables', '--report', '--splits', '2', '--ablation'],
      root,
      folder,
    );
    expect(options).toMatchObject({ tables: join(folder, '../shared/tables'), splits: 2, methods: undefined });
    expect(options.report).toBe(join(root, 'docs', 'accuracy.md'));
    expect(options.methodsFile).toBe(join(root, 'bench', 'accuracy-ablation.json'));
    expect(options.command).toBe('npm run bench:accuracy -- --tables tables --report --splits 2 --ablation');
    expect(readOptions(['--splits', 'last'], root).splits).toBe('last');
    expect(() => readOptions(['--splits', 'few'], root)).toThrow('--splits: few is no number of splits, nor "last".');
  });
});

describe('results', () => {
  const line = (key: string, method: string) => ({
    key,
    method,
    table: 't',
    split: 0,
    build: 'b',
    metrics: { rmse: 1 },
    wall: 1,
    cpu: 1,
  });

  it('are there again, and lines of the same key count once', () => {
    const file = join(folder, 'new', 'results.jsonl');
    const first = new ResultFile(file);
    expect(first.get('a')).toBeUndefined();
    first.add(line('a', 'old'));
    first.add(line('b', 'other'));
    first.add(line('a', 'new'));
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(3);
    expect(new ResultFile(file).get('a')).toEqual(line('a', 'new'));
    expect(new ResultFile(file).get('b')).toEqual(line('b', 'other'));
  });

  it('have another key for other rows, words or engine', () => {
    const keys = [
      hashOf('rows', 'cpu', { train: [] }),
      hashOf('rows', 'cpu', { train: ['-x'] }),
      hashOf('rows', 'auto', { train: [] }),
    ];
    expect(new Set(keys).size).toBe(3);
    expect(hashOf('rows', 'cpu', { train: [] })).toBe(keys[0]);
  });
});

describe('what predict wrote', () => {
  it('is a number, or the probability of each class', () => {
    const regression = { task: 'regression' as const, target: 'y' };
    expect(predictionsOf(regression, 'x,predicted_y\n1,2.5\n2,-1e3\n').rows).toEqual([[2.5], [-1000]]);
    const text = 'x,predicted_c,probability_a,"probability_b, c"\n1,a,0.75,0.25\n';
    expect(predictionsOf({ task: 'classification', target: 'c' }, text)).toEqual({
      classes: ['a', 'b, c'],
      rows: [[0.75, 0.25]],
    });
  });

  it('is refused where a row has no prediction', () => {
    const predictions = predictionsOf({ task: 'regression', target: 'y' }, 'x,predicted_y\n1,2.5\n2,\n');
    expect(() => metricsOf('regression', ['1', '2'], predictions)).toThrow('the prediction of row 2 is no number');
  });
});

describe('the progress of fit', () => {
  it('is the score of each time, under either name', () => {
    const entries = [
      { seconds: 1, metrics: null },
      { seconds: 2, metrics: { rmse: 3 } },
      { seconds: 3, score: 2 },
    ];
    expect(progressOf('regression', entries)).toEqual([
      { seconds: 2, score: 3 },
      { seconds: 3, score: 2 },
    ]);
    expect(progressOf('regression', undefined)).toBeUndefined();
  });
});
