/**
 * Any .safetensors file (https://github.com/huggingface/safetensors): eight bytes with the length of a JSON header, the
 * header, then the tensors' bytes. Ours are all float32; `write-safetensors.ts` writes them.
 *
 * It is read as strictly as the format's own reader does: every name once, and tensors that lie one after another, without
 * a gap, from the first byte to the last. So what is made of a file is no larger than the file.
 */
import * as z from 'zod/mini';
import { models } from '../../messages/en/models/models.ts';
import { parseJson } from '../../spec/json.ts';
import { InputError, saidBy } from '../../util/errors.ts';
import { type Message, message } from '../../util/message.ts';

export interface Tensor {
  dtype: string;
  shape: number[];
  /** First byte and the byte after the last, counted from the end of the header. */
  data_offsets: [number, number];
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
/** A tensor's name, its fields, its shape. */
const maxDepth = 3;

/** Bits of a value. Of a type that is not here, which the format may get, any size is taken. */
const bitsOf: ReadonlyMap<string, number> = new Map([
  ['F4', 4],
  ['F6_E2M3', 6],
  ['F6_E3M2', 6],
  ...['BOOL', 'U8', 'I8', 'F8_E5M2', 'F8_E4M3', 'F8_E8M0'].map((type) => [type, 8] as const),
  ...['I16', 'U16', 'F16', 'BF16'].map((type) => [type, 16] as const),
  ...['I32', 'U32', 'F32'].map((type) => [type, 32] as const),
  ...['I64', 'U64', 'F64', 'C64'].map((type) => [type, 64] as const),
]);

/** @throws InputError where the bytes are no such file */
export function decodeTensors(bytes: Uint8Array, source: string): TensorFile {
  const broken = (why: Message) => new InputError(message(models, 'not_safetensors', { source, why }));
  if (bytes.length < 8) throw broken(message(models, 'header_length_missing'));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > longestHeader) throw broken(message(models, 'header_length_wrong'));
  if (length > bytes.length - 8) throw broken(message(models, 'header_cut'));
  const header = readHeader(bytes.subarray(8, 8 + length), broken);
  const { __metadata__: metadata = {}, ...others } = header;
  const parsed = metadataSchema.safeParse(metadata);
  if (!parsed.success) throw broken(message(models, 'metadata_not_text'));
  const tensors = new Map<string, Tensor>();
  for (const [name, value] of Object.entries(others)) {
    const tensor = tensorSchema.safeParse(value);
    if (!tensor.success) throw broken(message(models, 'header_no_tensor', { name }));
    tensors.set(name, tensor.data);
  }
  const data = bytes.subarray(8 + length);
  checkOffsets(tensors, data, source, broken);
  return { tensors, metadata: parsed.data, data };
}

type Broken = (why: Message) => InputError;

function readHeader(bytes: Uint8Array, broken: Broken): Record<string, unknown> {
  if (bytes[0] !== '{'.charCodeAt(0)) throw broken(message(models, 'header_start'));
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return parseJson(text, maxDepth) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof InputError) throw broken(message(models, 'header_unreadable', { why: saidBy(error) }));
    // Neither says more than this: bytes that are no UTF-8, and text that is no JSON.
    if (error instanceof TypeError || error instanceof SyntaxError) throw broken(message(models, 'header_not_json'));
    throw error;
  }
}

/** Each tensor begins where the one before it ends, the first at 0, and the last ends with the file. */
function checkOffsets(tensors: TensorFile['tensors'], data: Uint8Array, source: string, broken: Broken): void {
  const inOrder = [...tensors].sort(([, { data_offsets: a }], [, { data_offsets: b }]) => a[0] - b[0] || a[1] - b[1]);
  let end = 0;
  for (const [name, { dtype, shape, data_offsets }] of inOrder) {
    const [first, next] = data_offsets;
    if (next > data.length) throw new InputError(message(models, 'tensor_cut', { source, name }));
    if (first !== end) throw broken(message(models, first < end ? 'tensor_overlaps' : 'tensor_gap', { name }));
    const size = next - first;
    const bits = bitsOf.get(dtype);
    const expected = bits === undefined ? size : shape.reduce((product, side) => product * side, bits / 8);
    if (size !== expected) throw broken(message(models, 'tensor_size', { name, size, expected }));
    end = next;
  }
  const size = data.length - end;
  if (size > 0) throw broken(message(models, 'bytes_left', { size }));
}

/** Copies the values of a tensor, wherever it lies in the file. */
export function copyTensor({ tensors, data }: TensorFile, name: string, to: Float32Array): void {
  const [first] = tensors.get(name)?.data_offsets ?? [0];
  const view = new DataView(data.buffer, data.byteOffset + first, 4 * to.length);
  const bits = new Uint32Array(to.buffer, to.byteOffset, to.length);
  for (let i = 0; i < bits.length; i++) bits[i] = view.getUint32(4 * i, true);
}
