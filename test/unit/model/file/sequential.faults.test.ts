/** Networks of other programs: linear layers from a safetensors file, and the columns beside it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadModel } from '../../../../src/model/file/load-model.ts';
import { loadSequential, type NetworkColumns } from '../../../../src/model/file/sequential.ts';
import { forwardRows, saveModel } from '../../../../src/model/model.ts';
import { uniformAt } from '../../../../src/util/random.ts';
import { designed, mutated, mutations } from '../../../support/data/hostile.ts';
import { problemOf, tableOf, valuesOf } from '../../../support/data/tables.ts';
import { faultSeed, times } from '../../../support/faults.ts';
import { putTogether } from '../../../support/models/safetensors.ts';

type Tensors = Record<string, { shape: number[]; values: number[]; dtype?: string }>;

function fileOf(tensors: Tensors): Uint8Array {
  const header: Record<string, unknown> = {};
  const all: number[] = [];
  for (const [name, { shape, values, dtype = 'F32' }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [4 * all.length, 4 * (all.length + values.length)] };
    all.push(...values);
  }
  return putTogether(header, new Uint8Array(Float32Array.from(all).buffer));
}

/** What `nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, outputs))` saves; layer 10 comes after layer 2. */
function network(outputs = 1, names = ['2', '10']): Tensors {
  const values = (count: number, seed: number) => Array.from({ length: count }, (_, at) => uniformAt(seed, at) - 0.5);
  return {
    [`${names[1]}.weight`]: { shape: [outputs, 3], values: values(3 * outputs, 1) },
    [`${names[1]}.bias`]: { shape: [outputs], values: values(outputs, 2) },
    [`${names[0]}.weight`]: { shape: [3, 2], values: values(6, 3) },
    [`${names[0]}.bias`]: { shape: [3], values: values(3, 4) },
  };
}

const columns: NetworkColumns = {
  columns: ['a', { column: 'b', offset: 10, scale: 2 }],
  activation: 'relu',
  target: { column: 'y', offset: 5, scale: 4 },
};
const round = Math.fround;

/** z2 of relu(z1), in float64. */
function outputsOf(tensors: Tensors, [first, last]: string[], x: number[]): number[] {
  const layer = (name: string, input: number[]) => {
    const { shape, values } = tensors[`${name}.weight`];
    const bias = tensors[`${name}.bias`]?.values ?? [];
    return Array.from({ length: shape[0] }, (_, o) =>
      input.reduce((sum, value, i) => sum + value * round(values[o * shape[1] + i]), round(bias[o] ?? 0)),
    );
  };
  return layer(
    last,
    layer(first, x).map((value) => Math.max(0, value)),
  );
}

it('answers as the network does, with columns scaled and the target in its units', () => {
  fc.assert(
    fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true }), (a, b) => {
      const tensors = network();
      const model = loadSequential(fileOf(tensors), columns);
      const [expected] = outputsOf(tensors, ['2', '10'], [round(a), round((b - 10) / 2)]);
      const [value] = valuesOf(model.predict(tableOf({ a: [a], b: [b] }))[0]);
      expect(value).toBeCloseTo(4 * expected + 5, 5);
    }),
  );
});

it('takes two outputs for two classes, whose probabilities are those of their softmax', () => {
  const tensors = network(2, ['net.0', 'net.2']);
  const model = loadSequential(fileOf(tensors), { ...columns, target: { column: 'y', classes: ['no', 'yes'] } });
  const [no, yes] = outputsOf(tensors, ['net.0', 'net.2'], [1, 0]);
  const answers = model.predict(tableOf({ a: [1], b: [10] }));
  expect(answers.map(({ name }) => name)).toEqual(['predicted_y', 'probability_no', 'probability_yes']);
  expect(valuesOf(answers[2])[0]).toBeCloseTo(Math.exp(yes) / (Math.exp(no) + Math.exp(yes)), 6);
});

it('has a feature for each level, fills gaps, and needs no bias', () => {
  const { '10.bias': _, ...tensors } = network(3);
  tensors['2.weight'] = { shape: [3, 3], values: [1, 0, 0, 0, 1, 0, 0, 0, 1] };
  const model = loadSequential(fileOf(tensors), {
    columns: [
      { column: 'kind', levels: ['oak', 'fir'] },
      { column: 'a', missing: 2 },
    ],
    activation: ['identity'],
    target: { column: 'y', classes: ['1', '2', '3'] },
  });
  const outputs = forwardRows(model, Float32Array.of(0, 1, 2), 1);
  expect(
    model
      .predict(tableOf({ kind: ['fir'], a: [null] }))
      .slice(1)
      .map((column) => valuesOf(column)[0]),
  ).toEqual(
    model
      .predict(tableOf({ kind: ['fir'], a: [2] }))
      .slice(1)
      .map((column) => valuesOf(column)[0]),
  );
  expect(outputs).toHaveLength(3);
});

it('is saved and read as a model of ours', () => {
  const model = loadSequential(fileOf(network()), columns);
  const table = tableOf({ a: [1, 2], b: [3, 4] });
  expect(loadModel(saveModel(model)).predict(table)).toEqual(model.predict(table));
});

it('reads or refuses what was made to do harm, in a line', () => {
  const legal = { header: network(), columns };
  fc.assert(
    fc.property(mutations, (changes) => {
      const { header, columns: given } = Object(mutated(legal, changes)) as typeof legal;
      const tensors = typeof header === 'object' && header !== null ? header : {};
      const shapes = Object.fromEntries(
        Object.entries(tensors).map(([name, tensor]) => [
          name,
          { ...legal.header['2.bias'], shape: Object(tensor).shape },
        ]),
      );
      for (const file of [fileOf(network()), fileOf(shapes)]) {
        const model = designed(() => loadSequential(file, given));
        if (model) expect(loadModel(saveModel(model)).members).toHaveLength(1);
      }
    }),
    { seed: faultSeed, numRuns: times(100, 10_000) },
  );
});

it.each<[string, Tensors, Partial<NetworkColumns>, string]>([
  ['nothing linear', { x: { shape: [2], values: [1, 2] } }, {}, 'has no linear layer'],
  ['a norm', { ...network(), '3.running_mean': { shape: [3], values: [0, 0, 0] } }, {}, '3.running_mean'],
  ['other columns', network(), { columns: ['a'] }, '2.weight takes 2 inputs, and what comes before it has 1'],
  ['a gap', { ...network(), '10.weight': { shape: [1, 2], values: [1, 1] } }, {}, '10.weight takes 2 inputs'],
  [
    'other classes',
    network(2),
    { target: { column: 'y', classes: ['a', 'b', 'c'] } },
    '2 outputs where the target makes 3',
  ],
  ['another type', { ...network(), '2.bias': { shape: [3], values: [0, 0, 0], dtype: 'I32' } }, {}, '2.bias is I32'],
  ['a short bias', { ...network(), '2.bias': { shape: [2], values: [0, 0] } }, {}, '2.bias does not have'],
  ['infinity', { ...network(), '2.bias': { shape: [3], values: [0, 0, 1 / 0] } }, {}, '2.bias has values'],
  ['too many activations', network(), { activation: ['relu', 'tanh'] }, 'names 2 activations for 1 hidden layers'],
  [
    'a squashed class',
    network(),
    { target: { column: 'y', classes: ['a', 'b'] }, output_activation: 'sigmoid' },
    'logits',
  ],
  ['no such activation', network(), { activation: 'swosh' as 'relu' }, 'activation'],
])('refuses %s in one line', (_, tensors, changes, said) => {
  expect(problemOf(() => loadSequential(fileOf(tensors), { ...columns, ...changes })).message).toContain(said);
});
