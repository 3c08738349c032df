/** A model on the rows of a file, block by block: the scores and notices of the whole table, without holding it. */
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { withRawCsv } from '../../../src/data/read/raw-csv.ts';
import type { Notice } from '../../../src/data/table/notices.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { evaluateFile } from '../../../src/model/csv/evaluate-file.ts';
import type { Model, ModelScores } from '../../../src/model/model.ts';
import { withPredictor } from '../../../src/model/predictor.ts';
import { uniformAt } from '../../../src/util/random.ts';
import { prepare, train } from '../../support/first-defaults.ts';

const rows = 90;
/** Another than in training: a table of the same name is taken for that of the training. */
const source = 'others';
const place = (row: number, at: number) => uniformAt(7, row, at);
const head = 'x,city,born,price,class';
const line = (row: number, price: string, kind: string) =>
  `${(place(row, 0) * 9).toFixed(3)},${['Seoul', 'Busan', 'Jeju'][Math.floor(3 * place(row, 1))]},2001-0${1 + (row % 9)}-11,${price},${kind}`;
const table = (priceOf: (value: number, row: number) => string, kinds = ['a', 'b', 'c']) =>
  [
    head,
    ...Array.from({ length: rows }, (_, row) =>
      line(row, priceOf(10 + 50 * place(row, 2), row), kinds[Math.floor(kinds.length * place(row, 3))]),
    ),
  ].join('\n');
const plain = (value: number) => value.toFixed(2);
const euros = (value: number) => `€${value.toFixed(2)}`;

async function modelOf(text: string, target: string): Promise<Model> {
  const engine = await requestEngine({ kind: 'reference' });
  const data = prepare(await readCsv(text), { target, split: { train: 1 } });
  return train(engine, data, { model: { hidden: [4] }, training: { epochs: 3, batch_size: 8 } }).model();
}

function inBlocks(model: Model, text: string, blockSize: number): Promise<ModelScores & { notices: Notice[] }> {
  return withRawCsv(text, { source, blockSize }, (csv) =>
    withPredictor(model, (predictor) => evaluateFile(model, csv, { predictor })),
  );
}

async function asWhole(model: Model, text: string): Promise<ModelScores & { notices: Notice[] }> {
  const notices: Notice[] = [];
  const scores = await withPredictor(model, async (predictor) =>
    predictor.evaluate(await readCsv(text, { source }), { notices }),
  );
  return { ...scores, notices };
}

const regression = modelOf(table(plain), 'price');
const inEuros = modelOf(table(euros), 'price');
const classes = modelOf(table(plain), 'class');
const numbered = modelOf(table(plain, ['1', '2']), 'class');

const files: [name: string, model: Promise<Model>, text: string][] = [
  ['numbers', regression, table(plain)],
  ['classes', classes, table(plain)],
  ['classes of numbers, written otherwise', numbered, table(plain, ['1.0', '2.00'])],
  [
    'rows without an answer, and blank ones',
    regression,
    table((value, row) => (row % 7 ? plain(value) : '')).replace(/^.*11,,.*$/gm, '$&\n,,,,'),
  ],
  ['a far row alone with a unit', regression, table((value, row) => (row === 80 ? euros(value) : plain(value)))],
  ['a unit, as in training', inEuros, table(euros)],
  ['a unit that training did not have', regression, table(euros)],
  ['no unit where training had one', inEuros, table(plain)],
  ['another unit than in training', inEuros, table((value) => `${value.toFixed(2)} kg`)],
  [
    'odd cells among the features',
    classes,
    table(plain)
      .replaceAll(/^8\.\d+/gm, 'eight')
      .replaceAll('Jeju', 'Ulsan'),
  ],
  ['numbers that begin late', classes, table((value, row) => (row < 4 ? 'pending' : plain(value)))],
];

describe('a file of rows with answers', () => {
  it.each(files)('is scored as its whole table is, to the last bit: %s', async (_, making, text) => {
    const model = await making;
    const whole = await asWhole(model, text);
    for (const blockSize of [1, 200, 1e6]) expect(await inBlocks(model, text, blockSize)).toEqual(whole);
  });

  it.each([
    ['an answer that is none', regression, table((value, row) => (row % 7 === 3 ? 'dear' : plain(value)))],
    ['two units', inEuros, table((value, row) => (row % 2 ? euros(value) : `${value.toFixed(2)} kg`))],
    ['an unknown class', classes, table(plain, ['a', 'b', 'd'])],
    ['no answer at all', classes, table(plain, [''])],
    ['a feature of numbers without one', classes, table(() => 'pending')],
    ['no target', regression, table(plain).replace('price', 'cost')],
    ['no feature', regression, table(plain).replace('city', 'town')],
  ])('is refused as its whole table is: %s', async (_, making, text) => {
    const model = await making;
    const refusal = await asWhole(model, text).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Error);
    for (const blockSize of [1, 200, 1e6]) {
      await expect(inBlocks(model, text, blockSize)).rejects.toThrow((refusal as Error).message);
    }
  });

  it('is answered while it is read', async () => {
    const model = await regression;
    const [names, ...lines] = table(plain).split('\n');
    const portion = new TextEncoder().encode(`${lines.join('\n')}\n`);
    const portions = 400;
    let given = 0;
    let mostBehind = 0;
    let answered = 0;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (given === portions) controller.close();
          else controller.enqueue(given === 0 ? new TextEncoder().encode(`${names}\n`) : portion);
          given += 1;
          mostBehind = Math.max(mostBehind, given * rows - answered);
        },
      },
      { highWaterMark: 0 },
    );
    const { rows: scored } = await withRawCsv(stream, { source: 'rows' }, (csv) =>
      withPredictor(model, ({ outputs }) =>
        evaluateFile(model, csv, {
          predictor: {
            outputs(features, count) {
              answered += count;
              return outputs(features, count);
            },
          },
        }),
      ),
    );
    expect(scored).toBe((portions - 1) * rows);
    // What a file is told by is read first.
    expect(mostBehind).toBeLessThan(scored / 3);
  });
});
