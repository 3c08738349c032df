/** A model on an engine answers what it answers on the reference. */
import { afterAll, describe, expect, it } from 'vitest';
import type { Column } from '../../../src/data/table/table.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { createModel, forwardRows } from '../../../src/model/model.ts';
import { createPredictor, withPredictor } from '../../../src/model/predictor.ts';
import { normalAt } from '../../../src/util/random.ts';
import { contentsOf, ensembleOf } from '../../support/models/safetensors.ts';

const cpu = requestEngine({ kind: 'cpu' });
const reference = requestEngine({ kind: 'reference' });
afterAll(async () => {
  for (const engine of await Promise.all([cpu, reference])) engine.destroy();
});

/** Members of three shapes, two of them alike, one with activations of its own. */
function mixed() {
  const model = ensembleOf();
  const [wide, deep] = model.members;
  const own = wide.layers.map((layer, index) => ({
    ...layer,
    activation: index ? layer.activation : ('silu' as const),
  }));
  const more = { ...deep, parameters: deep.parameters.map((value) => -0.5 * value) };
  const members = [wide, deep, { ...wide, layers: own }, more].map((member) => ({ ...member, weight: 0.25 }));
  return { ...model, members };
}

const calibration = { kind: 'conformal' as const, residuals: [[1, 2, 3, 4, 5, 6, 7, 8, 9]], rows: 9, coverage: 0.9 };
const models = {
  'one network': contentsOf(2, [3], 1),
  'an ensemble': ensembleOf(),
  'members of several shapes': mixed(),
};
const rows = 3000;
const features = Float32Array.from({ length: 2 * rows }, (_, index) => normalAt(5, index, 0));
const table = {
  source: 'rows.csv',
  rows,
  rowsBefore: 0,
  notices: [],
  columns: ['x0', 'x1', 'y0'].map(
    (name, index): Column => ({
      name,
      kind: 'number',
      values: Float64Array.from({ length: rows }, (_, row) => normalAt(6, row, index)),
    }),
  ),
};

const valuesOf = (columns: Column[]) => columns.map((column) => (column.kind === 'number' ? [...column.values] : []));

describe.each(Object.entries(models))('%s', (_, model) => {
  it('has the outputs of the reference, to 1e-5 of the largest on the CPU and to the bit on the reference', async () => {
    const expected = forwardRows(model, features, rows);
    const largest = Math.max(...expected.map(Math.abs));
    const fast = await createPredictor(model, await cpu);
    const outputs = await fast.outputs(features, rows);
    expect(outputs).toHaveLength(rows);
    expect(Math.max(...outputs.map((value, row) => Math.abs(value - expected[row])))).toBeLessThan(1e-5 * largest);
    fast.destroy();
    const plain = await createPredictor(model, await reference);
    expect(await plain.outputs(features, rows)).toEqual(expected);
    plain.destroy();
  });

  it('predicts and scores tables as it does by itself', async () => {
    const plain = createModel({ ...model, calibration });
    const fast = await createPredictor(plain, await reference);
    expect(valuesOf(await fast.predict(table, { level: 0.8 }))).toEqual(valuesOf(plain.predict(table, { level: 0.8 })));
    expect(await fast.evaluate(table)).toEqual(plain.evaluate(table));
    fast.destroy();
  });
});

it('is lent on the CPU, and what it holds there is freed', async () => {
  const model = ensembleOf();
  const lent = await withPredictor(model, async (predictor) => predictor.outputs(features, rows));
  expect(lent).toHaveLength(rows);
  await expect(withPredictor(model, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
});
