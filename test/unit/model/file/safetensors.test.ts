/** The model file: what others see in it, and that nothing is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeatureStep, TargetStep } from '../../../../src/data/prepare/dataset.ts';
import { featureCount } from '../../../../src/data/prepare/features.ts';
import { outputCount } from '../../../../src/data/prepare/target.ts';
import { dateFormats } from '../../../../src/data/table/dates.ts';
import { initialParameters, layerShapes, modelTensors, parameterCount } from '../../../../src/engine/parameters.ts';
import { loadModel } from '../../../../src/model/file/load-model.ts';
import { decodeSafetensors } from '../../../../src/model/file/safetensors.ts';
import { encodeSafetensors } from '../../../../src/model/file/write-safetensors.ts';
import { forwardRows } from '../../../../src/model/model.ts';
import { type ModelData, onlyMember, singleNetwork } from '../../../../src/model/model-data.ts';
import { activationNames } from '../../../../src/spec/activations.ts';
import { checkTrial } from '../../../../src/spec/check.ts';
import { optimizerNames, scheduleNames } from '../../../../src/spec/optimizer-settings.ts';
import { resolveTrial } from '../../../../src/train/trials.ts';
import { withLayers } from '../../../support/models/layers.ts';
import { contentsOf, putTogether, takeApart } from '../../../support/models/safetensors.ts';

function bitsOf(parameters: Float32Array): Uint32Array {
  return new Uint32Array(parameters.buffer, parameters.byteOffset, parameters.length);
}

function isFinite32(bits: number): boolean {
  return ((bits >>> 23) & 0xff) !== 0xff;
}

/** All but the parameters, as a file holds it. */
function inJson(model: ModelData): unknown {
  const members = model.members.map(({ parameters: _, ...others }) => others);
  return JSON.parse(JSON.stringify({ ...model, members }));
}

describe('the file', () => {
  const contents = contentsOf(2, [3], 1);
  const bytes = encodeSafetensors(contents);
  const { header, headerLength, data } = takeApart(bytes);

  it('is laid out as safetensors readers expect', () => {
    expect(headerLength % 8).toBe(0);
    expect(bytes[8]).toBe('{'.charCodeAt(0));
    expect(Object.keys(header)).toEqual([
      '__metadata__',
      'layers.0.weight',
      'layers.0.bias',
      'layers.1.weight',
      'layers.1.bias',
    ]);
    expect(header['layers.0.weight']).toEqual({ dtype: 'F32', shape: [3, 2], data_offsets: [0, 24] });
    expect(header['layers.0.bias']).toEqual({ dtype: 'F32', shape: [3], data_offsets: [24, 36] });
    expect(header['layers.1.weight']).toEqual({ dtype: 'F32', shape: [1, 3], data_offsets: [36, 48] });
    expect(header['layers.1.bias']).toEqual({ dtype: 'F32', shape: [1], data_offsets: [48, 52] });
    expect(data.length).toBe(52);
  });

  it('is version 2, byte for byte, where it is one network', () => {
    const { members, preprocessing, origin } = contents;
    const json = JSON.stringify({
      __metadata__: {
        format: 'perceptron-lab',
        version: '2',
        activations: '["tanh","identity"]',
        preprocessing: JSON.stringify(preprocessing),
        settings: JSON.stringify(members[0].settings),
        origin: JSON.stringify(origin),
      },
      'layers.0.weight': { dtype: 'F32', shape: [3, 2], data_offsets: [0, 24] },
      'layers.0.bias': { dtype: 'F32', shape: [3], data_offsets: [24, 36] },
      'layers.1.weight': { dtype: 'F32', shape: [1, 3], data_offsets: [36, 48] },
      'layers.1.bias': { dtype: 'F32', shape: [1], data_offsets: [48, 52] },
    });
    const padded = json.padEnd(8 * Math.ceil(json.length / 8));
    const values = new Uint8Array(members[0].parameters.slice().buffer);
    expect(bytes).toEqual(putTogether(padded, values));
  });

  it('holds little-endian floats', () => {
    const view = new DataView(data.buffer, data.byteOffset);
    onlyMember(contents).parameters.forEach((value, index) => {
      expect(view.getFloat32(4 * index, true)).toBe(value);
    });
  });

  it('says what the rest of the model is, as text', () => {
    const metadata = header.__metadata__ ?? {};
    expect(metadata).toMatchObject({ format: 'perceptron-lab', version: '2' });
    expect(JSON.parse(metadata.activations)).toEqual(['tanh', 'identity']);
    expect(JSON.parse(metadata.preprocessing)).toEqual(contents.preprocessing);
    expect(JSON.parse(metadata.settings)).toEqual(onlyMember(contents).settings);
    expect(JSON.parse(metadata.origin)).toEqual(contents.origin);
    for (const value of Object.values(metadata)) expect(typeof value).toBe('string');
  });

  it('may have its tensors in another order, as other programs write them', () => {
    const reversed = new Uint8Array(52);
    const entries = Object.entries(header).filter(([name]) => name !== '__metadata__') as [
      string,
      { shape: number[]; data_offsets: [number, number] },
    ][];
    let next = 0;
    const moved = entries.reverse().map(([name, tensor]) => {
      const [from, to] = tensor.data_offsets;
      reversed.set(data.subarray(from, to), next);
      next += to - from;
      return [name, { ...tensor, data_offsets: [next - (to - from), next] }];
    });
    const file = putTogether({ ...Object.fromEntries(moved), __metadata__: header.__metadata__ }, reversed);
    expect(decodeSafetensors(file, 'model')).toEqual(contents);
  });
});

describe('a model with a scale layer', () => {
  const dense = contentsOf(2, [3], 1);
  const network = onlyMember(dense);
  const layers = withLayers(network.layers, { kind: 'scale', before: [0] });
  const contents = contentsOf(2, [3], 1, {
    layers,
    parameters: Float32Array.of(2, 0.5, 1, -1, ...network.parameters),
  });
  const bytes = encodeSafetensors(contents);
  const { header, data } = takeApart(bytes);

  it('has its tensors under their names, and says what its layers are', () => {
    const { __metadata__: metadata, ...tensors } = header;
    expect(Object.keys(tensors)).toEqual(modelTensors(layers).map(({ layer, name }) => `layers.${layer}.${name}`));
    expect(tensors['layers.0.scale']).toEqual({ dtype: 'F32', shape: [2], data_offsets: [0, 8] });
    expect(JSON.parse(metadata?.layers ?? '')).toEqual(['scale', 'dense', 'dense']);
    expect(takeApart(encodeSafetensors(dense)).header.__metadata__).not.toHaveProperty('layers');
  });

  it('is read as it was written, and predicts with it', () => {
    expect(decodeSafetensors(bytes, 'model')).toEqual(contents);
    const features = Float32Array.of(0.5, -2);
    const scaled = Float32Array.of(2 * 0.5 + 1, 0.5 * -2 - 1);
    expect(forwardRows(loadModel(bytes), features, 1)).toEqual(forwardRows(dense, scaled, 1));
  });

  it.each([
    [['other', 'dense', 'dense'], 'its layers cannot be read'],
    [['dense', 'dense', 'dense'], 'it has no tensor layers.0.weight'],
    [['scale', 'scale', 'dense'], 'it has no tensor layers.1.scale'],
  ])('is refused where its layers are said to be %j', (kinds, why) => {
    const metadata = { ...header.__metadata__, layers: JSON.stringify(kinds) };
    const file = putTogether({ ...header, __metadata__: metadata }, data);
    expect(() => decodeSafetensors(file, 'model')).toThrow(`model is not a model of Perceptron Lab: ${why}`);
  });
});

describe('a model with a periodic layer', () => {
  const layers = withLayers(onlyMember(contentsOf(3, [4], 1)).layers, {
    kind: 'periodic',
    before: [0],
    frequencies: 2,
  });
  const parameters = initialParameters(layers, 'auto', 5);
  const { settings } = onlyMember(contentsOf(3, [4], 1));
  const model = {
    ...settings.model,
    embedding: { kind: 'periodic' as const, frequencies: 2, scale: 0.3, learning_rate_factor: 1 },
  };
  const contents = contentsOf(3, [4], 1, { layers, parameters, settings: { ...settings, model } });
  const { header, data } = takeApart(encodeSafetensors(contents));
  const embedding = { inputs: [1, 2], frequencies: 2, scale: 0.3 };

  it('has its own fields in the file, and is read as it was written', () => {
    const { __metadata__: metadata, ...tensors } = header;
    expect(tensors['layers.0.frequency']).toEqual({ dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] });
    expect(JSON.parse(metadata?.layers ?? '')).toEqual([{ kind: 'periodic', embedding }, 'dense', 'dense']);
    expect(decodeSafetensors(encodeSafetensors(contents), 'model')).toEqual(contents);
  });

  it('is refused where its settings embed nothing, or something else', () => {
    const plain = contentsOf(3, [4], 1, { layers, parameters });
    const other = { ...settings, model: { ...model, embedding: { ...model.embedding, scale: 0.5 } } };
    const found = 'its layers have [{"frequencies":2,"scale":0.3}]';
    for (const [own, said] of [
      [plain, '[]'],
      [contentsOf(3, [4], 1, { layers, parameters, settings: other }), '[{"frequencies":2,"scale":0.5}]'],
    ] as const) {
      expect(() => decodeSafetensors(encodeSafetensors(own), 'model')).toThrow(
        `its settings have model.embedding ${said}, ${found}`,
      );
    }
  });

  it.each([
    ['periodic', 'its layers cannot be read'],
    [{ kind: 'periodic', embedding: { ...embedding, frequencies: 0 } }, 'its layers cannot be read'],
    [{ kind: 'periodic', embedding: { ...embedding, inputs: [2, 3] } }, 'layers.0 embeds inputs that it does not have'],
    [{ kind: 'periodic', embedding: { ...embedding, inputs: [1, 1] } }, 'layers.0 embeds inputs that it does not have'],
    [
      { kind: 'periodic', embedding: { ...embedding, frequencies: 3 } },
      'layers.0.frequency has shape [2, 2], not [2, 3]',
    ],
  ])('is refused where its first layer is said to be %j', (first, why) => {
    const metadata = { ...header.__metadata__, layers: JSON.stringify([first, 'dense', 'dense']) };
    const file = putTogether({ ...header, __metadata__: metadata }, data);
    expect(() => decodeSafetensors(file, 'model')).toThrow(`model is not a model of Perceptron Lab: ${why}`);
  });
});

describe('a file of version 1', () => {
  it('is read as one of version 2 in which no number is missing', () => {
    const contents = contentsOf(2, [3], 1);
    const { header, data } = takeApart(encodeSafetensors(contents));
    const { preprocessing } = contents;
    const plain = ({ column }: { column: string }, index: number) => ({ column, offset: index, scale: 1 + index });
    const old = {
      ...preprocessing,
      version: 1,
      features: preprocessing.features.map(plain),
      targets: preprocessing.targets.map(plain),
    };
    const metadata = { ...header.__metadata__, version: '1', preprocessing: JSON.stringify(old) };
    const read = decodeSafetensors(putTogether({ ...header, __metadata__: metadata }, data), 'old.safetensors');
    expect(read.members).toEqual(contents.members);
    expect(read.preprocessing.features[1]).toEqual({
      column: 'x1',
      kind: 'number',
      missing: { value: 1, indicator: false },
      encoding: { kind: 'scale', offset: 1, scale: 2 },
    });
  });
});

describe('round trip', () => {
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 });
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const scale = { offset: finite, scale: fc.double({ min: 1e-300, max: 1e300, noNaN: true }) };
  const rising = fc.uniqueArray(finite, { minLength: 1, maxLength: 5 }).map((values) => values.sort((a, b) => a - b));
  const encoding = fc.oneof(
    fc.record({ kind: fc.constantFrom('scale', 'robust'), ...scale }),
    fc.record({ kind: fc.constant('quantile'), quantiles: rising }),
    fc.record({ kind: fc.constant('piecewise_linear'), edges: rising }),
  );
  const missing = fc.record({ value: finite, indicator: fc.boolean() });
  const cycles = fc.subarray(['year', 'week', 'day'] as const);
  const features = fc.array(
    fc.oneof(
      fc.record({ column: name, kind: fc.constant('number'), missing, encoding }),
      fc.record({
        column: name,
        kind: fc.constant('date'),
        format: fc.constantFrom(...dateFormats),
        missing,
        cycles,
        encoding,
      }),
      fc.record({
        column: name,
        kind: fc.constant('category'),
        levels: fc.array(name, { minLength: 1, maxLength: 4 }),
        other: fc.boolean(),
        missing: fc.option(name),
      }),
      fc.record({ column: name, kind: fc.constant('boolean'), truth: name, falsehood: name, missing: name }),
    ) as fc.Arbitrary<FeatureStep>,
    { minLength: 1, maxLength: 4 },
  );
  const targets = fc.oneof(
    fc.array(fc.record({ column: name, kind: fc.constant('number'), log: fc.boolean(), ...scale }), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.tuple(
      fc.record({
        column: name,
        kind: fc.constant('classes'),
        classes: fc.array(name, { minLength: 2, maxLength: 4 }),
      }),
    ),
  ) as fc.Arbitrary<TargetStep[]>;
  const anyContents = fc
    .record({
      hidden: fc.array(
        fc.record({
          units: fc.integer({ min: 1, max: 6 }),
          activation: fc.constantFrom(...activationNames),
          dropout: fc.double({ min: 0, max: 0.9, noNaN: true }),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      each: fc.boolean(),
      deep: fc.boolean(),
      output_activation: fc.constantFrom(...activationNames),
      optimizer: fc.constantFrom(...optimizerNames),
      schedule: fc.constantFrom(...scheduleNames),
      clip_norm: fc.option(fc.double({ min: 0.1, max: 10, noNaN: true }), { nil: undefined }),
      early: fc.option(fc.record({ patience: fc.integer({ min: 1, max: 99 }) }), { nil: undefined }),
      features,
      targets,
      origin: fc.dictionary(name, fc.jsonValue()),
    })
    .chain(({ hidden, each, deep, output_activation, features, targets, origin, ...training }) => {
      const { optimizer, schedule, clip_norm, early } = training;
      const trial = checkTrial({
        model: {
          hidden: deep ? hidden.map(({ units }) => units) : [],
          activation: deep && each ? hidden.map(({ activation }) => activation) : hidden[0].activation,
          dropout: deep && each ? hidden.map(({ dropout }) => dropout) : hidden[0].dropout,
          output_activation,
        },
        training: { optimizer: { kind: optimizer }, schedule: { kind: schedule }, clip_norm, early_stopping: early },
      });
      const settings = resolveTrial(trial, 'regression');
      const layers = layerShapes(settings.model, featureCount(features), outputCount(targets));
      const [first] = targets;
      const task = first.kind === 'number' ? 'regression' : first.classes.length === 2 ? 'binary' : 'multiclass';
      const count = parameterCount(layers);
      // Any bits of finite numbers: negative zero and subnormals too.
      const bits = fc.integer({ min: 0, max: 0xffffffff }).map((own) => (isFinite32(own) ? own : own & 0xff7fffff));
      return fc
        .array(bits, { minLength: count, maxLength: count })
        .map((bits) =>
          singleNetwork(
            { layers, parameters: new Float32Array(Uint32Array.from(bits).buffer), settings },
            { preprocessing: { version: 4, task, scaling: 'none', features, targets, dropped: [] }, origin },
          ),
        );
    }) as fc.Arbitrary<ModelData>;

  it('keeps every bit of every part', () => {
    fc.assert(
      fc.property(anyContents, (contents) => {
        const bytes = encodeSafetensors(contents);
        const read = decodeSafetensors(bytes, 'model');
        expect(read.members.map(({ parameters }) => bitsOf(parameters))).toEqual(
          contents.members.map(({ parameters }) => bitsOf(parameters)),
        );
        expect(inJson(read)).toEqual(inJson(contents));
        expect(encodeSafetensors(read)).toEqual(bytes);
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  it('works within larger buffers, at odd offsets', () => {
    const arena = new Float32Array(100).fill(9);
    const contents = contentsOf(2, [3], 1);
    const { parameters } = onlyMember(contents);
    arena.set(parameters, 5);
    const bytes = encodeSafetensors(contentsOf(2, [3], 1, { parameters: arena.subarray(5, 5 + parameters.length) }));
    expect(bytes).toEqual(encodeSafetensors(contents));
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeSafetensors(shifted.subarray(3), 'model')).toEqual(contents);
  });
});
