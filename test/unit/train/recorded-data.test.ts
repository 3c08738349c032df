/** Models know which table they were trained on, whoever prepared it and whatever trained them. */
import { expect, it, vi } from 'vitest';
import {
  averageWinner,
  fit as fitTable,
  loadModel,
  type ModelData,
  prepare,
  prepareFolds,
  prepareLike,
  readCsv,
  requestEngine,
  saveModel,
  sweep,
  train,
} from '../../../src/index.ts';
import type { RecordedData } from '../../../src/train/recorded-data.ts';

const rows = Array.from({ length: 60 }, (_, i) => ({ x: i / 10, y: Math.sin(i / 10) }));
const csv = `x,y\n${rows.map(({ x, y }) => `${x},${y}`).join('\n')}\n9,\n`;
const table = await readCsv(csv, { source: 'a folder/waves.csv' });
const engine = await requestEngine({ kind: 'cpu', threads: 1 });
const short = { training: { epochs: 2 } };
const split = { train: 0.5, validation: 0.25, test: 0.25, seed: 4 };

const recorded = ({ origin }: ModelData) => origin.data as RecordedData | undefined;
const sha256 = /^[0-9a-f]{64}$/;

it('is the file without its folder, the rows of the table and of each part, and the settings', async () => {
  const data = prepare(table, { target: 'y', split });
  const model = await train(engine, data, short).model();
  expect(recorded(model)).toMatchObject({
    file: 'waves.csv',
    rows: 61,
    sets: { train: 30, validation: 15, test: 15 },
    fingerprint: expect.stringMatching(sha256),
    settings: { target: 'y', split, scaling: 'standardize' },
  });
  expect(recorded(loadModel(saveModel(model)))).toEqual(recorded(model));
});

it('is the same of the same rows, and another of others', async () => {
  const of = async (settings: object) => {
    const model = await train(engine, prepare(table, { target: 'y', ...settings }), short).model();
    return recorded(model)?.fingerprint;
  };
  expect(await of({ split })).toBe(await of({ split }));
  expect(await of({ split })).not.toBe(await of({ split: { ...split, seed: 5 } }));
});

it('has no file of rows and arrays', async () => {
  const given = await train(engine, rows, { target: 'y', ...short }).model();
  expect(recorded(given)).toMatchObject({ rows: 60, fingerprint: expect.stringMatching(sha256) });
  expect(recorded(given)).not.toHaveProperty('file');
  const features = Float32Array.from(rows, ({ x }) => x);
  const arrays = prepare({ features, targets: features, rows: 60, columns: 1 }, { split });
  const model = await train(engine, arrays, short).model();
  expect(recorded(model)).toMatchObject({ rows: 60, sets: { train: 30, validation: 15, test: 15 } });
});

it('is that of the new table where a model is trained on', async () => {
  const model = await train(engine, rows, { target: 'y', ...short }).model();
  const again = await train(engine, prepareLike(model, table, { split }), short).model();
  expect(recorded(again)).toMatchObject({ file: 'waves.csv', rows: 61 });
});

it('names the fold of a sweep, whose best model has its scores, and all rows of its average', async () => {
  const folds = prepareFolds(table, { target: 'y', split: { train: 1 } }, 3);
  const result = await sweep(engine, folds, { base: { ...short, model: { hidden: [4] } }, folds: 3 });
  const { best, trials } = result;
  const { fold, metrics } = trials[best.trial];
  expect(recorded(best.model)).toMatchObject({
    file: 'waves.csv',
    sets: { train: 40, validation: 20, test: 0 },
    fold: { number: (fold ?? 0) + 1, count: 3 },
  });
  expect(best.model.origin.metrics).toEqual(metrics);
  const whole = prepare(table, { target: 'y', split: { train: 1 } });
  const { model } = await averageWinner(engine, whole, result);
  expect(recorded(model)).toMatchObject({ file: 'waves.csv', sets: { train: 60, validation: 0, test: 0 } });
});

it('is of all rows that a fit was found with', async () => {
  const plan = { folds: 2, held_out: 0.5, max_rows: 100, max_width: 8, trials: 2, epochs: 2, packs: 1 };
  const { model } = await fitTable(engine, table, { target: 'y', plan });
  expect(recorded(model)).toMatchObject({ file: 'waves.csv', rows: 61, sets: { train: 60, validation: 0, test: 0 } });
});

it('has no fingerprint where a page has no SHA-256', async () => {
  const data = prepare(table, { target: 'y', split });
  vi.stubGlobal('crypto', {});
  try {
    const model = await train(engine, data, short).model();
    expect(recorded(model)).toMatchObject({ file: 'waves.csv', rows: 61 });
    expect(recorded(model)).not.toHaveProperty('fingerprint');
  } finally {
    vi.unstubAllGlobals();
  }
});
