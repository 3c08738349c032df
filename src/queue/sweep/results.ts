/** The results of a job of a sweep: populations that have ended, by the names that they have in a sweep's store. */
import type { EndedPopulation } from '../../sweep/store.ts';
import { endedSchema } from '../../sweep/store-schema.ts';
import { type ResultFields, storedValue } from '../results.ts';

/**
 * Undefined where something is damaged, or they are not of these trials.
 * @param keys of the job's trials
 */
export async function resultsIn(
  fields: ResultFields,
  keys: readonly string[],
): Promise<Map<string, EndedPopulation> | undefined> {
  const results = new Map<string, EndedPopulation>();
  for (const [name, bytes] of Object.entries(fields)) {
    if (!/^ended [0-9a-f]{16}$/.test(name)) continue;
    const value = await storedValue<EndedPopulation>(bytes, endedSchema);
    if (!value) return undefined;
    results.set(name, value);
  }
  const there = [...results.values()].flatMap(({ trials }) => trials.map(({ key }) => key)).sort();
  const wanted = [...keys].sort();
  return there.length === wanted.length && there.every((key, index) => key === wanted[index]) ? results : undefined;
}
