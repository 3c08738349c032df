/** Model cards: what is in the file is said, and nothing else; names cannot break the Markdown. */
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { toModelCard } from '../../../src/export/card/card.ts';
import { range, tableOf } from '../../support/data/tables.ts';
import { exportCases } from '../../support/models/exported-models.ts';
import { untrained } from '../../support/models/untrained.ts';

const cases = exportCases();
const named = (name: string) => cases.find((one) => one.name === name)?.model as (typeof cases)[number]['model'];

/** The cells of a row that begins with this. */
const rowOf = (card: string, first: string) =>
  card
    .split('\n')
    .find((line) => line.startsWith(`| ${first} |`))
    ?.slice(2, -2)
    .split(' | ');

it('says what becomes of columns', () => {
  const card = toModelCard(named('numbers by scale'));
  expect(rowOf(card, 'kind')).toEqual([
    ...['kind', 'category', '0 or 1 for each level', '6', '(missing)'],
    'Élan vital, oak, ash "tall", yew, fir, (missing)',
  ]);
  expect(rowOf(card, 'wet')).toEqual(['wet', 'yes or no', '1 for yes, 0 for no', '1', 'yes', 'yes, no']);
  expect(rowOf(card, 'ties')?.slice(2)).toEqual(['(value − 1.63) / 1.055; 1 where it was missing', '2', '2', '0 to 3']);
  expect(rowOf(card, 'day')?.[5]).toMatch(/^2020-\d\d-\d\d to 2023-\d\d-\d\d$/);
});

it('says of intervals and temperatures what they are from', () => {
  expect(toModelCard(named('an ensemble for a number, with intervals'), { level: 0.5 })).toContain(
    'Intervals hold 50 % of answers: target ± 2.97, from the errors on 40 rows',
  );
  expect(toModelCard(named('an ensemble for three classes, at a temperature'))).toContain(
    'Probabilities are at temperature 1.70, fitted on 40 rows',
  );
  expect(toModelCard(named('three classes'))).toContain('## Calibration\n\nNone.');
});

describe('where a model comes from', () => {
  const model = named('two classes');
  const confusion = [
    [30, 10],
    [5, 55],
  ];
  const origin = {
    engine: 'cpu',
    epochs_run: 9,
    refit: { epochs: 9, rows: 300 },
    metrics: {
      train: { accuracy: 1, log_loss: 0.01 },
      validation: null,
      test: { accuracy: 0.85, log_loss: 0.4, confusion, classes: ['no', 'a|b'] },
    },
    data: {
      file: 'it|is.csv',
      rows: 300,
      sets: { train: 200, validation: 0, test: 100 },
      fingerprint: 'c0ffee',
      settings: { target: "what's it", split: { train: 0.67, validation: 0, test: 0.33, seed: 3 } },
    },
  };
  const card = toModelCard({ ...model, origin });

  it('is said with its scores and their intervals', () => {
    expect(rowOf(card, 'table')).toEqual(['table', 'it\\|is.csv']);
    expect(rowOf(card, 'rows')).toEqual(['rows', '300: 200 train, 0 validation, 100 test']);
    expect(rowOf(card, 'accuracy')).toEqual(['accuracy', '1.00', '0.850 (95 % interval 0.767 to 0.907)']);
    expect(rowOf(card, 'no')).toEqual(['no', '30', '10']);
    expect(card).toContain('before the network was trained again on all rows');
    expect(card).toContain("perceptron-lab train 'it|is.csv' --target 'what'\\''s it'");
  });

  it('is said where no file and no digest are known', () => {
    const { file: _, fingerprint: __, ...data } = origin.data;
    const bare = toModelCard({ ...model, origin: { ...origin, data } });
    expect(rowOf(bare, 'table')).toBeUndefined();
    expect(rowOf(bare, 'fingerprint')).toBeUndefined();
    expect(rowOf(bare, 'rows')).toEqual(['rows', '300: 200 train, 0 validation, 100 test']);
    expect(bare).toContain('perceptron-lab train TABLE.csv --target');
  });

  it('is no command where none repeats it', () => {
    const fold = { number: 2, count: 5 };
    const folded = toModelCard({ ...model, origin: { ...origin, data: { ...origin.data, fold } } });
    expect(rowOf(folded, 'fold')).toEqual(['fold', '2 of 5: its rows are the validation rows']);
    const sets = { train: 300, validation: 0, test: 0 };
    const refitted = toModelCard({ ...model, origin: { ...origin, data: { ...origin.data, sets } } });
    for (const text of [folded, refitted]) {
      expect(text).not.toContain('perceptron-lab train');
      expect(text).toContain('The settings of its network:\n\n```json');
    }
  });

  it('has the scores of the networks that were averaged, where no row is left for those of the average', () => {
    const accuracy = { n: 10, mean: 0.9, sd: 0.02, low: 0.886, high: 0.914 };
    const average = { rows: 300, epochs: [9, 8], estimate: { set: 'test', metrics: { accuracy } } };
    const averaged = toModelCard({ ...model, origin: { average } });
    expect(rowOf(averaged, 'score')).toEqual(['score', 'test, mean ± sd']);
    expect(rowOf(averaged, 'accuracy')?.[1]).toBe('0.900 ± 0.0200 (95 % interval of the mean 0.886 to 0.914)');
  });

  it('has no split where a search took its validation rows from everywhere', () => {
    expect(rowOf(toModelCard({ ...model, origin: { ...origin, fit: { seed: 4 } } }), 'rows')).toEqual(['rows', '300']);
  });

  it('is left out where it is not what it should be', () => {
    const lying = { engine: 3, refit: 'yes', metrics: { test: [1] }, data: { file: 'x' }, epochs_run: {} };
    expect(toModelCard({ ...model, origin: lying })).toBe(toModelCard({ ...model, origin: {} }));
    expect(toModelCard({ ...model, origin: {} })).toContain('The file does not say which table it was trained on.');
  });
});

it('keeps its tables whole, whatever the names', () => {
  const odd = '| `x` <b>*y*</b>\n# [z](q)';
  const table = tableOf({ [odd]: range(30).map(Math.sin), y: range(30).map((row) => (row % 2 ? odd : 'b')) });
  const card = toModelCard(untrained(prepare(table, { target: 'y', split: { train: 1 } })));
  expect(card).toContain('\\| \\`x\\` &lt;b\\>\\*y\\*&lt;/b\\> \\# \\[z\\](q)');
  expect(card.match(/^# /gm)).toHaveLength(1);
});
