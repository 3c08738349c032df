/** What is in an exported graph, and what it is called. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { textOf } from '../../../src/data/table/table.ts';
import { parameterCount } from '../../../src/engine/parameters.ts';
import { toOnnx } from '../../../src/export/onnx/onnx.ts';
import { range, tableOf } from '../../support/data/tables.ts';
import { type ExportCase, exportCases, randomModel } from '../../support/models/exported-models.ts';
import { runOnnx, runtimes } from '../../support/models/onnx.ts';
import { takeApart } from '../../support/models/onnx-file.ts';

const cases = exportCases();
const named = (name: string) => cases.find((one) => one.name === name) as ExportCase;

it.each(cases)('is in order, and holds each parameter once: $name', ({ model }) => {
  const { nodes, constants, inputs, outputs } = takeApart(toOnnx(model));
  const known = new Set([...Object.keys(inputs), ...Object.keys(constants)]);
  expect(known.size).toBe(Object.keys(inputs).length + Object.keys(constants).length);
  for (const node of nodes) {
    for (const name of node.inputs) expect(known).toContain(name);
    for (const name of node.outputs) {
      expect(known).not.toContain(name);
      known.add(name);
    }
  }
  for (const name of Object.keys(outputs)) expect(known).toContain(name);
  const own = Object.entries(constants).filter(([name]) => /^(members\.\d+\.)?layers\.\d+\.\w+$/.test(name));
  const parameters = model.members.reduce((sum, { layers }) => sum + parameterCount(layers), 0);
  expect(own.reduce((sum, [, { length }]) => sum + length, 0)).toBe(4 * parameters);
});

it('uses the operators that docs/export.md lists, and no other', () => {
  const used = cases.flatMap(({ model }) => takeApart(toOnnx(model)).nodes.map(({ operator }) => operator));
  const [, listed] = /Operators: ([^.]+)\./.exec(readFileSync('docs/export.md', 'utf8')) ?? [];
  expect(listed.replace(/[`\s]/g, '').split(',')).toEqual([...new Set(used)].sort());
});

it('says who wrote it, for which versions, and what goes in and comes out', () => {
  const file = takeApart(toOnnx(named('an ensemble for a number, with intervals').model));
  expect(file).toMatchObject({
    irVersion: 8,
    producer: 'perceptron-lab test',
    operators: { '': 17, 'ai.onnx.ml': 3 },
    metadata: { task: 'regression' },
  });
  expect(file.inputs).toMatchObject({
    'height (m)': 'number; NaN where missing',
    wet: 'text; empty where missing',
    day: 'days since 1970-01-01; NaN where missing',
  });
  const inputs = JSON.parse(file.metadata.inputs);
  expect(inputs).toHaveLength(7);
  expect(inputs).toContainEqual({ name: 'height (m)', column: 'height (m)', kind: 'number' });
  expect(inputs).toContainEqual({ name: 'wet', column: 'wet', kind: 'boolean', levels: ['yes', 'no'] });
  expect(JSON.parse(file.metadata.outputs)).toEqual([
    { name: 'predicted_target', gives: 'predicted', column: 'target' },
    { name: 'low_target', gives: 'low', column: 'target', level: 0.9 },
    { name: 'high_target', gives: 'high', column: 'target', level: 0.9 },
  ]);
});

it('has the names of classes in their order, and the unit of a number', () => {
  const { metadata, outputs } = takeApart(toOnnx(named('three classes').model));
  const classes = ['=1+1', 'Adélie', 'chin strap'];
  expect(JSON.parse(metadata.classes)).toEqual(classes);
  expect(outputs.probabilities).toBe(`of the classes ${metadata.classes}`);
  const table = tableOf({ x: range(40), price: range(40).map((row) => `$${row}.50`) });
  const priced = takeApart(
    toOnnx(randomModel(prepare(table, { target: 'price', types: { price: 'number' }, split: { train: 1 } }))),
  );
  expect(priced.outputs).toEqual({ predicted_price: 'in $' });
  expect(JSON.parse(priced.metadata.outputs)).toEqual([
    { name: 'predicted_price', gives: 'predicted', column: 'price', unit: { before: '$', after: '' } },
  ]);
});

it('takes columns of any name, and makes way where an output would have it', async () => {
  const names = [
    '',
    'Gather',
    'features/Sub',
    '키 (cm)',
    'a\nb "c"',
    'predicted_y',
    'probabilities',
    '__proto__',
    '🌲',
  ];
  const columns = names.map((name, index) => [name, range(40).map((row) => Math.sin((index + 1) * row))]);
  const table = tableOf({ ...Object.fromEntries(columns), y: range(40).map((row) => ['no', 'yes'][row % 2]) });
  const model = randomModel(prepare(table, { target: 'y', split: { train: 1 } }), { model: { hidden: [4] } });
  const file = takeApart(toOnnx(model));
  expect(Object.keys(file.inputs)).toEqual(['column_1', ...names.slice(1)]);
  expect(Object.keys(file.outputs)).toEqual(['predicted_y_2', 'probabilities_2']);
  const described: { name: string; column: string }[] = JSON.parse(file.metadata.inputs);
  expect(described.map(({ column }) => column)).toEqual(names);
  for (const runtime of Object.values(runtimes)) {
    const { values } = await runOnnx(runtime, toOnnx(model), model, table);
    const [predicted] = model.predict(table);
    expect(Array.from(values.predicted_y_2)).toEqual(range(40).map((row) => textOf(predicted, row)));
  }
});
