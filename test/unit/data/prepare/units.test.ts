/** Units in what a model keeps of its columns, in new rows, and in what people see. */
import { describe, expect, it } from 'vitest';
import { scoresNote, scoresTable } from '../../../../src/cli/output/scores.ts';
import { readLabels } from '../../../../src/data/prepare/labels.ts';
import { applyFeatures, checkPreprocessing, inverseTargets } from '../../../../src/data/prepare/preprocessing.ts';
import { summarize } from '../../../../src/data/prepare/summary.ts';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { sentence } from '../../../../src/html/scores.ts';
import { answersOf, rowTable, takenRow } from '../../../../src/lab/worker/predict/predict-row.ts';
import { Previewer } from '../../../../src/lab/worker/table/previewer.ts';
import { viewOf } from '../../../../src/lab/worker/views/table-view.ts';
import { checkData } from '../../../../src/spec/check.ts';
import { range } from '../../../support/data/tables.ts';
import { prepare } from '../../../support/first-defaults.ts';

describe('a model', () => {
  const prices = range(60).map((row) => `${(1000 + row * row * 13).toLocaleString('en-US')}원`);
  const text = (sizes: (row: number) => string) =>
    `price\tsize\n${prices.map((price, row) => `${price}\t${sizes(row)}`).join('\n')}\n`;

  it('keeps the units of its columns and says them', async () => {
    const data = prepare(await readCsv(text((row) => `${row % 17}.5 평`)), { target: 'price' });
    const { features, targets } = checkPreprocessing(JSON.parse(JSON.stringify(data.preprocessing)));
    expect(features).toMatchObject([{ kind: 'number', unit: { before: '', after: ' 평' } }]);
    expect(targets).toMatchObject([{ kind: 'number', unit: { before: '', after: '원' } }]);
    expect(inverseTargets(data.preprocessing, new Float32Array(1), 1)).toMatchObject([{ unit: { after: '원' } }]);
    expect(data.notices.map(({ severity, column, text }) => [severity, column, text])).toEqual([
      ['info', 'price', 'Column "price": numbers with the unit "원", such as "1,000원".'],
      ['info', 'size', 'Column "size": numbers with the unit "평", such as "0.5 평".'],
    ]);
  });

  it('takes new rows with the unit or without it, and says where it is another', async () => {
    const { preprocessing } = prepare(await readCsv(text((row) => `${row % 17}.5 평`)), { target: 'price' });
    const features = async (size: string) => applyFeatures(preprocessing, await readCsv(`size\n${size}\n`));
    const known = await features('7.5 평');
    expect(known.findings.notices).toEqual([]);
    for (const size of ['7.5', '7.5평', '７.5 평']) expect((await features(size)).features).toEqual(known.features);
    const other = await features('7.5 m2');
    expect(other.features).toEqual((await features('없음')).features);
    expect(other.findings.notices.filter(({ severity }) => severity === 'critical')).toMatchObject([
      {
        text: 'Column "size": its numbers are in "m2", and those of training in "평"; they are not converted, and count as missing.',
      },
    ]);
  });

  it('takes percent without its sign, too, and half of the rows with it', async () => {
    const { preprocessing } = prepare(await readCsv(text((row) => `${row % 17}%`)), { target: 'price' });
    const features = async (...sizes: string[]) =>
      Array.from(
        applyFeatures(preprocessing, await readCsv(`size\tn\n${sizes.map((size) => `${size}\t1\n`).join('')}`))
          .features,
      );
    const [three, seven] = await features('3%', '7%');
    expect(await features('3', '7')).toEqual([three, seven]);
    expect(await features('3', '7%', '3%')).toEqual([three, seven, three]);
    expect(await features('3', '7', '3', '3', '3%', '7%')).toEqual([three, seven, three, three, three, seven]);
  });

  it('says what percent is', async () => {
    const data = prepare(await readCsv(text((row) => `${row % 17}%`)), { target: 'price' });
    expect(data.notices.map(({ text }) => text)).toContain(
      'Column "size": numbers in percent, such as "0%"; 12% is read as 12, not 0.12.',
    );
  });

  it('of version 3 needs no unit', async () => {
    const { preprocessing } = prepare(await readCsv(text((row) => `${row % 17}.5`)), { target: 'price' });
    expect(JSON.stringify(checkPreprocessing(JSON.parse(JSON.stringify(preprocessing))).features)).not.toContain(
      'unit',
    );
  });
});

describe('levels', () => {
  it.each([
    ['boolean', ['0명', '1명']],
    ['category', ['1층', '2층', '3층']],
  ])('of a %s with a unit are found in cells that are read as text', async (type, texts) => {
    const rows = range(30).map((row) => `${texts[row % texts.length]},${row}`);
    const table = await readCsv(`kind,y\n${rows.join('\n')}\n`);
    const { preprocessing } = prepare(table, { target: 'y', types: { kind: type as 'category' } });
    const column = { name: 'kind', kind: 'text' as const, codes: Uint32Array.from(texts, (_, at) => at + 1) };
    const asRead = { source: 'new', rows: texts.length, rowsBefore: 1, notices: [] };
    const text = applyFeatures(preprocessing, { ...asRead, columns: [{ ...column, levels: texts }] });
    const bare = applyFeatures(preprocessing, {
      ...asRead,
      columns: [{ ...column, levels: texts.map((one) => one[0]) }],
    });
    expect(text.features).toEqual(bare.features);
    expect(new Set(text.features).size).toBe(2);
    expect(text.findings.notices).toEqual([]);
  });

  it('of classes with a unit are found in cells that are read as text', async () => {
    const rows = range(30).map((row) => `${(row % 3) + 1}등급,${row}`);
    const { preprocessing } = prepare(await readCsv(`kind,y\n${rows.join('\n')}\n`), {
      target: 'kind',
      task: 'classification',
    });
    const levels = ['2등급', '1등급'];
    const column = { name: 'kind', kind: 'text' as const, codes: Uint32Array.of(1, 2), levels };
    const table = { source: 'new', rows: 2, rowsBefore: 1, notices: [], columns: [column] };
    expect([...readLabels(preprocessing, table).targets]).toEqual([0, 1, 0, 1, 0, 0]);
  });
});

describe('a number of a new row', () => {
  /** Features of cells that are read as one column of text, as rows are block by block. */
  async function featuresOf(trained: readonly string[]) {
    const file = `x\ty\n${trained.map((cell, row) => `${cell}\t${row % 7}`).join('\n')}\n`;
    const { preprocessing } = prepare(await readCsv(file), { target: 'y', task: 'regression' });
    return (...levels: string[]) => {
      const column = { name: 'x', kind: 'text' as const, codes: Uint32Array.from(levels, (_, at) => at + 1), levels };
      const table = { source: 'new', rows: levels.length, rowsBefore: 1, notices: [], columns: [column] };
      const { features, findings } = applyFeatures(
        checkPreprocessing(JSON.parse(JSON.stringify(preprocessing))),
        table,
      );
      return { features: [...features], notices: findings.notices };
    };
  }

  it('is read in the format that training found', async () => {
    const features = await featuresOf(range(30).map((row) => (row % 2 ? `1.0${row + 10} €` : `1.0${row + 10},50 €`)));
    expect(features('1.020 €').features).toEqual(features('1.020 €', '1.020,00 €').features.slice(0, 1));
    expect(features('1.020 €').features).toEqual(features('1.020,00 €').features);
  });

  it('does not depend on the rows beside it', async () => {
    const shares = await featuresOf(range(30).map((row) => `${row + 1}%`));
    const [missing] = shares('none').features;
    expect(shares('0.5').features).toEqual([missing]);
    expect(shares('0.5', '0.7', '5%').features).toEqual([missing, missing, ...shares('5%').features]);
    const sizes = await featuresOf(range(30).map((row) => `${row + 1} kg`));
    const [gap] = sizes('none').features;
    expect(sizes('5 g').features).toEqual([gap]);
    expect(sizes('5 g', '5 kg').features).toEqual([gap, ...sizes('5 kg').features]);
    for (const { notices } of [sizes('5 g'), sizes('5 g', '5 kg')]) {
      expect(notices.filter(({ severity }) => severity === 'critical')).toHaveLength(1);
    }
  });
});

describe('what people see', () => {
  const text = `price,size,ask\n${range(60)
    .map(
      (row) => `"₩${(1000 + row * 13).toLocaleString('en-US')}",${row}.5 평,"${row % 3 === 0 ? 'ask' : `${row} km`}"`,
    )
    .join('\n')}\n`;

  it('is the unit in the preview of the page, in its titles and in the form for new rows', async () => {
    const table = await readCsv(text);
    const settings = checkData({ target: 'price', ignore: ['ask'] });
    const data = prepare(table, settings);
    const { head, columns } = new Previewer().preview(table, settings, data, null);
    expect(head[1].cells).toEqual(['₩1013', '1.5 평', '1 km']);
    expect(columns[0].range).toMatchObject({ least: '₩1000', median: '₩1384', most: '₩1767' });
    expect(columns[0].range?.bins?.at(-1)).toEqual(['₩1576', '₩1767']);
    expect(viewOf(table, data, settings)).toMatchObject({
      target: 'price',
      targetLabel: 'price (₩)',
      features: ['size'],
      featureLabels: ['size (평)'],
    });
    const row = rowTable(data.preprocessing, { size: '7.5평' });
    expect(takenRow(data.preprocessing, row)).toEqual({ size: 7.5 });
    expect(answersOf(data.preprocessing, inverseTargets(data.preprocessing, Float32Array.of(0), 1))).toMatchObject([
      { target: 'price', unit: { before: '₩' } },
    ]);
  });

  it('is the unit in the summary and the scores of the terminal', async () => {
    const table = await readCsv(text);
    expect(summarize(table).columns[0].unit).toEqual({ before: '₩', after: '' });
    const data = prepare(table, { target: 'price' });
    const metrics = { mse: 4, rmse: 2, mae: 1, r2: 0.5 };
    const bySet = { train: metrics, validation: null, test: null };
    expect(scoresTable(data, bySet, bySet)).toMatch(/rmse \(₩\) +mae \(₩\)/);
    expect(scoresNote('price', data)).toMatch(/^In units of price \(₩\)\./);
  });

  it('is the unit in reports', () => {
    const scores = { mse: 4, rmse: 2, mae: 1, r2: 0.5 };
    const facts = {
      target: 'price',
      unit: { before: '', after: '원' },
      rows: { train: 10, validation: 0, test: 0 },
      metrics: { train: scores, validation: null, test: null },
      baseline: { train: { ...scores, rmse: 8 }, validation: null, test: null },
    };
    expect(sentence(facts)).toContain('predictions of price are off by 2.00원 (root mean square); always');
    expect(sentence(facts)).toContain('is off by 8.00원, 4.0 times as much.');
  });
});
