/** Texts that a spreadsheet would calculate: written so that it does not, and read back as they were. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { withRawCsv } from '../../../src/data/read/raw-csv.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { csvOf } from '../../../src/lab/charts/save/save.ts';
import { predictFile } from '../../../src/model/csv/predict-file.ts';
import { trialsCsv } from '../../../src/sweep/results/csv.ts';
import type { TrialResult } from '../../../src/sweep/results/types.ts';
import { csvLine } from '../../../src/util/csv.ts';
import { plain } from '../../support/data/csv-tables.ts';
import { faultSeed, times } from '../../support/faults.ts';
import { prepare, train } from '../../support/first-defaults.ts';

const calculated = /^[=+\-@\t\r\n＝＋－＠]/;
const piece = fc.constantFrom(...'=+-@＝＋－＠\'"|!,;#()ax', '1+1', "cmd|' /C calc'!A0", '\t', '\n', ' ', '""', '온도');
const text = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));
/** As a table can have them: without blanks around, but for those that count as the beginning of a formula. */
const texts = fc.array(
  text.map((one) => one.trim()).filter((one) => /[a-z온]/.test(one)),
  { minLength: 1, maxLength: 20 },
);

/** What another reader finds in the cell. */
const written = (cell: string) => Papa.parse<string[]>(csvLine(['x', cell]), { delimiter: ',' }).data[0][1];

describe('a text of a file that we write', () => {
  it('begins as no formula, and is read back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(texts, texts, async (cells, names) => {
        const heads = [...new Set(names)].map((name) => `${name}.`);
        const rows = cells.map((cell) => heads.map((_, column) => (column % 2 ? -1.5 : `${cell}.`)));
        const csv = [heads, ...rows].map((row) => `${csvLine(row)}\n`).join('');
        for (const cell of Papa.parse<string[]>(csv, { delimiter: ',' }).data.flat())
          if (cell !== '-1.5') expect(cell).not.toMatch(calculated);
        const table = await readCsv(csv, { header: true, delimiter: ',', skip: 0 });
        expect(plain(table)).toEqual(
          Object.fromEntries(heads.map((name, column) => [name, rows.map((row) => row[column])])),
        );
      }),
      { seed: faultSeed, numRuns: times(200, 10_000) },
    );
  });

  it.each(['=1+1|cmd', '+', '-', '@', '\t=1', '\r=1', '＝1', '-2+3', '=', '@SUM(A1)', '-1;2', "'=1", '-5 kg', '--'])(
    'gets an apostrophe: %j',
    (cell) => {
      expect(written(cell)).toBe(`'${cell}`);
    },
  );

  it.each(['-1.5', '+3', '-1,5', '-1e-9', '-12 %', '-1,234.5', '-.5', 'a=1', "'a", "'-1", '1-2', '', 'x@y.kr'])(
    'is left as it is: %j',
    (cell) => {
      expect(written(cell)).toBe(cell);
    },
  );

  it('keeps every number', () => {
    const numbers = [-1.5, -0, 1e-300, -1e21, Number.MIN_VALUE];
    expect(csvLine(numbers)).toBe(numbers.map(String).join(','));
  });
});

const classes = ['=1+1|cmd', '+a', '-b', '@c', "'=d", '=e,"f"'];

describe('a class that would be calculated', () => {
  it('is escaped among the predictions alone, and reads back as the class', async () => {
    const rows = Array.from({ length: 60 }, (_, row) => [row % 6, classes[row % 6]]);
    const lines = [['x', 'y'], ...rows].map(csvLine);
    const file = lines.join('\n');
    const engine = await requestEngine({ kind: 'reference' });
    const data = prepare(await readCsv(file), { target: 'y', split: { train: 1 } });
    const run = train(engine, data, {
      model: { hidden: [12] },
      training: { epochs: 150, batch_size: 8, optimizer: { kind: 'adam', learning_rate: 0.03 } },
    });
    const model = await run.model();
    expect(data.preprocessing.targets[0]).toMatchObject({ classes: expect.arrayContaining(classes) });
    const out = await withRawCsv(file, { source: 'rows.csv' }, async (csv) => {
      let all = '';
      for await (const part of predictFile(model, csv)) all += part;
      return all;
    });
    out
      .trimEnd()
      .split('\n')
      .forEach((line, at) => {
        expect(line.startsWith(`${lines[at]},`)).toBe(true);
        if (at > 0) expect(Papa.parse<string[]>(line.slice(lines[at].length + 1)).data[0][0]).toMatch(/^'+[=+\-@]/);
      });
    const back = plain(await readCsv(out));
    expect(back.y).toEqual(rows.map(([, name]) => name));
    expect(new Set(back.predicted_y)).toEqual(new Set(classes));
  });

  it('is escaped in what sweeps and plots write', async () => {
    const trial = {
      cell: 0,
      settings: { 'data.group': '=1+1' },
      seed: 1,
      fold: null,
      epochs_run: 2,
      stopped: 'epochs',
    };
    const metrics = { train: null, validation: { rmse: -1.5 }, test: null };
    const csv = [...trialsCsv([{ ...trial, metrics } as unknown as TrialResult])].join('');
    expect(csv.split('\n')[1]).toBe("0,'=1+1,1,,2,epochs,-1.5");
    expect(await csvOf(['=x', 'y'], [['@a', -2]]).text()).toBe("'=x,y\n'@a,-2\n");
  });
});
