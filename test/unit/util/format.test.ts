/** Columns of numbers: grouped and aligned alike wherever they stand. */
import { expect, it } from 'vitest';
import { columnText, isNumeric, plainFigure, powerOfTen, roughDuration } from '../../../src/util/format.ts';

it('whole numbers stay whole where all of a column are, and are grouped', () => {
  expect(columnText([1, 221_900, -5])).toEqual(['1', '221\u202f900', '−5']);
});

it('points stand below each other, filled up with spaces as wide as digits', () => {
  expect(columnText([0.25, 12.34, 1234.5])).toEqual([
    '0.250',
    '12.3\u2007\u2007',
    '1\u202f230\u2008\u2007\u2007\u2007',
  ]);
});

it('what was read from a file has no zeros added, and years stay together', () => {
  expect(columnText([40.3, 39, 0.125, 12_000], 6, true)).toEqual([
    '40.3\u2007\u2007',
    '39\u2008\u2007\u2007\u2007',
    '0.125',
    '12\u202f000\u2008\u2007\u2007\u2007',
  ]);
  expect(columnText([1998, 2024], 6, true)).toEqual(['1998', '2024']);
});

it('a number that was read from a file is whole where it is whole, however few digits others have', () => {
  expect([53_613, -1_234_567, 0, 2024].map((value) => plainFigure(value, 4))).toEqual([
    '53\u202f613',
    '−1\u202f234\u202f567',
    '0',
    '2024',
  ]);
  expect([17.299_999, -0.5, 1234.56, 0.00002, 1_234_567.8].map((value) => plainFigure(value, 4))).toEqual([
    '17.3',
    '−0.5',
    '1235',
    '2.000×10⁻⁵',
    '1.235×10⁶',
  ]);
});

it('what is missing or far too large for digits takes the same room', () => {
  expect(columnText([0.5, null, 3e9], 2)).toEqual(['0.50', '–\u2008\u2007\u2007', '3.0×10⁹\u2008\u2007\u2007']);
});

it('words stay as they are, beside numbers too', () => {
  expect(columnText(['a', 'b'])).toEqual(['a', 'b']);
  expect(columnText(['0 %', 0.123])).toEqual(['0 %', '0.123']);
  expect([isNumeric([1, null]), isNumeric(['1', 1]), isNumeric([null])]).toEqual([true, false, false]);
});

it('powers of ten are raised, but for the first two', () => {
  expect([-5, 0, 1, 12].map(powerOfTen)).toEqual(['10⁻⁵', '1', '10', '10¹²']);
});

it('a time that is estimated has no more digits than are known', () => {
  const times = [0.04, 3.44, 9.97, 42.4, 59.6, 94, 117, 594, 596, 3580, 4790, 400_000];
  expect(times.map(roughDuration)).toEqual([
    '0.0 s',
    '3.4 s',
    '10 s',
    '42 s',
    '1 min',
    '1 min 30 s',
    '2 min',
    '9 min 50 s',
    '10 min',
    '1 h 00 min',
    '1 h 20 min',
    '111 h 07 min',
  ]);
});
