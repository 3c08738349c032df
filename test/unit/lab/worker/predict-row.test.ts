/** One row: what a model is asked, and how it takes what is missing. */

import { describe, expect, it } from 'vitest';
import { applyFeatures } from '../../../../src/data/prepare/preprocessing.ts';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { requestEngine } from '../../../../src/engine/request.ts';
import { answersOf, fieldsOf, rowTable, takenRow } from '../../../../src/lab/worker/predict/predict-row.ts';
import { intervalsAt } from '../../../../src/model/intervals.ts';
import { answerColumns } from '../../../../src/model/model.ts';
import { problemOf } from '../../../support/data/tables.ts';
import { prepare, train } from '../../../support/first-defaults.ts';
import { contentsOf } from '../../../support/models/safetensors.ts';

const text = [
  'age,city,member,born,answer',
  ...Array.from({ length: 40 }, (_, row) => {
    const city = ['Seoul', 'Busan', 'Seoul', ''][row % 4];
    return `${20 + row},${city},${row % 3 ? 'yes' : 'no'},2001-02-${String(1 + (row % 28)).padStart(2, '0')},${row % 2 ? 'a' : 'b'}`;
  }),
].join('\n');

async function people() {
  const table = await readCsv(text, { source: 'people.csv' });
  return { table, data: prepare(table, { target: 'answer' }) };
}

async function trained() {
  const { table, data } = await people();
  const engine = await requestEngine({ kind: 'reference' });
  const run = train(engine, data, { model: { hidden: [4] }, training: { epochs: 2 } });
  return { table, data, model: await run.model() };
}

describe('a row', () => {
  it('has a field for each column that is learned from, with what rows usually have', async () => {
    const { table, data } = await people();
    const fields = fieldsOf(data.preprocessing, table);
    expect(fields.map(({ column, kind, start }) => [column, kind, start])).toEqual([
      ['age', 'number', '40'],
      ['city', 'category', 'Seoul'],
      ['member', 'boolean', 'yes'],
      ['born', 'date', '2001-02-21'],
    ]);
    expect(fields[0]).toMatchObject({ low: 20, high: 59, whole: true });
    // Without the table it was trained on: by its scales.
    const [age] = fieldsOf(data.preprocessing, undefined);
    expect(age).toMatchObject({ kind: 'number' });
    if (age.kind === 'number') expect(age.low < 25 && age.high > 50).toBe(true);
  });

  it('is taken as the model takes what is missing', async () => {
    const { data } = await people();
    const { preprocessing } = data;
    const row = rowTable(preprocessing, { age: '30', member: 'no' });
    const taken = takenRow(preprocessing, row);
    expect(taken).toMatchObject({ age: 30, member: 'no' });
    expect(taken.born).toMatch(/^2001-02-/);
    const step = preprocessing.features[0];
    const absent = takenRow(preprocessing, rowTable(preprocessing, {}));
    expect(step.kind === 'number' && absent.age === step.missing.value).toBe(true);
    expect(applyFeatures(preprocessing, row).features.every(Number.isFinite)).toBe(true);
  });

  it('is answered as in a table, and refused without a file name', async () => {
    const { table, model } = await trained();
    const [answer] = answersOf(model.preprocessing, answerColumns(model, Float32Array.of(0.5), 1));
    if (answer.kind !== 'classes') throw new Error('no classes');
    expect(answer.classes.map(({ probability }) => probability).reduce((a, b) => a + b)).toBeCloseTo(1);
    expect(answer.chosen).toBe(answer.classes[1].name);
    expect(table.rows).toBe(40);
    const row = rowTable(model.preprocessing, { age: 'old' });
    const refused = problemOf(() => applyFeatures(model.preprocessing, row));
    expect(refused.message).toBe('age: "old" is not a number, as in training; correct it or leave it empty.');
    expect(refused.where).toBe('age');
  });

  it('has the interval of each number, where the model has intervals', () => {
    const calibration = { kind: 'conformal' as const, residuals: [[1], [2]], rows: 1, coverage: 1 };
    const model = { ...contentsOf(1, [], 2), calibration };
    const intervals = intervalsAt(model, 0.5);
    const columns = answerColumns(model, Float32Array.of(0, 1), 1, intervals);
    const number = (target: string, value: number, low: number, high: number) => ({
      kind: 'number',
      target,
      value: expect.closeTo(value, 6),
      interval: { level: 0.5, low: expect.closeTo(low, 6), high: expect.closeTo(high, 6) },
    });
    // The targets' scales are 1 and 2, their offsets 0 and 0.1.
    expect(answersOf(model.preprocessing, columns, intervals?.level)).toEqual([
      number('y0', 0, -1, 1),
      number('y1', 2.1, -1.9, 6.1),
    ]);
    expect(answersOf(model.preprocessing, answerColumns(model, Float32Array.of(0, 1), 1))[1]).not.toHaveProperty(
      'interval',
    );
  });
});
