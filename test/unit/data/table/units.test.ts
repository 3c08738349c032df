/** Numbers with units: read from cells, kept in models, and never made of what only looks like a number. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoresNote, scoresTable } from '../../../../src/cli/output/scores.ts';
import { readLabels } from '../../../../src/data/prepare/labels.ts';
import { applyFeatures, checkPreprocessing, inverseTargets } from '../../../../src/data/prepare/preprocessing.ts';
import { summarize } from '../../../../src/data/prepare/summary.ts';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { numberFormats } from '../../../../src/data/table/numbers.ts';
import { quantityReader, type Unit, unitName, withUnit } from '../../../../src/data/table/quantity.ts';
import type { NumberColumn } from '../../../../src/data/table/table.ts';
import { sentence } from '../../../../src/html/scores.ts';
import { answersOf, rowTable, takenRow } from '../../../../src/lab/worker/predict/predict-row.ts';
import { Previewer } from '../../../../src/lab/worker/table/previewer.ts';
import { viewOf } from '../../../../src/lab/worker/views/table-view.ts';
import { checkData } from '../../../../src/spec/check.ts';
import { plain } from '../../../support/csv-tables.ts';
import { prepare } from '../../../support/first-defaults.ts';
import { problemOf, range, textsOf } from '../../../support/tables.ts';

const american = quantityReader({ decimal: '.', thousands: ',' });

/** A file of one column; a second keeps its rows from being blank. */
function fileOf(cells: readonly string[], name = 'price'): string {
  return `${name}\tn\n${cells.map((cell, row) => `${cell}\t${(row * 7) % 11}.5`).join('\n')}\n`;
}

async function columnOf(cells: readonly string[]): Promise<NumberColumn> {
  const [column] = (await readCsv(fileOf(cells))).columns;
  expect(column.kind).toBe('number');
  return column as NumberColumn;
}

describe('a cell', () => {
  it.each([
    ['$1,234.50', 1234.5, '$'],
    ['12%', 12, '%'],
    ['12.5 %', 12.5, '%'],
    ['35,062원', 35062, '원'],
    ['₩3,506', 3506, '₩'],
    ['\\3,506', 3506, '₩'],
    ['￦3,506', 3506, '₩'],
    ['３５평', 35, '평'],
    ['26평', 26, '평'],
    ['37.5 kg', 37.5, 'kg'],
    ['US$ 5', 5, 'US$'],
    ['USD 5', 5, 'USD'],
    ['5만원', 5, '만원'],
    ['$1.5M', 1.5, '$M'],
    ['20°C', 20, '°C'],
    ['84㎡', 84, '㎡'],
    ['84.9 m2', 84.9, 'm2'],
    ['100 km/h', 100, 'km/h'],
    ['-$5', -5, '$'],
    ['$-5', -5, '$'],
    ['\u22125 °C', -5, '°C'],
    ['(5 kg)', -5, 'kg'],
    ['($1,200)', -1200, '$'],
    ['$(1,200)', -1200, '$'],
    ['1,000\u00a0€', 1000, '€'],
  ])('%s is a number with a unit', (cell, value, unit) => {
    const read = american(cell);
    expect([read?.value, read?.unit && unitName(read.unit)]).toEqual([value, unit]);
  });

  it.each([
    ['(1,200)', -1200],
    ['\u22125', -5],
    ['+5', 5],
  ])('%s is a bare number', (cell, value) => {
    expect(american(cell)).toEqual({ value });
  });

  it.each(
    [
      ...[
        '007',
        '007 kg',
        '010-1234-5678',
        '02)123-4567',
        '(02) 123',
        '+82 10 1234 5678',
        '3-5',
        '3~5',
        '3–5 kg',
        '1.2.3',
      ],
      ...[
        'v1.2',
        'A12',
        '12A',
        '12:30',
        '5 PM',
        '3rd',
        '5 Jan',
        '2024-01-05',
        '2024년 1월 5일',
        '192.168.0.1',
        '10.0.0.255',
      ],
      ...[
        '1/2',
        '3 x 4',
        '5 m 3',
        '--5',
        '-(5)',
        '5 (',
        'kg',
        '$',
        '',
        '1e',
        '0x10',
        '5,',
        '12,34 kg',
        'a 5 kg',
        '101동 302호',
      ],
      ...['3 kids, a dog and a parrot', '5\n6 kg', `${'9'.repeat(70)} kg`],
    ].map((cell) => [cell]),
  )('%j is none', (cell) => {
    expect(american(cell)).toBeUndefined();
  });
});

const units = fc.constantFrom<Unit>(
  { before: '$', after: '' },
  { before: 'US$ ', after: '' },
  { before: '₩', after: '' },
  { before: '', after: '원' },
  { before: '', after: ' €' },
  { before: '', after: '%' },
  { before: '', after: ' kg' },
  { before: '', after: ' km/h' },
  { before: '', after: 'm2' },
  { before: '', after: '평' },
);

describe('any number', () => {
  it('comes back as it was written, in every style', () => {
    const formats = fc.constantFrom(...numberFormats);
    const whole = fc.integer({ min: -(10 ** 9), max: 10 ** 9 });
    const style = fc.record({ brackets: fc.boolean(), minus: fc.constantFrom('-', '\u2212') });
    fc.assert(
      fc.property(formats, whole, fc.integer({ min: 0, max: 4 }), units, style, (format, number, places, unit, how) => {
        const value = number / 10 ** places;
        const [digits, fraction] = Math.abs(value).toFixed(places).split('.');
        const grouped = digits.replace(/\B(?=(\d{3})+$)/g, format.thousands);
        const text = grouped + (fraction ? format.decimal + fraction : '');
        const signed = value < 0 && !how.brackets ? how.minus + text : text;
        const cell = value < 0 && how.brackets ? `(${withUnit(text, unit)})` : withUnit(signed, unit);
        const read = quantityReader(format)(cell);
        expect([cell, read?.value, read?.unit && unitName(read.unit)]).toEqual([cell, value, unitName(unit)]);
      }),
      { seed: 10, numRuns: 3000 },
    );
  });

  it('is read from a column that is written in one style, whatever the file is guessed to be', async () => {
    const formats = fc.constantFrom(...numberFormats);
    const cents = fc.array(fc.integer({ min: -(10 ** 8), max: 10 ** 8 }), { minLength: 3, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(formats, cents, units, fc.boolean(), async (format, numbers, unit, brackets) => {
        const cells = numbers.map((number) => {
          const [digits, fraction] = (Math.abs(number) / 100).toFixed(2).split('.');
          const grouped = digits.replace(/\B(?=(\d{3})+$)/g, format.thousands);
          const cell = withUnit(`${grouped}${format.decimal}${fraction}`, unit);
          if (number >= 0) return cell;
          return brackets ? `(${cell})` : `-${cell}`;
        });
        const [column] = (await readCsv(fileOf(cells))).columns;
        expect([cells, column.kind === 'number' && [...column.values]]).toEqual([
          cells,
          numbers.map((number) => number / 100),
        ]);
      }),
      { seed: 10, numRuns: 500 },
    );
  });

  it('is not made of codes, telephone numbers, ranges, versions, times and addresses', () => {
    const number = (min: number, max: number) => fc.integer({ min, max });
    const join = (mark: string, ...parts: fc.Arbitrary<number>[]) => fc.tuple(...parts).map((some) => some.join(mark));
    const two = number(0, 59).map((value) => String(value).padStart(2, '0'));
    const strange = fc.oneof(
      fc.tuple(number(0, 10 ** 6), number(1, 4)).map(([value, zeros]) => '0'.repeat(zeros) + (value + 1)),
      fc.tuple(number(1000, 9999), number(1000, 9999)).map(([a, b]) => `010-${a}-${b}`),
      join('-', number(0, 999), number(0, 999)),
      join('~', number(0, 999), number(0, 999)),
      join('.', number(0, 99), number(0, 99), number(0, 99)),
      fc.tuple(two, two).map(([hour, minute]) => `${hour}:${minute}`),
      join('.', number(0, 255), number(0, 255), number(0, 255), number(0, 99)),
      join('/', number(1, 12), number(1, 31), number(1900, 2100)),
    );
    const readers = numberFormats.map(quantityReader);
    fc.assert(
      fc.property(strange, fc.constantFrom('', ' kg', '원'), (cell, unit) => {
        for (const read of readers) expect(read(cell + unit)).toBeUndefined();
      }),
      { seed: 10, numRuns: 3000 },
    );
  });

  it('brings no reader down, whatever a cell holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (cell) => {
        const read = american(cell);
        expect(read === undefined || Number.isFinite(read.value)).toBe(true);
      }),
      { seed: 10, numRuns: 3000 },
    );
  });
});

describe('a column', () => {
  it.each([
    ['$1,234.50', [1234.5], '$'],
    ['12%', [12], '%'],
    ['35,062원', [35062], '원'],
    ['1.000,00 €', [1000], '€'],
    ['37.5 kg', [37.5], 'kg'],
  ])('of cells such as %s is one of numbers', async (cell, [value], unit) => {
    const column = await columnOf(Array.from({ length: 30 }, () => cell));
    expect([column.values[29], column.unit && unitName(column.unit), column.invalid]).toEqual([value, unit, undefined]);
  });

  it('has its first row for names where units stand below', async () => {
    const table = await readCsv('price,size\n"3,500원",26평\n"12,000원",30평\n');
    expect(plain(table)).toEqual({ price: [3500, 12000], size: [26, 30] });
    expect(table.notices).toEqual([]);
  });

  it('of 95 % numbers is one, and names the others; below, it is text', async () => {
    const cells = (others: number) => range(100).map((row) => (row < others ? 'ask' : `${row} kg`));
    const column = await columnOf(cells(5));
    expect(column.invalid?.count).toBe(5);
    expect(column.invalid?.examples[0]).toEqual({ row: 0, text: 'ask' });
    const table = await readCsv(fileOf(cells(6)));
    expect(table.columns[0].kind).toBe('text');
    expect((await readCsv(fileOf(['5 kg', '7 kg', 'ask', 'ask']))).columns[0].kind).toBe('text');
  });

  it('does not count what says that there is no number', async () => {
    const column = await columnOf(
      range(40).map((row) => (row % 2 === 0 ? ['TBD', '없음', 'unknown', '--'][row % 4] : `${row}`)),
    );
    expect([column.values[0], column.values[1], column.invalid?.count]).toEqual([Number.NaN, 1, 20]);
  });

  it('says which numbers are negative as they stand in brackets', async () => {
    const said = async (cells: string[]) => textsOf(summarize(await readCsv(fileOf(cells))).warnings);
    expect(await said(['(1,200)', '300', '(45.5)', '(1,200)'])).toEqual([
      'Column "price": numbers in brackets are negative, such as "(1,200)" (3 cells).',
    ]);
    expect(await said(['($5)', '$3', '$2', '-$4'])).toEqual([
      'Column "price": numbers with the unit "$", such as "($5)".',
      'Column "price": numbers in brackets are negative, such as "($5)" (1 cell).',
    ]);
  });

  it('reads negatives in brackets and with a long minus among plain numbers', async () => {
    const column = await columnOf(['1,200', '(1,200)', '3,400', '\u22125,000', '(7)', '8', '9']);
    expect([...column.values]).toEqual([1200, -1200, 3400, -5000, -7, 8, 9]);
    expect(column.unit).toBeUndefined();
  });

  it('takes numbers without the unit for the same, but not beside percent', async () => {
    const kilos = await columnOf(['5 kg', '6 kg', '7', '8 kg']);
    expect([...kilos.values]).toEqual([5, 6, 7, 8]);
    const shares = await columnOf(range(40).map((row) => (row === 7 ? '0.5' : row === 8 ? '12' : `${row + 1}%`)));
    expect(shares.values[8]).toBe(12);
    expect([shares.values[0], shares.values[7], shares.invalid]).toEqual([
      1,
      Number.NaN,
      { count: 1, examples: [{ row: 7, text: '0.5' }] },
    ]);
  });

  it('of two units is text, and says so', async () => {
    const table = await readCsv(fileOf(range(40).map((row) => (row % 4 === 0 ? `${row} g` : `${row} kg`))));
    expect(table.columns[0].kind).toBe('text');
    const { warnings } = summarize(table);
    expect(warnings.map(({ text }) => text)).toContain(
      'Column "price" is text, as its numbers have different units, which are not converted: "kg" in 30 rows, "g" in 10 rows; write all in one unit.',
    );
  });

  it('of telephone numbers, codes, versions and addresses is text', async () => {
    for (const cell of ['010-1234-567', '00', 'v1.', '192.168.0.', '192.168.100.20', '12:3', '3-', '2024-01-0']) {
      const table = await readCsv(fileOf(range(9).map((row) => `${cell}${row + 1}`)));
      expect([cell, table.columns[0].kind]).toEqual([cell, 'text']);
    }
  });
});

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

describe('the decimal mark of a file', () => {
  it('is that of its columns with units, as far as it can be', async () => {
    const table = await readCsv('weight;n\n1.250 kg;1,5\n850 kg;2,5\n2.500 kg;3,5\n');
    expect(plain(table)).toEqual({ weight: [1250, 850, 2500], n: [1.5, 2.5, 3.5] });
    expect(table.notices).toEqual([]);
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

describe('numbers beside multiples', () => {
  it.each([['2K'], ['$3M'], ['3만'], ['5억'], ['3만원']])('of %s are missing', async (cell) => {
    const column = await columnOf(range(40).map((row) => (row === 7 ? '101' : row === 8 ? '0' : cell)));
    expect([column.values[0], column.values[7], column.values[8]]).toEqual([
      Number.parseInt(cell.replace('$', ''), 10),
      Number.NaN,
      0,
    ]);
    const half = await readCsv(fileOf(range(40).map((row) => (row % 2 ? `${row}` : cell))));
    expect(half.columns[0].kind).toBe('text');
  });
});

describe('codes', () => {
  it.each([
    ['(1)', '(2)', '(3)'],
    ['12C', '9C', '10C'],
    ['5th Ave', '6th Ave', '7th Ave'],
  ])('such as %s are text', async (...cells) => {
    expect((await readCsv(fileOf(cells))).columns[0].kind).toBe('text');
  });

  it('of many words have no different units', async () => {
    const table = await readCsv(fileOf(range(40).map((row) => `${row + 1} ${'abcdefgh'[row % 8]}x street`)));
    expect(JSON.stringify(summarize(table).warnings)).not.toContain('different units');
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
    expect(columns[0].range).toEqual({ least: '₩1000', median: '₩1384', most: '₩1767' });
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

describe('types', () => {
  it('make numbers of a column with fewer than 95 %, and name the others', async () => {
    const cells = range(40).map((row) => (row % 3 === 0 ? 'ask' : `$${row}.50`));
    const table = await readCsv(`price,x\n${cells.map((cell, row) => `${cell},${row % 7}`).join('\n')}\n`);
    const data = prepare(table, { target: 'x', task: 'regression', types: { price: 'number' } });
    expect(data.preprocessing.features).toMatchObject([{ column: 'price', kind: 'number', unit: { before: '$' } }]);
    expect(data.notices.map(({ text }) => text)).toContain(
      'Column "price": 14 cells are no numbers and count as missing, such as "ask" in row 2, "ask" in row 5, "ask" in row 8.',
    );
  });

  it('are offered where most cells are numbers', async () => {
    const cells = range(40).map((row) => (row % 4 === 0 ? 'ask' : `$${row}`));
    const { warnings } = summarize(await readCsv(fileOf(cells)));
    expect(warnings).toContainEqual({
      severity: 'warning',
      code: 'numbers_few',
      params: { column: 'price', count: 30, cells: 40 },
      text: 'Column "price" is text: 30 cells of 40 cells are numbers, too few by themselves; with the type number the others count as missing.',
      column: 'price',
      fix: { setting: 'types', column: 'price', value: 'number' },
    });
  });

  it('refuse a column that hardly holds numbers', async () => {
    const table = await readCsv('name,x\nAnn,1\nBob,2\n3,3\n');
    expect(problemOf(() => prepare(table, { target: 'x', types: { name: 'number' } })).message).toContain(
      '"Ann" is no number',
    );
  });
});

describe('a target with a class for each row', () => {
  it('is a number where it can be read as one', async () => {
    const table = await readCsv(fileOf(range(100).map((row) => `${row * 35}원`)));
    expect(prepare(table, { target: 'price' }).preprocessing.task).toBe('regression');
  });

  it('is refused otherwise, with what would help', async () => {
    const some = range(100).map((row) => (row % 5 === 0 ? `on request ${row}` : `$${row}`));
    const table = await readCsv(fileOf(some));
    expect(problemOf(() => prepare(table, { target: 'price' })).message).toBe(
      'target: column "price" of text has 100 values in 100 rows, too many to be classes; give it the type number to predict the numbers in 80 cells.',
    );
    const names = await readCsv(fileOf(range(100).map((row) => `n${row}`)));
    expect(problemOf(() => prepare(names, { target: 'price', task: 'classification' })).message).toMatch(
      /100 values in 100 rows, too many to be classes; choose another target\.$/,
    );
  });

  it('is learned where classes are asked for and some have two rows', async () => {
    const table = await readCsv(fileOf(range(100).map((row) => `n${row % 80}`)));
    expect(problemOf(() => prepare(table, { target: 'price' })).message).toContain('80 values in 100 rows');
    const data = prepare(table, { target: 'price', task: 'classification' });
    expect(data.preprocessing.task).toBe('multiclass');
    expect(data.notices[0].text).toContain('80 values in 100 rows');
  });
});
