/**
 * The model that an .onnx file of ours carries besides its graph: the metadata of the .safetensors file under one key, and the
 * same tensors by the same names, which are the graph's own constants. The rest of the graph is not read.
 *
 * The file is a message of protocol buffers (https://protobuf.dev/programming-guides/encoding), read here by its bounds: no field
 * goes beyond its message, and what is made of a file is no larger than the file. Field numbers are those of onnx.proto.
 */
import * as z from 'zod/mini';
import { models } from '../../messages/en/models/models.ts';
import { onnx } from '../../messages/en/models/onnx.ts';
import { parseJson } from '../../spec/json.ts';
import { InputError } from '../../util/errors.ts';
import { type Message, message } from '../../util/message.ts';
import type { Tensor, TensorFile } from './tensor-file.ts';

/** The key of the metadata. */
export const storedKey = 'perceptron_lab';

const metadataSchema = z.record(z.string(), z.string());
const float = 1;

/** Whether bytes begin as ONNX does, with the version of its format, and not as safetensors, with the length of a group. */
export function isOnnx(bytes: Uint8Array): boolean {
  return bytes[0] === 0x08 && bytes[8] !== '{'.charCodeAt(0);
}

/** @throws InputError where it is no such file, or another program's */
export function decodeOnnx(bytes: Uint8Array, source: string): TensorFile {
  const file: Source = { bytes, broken: (why) => new InputError(message(onnx, 'not_onnx', { source, why })) };
  const tensors: TensorFile['tensors'] = new Map();
  let metadata: TensorFile['metadata'] | undefined;
  for (const model of fieldsOf(file, { from: 0, to: bytes.length })) {
    if (model.number === 7) addTensors(file, model, tensors);
    if (model.number === 14) metadata = readMetadata(file, model) ?? metadata;
  }
  if (metadata) return { tensors, metadata, data: bytes };
  throw new InputError(message(models, 'not_our_model', { source, why: message(onnx, 'onnx_of_others') }));
}

interface Source {
  bytes: Uint8Array;
  broken: (why: Message) => InputError;
}

/** A field of a message: a number, or the bytes of a text or of another message. */
interface Field {
  number: number;
  value: number;
  from: number;
  to: number;
}

function addTensors(file: Source, graph: Field, tensors: TensorFile['tensors']): void {
  for (const { number, from, to } of fieldsOf(file, graph)) {
    if (number !== 5) continue;
    const { name, ...tensor } = readTensor(file, { from, to });
    // Names of constants that are not the model's own have a slash.
    if (name.includes('/')) continue;
    if (tensors.has(name)) throw file.broken(message(onnx, 'tensor_twice', { name }));
    tensors.set(name, tensor);
  }
}

function readTensor(file: Source, bounds: Bounds): Tensor & { name: string } {
  const shape: number[] = [];
  let [name, type] = ['', 0];
  let data: [number, number] = [0, 0];
  for (const field of fieldsOf(file, bounds)) {
    if (field.number === 1) shape.push(field.value);
    else if (field.number === 2) type = field.value;
    else if (field.number === 8) name = textOf(file, field);
    else if (field.number === 9) data = [field.from, field.to];
  }
  const [size, expected] = [data[1] - data[0], shape.reduce((product, side) => product * side, 4)];
  if (type !== float) return { name, dtype: `type ${type}`, shape, data_offsets: data };
  if (size !== expected && !name.includes('/')) {
    throw file.broken(message(models, 'tensor_size', { name, size, expected }));
  }
  return { name, dtype: 'F32', shape, data_offsets: data };
}

/** Undefined where the entry is another one. */
function readMetadata(file: Source, entry: Bounds): TensorFile['metadata'] | undefined {
  const texts = new Map<number, Field>();
  for (const field of fieldsOf(file, entry)) texts.set(field.number, field);
  const [key, value] = [1, 2].map((number) => textOf(file, texts.get(number)));
  if (key !== storedKey) return undefined;
  const parsed = metadataSchema.safeParse(jsonOf(value));
  if (!parsed.success) throw file.broken(message(models, 'metadata_not_text'));
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text, 1);
  } catch (error) {
    if (error instanceof InputError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function textOf({ bytes, broken }: Source, field: Bounds = { from: 0, to: 0 }): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(field.from, field.to));
  } catch (error) {
    if (error instanceof TypeError) throw broken(message(onnx, 'onnx_text'));
    throw error;
  }
}

type Bounds = Pick<Field, 'from' | 'to'>;

/** Bytes that a number takes at most. */
const longestNumber = 10;

/** The fields of the message within these bounds, in their order. @throws InputError where they are none */
function* fieldsOf({ bytes, broken }: Source, { from, to }: Bounds): Generator<Field> {
  let at = from;
  const readNumber = () => {
    let value = 0;
    for (let index = 0; index < longestNumber; index++) {
      if (at >= to) throw broken(message(onnx, 'onnx_cut'));
      const byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return value;
    }
    throw broken(message(onnx, 'onnx_field'));
  };
  const sizes: Record<number, () => number> = { 1: () => 8, 2: readNumber, 5: () => 4 };
  while (at < to) {
    const tag = readNumber();
    const [number, kind] = [Math.floor(tag / 8), tag % 8];
    if (kind === 0) {
      yield { number, value: readNumber(), from: at, to: at };
      continue;
    }
    if (!sizes[kind]) throw broken(message(onnx, 'onnx_field'));
    const size = sizes[kind]();
    if (size > to - at) throw broken(message(onnx, 'onnx_cut'));
    at += size;
    yield { number, value: 0, from: at - size, to: at };
  }
}
