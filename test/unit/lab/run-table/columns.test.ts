/** The table of runs: what it groups by, its columns, its order and what a filter leaves. */
import { describe, expect, test } from 'vitest';
import { columnsOf, filtered, groupsOf, sorted, writtenIn } from '../../../../src/lab/run-table/columns.ts';
import { seedGroups } from '../../../../src/lab/runs/compare.ts';
import { namesOf } from '../../../../src/lab/runs/names.ts';
import { rowsOf } from '../../../../src/lab/runs/order.ts';
import { runOf } from '../../../support/lab/stored-runs.ts';

const small = runOf({ 'training.batch_size': 8, 'model.activation': 'relu' }, { scores: { rmse: 3, r2: 0.1 } });
const large = runOf({ 'training.batch_size': 64 }, { scores: { rmse: 1, r2: 0.9 }, mark: { note: 'the quick one' } });
const halted = runOf({ 'training.batch_size': 16 }, { scores: {}, state: 'paused' });
const runs = [small, large, halted];

const column = (key: string) => {
  const found = columnsOf(runs, false).find((known) => known.key === key);
  if (!found) throw new Error(`there is no column ${key}`);
  return found;
};
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);

test('runs of one table and target are one group, those that differ in either are another', () => {
  const other = runOf({}, { table: { key: 'b', name: 'b.csv', rows: 3 } });
  const target = runOf({}, { target: 'z' });
  const groups = groupsOf([small, other, large, target], false);
  expect(groups.map(({ table, target: of, rows }) => [table, of, rows.length])).toEqual([
    ['a.csv', 'y', 2],
    ['b.csv', 'y', 1],
    ['a.csv', 'z', 1],
  ]);
});

test('points of a metric stand below each other, unless some are means with their spread', () => {
  const fine = runOf({ 'training.batch_size': 4 }, { scores: { rmse: 0.0625, r2: 0.95 } });
  const rmse = columnsOf([small, fine], false).find(({ key }) => key === 'rmse')!;
  expect(writtenIn(rmse, rowsOf([small, fine], false))).toEqual(['3.00\u2007\u2007', '0.0625']);
  const seeds = [1, 2].map((seed) => runOf({ 'training.seed': seed }, { scores: { rmse: seed } }));
  const grouped = columnsOf([...seeds, fine], true).find(({ key }) => key === 'rmse')!;
  expect(writtenIn(grouped, rowsOf([...seeds, fine], true))).toEqual(['1.50 ± 0.71', '0.0625']);
});

test('columns are the metrics that any run has, the settings that differ, and how long it took', () => {
  expect(columnsOf(runs, false).map(({ key }) => key)).toEqual([
    'rmse',
    'r2',
    'trial.model.activation',
    'trial.training.batch_size',
    'epochs',
    'seconds',
    'created',
  ]);
});

describe('the order', () => {
  const rows = rowsOf(runs, false);

  test('is of numbers where they are numbers, and what has none comes last both ways', () => {
    expect(ids(sorted(rows, column('trial.training.batch_size'), false))).toEqual([small.id, halted.id, large.id]);
    expect(ids(sorted(rows, column('rmse'), false))).toEqual([large.id, small.id, halted.id]);
    expect(ids(sorted(rows, column('rmse'), true))).toEqual([small.id, large.id, halted.id]);
  });

  test('begins with the better end of a metric', () => {
    expect(column('rmse').largestFirst).toBe(false);
    expect(column('r2').largestFirst).toBe(true);
  });
});

test('a filter leaves the runs that have all its words, in whatever they say', () => {
  const [group] = groupsOf(runs, false);
  const found = (words: string) => ids(filtered(group, words, ({ id }) => id));
  expect(found('')).toEqual(ids(group.rows));
  expect(found('QUICK one')).toEqual([large.id]);
  expect(found('relu')).toEqual([small.id]);
  expect(found('not finished')).toEqual([halted.id]);
  expect(found('quick relu')).toEqual([]);
  expect(found(small.id)).toEqual([small.id]);
});

test('runs that differ only by seed are one row with mean and spread, without a column of seeds', () => {
  const seeds = [1, 2].map((seed) => runOf({ 'training.seed': seed }, { scores: { rmse: seed } }));
  const [group] = groupsOf(seeds, true);
  expect(group.rows).toHaveLength(1);
  expect(group.columns.map(({ key }) => key)).not.toContain('trial.training.seed');
  expect(group.columns[0].words(group.rows[0])).toBe('1.50 ± 0.71');
});

test('a best model that was looked for has scores and a name, and settings of no run', () => {
  const best = runOf({ 'training.batch_size': 512 }, { scores: { rmse: 0.5 }, fit: { networks: 40, members: 8 } });
  const columns = columnsOf([best, small], false);
  expect(columns.map(({ key }) => key)).not.toContain('trial.training.batch_size');
  const large = runOf({ 'training.batch_size': 64 }, { scores: { rmse: 2 } });
  const [row] = rowsOf([best], true);
  const batch = columnsOf([best, small, large], false).find(({ key }) => key === 'trial.training.batch_size');
  expect([batch?.value(row), batch?.words(row)]).toEqual([undefined, '']);
  expect(namesOf([best, small]).get(best.id)).toBe('Best model of y');
  expect(seedGroups([best, best])).toEqual([]);
});

describe('trials of a sweep', () => {
  const trial = (cell: number, seed: number, rmse: number) =>
    runOf(
      { 'training.batch_size': cell === 0 ? 8 : 32, 'training.seed': seed },
      { scores: { rmse }, sweep: { id: 's', cell, name: `batch size ${cell === 0 ? 8 : 32}` } },
    );
  const trials = [trial(0, 10, 1), trial(0, 11, 3), trial(1, 10, 5), trial(1, 11, 7)];
  const [group] = groupsOf([small, ...trials], false);
  const inGroup = (key: string) => group.columns.find((known) => known.key === key);

  test('are a row for each combination, among the runs of their table, with the mean over seeds', () => {
    expect(group.rows.map(({ runs: own }) => own.length)).toEqual([1, 2, 2]);
    const rmse = inGroup('rmse');
    expect(group.rows.map((row) => rmse?.words(row))).toEqual(['3.00', '2.00 ± 1.4', '6.00 ± 1.4']);
    expect(ids(sorted(group.rows, rmse, false))).toEqual([trials[0].id, small.id, trials[2].id]);
  });

  test('say the settings that they share, and no time of their own', () => {
    expect(group.rows.map((row) => inGroup('trial.training.batch_size')?.words(row))).toEqual(['8', '8', '32']);
    expect(group.rows.map((row) => inGroup('trial.training.seed')?.words(row))).toEqual(['10', '2 seeds', '2 seeds']);
    expect(group.rows.map((row) => inGroup('seconds')?.words(row))).toEqual(['1.0 s', '', '']);
  });

  test('are found by what they are', () => {
    const found = (wanted: string) => ids(filtered(group, wanted, ({ runs: [run] }) => run.sweep?.name ?? 'run'));
    expect(found('sweep')).toEqual([trials[0].id, trials[2].id]);
    expect(found('sweep 32')).toEqual([trials[2].id]);
  });
});
