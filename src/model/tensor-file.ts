/**
 * Any .safetensors file (https://github.com/huggingface/safetensors): eight bytes with the length of a JSON header, the
 * header, then the tensors' bytes. Ours are all float32.
 */
import * as z from 'zod/mini';
import { models } from '../messages/en/models.ts';
import { InputError } from '../util/errors.ts';
import { type Message, message } from '../util/message.ts';

export interface Tensor {
  dtype: string;
  shape: number[];
  /** First byte and the byte after the last, counted from the end of the header. */
  data_offsets: [number, number];
}

/** A tensor to be written. */
export interface NamedTensor {
  name: string;
  shape: number[];
  values: Float32Array;
}

/** What any such file has. */
export interface TensorFile {
  tensors: Map<string, Tensor>;
  metadata: Record<string, string>;
  /** The bytes after the header. */
  data: Uint8Array;
}

/** The format's own limit on the header. */
const longestHeader = 100_000_000;

const whole = z.int().check(z.minimum(0));
const tensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(whole),
  data_offsets: z.tuple([whole, whole]),
});
const metadataSchema = z.record(z.string(), z.string());

/** The bytes of the file. Values keep every bit. */
export function encodeTensors(
  metadata: Record<string, string>,
  tensors: readonly NamedTensor[],
): Uint8Array<ArrayBuffer> {
  const header: Record<string, Tensor | Record<string, string>> = { __metadata__: metadata };
  let size = 0;
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [size, size + 4 * values.length] };
    size += 4 * values.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(start + size);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(start - 8), true);
  bytes.fill(0x20, 8, start);
  bytes.set(text, 8);
  let at = start;
  for (const { values } of tensors) {
    for (const bits of new Uint32Array(values.buffer, values.byteOffset, values.length)) {
      view.setUint32(at, bits, true);
      at += 4;
    }
  }
  return bytes;
}

/** @throws InputError where the bytes are no such file */
export function decodeTensors(bytes: Uint8Array, source: string): TensorFile {
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

/** Copies the values of a tensor, wherever it lies in the file. */
export function copyTensor({ tensors, data }: TensorFile, name: string, to: Float32Array): void {
  const [first] = tensors.get(name)?.data_offsets ?? [0];
  const view = new DataView(data.buffer, data.byteOffset + first, 4 * to.length);
  const bits = new Uint32Array(to.buffer, to.byteOffset, to.length);
  for (let i = 0; i < bits.length; i++) bits[i] = view.getUint32(4 * i, true);
}
