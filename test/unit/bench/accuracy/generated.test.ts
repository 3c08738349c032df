/** Generated tables: what the formula says of a row is what the row was made from. */
import { describe, expect, it } from 'vitest';
import { generatedTables } from '../../../../bench/accuracy/generated.ts';
import { mean, metricsOf } from '../../../../bench/accuracy/metrics.ts';
import { columnOf } from '../../../../bench/accuracy/tables.ts';

const tables = new Map(generatedTables().map((table) => [table.name, table]));
const get = (name: string) => tables.get(name)!;
const errorOfFormula = (name: string) => {
  const { task, cells, target, expected } = get(name);
  return metricsOf(task, columnOf(cells, target), expected);
};

describe('friedman1 to 3', () => {
  it.each([
    [
      'friedman1',
      (x: number[]) => 10 * Math.sin(Math.PI * x[0] * x[1]) + 20 * (x[2] - 0.5) ** 2 + 10 * x[3] + 5 * x[4],
    ],
    ['friedman2', (x: number[]) => Math.sqrt(x[0] ** 2 + (x[1] * x[2] - 1 / (x[1] * x[3])) ** 2)],
    ['friedman3', (x: number[]) => Math.atan((x[1] * x[2] - 1 / (x[1] * x[3])) / x[0])],
  ])('%s is as scikit-learn documents it', (name, formula) => {
    const { cells, expected } = get(name);
    for (const row of [0, 1, 1999]) {
      expect(expected.rows[row][0]).toBeCloseTo(formula(cells.rows[row].map(Number)), 9);
    }
  });

  it.each([
    ['friedman1', 1],
    ['friedman2', 125],
    ['friedman3', 0.1],
  ])('%s has noise of %s', (name, noise) => {
    const { rmse } = errorOfFormula(name);
    expect((rmse as number) / noise).toBeGreaterThan(0.95);
    expect((rmse as number) / noise).toBeLessThan(1.05);
  });
});

describe('buyers', () => {
  const { cells, expected, target } = get('buyers');

  it('buy as often as their chances say', () => {
    const bought = mean(columnOf(cells, target).map((answer) => Number(answer === 'yes')));
    expect(Math.abs(bought - mean(expected.rows.map(([, yes]) => yes)))).toBeLessThan(0.03);
    const { log_loss } = errorOfFormula('buyers');
    const entropy = mean(expected.rows.flat().map((p) => -2 * p * Math.log(p)));
    expect(Math.abs((log_loss as number) - entropy)).toBeLessThan(0.03);
  });

  it('have skewed columns, rare levels and gaps', () => {
    const incomes = columnOf(cells, 'income')
      .filter((cell) => cell !== '')
      .map(Number)
      .sort((a, b) => a - b);
    expect(mean(incomes)).toBeGreaterThan(1.3 * incomes[incomes.length >> 1]);
    expect(incomes.length).toBeLessThan(2000);
    expect(columnOf(cells, 'rating')).toContain('');
    const products = columnOf(cells, 'product');
    const counts = [...new Set(products)].map((level) => products.filter((cell) => cell === level).length);
    expect(counts.length).toBe(40);
    expect(Math.min(...counts)).toBeLessThan(25);
  });
});
