/** The description of a model as JSON: nothing of it is lost, and what was worked out for it is right. */
import { describe, expect, it } from 'vitest';
import { describeModel, type ModelDescription } from '../../../src/export/description.ts';
import { exportModel } from '../../../src/export/formats.ts';
import { type ExportCase, exportCases } from '../../support/models/exported-models.ts';

const cases = exportCases();
const named = (name: string) => cases.find((one) => one.name === name) as ExportCase;

describe.each(cases)('$name', ({ model, table }) => {
  it('reads back from JSON as it was, to the last bit of every parameter', async () => {
    const [{ name, bytes }] = await exportModel(model, 'json');
    expect(name).toBe('model.json');
    const described = describeModel(model);
    const plain = JSON.parse(
      JSON.stringify(described, (_, value) => (value instanceof Float32Array ? [...value] : value)),
    );
    const read: ModelDescription = JSON.parse(new TextDecoder().decode(bytes), (key, value) =>
      key === 'values' ? value.map(Math.fround) : value,
    );
    expect(read).toEqual(plain);
  });

  it('has predictions to compare with, and features for its first layer', () => {
    const { inputs, features, members } = describeModel(model);
    expect(members.every(({ layers }) => layers[0].inputs === features)).toBe(true);
    expect(inputs.at(-1)).toMatchObject({ from: features - (inputs.at(-1)?.width ?? 0) });
    const [first] = model.predict(table);
    expect(first.name).toBe(`predicted_${describeModel(model).outputs[0].column}`);
  });
});

it('says which feature missing cells and other levels have', () => {
  const inputs = describeModel(named('numbers by scale').model).inputs;
  const kind = inputs.find(({ column }) => column === 'kind');
  const wet = inputs.find(({ column }) => column === 'wet');
  expect(kind).toMatchObject({ kind: 'category', unknown: -1 });
  expect(kind?.kind === 'category' && kind.missing).toBeGreaterThanOrEqual(0);
  expect(wet).toMatchObject({ kind: 'boolean', truth: 'yes', falsehood: 'no' });
});

it('gives intervals the level that is asked for', async () => {
  const { model } = named('an ensemble for a number, with intervals');
  const widthAt = (level?: number) => {
    const [output] = describeModel(model, { level }).outputs;
    return output.kind === 'number' ? [output.level, output.half_width] : [];
  };
  expect(widthAt()).toEqual([0.9, 0.37]);
  expect(widthAt(0.5)).toEqual([0.5, 0.21]);
  await expect(exportModel(model, 'json', { level: 0.99 })).rejects.toThrow('99 %');
});
