/** A number with a unit in a cell: read in every style, and never made of what only looks like one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { numberFormats } from '../../../../src/data/table/numbers.ts';
import { quantityReader, type Unit, unitName, withUnit } from '../../../../src/data/table/quantity.ts';
import { fileOf } from '../../../support/data/csv-tables.ts';

const american = quantityReader({ decimal: '.', thousands: ',' });

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
