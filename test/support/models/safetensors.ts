/** Model files for tests: contents, and a file taken apart and put together apart from our own code. */
import type { Preprocessing } from '../../../src/data/prepare/dataset.ts';
import { initialParameters, layerShapes } from '../../../src/engine/parameters.ts';
import { type Member, type ModelData, singleNetwork } from '../../../src/model/model-data.ts';
import { checkTrial } from '../../../src/spec/check.ts';
import { withFirstDefaults } from '../../../src/spec/first-defaults.ts';
import { resolveTrial } from '../../../src/train/trials.ts';

export type Header = Record<string, unknown> & { __metadata__?: Record<string, string> };

export function contentsOf(
  columns: number,
  hidden: number[],
  targets: number,
  changes: Partial<Member> = {},
): ModelData {
  const settings = resolveTrial(checkTrial(withFirstDefaults({ model: { hidden } })), 'regression');
  const layers = layerShapes(settings.model, columns, targets);
  const scale = (index: number) => ({ offset: 0.1 * index, scale: 1 + index });
  const missing = { value: 0.5, indicator: false };
  const preprocessing: Preprocessing = {
    version: 4,
    task: 'regression',
    scaling: 'standardize',
    features: Array.from({ length: columns }, (_, index) => ({
      column: `x${index}`,
      kind: 'number',
      missing,
      encoding: { kind: 'scale', ...scale(index) },
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
  const origin = { adapter: 'none', epochs_run: 3 };
  return singleNetwork({ layers, parameters, settings, ...changes }, { preprocessing, origin });
}

/** Two networks of two columns and one target, with different hidden layers. */
export function ensembleOf(changes: Partial<ModelData> = {}): ModelData {
  const wide = contentsOf(2, [3], 1);
  const deep = contentsOf(2, [4, 2], 1);
  const members = [
    { ...wide.members[0], weight: 0.25 },
    { ...deep.members[0], weight: 0.75 },
  ];
  return { ...wide, members, ...changes };
}

/** Takes a file apart as the format's description says, apart from our own decoder. */
export function takeApart(bytes: Uint8Array): { header: Header; headerLength: number; data: Uint8Array } {
  const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)));
  return { header, headerLength, data: bytes.subarray(8 + headerLength) };
}

/** What a file is made of: the bytes of each tensor, with its shape. */
export interface Parts {
  metadata: Record<string, string>;
  tensors: Record<string, { dtype: string; shape: number[]; bytes: Uint8Array }>;
}

/** A file with some parts changed, its tensors laid out anew one after another. */
export function rebuilt(file: Uint8Array, change: (parts: Parts) => void): Uint8Array {
  const { header, data } = takeApart(file);
  const { __metadata__: metadata = {}, ...others } = header;
  const entries = Object.entries(others as Record<string, { dtype: string; shape: number[]; data_offsets: number[] }>);
  const parts: Parts = {
    metadata,
    tensors: Object.fromEntries(
      entries.map(([name, { dtype, shape, data_offsets }]) => [
        name,
        { dtype, shape, bytes: data.slice(...data_offsets) },
      ]),
    ),
  };
  change(parts);
  let end = 0;
  const laid = Object.entries(parts.tensors).map(([name, { dtype, shape, bytes }]) => {
    end += bytes.length;
    return [name, { dtype, shape, data_offsets: [end - bytes.length, end] }];
  });
  const bytes = Object.values(parts.tensors).flatMap((tensor) => [...tensor.bytes]);
  return putTogether({ __metadata__: parts.metadata, ...Object.fromEntries(laid) }, Uint8Array.from(bytes));
}

export function putTogether(header: unknown, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}
