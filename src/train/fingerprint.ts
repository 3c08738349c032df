/** Digests by which data sets and settings are known again. */
import type { DataSet } from '../data/prepare/dataset.ts';

/** A digest of everything in a data set that affects training or scores. */
export async function fingerprint({ features, targets, weights, sets, preprocessing }: DataSet): Promise<string> {
  const arrays = [features, targets, weights ?? new Float32Array(), sets.train, sets.validation, sets.test];
  const digests: string[] = [];
  for (const array of arrays) digests.push(await digest(array));
  return digest(new TextEncoder().encode(JSON.stringify([digests, preprocessing])));
}

/** The same of several. */
export async function rowsDigest(folds: readonly DataSet[]): Promise<string> {
  const digests: string[] = [];
  for (const data of folds) digests.push(await fingerprint(data));
  return digest(new TextEncoder().encode(digests.join('\n')));
}

/** SHA-256, in hexadecimal. */
export async function digest(bytes: ArrayBufferView): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytes as ArrayBufferView<ArrayBuffer>);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
