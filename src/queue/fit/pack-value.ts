/** A pack among the results of a job. */
import { packSchema } from '../../fit/pack-schema.ts';
import type { TrainedPack } from '../../fit/trained-pack.ts';
import { doneIn, type ResultFields, storedValue } from '../results.ts';

export const packName = 'pack';

/**
 * Null where the worker has trained none, as the fit was to end; undefined where it is damaged.
 * @param answers numbers that each candidate has for the held-out rows
 */
export async function packIn(fields: ResultFields, answers: number): Promise<TrainedPack | null | undefined> {
  if (!fields[packName]) return doneIn(fields)?.trials === 0 ? null : undefined;
  const pack = await storedValue<TrainedPack>(fields[packName], packSchema);
  return pack?.candidates.every(({ outputs }) => outputs.length === answers) ? pack : undefined;
}
