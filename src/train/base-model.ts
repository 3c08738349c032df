/** What a model's file records of the model that it went on from: a model card says it again. */
import type { ModelData } from '../model/model-data.ts';
import { digest } from './fingerprint.ts';

export interface RecordedBase {
  /** Of its file, its folder or its run. */
  name: string;
  /** SHA-256 of its parameters; absent in pages that are not secure contexts, which have no SHA-256. */
  parameters?: string;
}

/** @param name a folder's may say more than its owner wants to give away: its last part stays */
export async function recordedBase(name: string, { members }: Pick<ModelData, 'members'>): Promise<RecordedBase> {
  return {
    name: name.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, ''),
    ...(globalThis.crypto?.subtle ? { parameters: await digest(members[0].parameters) } : {}),
  };
}
