/** Numbers that float32, in which networks are trained, cannot tell apart: scaled in float64, or refused by name. */
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../../src/data/prepare/prepare.ts';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { scalingNames } from '../../../../src/spec/data-settings.ts';
import { problemOf, textsOf } from '../../../support/data/tables.ts';

const x = Array.from({ length: 60 }, (_, row) => Math.sin(row * 1.3).toFixed(4));
const targets = (cell: (row: number) => string) =>
  readCsv(`x,y\n${x.map((own, row) => `${own},${cell(row)}`).join('\n')}\n`);
const features = (cell: (row: number) => string) =>
  readCsv(`x,y\n${x.map((own, row) => `${cell(row)},${own}`).join('\n')}\n`);
const settings = { target: 'y', task: 'regression', numeric: 'scale' } as const;

/** What float32 makes of each, unscaled. */
const close: [string, (row: number) => string, number][] = [
  ['denormals of float64', (row) => `${1 + (row % 7)}e-310`, 0],
  ['the smallest of all numbers', (row) => (row % 2 ? '5e-324' : '1e-323'), 0],
  ['the smallest in a few rows', (row) => (row % 9 === 0 ? '5e-324' : '0.0'), 0],
  ['numbers below float32', (row) => `${1 + (row % 7)}e-200`, 0],
  ['a spread below its digits', (row) => `1.00000000000${1 + (row % 7)}`, 1],
  ['a spread below its digits, large', (row) => `1000000000${1 + (row % 7)}.5`, 1e10],
];

describe.each(close)('a target of %s', (_, cell, unscaled) => {
  it.each(['standardize', 'min_max'] as const)('is told apart by %s', async (scaling) => {
    const data = prepare(await targets(cell), { ...settings, scaling, split: { train: 1 } });
    const actual = new Set(data.targets);
    expect(actual.size).toBe(new Set(x.map((_, row) => cell(row))).size);
    const spread = Math.max(...actual) - Math.min(...actual);
    expect(spread).toBeGreaterThanOrEqual(0.5);
    expect(spread).toBeLessThan(10);
  });

  it('is refused where it is not scaled', async () => {
    const table = await targets(cell);
    const problem = problemOf(() => prepare(table, { ...settings, scaling: 'none' }));
    expect(problem).toMatchObject({ code: 'target_constant_float32', where: 'scaling' });
    expect(problem.message).toContain(`unscaled it is ${unscaled} in every training row; set scaling to standardize.`);
  });
});

describe.each(close)('a feature of %s', (_, cell, unscaled) => {
  it.each(scalingNames)('is told apart, or said to be lost, under %s', async (scaling) => {
    const data = prepare(await features(cell), { ...settings, scaling });
    const said = textsOf(data.notices, 'warning').filter((text) => text.includes('float32'));
    if (scaling === 'none') {
      expect(new Set(data.features).size).toBe(1);
      expect(said).toEqual([expect.stringContaining(`unscaled it is ${unscaled} in every training row`)]);
    } else {
      expect(new Set(data.features).size).toBeGreaterThan(1);
      expect(said).toEqual([]);
    }
  });

  it.each(['robust', 'quantile', 'piecewise_linear'] as const)('is told apart by %s', async (numeric) => {
    const { features: encoded } = prepare(await features(cell), { ...settings, numeric });
    expect(encoded.every(Number.isFinite)).toBe(true);
    expect(Math.max(...encoded) - Math.min(...encoded)).toBeGreaterThan(0.1);
  });
});
