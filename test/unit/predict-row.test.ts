/** One row and many: what a model is asked, how it takes what is missing, and that parts answer as the whole does. */
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/data/csv.ts';
import { prepare } from '../../src/data/prepare.ts';
import { applyFeatures } from '../../src/data/preprocessing.ts';
import { readSheet } from '../../src/data/sheet.ts';
import { requestEngine } from '../../src/engine/request.ts';
import { answersOf, fieldsOf, rowTable, takenRow, withoutPlace } from '../../src/lab/predict-row.ts';
import { InputError } from '../../src/spec/errors.ts';
import { answerColumns, answeredText, answerTable } from '../../src/train/answers.ts';
import { train } from '../../src/train/trainer.ts';

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
    const [answer] = answersOf(model.preprocessing, Float32Array.of(0.5), 'binary_cross_entropy');
    if (answer.kind !== 'classes') throw new Error('no classes');
    expect(answer.classes.map(({ probability }) => probability).reduce((a, b) => a + b)).toBeCloseTo(1);
    expect(answer.chosen).toBe(answer.classes[1].name);
    expect(table.rows).toBe(40);
    const row = rowTable(model.preprocessing, { age: 'old' });
    const refused = () => applyFeatures(model.preprocessing, row);
    expect(refused).toThrow(InputError);
    try {
      refused();
    } catch (error) {
      const { message, where } = error as InputError;
      expect(withoutPlace(message, row, where)).toBe(
        'age: "old" is not a number, as in training; correct it or leave it empty.',
      );
    }
  });
});

describe('many rows', () => {
  it('in parts are answered and scored as at once', async () => {
    const { table, model } = await trained();
    const told: number[] = [];
    const answers = await answerTable(model, table, { progress: (rows) => told.push(rows) });
    expect(answers.columns).toEqual(model.predict(table));
    expect(answers.scored).toMatchObject(model.evaluate(table));
    expect((await answerTable(model, table, { score: false })).scored).toBeUndefined();
    expect(told.at(-1)).toBe(40);
    expect(told.length).toBeGreaterThan(1);
  });

  it('are answered where their own answers are unknown, wrong or absent', async () => {
    const { model } = await trained();
    const head = 'age,city,member,born';
    const row = '30,Seoul,yes,2001-02-03';
    const absent = await answerTable(model, await readCsv(`${head}\n${row}\n`));
    expect([absent.scored, absent.unscored, absent.columns.length]).toEqual([undefined, undefined, 3]);
    const wrong = await answerTable(model, await readCsv(`${head},answer\n${row},c\n`));
    expect(wrong.scored).toBeUndefined();
    expect(wrong.unscored).toContain('"c" is not a class of the model');
  });

  it('come back as they were typed, with the columns added once', async () => {
    const { model } = await trained();
    const typed = 'age;city;member;born\n030;" Seoul";yes;2001-02-03\n\n31;;no;2001-02-04\n';
    async function* bytes() {
      yield new TextEncoder().encode(typed);
    }
    const sheet = await readSheet({ source: 'typed.csv', bytes: bytes() }, {});
    const { columns } = await answerTable(model, sheet.table);
    const added = answerColumns(sheet, columns);
    const lines = [...answeredText(sheet, added)].join('').split('\n');
    expect(lines[0]).toBe('age;city;member;born;predicted_answer;probability_a;probability_b');
    expect(lines[1]).toMatch(/^030;" Seoul";yes;2001-02-03;[ab];/);
    const twice = { ...sheet, header: [...sheet.header, 'predicted_answer'] };
    expect(() => answerColumns(twice, columns)).toThrow('typed.csv has a column "predicted_answer" already');
  });

  it('are stopped when asked to', async () => {
    const { table, model } = await trained();
    const abort = new AbortController();
    const answers = answerTable(model, table, { signal: abort.signal, progress: () => abort.abort() });
    await expect(answers).rejects.toThrow(/abort/i);
  });
});
