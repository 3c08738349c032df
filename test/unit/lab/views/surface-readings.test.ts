/** What is read off a surface: rows where the pointer is on one, what the model says everywhere else. */
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../../src/lab/charts/frame.ts';
import type { SurfacePicture } from '../../../../src/lab/protocol/views.ts';
import { answerAt, surfaceReadings } from '../../../../src/lab/views/drawings/surface-readings.ts';

const points = (x: number[], y: number[], value: number[], rows: number[]) => ({
  x: Float64Array.from(x),
  y: Float64Array.from(y),
  value: Float64Array.from(value),
  rows: Uint32Array.from(rows),
});
const picture: SurfacePicture = {
  x: { name: 'x1', low: 0, high: 10 },
  y: { name: 'x2', low: 0, high: 1 },
  train: points([2, 8], [0.2, 0.8], [0, 1], [4, 7]),
  validation: points([5], [0.5], [1], [9]),
  classes: ['a', 'b'],
  low: 0,
  high: 1,
};
/** The probability of b rises from left to right. */
const values = { side: 3, values: Float32Array.from([0, 0.5, 1, 0, 0.5, 1, 0, 0.5, 1]) };
const frame: Frame = {
  x: { low: 0, high: 10, from: 50, to: 450 },
  y: { low: 0, high: 1, from: 300, to: 100 },
  whole: { x: [0, 10], y: [0, 1] },
  short: [],
};
const numbering = { rowsBefore: 1 };
const readings = surfaceReadings(frame, picture, values, { target: 'kind', numbering });
const lines = (place: number | undefined) => (place === undefined ? undefined : readings.read(place).lines);

it('a place between four of the grid is between what they say', () => {
  expect(answerAt(picture, values, 'kind', 0.9, 0.3)).toBe('b 90 %');
  expect(answerAt(picture, values, 'kind', 0.1, 1)).toBe('a 90 %');
  const numbers = { ...picture, classes: null };
  expect(answerAt(numbers, { side: 2, values: Float32Array.from([0, 1, 2, 3]) }, 'size', 0.5, 0.5)).toBe('size 1.50');
  expect(answerAt(picture, null, 'kind', 0.5, 0.5)).toBe('–');
});

describe('by pointer', () => {
  it('a row is read on it, with its number in the file', () => {
    expect(lines(readings.at(251, 201))).toEqual([
      'row 11, validation',
      'x1 5.00',
      'x2 0.500',
      'actual kind b',
      'model a 50 %',
    ]);
    expect(readings.read(readings.at(251, 201) ?? -1).behind?.()).toEqual([9]);
  });

  it('elsewhere the model is read, and nothing outside the axes', () => {
    const place = readings.at(410, 120);
    expect(lines(place)).toEqual(['x1 9.00', 'x2 0.900', 'model b 90 %']);
    expect(readings.read(place ?? -1).behind).toBeUndefined();
    expect(readings.at(470, 120)).toBeUndefined();
  });
});

describe('by keys', () => {
  const key = (name: string, from?: number) => readings.byKey?.(name, from, readings.count);

  it('arrows begin in the middle and go on in four directions, no further than the axes', () => {
    const middle = key('ArrowRight');
    expect(lines(middle)?.slice(0, 2)).toEqual(['x1 5.42', 'x2 0.500']);
    expect(lines(key('ArrowUp', middle))?.slice(0, 2)).toEqual(['x1 5.42', 'x2 0.542']);
    let place = middle;
    for (let press = 0; press < 30; press++) place = key('ArrowLeft', place);
    expect(lines(place)?.[0]).toBe('x1 0');
  });

  it('Page Down and Page Up go through the rows', () => {
    const first = key('PageDown');
    expect(lines(first)?.[0]).toBe('row 11, validation');
    expect(lines(key('PageDown', first))?.[0]).toBe('row 6, training');
    expect(lines(key('End', first))?.[0]).toBe('row 9, training');
    expect(key('x', first)).toBeUndefined();
  });
});
