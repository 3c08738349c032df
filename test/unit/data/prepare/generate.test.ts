/** Tables made by formula: noise, size and seed do what they say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type GenerateSettings,
  type GeneratorName,
  generate,
  generateDefaults,
  generatorNames,
} from '../../../../src/data/prepare/generate.ts';
import { type Table, textOf } from '../../../../src/data/table/table.ts';
import { InputError } from '../../../../src/util/errors.ts';

const numbersOf = (table: Table, name: string): Float64Array => {
  const column = table.columns.find((one) => one.name === name);
  if (column?.kind !== 'number') throw new Error(`${name} is no column of numbers`);
  return column.values;
};
const classesOf = (table: Table): string[] =>
  Array.from({ length: table.rows }, (_, row) => textOf(table.columns[2], row));
const pointsOf = (table: Table) => {
  const [x1, x2] = [numbersOf(table, 'x1'), numbersOf(table, 'x2')];
  return classesOf(table).map((label, row) => ({
    label,
    x: x1[row],
    y: x2[row],
    radius: Math.hypot(x1[row], x2[row]),
  }));
};
/** What four decimals leave of a coordinate. */
const rounding = 1e-4;
/** The largest normal number that two uniforms of 32 bits can make. */
const farthest = Math.sqrt(-2 * Math.log(0.5 / 4294967296));

const anySettings: fc.Arbitrary<GenerateSettings> = fc.record({
  rows: fc.integer({ min: 1, max: 300 }),
  noise: fc.double({ min: 0, max: 2, noNaN: true }),
  seed: fc.integer({ min: 0, max: 4294967295 }),
});
const planar = ['spirals', 'moons', 'circles', 'blobs'] as const;
const anyKind = fc.constantFrom(...generatorNames);

describe('generate', () => {
  it('makes the same table again, and another one with another seed', () => {
    fc.assert(
      fc.property(anyKind, anySettings, (kind, settings) => {
        const table = generate(kind, settings);
        expect(generate(kind, settings)).toEqual(table);
        const other = generate(kind, { rows: 50, noise: 0.5, seed: (settings.seed + 1) % 4294967296 });
        expect(other.columns).not.toEqual(generate(kind, { rows: 50, noise: 0.5, seed: settings.seed }).columns);
      }),
      { seed: 1 },
    );
  });

  it('makes tables of the rows asked for, of finite numbers with four decimals at most and words that occur', () => {
    fc.assert(
      fc.property(anyKind, anySettings, (kind, settings) => {
        const table = generate(kind, settings);
        expect(table.rows).toBe(settings.rows);
        for (const column of table.columns) {
          if (column.kind === 'text') {
            expect(column.codes).toHaveLength(settings.rows);
            expect([...new Set(column.codes)].sort()).toEqual(column.levels.map((_, level) => level + 1));
            continue;
          }
          expect(column.values).toHaveLength(settings.rows);
          for (const value of column.values) {
            expect(Object.is(value, -0)).toBe(false);
            expect(Number(value.toFixed(4))).toBe(value);
          }
        }
      }),
      { seed: 2 },
    );
  });

  it('makes classes of equal size, within a row', () => {
    fc.assert(
      fc.property(fc.constantFrom(...planar), anySettings, (kind, settings) => {
        const labels = classesOf(generate(kind, settings));
        const sizes = (kind === 'blobs' ? ['a', 'b', 'c'] : ['a', 'b']).map(
          (name) => labels.filter((label) => label === name).length,
        );
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(sizes.reduce((sum, size) => sum + size)).toBe(settings.rows);
      }),
      { seed: 3 },
    );
  });

  it('moves points by noise and nothing else: twice the noise, twice as far', () => {
    fc.assert(
      fc.property(fc.constantFrom(...planar, 'xor', 'or'), anySettings, (kind, settings) => {
        const [still, near, far] = [0, 1, 2].map((times) =>
          generate(kind, { ...settings, noise: times * settings.noise }),
        );
        for (const name of planar.some((one) => one === kind) ? ['x1', 'x2'] : ['a', 'b']) {
          const [at, once, twice] = [still, near, far].map((table) => numbersOf(table, name));
          for (let row = 0; row < settings.rows; row++) {
            expect(Math.abs(twice[row] - at[row] - 2 * (once[row] - at[row]))).toBeLessThan(3 * rounding);
          }
        }
        expect(far.columns[2]).toEqual(still.columns[2]);
      }),
      { seed: 4 },
    );
  });

  it.each(planar)('gives %s noise of the standard deviation asked for', (kind) => {
    const settings = { rows: 4000, noise: 0.7, seed: 5 };
    const [still, noisy] = [generate(kind, { ...settings, noise: 0 }), generate(kind, settings)];
    for (const name of ['x1', 'x2']) {
      const [at, moved] = [numbersOf(still, name), numbersOf(noisy, name)];
      const steps = Array.from(moved, (value, row) => value - at[row]);
      // Four standard errors of 4,000 draws.
      expect(Math.abs(mean(steps))).toBeLessThan((4 * 0.7) / Math.sqrt(4000));
      expect(Math.abs(deviation(steps) - 0.7)).toBeLessThan((4 * 0.7) / Math.sqrt(8000));
    }
  });

  it('makes a curve with x from -3 to 3 and noise on y alone', () => {
    const settings = { rows: 4000, noise: 0.25, seed: 6 };
    const [still, noisy] = [generate('curve', { ...settings, noise: 0 }), generate('curve', settings)];
    expect(numbersOf(noisy, 'x')).toEqual(numbersOf(still, 'x'));
    const [x, y] = [numbersOf(still, 'x'), numbersOf(still, 'y')];
    expect(Math.min(...x)).toBeGreaterThanOrEqual(-3);
    expect(Math.max(...x)).toBeLessThanOrEqual(3);
    for (let row = 0; row < 4000; row++) {
      expect(Math.abs(y[row] - Math.sin(x[row]) - 0.4 * Math.cos(2 * x[row]))).toBeLessThan(rounding);
    }
    const residuals = Array.from(numbersOf(noisy, 'y'), (value, row) => value - y[row]);
    expect(Math.abs(deviation(residuals) - 0.25)).toBeLessThan((4 * 0.25) / Math.sqrt(8000));
  });

  it('makes truth tables: four rows without noise by default', () => {
    const rowsOfTable = (kind: GeneratorName) => {
      const { columns, rows } = generate(kind);
      return Array.from({ length: rows }, (_, row) => columns.map((column) => Number(textOf(column, row))).join(''));
    };
    expect(rowsOfTable('or')).toEqual(['000', '011', '101', '111']);
    expect(rowsOfTable('xor')).toEqual(['000', '011', '101', '110']);
  });

  it('makes circles of radius 1 and 0.5, within the noise', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        for (const { label, radius } of pointsOf(generate('circles', settings))) {
          const off = Math.abs(radius - (label === 'a' ? 1 : 0.5));
          expect(off).toBeLessThanOrEqual(Math.SQRT2 * (farthest * settings.noise + rounding));
        }
      }),
      { seed: 7 },
    );
  });

  it('makes moons that are half circles, one of them upside down', () => {
    const points = pointsOf(generate('moons', { rows: 101, noise: 0, seed: 8 }));
    for (const { label, x, y } of points) {
      if (label === 'a') {
        expect(Math.abs(Math.hypot(x, y) - 1)).toBeLessThan(2 * rounding);
        expect(y).toBeGreaterThanOrEqual(0);
      } else {
        expect(Math.abs(Math.hypot(x - 1, y - 0.5) - 1)).toBeLessThan(2 * rounding);
        expect(y).toBeLessThanOrEqual(0.5);
      }
    }
    const ends = points.filter(({ label }) => label === 'a').map(({ x }) => x);
    expect([Math.min(...ends), Math.max(...ends)]).toEqual([-1, 1]);
  });

  it('makes spirals whose arms are half a turn apart and end at radius 5', () => {
    const points = pointsOf(generate('spirals', { rows: 200, noise: 0, seed: 9 }));
    const arms = ['a', 'b'].map((name) =>
      points.filter(({ label }) => label === name).sort((one, other) => one.radius - other.radius),
    );
    expect(arms[0].at(-1)?.radius).toBeCloseTo(5, 3);
    for (const [step, { x, y, radius }] of arms[0].entries()) {
      expect(radius).toBeCloseTo((5 * (step + 1)) / 100, 3);
      expect(arms[1][step].x).toBeCloseTo(-x, 3);
      expect(arms[1][step].y).toBeCloseTo(-y, 3);
      const turn = 2 * Math.PI * ((step + 1) / 100);
      expect(x * Math.cos(turn) - y * Math.sin(turn)).toBeCloseTo(0, 3);
    }
  });

  it('makes blobs around centres that only the seed decides', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4294967295 }), fc.integer({ min: 3, max: 60 }), (seed, rows) => {
        const centresOf = (count: number) =>
          new Set(
            pointsOf(generate('blobs', { rows: count, noise: 0, seed })).map(({ label, x, y }) => `${label} ${x} ${y}`),
          );
        expect(centresOf(rows)).toEqual(centresOf(3));
        expect(centresOf(3).size).toBe(3);
        for (const { x, y } of pointsOf(generate('blobs', { rows, noise: 0, seed }))) {
          expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(10);
        }
      }),
      { seed: 10 },
    );
  });

  it('puts the points of a class in no order that a split or a batch could fall for', () => {
    const points = pointsOf(generate('moons', { rows: 400, noise: 0, seed: 1 }));
    const x = points.filter(({ label }) => label === 'a').map((point) => point.x);
    const rising = x.filter((value, row) => row > 0 && value > x[row - 1]).length;
    expect(rising).toBeGreaterThan(75);
    expect(rising).toBeLessThan(125);
  });

  it.each([
    ['rows', 0],
    ['rows', 2.5],
    ['rows', 1_000_001],
    ['noise', -0.1],
    ['noise', Number.NaN],
    ['seed', -1],
    ['seed', 4294967296],
  ] as const)('refuses %s of %d', (name, value) => {
    const attempt = () => generate('moons', { [name]: value });
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(`${name}: ${value} is not a`);
  });

  it('has defaults for all kinds that it accepts', () => {
    for (const kind of generatorNames) expect(generate(kind).rows).toBe(generateDefaults[kind].rows);
  });
});

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
