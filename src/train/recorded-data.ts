/** What a model's file records of the table that it was trained on: a model card says it again. */
import type { DataOrigin, DataSet } from '../data/prepare/dataset.ts';
import { fingerprint } from './fingerprint.ts';

export interface RecordedData extends DataOrigin {
  /** Rows in each part. */
  sets: { train: number; validation: number; test: number };
  /** SHA-256 of the prepared rows and their split; absent in pages that are not secure contexts, which have no SHA-256. */
  fingerprint?: string;
}

const recorded = new WeakMap<DataSet, Promise<RecordedData>>();

/** Worked out once for each data set; undefined for parts of others. */
export async function recordedData(data: DataSet): Promise<RecordedData | undefined> {
  if (!data.origin) return undefined;
  const found = recorded.get(data) ?? record(data, data.origin);
  recorded.set(data, found);
  return found;
}

async function record(data: DataSet, origin: DataOrigin): Promise<RecordedData> {
  const { train, validation, test } = data.sets;
  return {
    ...origin,
    // A folder's name may say more than its owner wants to give away with a model.
    ...(origin.file === undefined ? {} : { file: origin.file.replace(/^.*[\\/]/, '') }),
    sets: { train: train.length, validation: validation.length, test: test.length },
    ...(globalThis.crypto?.subtle ? { fingerprint: await fingerprint(data) } : {}),
  };
}
