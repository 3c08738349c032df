/** Axes: round marks within the range, as many as are read, written with the decimals that their step needs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTicks, niceStep, place, tickLabels, tickValues, valueAt } from '../../../src/util/axis.ts';

const labels = (low: number, high: number, wanted: number, settings = {}) =>
  tickLabels(tickValues(low, high, wanted, settings), settings);

describe('marks of a linear axis', () => {
  it('are round, and written with as many decimals as tell them apart', () => {
    expect(labels(0, 1, 5)).toEqual(['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']);
    expect(labels(-0.3, 0.3, 4)).toEqual(['−0.2', '0.0', '0.2']);
    expect(labels(0, 12_000, 4)).toEqual(['0', '5000', '10\u202f000']);
    expect(labels(1990, 2020, 4)).toEqual(['1990', '2000', '2010', '2020']);
    expect(labels(0, 3e6, 3)).toEqual(['0', '1.0×10⁶', '2.0×10⁶', '3.0×10⁶']);
    expect(labels(0, 4e-4, 2)).toEqual(['0', '2.0×10⁻⁴', '4.0×10⁻⁴']);
  });

  it('are whole where only whole numbers mean something', () => {
    expect(labels(0, 3, 7, { whole: true })).toEqual(['0', '1', '2', '3']);
    expect(labels(0, 20_000, 3, { whole: true })).toEqual(['0', '10\u202f000', '20\u202f000']);
  });

  it('lie within the range and are no more than one above what is asked for', () => {
    const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(
        finite,
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.integer({ min: 2, max: 7 }),
        (low, span, wanted) => {
          const values = tickValues(low, low + span, wanted);
          expect(values.length).toBeLessThanOrEqual(wanted + 1);
          for (const value of values) {
            expect(value).toBeGreaterThanOrEqual(low - 1e-9 * span);
            expect(value).toBeLessThanOrEqual(low + span * (1 + 1e-9));
          }
        },
      ),
    );
  });
});

describe('marks of a logarithmic axis', () => {
  it('are powers of ten, fewer where there is no room, and finer where there are few', () => {
    expect(labels(1e-3, 1e3, 7, { log: true })).toEqual(['0.001', '0.01', '0.1', '1', '10', '100', '1\u202f000']);
    expect(labels(1e-8, 1, 4, { log: true })).toEqual(['10⁻⁸', '10⁻⁵', '10⁻²']);
    expect(labels(0.1, 1, 7, { log: true })).toEqual(['0.1', '0.2', '0.5', '1']);
    expect(labels(0.21, 0.29, 4, { log: true })).toEqual(['0.22', '0.24', '0.26', '0.28']);
  });
});

it('a place has its value, on linear and logarithmic axes, in either direction', () => {
  for (const scale of [
    { low: 2, high: 10, from: 300, to: 20 },
    { low: 0.01, high: 100, from: 52, to: 500, log: true },
  ]) {
    expect(place(scale, scale.low)).toBeCloseTo(scale.from, 9);
    expect(place(scale, scale.high)).toBeCloseTo(scale.to, 9);
    expect(valueAt(scale, place(scale, 3.7))).toBeCloseTo(3.7, 9);
  }
  expect(place({ low: 0.01, high: 100, from: 0, to: 400, log: true }, 1)).toBeCloseTo(200, 9);
});

it('has fewer marks where there is less room', () => {
  const many = axisTicks(0, 1, 400, 44);
  const few = axisTicks(0, 1, 100, 44);
  expect(few.length).toBeLessThan(many.length);
  expect(few.map(({ label }) => label)).toEqual(['0.0', '0.5', '1.0']);
});

it('a nice step is 1, 2 or 5 times a power of ten, and no smaller', () => {
  expect([1, 1.1, 2, 3, 5, 7, 10, 120].map(niceStep)).toEqual([1, 2, 2, 5, 5, 10, 10, 200]);
});
