/**
 * A trained model as a .safetensors file (https://github.com/huggingface/safetensors): eight bytes with the length of a
 * JSON header, the header, then the tensors' bytes. Any safetensors reader finds the tensors that the layers declare, of
 * dense ones `layers.<i>.weight` [outputs, inputs] and `layers.<i>.bias` [outputs]; what else the model needs travels in
 * `__metadata__`, which holds text only, so activations, preprocessing, settings and origin are each JSON within the JSON.
 * A model that is more than a chain of dense layers has the kinds of its `layers` there too.
 */
import * as z from 'zod/mini';
import type { Preprocessing } from '../data/prepare/dataset.ts';
import { featureCount } from '../data/prepare/encode.ts';
import { checkPreprocessing } from '../data/prepare/preprocessing.ts';
import { outputCount } from '../data/prepare/target.ts';
import { kindOf, type LayerKind, type LayerShape, layerKinds, tensorsOf } from '../engine/layers.ts';
import { type ModelTensor, modelTensors, parameterCount } from '../engine/parameters.ts';
import { models } from '../messages/en/models.ts';
import { activationNames } from '../spec/activations.ts';
import { check, checkTrial } from '../spec/check.ts';
import type { Trial } from '../spec/settings.ts';
import { InputError, saidBy } from '../util/errors.ts';
import { type Message, message } from '../util/message.ts';

/** A trained model as plain data: what the file holds. */
export interface ModelData {
  layers: LayerShape[];
  /** All parameters in one flat array: see `engine/parameters.ts`. */
  parameters: Float32Array;
  preprocessing: Preprocessing;
  /** The settings it was trained with, without initial parameters. */
  settings: Omit<Trial, 'initial_parameters'>;
  /** What made it, for people: adapter, engine, plan, epochs, metrics. Free-form JSON. */
  origin: Record<string, unknown>;
}

const format = 'perceptron-lab';
/** Version 1 files, which knew numbers alone, are read too: see `checkPreprocessing`. */
const version = '2';
const readVersions = ['1', '2'];
/** The format's own limit on the header. */
const longestHeader = 100_000_000;

interface Tensor {
  dtype: string;
  shape: number[];
  /** First byte and the byte after the last, counted from the end of the header. */
  data_offsets: [number, number];
}

const whole = z.int().check(z.minimum(0));
const tensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(whole),
  data_offsets: z.tuple([whole, whole]),
});
const metadataSchema = z.record(z.string(), z.string());
const activationsSchema = z.array(z.enum(activationNames)).check(z.minLength(1));
const originSchema = z.record(z.string(), z.unknown());
const kindsSchema = z.array(z.enum(layerKinds));

/** The bytes of the file. Parameters keep every bit. */
export function encodeSafetensors(contents: ModelData): Uint8Array<ArrayBuffer> {
  const { layers, parameters, preprocessing, settings, origin } = contents;
  const kinds = layers.map(kindOf);
  const header: Record<string, Tensor | Record<string, string>> = {
    __metadata__: {
      format,
      version,
      ...(kinds.every((kind) => kind === 'dense') ? {} : { layers: JSON.stringify(kinds) }),
      activations: JSON.stringify(layers.map(({ activation }) => activation)),
      preprocessing: JSON.stringify(preprocessing),
      settings: JSON.stringify(settings),
      origin: JSON.stringify(origin),
    },
  };
  for (const tensor of modelTensors(layers)) {
    const { shape, offset, size } = tensor;
    header[fileName(tensor)] = { dtype: 'F32', shape, data_offsets: [4 * offset, 4 * (offset + size)] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(start + 4 * parameters.length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(start - 8), true);
  bytes.fill(0x20, 8, start);
  bytes.set(text, 8);
  const bits = new Uint32Array(parameters.buffer, parameters.byteOffset, parameters.length);
  bits.forEach((value, index) => {
    view.setUint32(start + 4 * index, value, true);
  });
  return bytes;
}

/**
 * The model in the bytes of a file.
 * @param source what messages call the file
 * @throws InputError that says what is wrong with it
 */
export function decodeSafetensors(bytes: Uint8Array, source: string): ModelData {
  const { tensors, metadata, data } = readHeader(bytes, source);
  if (metadata.format !== format) {
    throw notOurs(source, message(models, 'model_of_others'));
  }
  if (!readVersions.includes(metadata.version)) {
    throw notOurs(source, message(models, 'model_version', { version: metadata.version, versions: readVersions }));
  }
  const part = <Value>(name: string, checked: (value: unknown) => Value): Value => {
    try {
      return checked(JSON.parse(metadata[name] ?? 'null'));
    } catch (error) {
      throw notOurs(source, message(models, 'model_part_unreadable', { name, why: saidBy(error) }));
    }
  };
  const activations = part('activations', (value) => check(activationsSchema, value));
  const kinds = metadata.layers === undefined ? [] : part('layers', (value) => check(kindsSchema, value));
  const preprocessing = part('preprocessing', checkPreprocessing);
  const settings = part('settings', checkTrial);
  const origin = part('origin', (value) => check(originSchema, value));
  if (settings.initial_parameters) throw notOurs(source, message(models, 'model_with_initial_parameters'));

  const columns = featureCount(preprocessing.features);
  const layers = readLayers(kinds, activations, columns, tensors, source);
  const own = modelTensors(layers);
  for (const tensor of own) checkTensor(tensors, fileName(tensor), tensor.shape, data, source);
  if (layers[layers.length - 1].outputs !== outputCount(preprocessing.targets)) {
    throw notOurs(source, message(models, 'model_outputs'));
  }
  if (tensors.size !== own.length) {
    const counts = { count: tensors.size, layers: layers.length, expected: own.length };
    throw notOurs(source, message(models, 'tensor_count', counts));
  }
  return { layers, parameters: readParameters(layers, tensors, data), preprocessing, settings, origin };
}

/** What any safetensors file has: tensors by name, metadata, and the bytes after the header. */
function readHeader(bytes: Uint8Array, source: string) {
  const broken = (why: Message) => new InputError(message(models, 'not_safetensors', { source, why }));
  if (bytes.length < 8) throw broken(message(models, 'header_length_missing'));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > longestHeader) throw broken(message(models, 'header_length_wrong'));
  if (length > bytes.length - 8) throw broken(message(models, 'header_cut'));
  let header: unknown;
  try {
    header = JSON.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(8, 8 + length)),
    );
  } catch {
    throw broken(message(models, 'header_not_json'));
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw broken(message(models, 'header_no_object'));
  const { __metadata__: metadata = {}, ...others } = header as Record<string, unknown>;
  const parsed = metadataSchema.safeParse(metadata);
  if (!parsed.success) throw broken(message(models, 'metadata_not_text'));
  const tensors = new Map<string, Tensor>();
  for (const [name, value] of Object.entries(others)) {
    const tensor = tensorSchema.safeParse(value);
    if (!tensor.success) throw broken(message(models, 'header_no_tensor', { name }));
    tensors.set(name, tensor.data);
  }
  return { tensors, metadata: parsed.data, data: bytes.subarray(8 + length) };
}

const fileName = ({ layer, name }: ModelTensor) => `layers.${layer}.${name}`;

/** Follows the tensors from layer to layer; each takes what the one before it gives. */
function readLayers(
  kinds: LayerKind[],
  activations: LayerShape['activation'][],
  columns: number,
  tensors: Map<string, Tensor>,
  source: string,
): LayerShape[] {
  let inputs = columns;
  return activations.map((activation, index) => {
    const kind = kinds[index] ?? 'dense';
    const first = `layers.${index}.${tensorsOf({ kind, inputs, outputs: 1 })[0].name}`;
    const outputs = tensors.get(first)?.shape[0] ?? 1;
    if (outputs < 1) throw notOurs(source, message(models, 'tensor_empty', { name: first }));
    const layer = { ...(kind === 'dense' ? {} : { kind }), inputs, outputs, activation };
    inputs = outputs;
    return layer;
  });
}

function checkTensor(
  tensors: Map<string, Tensor>,
  name: string,
  shape: number[],
  data: Uint8Array,
  source: string,
): void {
  const tensor = tensors.get(name);
  if (!tensor) throw notOurs(source, message(models, 'tensor_missing', { name }));
  const { dtype: type, shape: given } = tensor;
  if (type !== 'F32') throw notOurs(source, message(models, 'tensor_type', { name, type }));
  if (given.join() !== shape.join()) {
    throw notOurs(source, message(models, 'tensor_shape', { name, shape: given, wanted: shape }));
  }
  const [first, next] = tensor.data_offsets;
  const size = next - first;
  const expected = 4 * shape.reduce((product, side) => product * side, 1);
  if (size !== expected) throw notOurs(source, message(models, 'tensor_size', { name, size, expected }));
  if (next > data.length) {
    throw new InputError(message(models, 'tensor_cut', { source, name }));
  }
}

/** Gathers the tensors, wherever each lies in the file, into one arena. */
function readParameters(
  layers: LayerShape[],
  tensors: Map<string, Tensor>,
  data: Uint8Array,
): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(parameterCount(layers));
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const copy = (name: string, to: number) => {
    const [first, next] = tensors.get(name)?.data_offsets ?? [0, 0];
    for (let at = first; at < next; at += 4) bits[to + (at - first) / 4] = view.getUint32(at, true);
  };
  for (const tensor of modelTensors(layers)) copy(fileName(tensor), tensor.offset);
  return new Float32Array(bits.buffer);
}

function notOurs(source: string, why: Message): InputError {
  return new InputError(message(models, 'not_our_model', { source, why }));
}
