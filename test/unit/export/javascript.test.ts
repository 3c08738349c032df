/** `predict.js`: it stands alone, is small, and answers as the model does. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { toJavaScript } from '../../../src/export/javascript/javascript.ts';
import type { Model } from '../../../src/model/model.ts';
import { type Cell, range, tableOf } from '../../support/data/tables.ts';
import {
  answersToUnusual,
  type ExportCase,
  exportCases,
  unusualCells,
  usualRow,
} from '../../support/models/exported-models.ts';
import { type Answer, answersOf, farthest, type Row, rowsOf } from '../../support/models/rows-of.ts';
import { untrained } from '../../support/models/untrained.ts';

interface Exported {
  predict(rows: Record<string, unknown>[]): (Answer & { targets: Record<string, Answer> })[];
  columns: { column: string; kind: string; levels?: string[] }[];
  outputs: { column: string; classes?: string[]; unit?: { before: string; after: string } }[];
}

/** As Node loads it: from its text alone. */
const load = (text: string): Promise<Exported> =>
  import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);

const cases = exportCases();
const named = (name: string) => cases.find((one) => one.name === name) as ExportCase;

async function distanceOf(model: Model, table: ExportCase['table'], rows: Row[] = rowsOf(table)): Promise<number> {
  const { predict } = await load(toJavaScript(model));
  const given = predict(rows);
  const distances = model.preprocessing.targets.map(({ column }, _, { length }) =>
    farthest(
      length === 1 ? given : given.map(({ targets }) => targets[column]),
      answersOf(model, table).map((answer) => answer[column]),
    ),
  );
  return Math.max(...distances);
}

it.each(cases)('answers as the model does: $name', async ({ model, table }) => {
  expect(await distanceOf(model, table)).toBeLessThanOrEqual(1e-7);
});

it('is less than 10 kB beside the parameters', () => {
  const sizesOf = (text: string) => {
    const [parameters, model] = [/^const parameters = .*$/m, /^const model = .*$/m].map(
      (line) => line.exec(text)?.[0].length ?? Number.NaN,
    );
    const bytes = Buffer.byteLength(text) - parameters;
    return { code: bytes - model, bytes };
  };
  expect(sizesOf(toJavaScript(named('a periodic layer').model)).bytes).toBeLessThan(10_000);
  // Hundreds of quantiles, and the lists of layers of many members, come on top.
  for (const { model } of cases) expect(sizesOf(toJavaScript(model)).code).toBeLessThan(8000);
});

it('says what it takes and what it answers', async () => {
  const { model } = named('three classes');
  const exported = await load(toJavaScript(model));
  expect(Object.keys(exported).sort()).toEqual(['columns', 'outputs', 'predict']);
  const { columns, outputs } = exported;
  expect(columns.map(({ column }) => column)).toEqual(model.preprocessing.features.map(({ column }) => column));
  expect(columns[4]).toMatchObject({
    column: 'kind',
    kind: 'category',
    levels: expect.arrayContaining(['Élan vital']),
  });
  expect(outputs).toEqual([{ kind: 'classes', column: 'target', classes: ['=1+1', 'Adélie', 'chin strap'] }]);
});

describe('cells', async () => {
  const { model, table } = named('an ensemble for a number, with intervals');
  const { predict } = await load(toJavaScript(model));
  const whole: Record<string, unknown> = {
    ...rowsOf(table)[0],
    ...usualRow,
  };
  const same = (changes: Record<string, unknown>) =>
    expect(predict([{ ...whole, ...changes }])).toEqual(predict([whole]));
  const other = (changes: Record<string, unknown>) =>
    expect(predict([{ ...whole, ...changes }])).not.toEqual(predict([whole]));
  const refused = (changes: Record<string, unknown>) => () => predict([whole, { ...whole, ...changes }]);

  it('may be text where they are numbers', () => {
    same({ width: ' 0.25 ', 'height (m)': '2.01e3', ties: 2n });
    expect(refused({ width: '0,25' })).toThrow('predict: row 2, column "width": "0,25" is no number such as 1234.5');
    expect(refused({ width: '１２ kg' })).toThrow('no number');
    expect(refused({ width: Number.POSITIVE_INFINITY })).toThrow('no number');
    expect(refused({ width: {} })).toThrow('no number');
  });

  it('that hold no value are missing as for the model', () => {
    const answers = (rows: Record<string, unknown>[]) => {
      try {
        return predict(rows).map(({ value }) => value);
      } catch {
        return null;
      }
    };
    const given = unusualCells.map(([column, cell]) => {
      const row = { ...whole, [column]: cell };
      return [answers([whole, row]), answers([row])];
    });
    expect(given).toEqual(answersToUnusual(model, whole));
    // Of both kinds there are some.
    expect(new Set(given.map(([, alone]) => alone === null)).size).toBe(2);
  });

  it('are named where a column has nothing that can be used', () => {
    const rows = ['n/a', 'x', 'y'].map((width) => ({ ...whole, width }));
    expect(() => predict(rows)).toThrow('predict: row 2, column "width": "x" is no number such as 1234.5');
    expect(() => predict([{ ...whole, day: 'n/a' }])).toThrow('row 1, column "day": "n/a" is no Date');
  });

  it('may be dates, or text with a time', () => {
    same({ day: new Date('2021-03-04') });
    same({ day: '2021-3-4T09:00+09:00' });
    other({ day: '2021-03-04T09:00-09:00' });
    expect(refused({ day: '31.12.2021' })).toThrow('row 2, column "day": "31.12.2021" is no Date');
    expect(refused({ day: 20210304 })).toThrow('"day"');
    expect(refused({ day: new Date(Number.NaN) })).toThrow('"day"');
  });

  it('may be spelled in another way', () => {
    same({ kind: ' \u00e9lan  VITAL ', wet: 'YES' });
    same({ kind: 'E\u0301lan vital', wet: true });
    other({ kind: 'larch' });
  });

  it.each([undefined, '', Number.NaN])('are missing as %s', (cell) => {
    for (const column of Object.keys(whole)) {
      expect(predict([{ ...whole, [column]: cell }])).toEqual(predict([{ ...whole, [column]: null }]));
    }
  });

  it('may be left out of some rows, but not of all', () => {
    const { width: _, ...rest } = whole;
    expect(predict([whole, rest])[1]).toEqual(predict([{ ...whole, width: null }])[0]);
    expect(() => predict([{ ...rest, wdith: 1 }])).toThrow(
      /^predict: no row has the column "width"; row 1 has .*"wdith"\. Give null where it is missing\.$/,
    );
    expect(predict([])).toEqual([]);
    expect(() => predict(whole as never)).toThrow('takes a list of rows');
  });
});

it('may stand in a page, whatever its names', async () => {
  const odd = '*/ </script> `1` "\\u0041';
  const x = range(30).map((row) => Math.sin(row));
  const table = tableOf({
    [odd]: x,
    kind: x.map((value) => (value > 0 ? odd : 'b')),
    y: x.map((value) => (value > 0.2 ? odd : '__proto__')),
  });
  const model = untrained(prepare(table, { target: 'y', split: { train: 1 } }));
  expect(await distanceOf(model, table)).toBeLessThanOrEqual(1e-7);
  const text = toJavaScript(model);
  expect(text.slice(text.indexOf('*/\n'))).not.toContain('</script>');
});

it('answers as the model does for tables of any kind', async () => {
  const number = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { freq: 8 });
  const text = fc.option(fc.constantFrom('a', 'B b', 'ｂ ｂ', 'ç', '한글', '10 %', 'yes'), { freq: 8 });
  const whole = fc.option(fc.constantFrom(0, 1, 2.5, 1e-7), { freq: 8 });
  const rowsArbitrary = fc.array(fc.tuple(number, text, whole, number), { minLength: 20, maxLength: 40 });
  const numeric = fc.constantFrom('scale', 'robust', 'quantile', 'piecewise_linear' as const);
  await fc.assert(
    fc.asyncProperty(rowsArbitrary, numeric, fc.boolean(), async (rows, encoding, classes) => {
      const column = (index: number) => rows.map((row) => row[index] as Cell);
      const y = range(rows.length).map((row) => (classes ? ['p', 'q', 'r'][row % 3] : Math.cos(row)));
      // A column that never changes is left out, and one of the features has to stay.
      const table = tableOf({ n: column(0), t: column(1), w: column(2), m: column(3), x: range(rows.length), y });
      const model = untrained(prepare(table, { target: 'y', split: { train: 1 }, numeric: encoding }));
      expect(await distanceOf(model, table)).toBeLessThanOrEqual(1e-7);
    }),
    { numRuns: 20 },
  );
});
