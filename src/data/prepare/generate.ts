/**
 * Sample tables made by formula, so that anyone can tell how good a fit can possibly be, and as large and as noisy as a
 * person likes. The same settings make the same table everywhere: `data/` holds those of the defaults as files.
 *
 * moons, circles and blobs are scikit-learn's make_moons, make_circles and make_blobs
 * (https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_moons.html and its neighbours), spirals are
 * TensorFlow Playground's (https://github.com/tensorflow/playground, dataset.ts) with one turn
 * instead of 1.75 and normal noise. Only the random numbers are our own.
 */

import { preparing } from '../../messages/en/tables/preparing.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { hash, lastingKey, shuffled } from '../../util/random.ts';
import type { NumberColumn, Table, TextColumn } from '../table/table.ts';

/** Size and noise of a table made by formula. */
export interface GenerateSettings {
  /** A whole number from 1 to 1,000,000; 500 of `curve`, 4 of `or` and `xor`, else 400 unless given. */
  rows: number;
  /**
   * Standard deviation of the normal noise, from 0 to 1,000: on `y` for the curve, on every input for the others. 0.1
   * for `curve` and `circles`, 0.2 for `spirals` and `moons`, 1 for `blobs`, else 0 unless given.
   */
  noise: number;
  /** A whole number from 0 to 4,294,967,295; that of the file in `data/` unless given. */
  seed: number;
}

export const generatorNames = ['curve', 'or', 'xor', 'spirals', 'moons', 'circles', 'blobs'] as const;
/** The tables that are made by formula: a curve to fit, and classes of points in the plane. */
export type GeneratorName = (typeof generatorNames)[number];

export const generateDefaults: Record<GeneratorName, GenerateSettings> = {
  curve: { rows: 500, noise: 0.1, seed: 2026 },
  or: { rows: 4, noise: 0, seed: 1 },
  xor: { rows: 4, noise: 0, seed: 1 },
  spirals: { rows: 400, noise: 0.2, seed: 1 },
  moons: { rows: 400, noise: 0.2, seed: 1 },
  circles: { rows: 400, noise: 0.1, seed: 1 },
  blobs: { rows: 400, noise: 1, seed: 8 },
};

/**
 * A sample table made by formula; the same settings make the same table everywhere. `curve` has columns x and y; `or`
 * and `xor` have a, b and y; the others x1, x2 and `class`, whose classes differ in size by one row at most. Numbers
 * have four decimals (x of the curve three), so that a file holds all of them.
 * @param kind which one
 * @param settings what is left out is as in the files of `data/`
 * @throws InputError about a setting
 * @example
 * ```ts
 * const table = generate('moons', { rows: 200, noise: 0.1 });
 * console.log(table.columns.map(({ name }) => name)); // [ 'x1', 'x2', 'class' ]
 * ```
 */
export function generate(kind: GeneratorName, settings: Partial<GenerateSettings> = {}): Table {
  const complete = { ...generateDefaults[kind], ...settings };
  check(complete);
  const columns = makers[kind](complete);
  return { source: `${kind}.csv`, rows: complete.rows, columns, rowsBefore: 1, notices: [] };
}

function check({ rows, noise, seed }: GenerateSettings): void {
  if (!Number.isInteger(rows) || rows < 1 || rows > 1_000_000) {
    const range = { setting: 'rows', value: rows, least: 1, most: 1_000_000 };
    throw new InputError(message(preparing, 'generated_whole', range), 'rows');
  }
  if (!(noise >= 0 && noise <= 1000)) {
    const range = { setting: 'noise', value: noise, least: 0, most: 1000 };
    throw new InputError(message(preparing, 'generated_number', range), 'noise');
  }
  if (!Number.isInteger(seed) || seed < 0 || seed > 4294967295) {
    const range = { setting: 'seed', value: seed, least: 0, most: 4_294_967_295 };
    throw new InputError(message(preparing, 'generated_whole', range), 'seed');
  }
}

type Point = [number, number];
type Maker = (settings: GenerateSettings) => (NumberColumn | TextColumn)[];

const makers: Record<GeneratorName, Maker> = {
  curve,
  or: (settings) => corners(settings, (a, b) => a | b),
  xor: (settings) => corners(settings, (a, b) => a ^ b),

  /** Two arms of one turn from the middle to radius 5, half a turn apart. */
  spirals: (settings) =>
    classes(settings, ['a', 'b'], () => (arm, step, steps) => {
      const share = (step + 1) / steps;
      const angle = 2 * Math.PI * share + Math.PI * arm;
      return [5 * share * Math.sin(angle), 5 * share * Math.cos(angle)];
    }),

  /** Two half circles of radius 1, the second upside down and moved by (1, 0.5) into the first. */
  moons: (settings) =>
    classes(settings, ['a', 'b'], () => (moon, step, steps) => {
      const angle = Math.PI * (step / Math.max(1, steps - 1));
      return moon === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    }),

  /** A circle of radius 1 and one of radius 0.5 (scikit-learn's `factor`) inside it. */
  circles: (settings) =>
    classes(settings, ['a', 'b'], () => (inner, step, steps) => {
      const angle = 2 * Math.PI * (step / steps);
      const radius = inner ? 0.5 : 1;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    }),

  /** Three clouds around centres drawn from the square from -10 to 10. */
  blobs: (settings) =>
    classes(settings, ['a', 'b', 'c'], ({ uniform }) => {
      const centres = Array.from({ length: 3 }, (): Point => [20 * uniform() - 10, 20 * uniform() - 10]);
      return (cloud) => centres[cloud];
    }),
};

/** y = sin(x) + 0.4 cos(2 x) + noise, x uniform from -3 to 3. */
function curve({ rows, noise, seed }: GenerateSettings): NumberColumn[] {
  const { uniform, normal } = randomNumbers(seed);
  const [x, y] = [new Float64Array(rows), new Float64Array(rows)];
  for (let row = 0; row < rows; row++) {
    x[row] = rounded(6 * uniform() - 3, 3);
    y[row] = rounded(Math.sin(x[row]) + 0.4 * Math.cos(2 * x[row]) + noise * normal(), 4);
  }
  return [numbers('x', x), numbers('y', y)];
}

/** The corners (0, 0), (0, 1), (1, 0), (1, 1) in turn, with noise on a and b: four rows without noise are the truth table. */
function corners({ rows, noise, seed }: GenerateSettings, truth: (a: number, b: number) => number): NumberColumn[] {
  const { normal } = randomNumbers(seed);
  const [a, b, y] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
  for (let row = 0; row < rows; row++) {
    const [left, right] = [(row >> 1) & 1, row & 1];
    a[row] = rounded(left + noise * normal(), 4);
    b[row] = rounded(right + noise * normal(), 4);
    y[row] = truth(left, right);
  }
  return [numbers('a', a), numbers('b', b), numbers('y', y)];
}

/**
 * Rows of all classes in random order, each at its place plus noise. `placing` gets the random numbers first and answers
 * where the point number `step` of the `steps` points of a class lies.
 */
function classes(
  { rows, noise, seed }: GenerateSettings,
  names: string[],
  placing: (random: RandomNumbers) => (label: number, step: number, steps: number) => Point,
): (NumberColumn | TextColumn)[] {
  const random = randomNumbers(seed);
  const place = placing(random);
  const key = lastingKey(seed, 0);
  const [x1, x2, codes] = [new Float64Array(rows), new Float64Array(rows), new Uint32Array(rows)];
  for (let row = 0; row < rows; row++) {
    const point = shuffled(row, rows, key);
    const label = point % names.length;
    const steps = Math.ceil((rows - label) / names.length);
    const [left, up] = place(label, Math.floor(point / names.length), steps);
    x1[row] = rounded(left + noise * random.normal(), 4);
    x2[row] = rounded(up + noise * random.normal(), 4);
    codes[row] = label + 1;
  }
  const levels = names.slice(0, rows);
  return [numbers('x1', x1), numbers('x2', x2), { name: 'class', kind: 'text', codes, levels }];
}

interface RandomNumbers {
  /** In (0, 1). */
  uniform: () => number;
  /** Standard normal (Box & Muller 1958), from two uniforms. */
  normal: () => number;
}

/**
 * A counter through the hash, in steps of 2^32 / golden ratio: seeds up to 1000 apart have no number in common within
 * 700,000. The sample tables in `data/` were made with it, so it stays as it is.
 */
function randomNumbers(seed: number): RandomNumbers {
  let counter = seed;
  const uniform = () => {
    counter = (counter + 0x9e3779b9) >>> 0;
    return (hash(counter) + 0.5) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

function numbers(name: string, values: Float64Array): NumberColumn {
  return { name, kind: 'number', values };
}

/** Never -0, which a file could not hold. */
function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals)) + 0;
}
