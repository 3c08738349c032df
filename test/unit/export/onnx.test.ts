/** Exported graphs, run by ONNX Runtime on raw rows, against `predict`. */
import { expect, it } from 'vitest';
import { toOnnx } from '../../../src/export/onnx/onnx.ts';
import { type ExportCase, exportCases } from '../../support/models/exported-models.ts';
import { largestError, runOnnx, runtimes, tolerance } from '../../support/models/onnx.ts';

const cases = exportCases();
const named = (name: string) => cases.find((one) => one.name === name) as ExportCase;

it.each(cases)('$name', async ({ model, table }) => {
  const bytes = toOnnx(model);
  for (const [name, runtime] of Object.entries(runtimes)) {
    const { values } = await runOnnx(runtime, bytes, model, table);
    expect(largestError(model, table, values), name).toBeLessThan(tolerance);
  }
});

it('has one input for each column and plain tensors for answers', async () => {
  const { model, table } = named('an ensemble for three classes, at a temperature');
  const { inputs, outputs } = await runOnnx(runtimes['onnxruntime-node'], toOnnx(model), model, table);
  const tensor = (name: string, type: string, side = 1) => ({ name, isTensor: true, type, shape: ['rows', side] });
  expect(inputs).toEqual([
    tensor('width', 'float64'),
    tensor('height (m)', 'float64'),
    tensor('skewed', 'float64'),
    tensor('ties', 'float64'),
    tensor('kind', 'string'),
    tensor('wet', 'string'),
    tensor('day', 'float64'),
  ]);
  expect(outputs).toEqual([tensor('predicted_target', 'string'), tensor('probabilities', 'float32', 3)]);
});

it('takes a level for intervals', async () => {
  const { model, table } = named('an ensemble for a number, with intervals');
  const { values } = await runOnnx(runtimes['onnxruntime-node'], toOnnx(model, { level: 0.5 }), model, table);
  const [, low] = model.predict(table, { level: 0.5 });
  expect(low.name).toBe('low_target');
  expect(values.low_target[0]).toBeCloseTo(low.kind === 'number' ? low.values[0] : Number.NaN, 4);
  expect(() => toOnnx(model, { level: 0.99 })).toThrow('99 %');
});
