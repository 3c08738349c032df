/** Rows of programs: what table they are, and what is refused. */
import { describe, expect, it } from 'vitest';
import { dateFormats, parseDays } from '../../../src/data/table/dates.ts';
import { type Column, textOf } from '../../../src/data/table/table.ts';
import {
  fit as findModel,
  InputError,
  prepare,
  prepareAsync,
  prepareFolds,
  type Rows,
  readCsv,
  requestEngine,
  train,
} from '../../../src/index.ts';
import { dateText } from '../../../src/library/date-text.ts';
import { tableOf } from '../../../src/library/rows.ts';

const cells = ({ columns }: { columns: readonly Column[] }) =>
  Object.fromEntries(
    columns.map((column) => [
      column.name,
      column.kind === 'number' ? [...column.values] : [...column.codes].map((_, row) => textOf(column, row)),
    ]),
  );

describe('objects', () => {
  it('become columns of numbers and of texts; null, undefined, NaN and blanks are missing', () => {
    const table = tableOf([
      { age: 3, island: 'Biscoe', wild: true, born: new Date('2020-03-01'), code: 7n },
      { age: null, island: undefined, wild: false, born: null, code: 8 },
      { age: Number.NaN, island: ' ', born: new Date('2020-03-01T06:00:00Z'), code: null, late: 'x' },
    ]);
    expect(cells(table)).toEqual({
      age: [3, Number.NaN, Number.NaN],
      island: ['Biscoe', '', ''],
      wild: ['true', 'false', ''],
      born: ['2020-03-01', '', '2020-03-01T06:00:00.000Z'],
      code: [7, 8, Number.NaN],
      late: ['', '', 'x'],
    });
    expect(table).toMatchObject({ rows: 3, source: 'input' });
  });

  it('are read as a file of the same is', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ x: i / 3, kind: i % 3 ? 'a' : 'b', y: i % 2 ? 'yes' : 'no' }));
    const csv = ['x,kind,y', ...rows.map(({ x, kind, y }) => `${x},${kind},${y}`)].join('\n');
    const settings = { target: 'y', split: { train: 0.8, seed: 2 } };
    const { notices: _, origin: __, ...ofRows } = prepare(rows, settings);
    expect(ofRows).toEqual(
      expect.objectContaining(
        (({ notices: ___, origin: ____, ...data }) => data)(prepare(await readCsv(csv), settings)),
      ),
    );
    expect(await prepareAsync(rows, settings)).toEqual(prepare(rows, settings));
    expect(prepareFolds(rows, settings, 3)).toHaveLength(3);
  });

  it('may have names that objects have by themselves', () => {
    const rows = JSON.parse('[{"__proto__": 1, "constructor": 2}, {"__proto__": 3, "constructor": 4}]');
    expect(tableOf(rows).columns.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
  });
});

describe('arrays', () => {
  const rows = [
    [1, 'a'],
    [2, 'b'],
  ];
  it('have the names of a header, of their first row, or are numbered', () => {
    expect(cells(tableOf(rows, { header: ['x', 'y'] }))).toEqual({ x: [1, 2], y: ['a', 'b'] });
    expect(cells(tableOf([['x', 'y'], ...rows], { header: true }))).toEqual({ x: [1, 2], y: ['a', 'b'] });
    expect(cells(tableOf(rows))).toEqual({ column_1: [1, 2], column_2: ['a', 'b'] });
    expect(cells(tableOf([Float32Array.of(0.5, 2)]))).toEqual({ column_1: [0.5], column_2: [2] });
  });
});

const refused = (rows: Rows, options?: Parameters<typeof tableOf>[1]) => {
  try {
    tableOf(rows, options);
  } catch (error) {
    return error instanceof InputError ? error.message : error;
  }
  return 'taken';
};

describe('what is no row is refused with its place', () => {
  it.each([
    [
      [{ x: 1 }, null],
      'input, row 2: null is no row; give an object with a value for each column, or an array of values.',
    ],
    [
      [{ x: 1 }, 4],
      'input, row 2: number is no row; give an object with a value for each column, or an array of values.',
    ],
    [[{ x: 1 }, [1]], 'input, row 2: arrays and objects are mixed; give rows of the kind of the first.'],
    [[[1], { x: 1 }], 'input, row 2: arrays and objects are mixed; give rows of the kind of the first.'],
    [
      [[1, 2], [1]],
      'input, row 2: has 1 value for 2 columns (column_1, column_2); give one for each, null where it is missing.',
    ],
    [
      [{ x: 1 }, { x: {} }],
      'input, row 2, column "x": object is no value of a cell; give a number, a text, a boolean, a Date, or null where it is missing.',
    ],
    [
      [{ x: new Date(Number.NaN) }],
      'input, row 1, column "x": invalid Date is no value of a cell; give a number, a text, a boolean, a Date, or null where it is missing.',
    ],
    [
      [{ x: 1 }, { x: -Infinity }],
      'input, row 2, column "x": -Infinity is not a finite number; correct the cell or leave the row out.',
    ],
  ])('%j', (rows, said) => {
    expect(refused(rows as Rows)).toBe(said);
  });

  it('and a header by its name', () => {
    expect(refused([[1, 2]], { header: ['x', 'x'] })).toBe(
      'header: "x" of column 2 is not a name of its own; name each column once.',
    );
    expect(
      refused(
        [
          [1, 2],
          [3, 4],
        ],
        { header: true },
      ),
    ).toBe('header: number of column 1 is not a name of its own; name each column once.');
    for (const rows of [[], [{ x: 1 }]]) {
      expect(refused(rows, { header: true })).toContain('header: there is no first row');
    }
    expect(refused([['x', 'y'], [1]], { header: true })).toContain('input, row 2: has 1 value for 2 columns');
  });
});

it('a Date is written in every format of a column', () => {
  for (const format of dateFormats) {
    for (const date of [new Date('2021-02-03'), new Date('1969-12-31T18:30:15.250Z')]) {
      expect(parseDays(dateText(date, format), format), format).toBeCloseTo(date.getTime() / 86_400_000, 9);
    }
  }
});

it('train and fit take rows, and a model takes them back', async () => {
  await using engine = await requestEngine({ kind: 'cpu', threads: 1 });
  const rows = Array.from({ length: 60 }, (_, i) => ({
    size: (i * 7) % 20,
    wild: i % 2 === 0,
    kind: (i * 7) % 20 > 9 ? 'large' : 'small',
  }));
  const run = train(engine, rows, { target: 'kind', training: { epochs: 30 } });
  const model = await run.model();
  expect(
    model.predict([
      { size: 18, wild: true },
      { size: 1, wild: false },
    ]),
  ).toMatchObject([{ class: 'large' }, { class: 'small' }]);
  const [asObject, asArray] = [model.predict([{ size: 18, wild: true }]), model.predict([[18, true]])];
  expect(asArray).toEqual(asObject);
  const { large, small } = asObject[0].probabilities ?? {};
  expect(large + small).toBeCloseTo(1, 12);
  expect(model.predict([])).toEqual([]);
  expect(() => model.predict([[18, true, 'large']])).toThrow('has 3 values for 2 columns (size, wild)');
  expect(model.evaluate(rows).rows).toBe(60);
  expect(model.evaluate(rows.map(({ size, wild, kind }) => [size, wild, kind]))).toEqual(model.evaluate(rows));
  // A table in gives columns, as ever.
  expect(model.predict(tableOf(rows)).map(({ name }) => name)).toEqual([
    'predicted_kind',
    'probability_large',
    'probability_small',
  ]);
  expect(() => model.predict([{ wild: true }])).toThrow(/^input has no column "size", only wild\./);
  const best = await findModel(
    engine,
    rows.map(({ size, wild }, i) => [size, wild, size * 2 + (i % 3)]),
    {
      header: ['size', 'wild', 'weight'],
      target: 'weight',
      minutes: 0.01,
    },
  );
  const [{ value, low, high }] = best.model.predict([[10, null]]);
  expect([low, value, high]).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)]);
  expect(low! < value! && value! < high!).toBe(true);
});

it('several targets are answered by their names', async () => {
  await using engine = await requestEngine({ kind: 'reference' });
  const features = Float32Array.from({ length: 40 }, (_, i) => i / 10);
  const targets = Float32Array.from({ length: 80 }, (_, i) => (1 + (i % 2)) * features[i >> 1]);
  const data = prepare({ features, rows: 40, columns: 1, targets, outputs: 2 });
  const model = await train(engine, data, { training: { epochs: 2 } }).model();
  const [table, rows] = [model.predict(tableOf([{ x1: 2 }])), model.predict([{ x1: 2 }])];
  expect(rows).toEqual([
    {
      targets: Object.fromEntries(
        table.map((column, i) => [`y${i + 1}`, { value: 'values' in column && column.values[0] }]),
      ),
    },
  ]);
});
