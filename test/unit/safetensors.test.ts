/** The model file: what others see in it, that nothing is lost, and what is said of a file that is none of ours. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeatureStep, Preprocessing, TargetStep } from '../../src/data/dataset.ts';
import { dateFormats } from '../../src/data/dates.ts';
import { featureCount } from '../../src/data/encode.ts';
import { outputCount } from '../../src/data/target.ts';
import { initialParameters, layerShapes, parameterCount } from '../../src/engine/parameters.ts';
import type { ModelContents } from '../../src/export/contents.ts';
import { decodeSafetensors, encodeSafetensors } from '../../src/export/safetensors.ts';
import { checkTrial } from '../../src/spec/check.ts';
import { InputError } from '../../src/spec/errors.ts';
import { optimizerNames, scheduleNames } from '../../src/spec/optimizer-settings.ts';
import { activationNames } from '../../src/spec/settings.ts';

type Header = Record<string, unknown> & { __metadata__?: Record<string, string> };

function contentsOf(
  columns: number,
  hidden: number[],
  targets: number,
  changes: Partial<ModelContents> = {},
): ModelContents {
  const settings = checkTrial({ model: { hidden } });
  const layers = layerShapes(settings.model, columns, targets);
  const scale = (index: number) => ({ offset: 0.1 * index, scale: 1 + index });
  const missing = { value: 0.5, indicator: false };
  const preprocessing: Preprocessing = {
    version: 2,
    task: 'regression',
    scaling: 'standardize',
    features: Array.from({ length: columns }, (_, index) => ({
      column: `x${index}`,
      kind: 'number',
      missing,
      ...scale(index),
    })),
    targets: Array.from({ length: targets }, (_, index) => ({
      column: `y${index}`,
      kind: 'number',
      log: false,
      ...scale(index),
    })),
    dropped: [{ column: 'c', reason: 'constant on the training rows' }],
  };
  const parameters = initialParameters(layers, 'auto', 1);
  return { layers, parameters, preprocessing, settings, origin: { adapter: 'none', epochs_run: 3 }, ...changes };
}

/** Takes a file apart as the format's description says, apart from our own decoder. */
function takeApart(bytes: Uint8Array): { header: Header; headerLength: number; data: Uint8Array } {
  const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)));
  return { header, headerLength, data: bytes.subarray(8 + headerLength) };
}

function putTogether(header: unknown, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

function bitsOf(parameters: Float32Array): Uint32Array {
  return new Uint32Array(parameters.buffer, parameters.byteOffset, parameters.length);
}

function problemOf(bytes: Uint8Array): string {
  try {
    decodeSafetensors(bytes, 'model.safetensors');
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).not.toContain('\n');
    return (error as InputError).message;
  }
  throw new Error('nothing was refused');
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

  it('holds little-endian floats', () => {
    const view = new DataView(data.buffer, data.byteOffset);
    contents.parameters.forEach((value, index) => {
      expect(view.getFloat32(4 * index, true)).toBe(value);
    });
  });

  it('says what the rest of the model is, as text', () => {
    const metadata = header.__metadata__ ?? {};
    expect(metadata).toMatchObject({ format: 'perceptron-lab', version: '2' });
    expect(JSON.parse(metadata.activations)).toEqual(['tanh', 'identity']);
    expect(JSON.parse(metadata.preprocessing)).toEqual(contents.preprocessing);
    expect(JSON.parse(metadata.settings)).toEqual(contents.settings);
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
    expect(read.parameters).toEqual(contents.parameters);
    expect(read.preprocessing.features[1]).toEqual({
      column: 'x1',
      kind: 'number',
      missing: { value: 1, indicator: false },
      offset: 1,
      scale: 2,
    });
  });
});

describe('round trip', () => {
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 });
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const scale = { offset: finite, scale: fc.double({ min: 1e-300, max: 1e300, noNaN: true }) };
  const missing = fc.record({ value: finite, indicator: fc.boolean() });
  const cycles = fc.subarray(['year', 'week', 'day'] as const);
  const features = fc.array(
    fc.oneof(
      fc.record({ column: name, kind: fc.constant('number'), missing, ...scale }),
      fc.record({
        column: name,
        kind: fc.constant('date'),
        format: fc.constantFrom(...dateFormats),
        missing,
        cycles,
        ...scale,
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
      const settings = checkTrial({
        model: {
          hidden: deep ? hidden.map(({ units }) => units) : [],
          activation: deep && each ? hidden.map(({ activation }) => activation) : hidden[0].activation,
          dropout: deep && each ? hidden.map(({ dropout }) => dropout) : hidden[0].dropout,
          output_activation,
        },
        training: { optimizer: { kind: optimizer }, schedule: { kind: schedule }, clip_norm, early_stopping: early },
      });
      const layers = layerShapes(settings.model, featureCount(features), outputCount(targets));
      const [first] = targets;
      const task = first.kind === 'number' ? 'regression' : first.classes.length === 2 ? 'binary' : 'multiclass';
      const count = parameterCount(layers);
      // Any bits at all: NaNs with payloads, infinities, negative zero, subnormals.
      return fc.array(fc.integer({ min: 0, max: 0xffffffff }), { minLength: count, maxLength: count }).map((bits) => ({
        layers,
        parameters: new Float32Array(Uint32Array.from(bits).buffer),
        preprocessing: { version: 2, task, scaling: 'none', features, targets, dropped: [] },
        settings,
        origin,
      }));
    }) as fc.Arbitrary<ModelContents>;

  it('keeps every bit of every part', () => {
    fc.assert(
      fc.property(anyContents, (contents) => {
        const bytes = encodeSafetensors(contents);
        const { parameters, ...others } = decodeSafetensors(bytes, 'model');
        expect(bitsOf(parameters)).toEqual(bitsOf(contents.parameters));
        const { parameters: _, ...expected } = contents;
        expect(others).toEqual(JSON.parse(JSON.stringify(expected)));
        expect(encodeSafetensors({ ...others, parameters })).toEqual(bytes);
      }),
      { numRuns: 300 },
    );
  });

  it('works within larger buffers, at odd offsets', () => {
    const arena = new Float32Array(100).fill(9);
    const contents = contentsOf(2, [3], 1);
    arena.set(contents.parameters, 5);
    const view = { ...contents, parameters: arena.subarray(5, 5 + contents.parameters.length) };
    const bytes = encodeSafetensors(view);
    expect(bytes).toEqual(encodeSafetensors(contents));
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeSafetensors(shifted.subarray(3), 'model')).toEqual(contents);
  });
});

describe('what is said of another file', () => {
  const bytes = encodeSafetensors(contentsOf(2, [3], 1));
  const { header, headerLength, data } = takeApart(bytes);
  // biome-ignore lint/suspicious/noExplicitAny: a header that is broken on purpose
  const changed = (change: (header: Record<string, any>) => void, rest = data) => {
    const copy = structuredClone(header);
    change(copy);
    return putTogether(copy, rest);
  };
  const ours = 'model.safetensors is not a model of Perceptron Lab';
  const format = 'model.safetensors is not a safetensors file';

  it.each([
    ['empty', new Uint8Array(), `${format}: it is shorter than 8 bytes.`],
    ['text', new TextEncoder().encode('x,y\n1,2\n3,4\n'), `${format}: it does not begin with the length of a header.`],
    [
      'cut within the header',
      bytes.subarray(0, 100),
      `${format}: it ends within its header; it may be cut short, so copy it again.`,
    ],
    [
      'cut within the tensors',
      bytes.subarray(0, 8 + headerLength + 40),
      'model.safetensors ends within layers.1.weight; it may be cut short, so copy it again.',
    ],
    [
      'cut by one byte',
      bytes.subarray(0, -1),
      'model.safetensors ends within layers.1.bias; it may be cut short, so copy it again.',
    ],
    ['header not JSON', putTogether('{"a":', data), `${format}: its header is not JSON.`],
    ['header a list', putTogether([1], data), `${format}: its header is no object.`],
    ['tensor no tensor', putTogether({ a: 1 }, data), `${format}: its header says of "a" what no tensor is.`],
    [
      'no metadata',
      changed((h) => delete h.__metadata__),
      `${ours}: it is a safetensors file that another program wrote.`,
    ],
    [
      'metadata of others',
      changed((h) => (h.__metadata__ = { format: 'pt' })),
      `${ours}: it is a safetensors file that another program wrote.`,
    ],
    ['metadata not text', changed((h) => (h.__metadata__.version = 1)), `${format}: its metadata is not text by name.`],
    [
      'later version',
      changed((h) => (h.__metadata__.version = '3')),
      `${ours}: its version is "3"; this program reads versions 1 and 2.`,
    ],
    ['other dtype', changed((h) => (h['layers.0.bias'].dtype = 'F16')), `${ours}: layers.0.bias is "F16", not F32.`],
    [
      'other shape',
      changed((h) => (h['layers.0.weight'].shape = [2, 3])),
      `${ours}: layers.0.weight has shape [2, 3], not [2, 2].`,
    ],
    [
      'other rank',
      changed((h) => (h['layers.0.bias'].shape = [3, 1])),
      `${ours}: layers.0.bias has shape [3, 1], not [3].`,
    ],
    ['empty layer', changed((h) => (h['layers.0.weight'].shape = [0, 2])), `${ours}: layers.0.weight is empty.`],
    ['missing bias', changed((h) => delete h['layers.1.bias']), `${ours}: it has no tensor layers.1.bias.`],
    [
      'missing layer',
      changed((h) => {
        delete h['layers.1.weight'];
        delete h['layers.1.bias'];
      }),
      `${ours}: it has no tensor layers.1.weight.`,
    ],
    [
      'tensor too many',
      changed((h) => (h.extra = h['layers.1.bias'])),
      `${ours}: it has 5 tensors where 2 layers make 4.`,
    ],
    [
      'wrong size',
      changed((h) => (h['layers.0.bias'].data_offsets = [24, 40])),
      `${ours}: layers.0.bias takes 16 bytes, not 12.`,
    ],
    [
      'beyond the end',
      changed((h) => (h['layers.0.bias'].data_offsets = [48, 60])),
      'model.safetensors ends within layers.0.bias; it may be cut short, so copy it again.',
    ],
    [
      'other activation',
      changed((h) => (h.__metadata__.activations = '["tanh","swish"]')),
      `${ours}: its activations cannot be read (1: "swish" is not known; choose identity, step, sigmoid, tanh, relu, leaky_relu, elu, gelu, silu or softplus).`,
    ],
    [
      'no preprocessing',
      changed((h) => delete h.__metadata__.preprocessing),
      `${ours}: its preprocessing cannot be read (null is not a group of settings).`,
    ],
    [
      'more targets',
      changed((h) => {
        const p = JSON.parse(h.__metadata__.preprocessing);
        p.targets.push(p.targets[0]);
        h.__metadata__.preprocessing = JSON.stringify(p);
      }),
      `${ours}: its last layer does not have the outputs that its targets ask for.`,
    ],
    [
      'bad settings',
      changed((h) => (h.__metadata__.settings = '{"training":{"epochs":-1}}')),
      `${ours}: its settings cannot be read (training.epochs: -1 is too small; give a value of at least 1 (default 200)).`,
    ],
  ])('%s', (_, file, message) => {
    expect(problemOf(file)).toBe(message);
  });

  it('throws nothing but InputError, whatever bytes are changed', () => {
    const change = fc.tuple(fc.integer({ min: 0, max: 8 + headerLength }), fc.integer({ min: 0, max: 255 }));
    let refused = 0;
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.option(fc.nat({ max: bytes.length })),
        (changes, cut) => {
          const broken = bytes.slice(0, cut ?? bytes.length);
          for (const [at, value] of changes) if (at < broken.length) broken[at] = value;
          try {
            const { layers, parameters } = decodeSafetensors(broken, 'model.safetensors');
            expect(parameters.length).toBe(parameterCount(layers));
          } catch (error) {
            refused += 1;
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
      { numRuns: 3000 },
    );
    expect(refused).toBeGreaterThan(1000);
  });

  it('throws nothing but InputError for random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (file) => void problemOf(file)),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.json(), (text) => void problemOf(putTogether(text, data))),
      { numRuns: 1000 },
    );
  });
});
