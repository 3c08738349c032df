/** The rows of a file with a model's answers: each as it was typed, in blocks as in one piece, on the page as in a terminal. */

import { describe, expect, it } from 'vitest';
import type { CsvInput } from '../../../src/data/read/bytes/source.ts';
import { readCsv } from '../../../src/data/read/csv.ts';
import { withRawCsv } from '../../../src/data/read/raw-csv.ts';
import { textOf } from '../../../src/data/table/table.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { Predictions } from '../../../src/lab/worker/predict/service.ts';
import { type PredictedFile, type PredictOptions, predictFile } from '../../../src/model/csv/predict-file.ts';
import { createModel, type Model } from '../../../src/model/model.ts';
import { withPredictor } from '../../../src/model/predictor.ts';
import { inEnglish } from '../../../src/util/message.ts';
import { prepare, train } from '../../support/first-defaults.ts';

const text = [
  'age,city,member,born,answer',
  ...Array.from({ length: 40 }, (_, row) => {
    const city = ['Seoul', 'Busan', 'Seoul', 'Jeju, S'][row % 4];
    return `${20 + row},"${city}",${row % 3 ? 'yes' : 'no'},2001-02-${String(1 + (row % 28)).padStart(2, '0')},${row % 2 ? 'a' : 'b'}`;
  }),
].join('\n');

async function modelOf(table: string, target: string): Promise<Model> {
  const engine = await requestEngine({ kind: 'reference' });
  const data = prepare(await readCsv(table), { target, split: { train: 1 } });
  const run = train(engine, data, { model: { hidden: [3] }, training: { epochs: 2, batch_size: 8 } });
  return run.model();
}
const classes = modelOf(text, 'answer');
const numbers = modelOf(`x,y\n${Array.from({ length: 40 }, (_, row) => `${row / 4},${row * 2}`).join('\n')}`, 'y');

type Options = PredictOptions & { blockSize?: number; header?: boolean; decimal?: ',' };

async function answered(
  model: Model,
  input: CsvInput,
  { blockSize, header, decimal, ...options }: Options = {},
): Promise<{ out: string; result: PredictedFile }> {
  return withRawCsv(input, { source: 'rows.csv', blockSize, header, decimal }, async (sheet) => {
    const answering = predictFile(model, sheet, options);
    let out = '';
    for (;;) {
      const { done, value } = await answering.next();
      if (done) return { out, result: value };
      out += value;
    }
  });
}

/** Why the answers that are there were not scored. */
function unscored({ scores }: PredictedFile): string | undefined {
  return scores && 'unscored' in scores ? inEnglish(scores.unscored) : undefined;
}

const y = String.raw`-?\d+(\.\d+)?(e-?\d+)?`;
const withComma = y.replace('\\.', ',');

describe('a file with answers', () => {
  it.each([1, 30, 500, 100_000])('is that of the whole table, in blocks of %d characters', async (blockSize) => {
    const model = await classes;
    const table = await readCsv(text);
    const told: number[] = [];
    const { out, result } = await answered(model, text, {
      blockSize,
      score: true,
      progress: (rows) => told.push(rows),
    });
    const columns = model.predict(table);
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toBe('age,city,member,born,answer,predicted_answer,probability_a,probability_b');
    expect(lines.slice(1).map((line) => line.split(',').slice(-3, -2)[0])).toEqual(
      Array.from({ length: 40 }, (_, row) => textOf(columns[0], row)),
    );
    expect(result).toMatchObject({ rows: 40, empty: 0, findings: [], added: columns.map(({ name }) => name) });
    expect(result.scores).toMatchObject({ scored: model.evaluate(table) });
    expect(told.at(-1)).toBe(40);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(out).toBe((await answered(model, text)).out);
  });

  it('has one row for each of its own, to the letter', async () => {
    const model = await numbers;
    const rows = ['\n', ' x ;note', '1.50;"says ""hi""; bye"', '', ';', '-.5;', '2;"two\nlines"', '3'];
    const { out, result } = await answered(model, `${rows.join('\n')}\n\n`);
    expect(out).toMatch(
      new RegExp(
        `^\n\n x ;note;predicted_y\n1\\.50;"says ""hi""; bye";${y}\n\n;;\n-\\.5;;${y}\n2;"two\nlines";${y}\n3;;${y}\n\n$`,
      ),
    );
    expect(result).toMatchObject({ rows: 4, empty: 3 });
  });

  it('keeps the decimal comma, the line ends and the byte order mark', async () => {
    const model = await numbers;
    const german = await answered(model, new Blob(['\ufeffx;z\r\n1,5;"a\nb"\r\n2,25;c\r\n']));
    expect(german.out).toMatch(
      new RegExp(`^\ufeffx;z;predicted_y\r\n1,5;"a\nb";${withComma}\r\n2,25;c;${withComma}\r\n$`),
    );
    const given = await answered(model, 'x,z\n"1,5",a\n"2,25",b\n', { decimal: ',' });
    expect(given.out).toMatch(new RegExp(`^x,z,predicted_y\n"1,5",a,"${withComma}"\n"2,25",b,"${withComma}"\n$`));
    const plain = await answered(model, new Blob(['x\r1\r2']));
    expect(plain.out).toMatch(new RegExp(`^x,predicted_y\r1,${y}\r2,${y}\r$`));
  });

  it('is UTF-8 with a mark where the file was written otherwise', async () => {
    const model = await numbers;
    // 서울 in EUC-KR, far below what the encoding is guessed by.
    const bytes = Buffer.concat([
      Buffer.from(`x,z\n${'1,plain\n'.repeat(40_000)}2,`),
      Buffer.from([0xbc, 0xad, 0xbf, 0xef, 10]),
    ]);
    const { out, result } = await answered(model, new Blob([bytes]));
    expect(out.startsWith('\ufeffx,z,predicted_y\n1,plain,')).toBe(true);
    expect(out).toMatch(/\n2,서울,\S+\n$/);
    expect(result.rows).toBe(40_001);
    expect(result.notices.map(({ text: said }) => said)[0]).toMatch(/^The text is not UTF-8 and is read as euc-kr/);
  });

  it('has no doubt that its first row holds the names, as the model knows them', async () => {
    const words = 'city,member\nSeoul,yes\nBusan,no\n';
    expect((await readCsv(words)).notices).toMatchObject([{ code: 'header_unclear' }]);
    const model = await modelOf(`city,member\n${'Seoul,yes\nBusan,no\n'.repeat(10)}`, 'member');
    expect((await answered(model, words)).result).toMatchObject({ rows: 2, notices: [] });
  });

  it('without names gets none', async () => {
    const model = await modelOf('1,2\n2,4\n3,5\n4,9\n5,9\n6,13\n7,13\n8,17\n9,18\n10,21\n', 'column_2');
    const { out } = await answered(model, '1\n2\n', { header: false });
    expect(out).toMatch(new RegExp(`^1,${y}\n2,${y}\n$`));
  });

  it('has names where they stand in no row, and cells where the format has none', async () => {
    const { out } = await answered(await numbers, '[{"z": "a, b"}, {"x": 1.5, "z": "c"}, {"x": 2}]');
    expect(out).toMatch(new RegExp(`^z,x,predicted_y\n"a, b",,${y}\nc,1.5,${y}\n,2,${y}\n$`));
  });

  it('reads columns as training did, whatever a block of them looks like', async () => {
    const codes = `code,x,y\n${Array.from({ length: 60 }, (_, row) => `${['1', '2', 'A'][row % 3]},${row},${row % 3}`).join('\n')}`;
    const model = await modelOf(codes, 'y');
    const rows = `code,x\n${'1,5\n'.repeat(99)}A,five\n${'2,5\n'.repeat(20)}B,\n`;
    const { result } = await answered(model, rows);
    expect(result.findings).toMatchObject([
      { column: 'code', imputed: { count: 0 }, unknown: { count: 1, cells: [{ row: 122, text: 'B' }] } },
      {
        column: 'x',
        imputed: { count: 2, rows: [101, 122] },
        invalid: { count: 1, cells: [{ row: 101, text: 'five' }] },
      },
    ]);
  });

  it.each(['', 'n/a', 'pending'])(
    'has numbers and dates where the model does, first of them late: %j',
    async (cell) => {
      const late = (text: (row: number) => string) => {
        return Array.from({ length: 400 }, (_, row) => text(row).replace('*', row < 20 ? cell : String(1 + (row % 9))));
      };
      const inBlocks = async (model: Model, rows: string[]) => {
        const whole = await answered(model, rows.join('\n'), { blockSize: 1e6 });
        expect(whole.result.findings).toMatchObject([{ imputed: { count: 20 } }]);
        expect(await answered(model, rows.join('\n'), { blockSize: 40 })).toEqual(whole);
      };
      await inBlocks(await numbers, ['x,z', ...late(() => '*,k')]);
      const people = late((row) => `30,Seoul,yes,${row < 20 ? '*' : '2001-02-0*'},a`);
      await inBlocks(await classes, ['age,city,member,born,answer', ...people]);
    },
  );

  it('is refused at its end where a column of numbers has none, once what can be kept back is', async () => {
    const model = await numbers;
    const told = 'rows.csv, row 3, column "x": "abc" is not a number, as in training';
    const written = async (rows: number) => {
      let out = '';
      const reading = withRawCsv(`x\nn/a\n${'abc\n'.repeat(rows)}`, { source: 'rows.csv' }, async (sheet) => {
        for await (const part of predictFile(model, sheet)) out += part;
      });
      await expect(reading).rejects.toThrow(told);
      return out.length;
    };
    expect(await written(50_000)).toBe(0);
    expect(await written(400_000)).toBeGreaterThan(0);
  });

  it('is told of rows, not of blocks', async () => {
    const cells = Array.from({ length: 300 }, (_, row) => (row % 50 === 49 ? '' : row === 200 ? '1e6' : '5'));
    const rows = `z,x\n${cells.map((cell) => `k,${cell}`).join('\n')}\n`;
    const texts = async (blockSize: number) => {
      const { result } = await answered(await numbers, rows, { blockSize });
      return result.notices.map(({ text: said }) => said);
    };
    const whole = await texts(1e6);
    expect(whole).toEqual([
      'Column "x": 4.875 stands in for 6 cells without a value: rows 51, 101, 151, 201, 251 and 1 more.',
      'Column "x": 1 value outside the training range, 0 to 9.75, such as 1000000 in row 202.',
    ]);
    expect(await texts(64)).toEqual(whole);
  });

  it('is refused where columns are missing, or stand where answers go', async () => {
    const model = await numbers;
    await expect(answered(model, 'z\n1\n')).rejects.toThrow('rows.csv has no column "x", only z.');
    await expect(answered(model, 'x,predicted_y\n1,2\n')).rejects.toThrow(
      'rows.csv has a column "predicted_y" already',
    );
    await expect(answered(model, 'x\n')).rejects.toThrow('rows.csv has a header row and nothing below it');
    await expect(answered(model, '')).rejects.toThrow('rows.csv is empty');
    await expect(answered(model, 'x\nabc\n')).rejects.toThrow(
      'rows.csv, row 2, column "x": "abc" is not a number, as in training',
    );
  });

  it('is answered where its own answers are unknown, wrong or absent', async () => {
    const model = await classes;
    const head = 'age,city,member,born';
    const row = '30,Seoul,yes,2001-02-03';
    expect((await answered(model, `${head}\n${row}\n`, { score: true })).result.scores).toBeUndefined();
    const wrong = await answered(model, `${head},answer\n${row},c\n`, { score: true });
    expect(wrong.result.rows).toBe(1);
    expect(unscored(wrong.result)).toContain('"c" is not a class of the model');
    const none = await answered(model, `${head},answer\n${row},\n`, { score: true });
    expect(unscored(none.result)).toBe(
      'target: column "answer" of rows.csv has no value in any row; choose another target, or a table with answers in it.',
    );
    const some = `${head},answer\n${`${row},\n`.repeat(9)}${row},a\n`;
    for (const blockSize of [40, 1e6]) {
      const { result } = await answered(model, some, { score: true, blockSize });
      expect(result.scores).toMatchObject({
        scored: {
          rows: 1,
          notices: [
            { text: '9 rows have no value of the target "answer" and are left out: the first are rows 2, 3, 4, 5, 6.' },
          ],
        },
      });
    }
  });

  it('is stopped when asked to', async () => {
    const abort = new AbortController();
    const many = `x\n${'1\n'.repeat(200_000)}`;
    const reading = withRawCsv(many, { source: 'rows.csv', signal: abort.signal }, async (sheet) => {
      for await (const _ of predictFile(await numbers, sheet, { signal: abort.signal })) abort.abort();
    });
    await expect(reading).rejects.toThrow(/abort/i);
  });

  it('is the same to the last byte on the page', async () => {
    const contents = await classes;
    const desk = new Predictions({
      session: () => undefined,
      table: () => undefined,
      sweepModel: async () => contents,
      fitModel: () => createModel(contents),
    });
    await desk.open(0, 'model');
    const file = new File(['\ufeff\r\n', text.replaceAll('\n', '\r\n'), '\r\n\r\n20,Seoul\r\n'], 'people.csv');
    const reply = await desk.batch(file, () => {});
    if (!reply.ok || !reply.value) throw new Error('no batch');
    const { csv, rows, head, preview, scored, added } = reply.value;
    const { out } = await withPredictor(contents, (predictor) => answered(createModel(contents), file, { predictor }));
    expect(new Uint8Array(await csv.arrayBuffer())).toEqual(new TextEncoder().encode(out));
    expect({ rows, added, scored: scored?.rows }).toEqual({
      rows: 41,
      added: ['predicted_answer', 'probability_a', 'probability_b'],
      scored: 40,
    });
    expect(head).toEqual([...added, 'age', 'city', 'member', 'born', 'answer']);
    expect(preview).toHaveLength(8);
    expect(preview[0].slice(3)).toEqual(['20', 'Seoul', 'no', '2001-02-01', 'b']);
  });
});
