/** The results of a job of a sweep: populations that have ended, and those that wait at a rung, by the names that they have in a store. */
import type { StageResults } from '../../sweep/stages.ts';
import type { EndedPopulation, RunningPopulation } from '../../sweep/store/store.ts';
import { endedSchema, runningSchema } from '../../sweep/store/store-schema.ts';
import { type ResultFields, storedValue } from '../results.ts';

/**
 * Undefined where something is damaged, or they are not of these trials.
 * @param keys of the job's trials @param until epochs after which those that have not ended wait
 */
export async function resultsIn(
  fields: ResultFields,
  keys: readonly string[],
  until?: number,
): Promise<StageResults | undefined> {
  const ended = new Map<string, EndedPopulation>();
  const running = new Map<string, RunningPopulation>();
  for (const [name, bytes] of Object.entries(fields)) {
    if (!/^ended [0-9a-f]{16}$/.test(name)) continue;
    const value = await storedValue<EndedPopulation>(bytes, endedSchema);
    if (!value) return undefined;
    ended.set(name, value);
  }
  const done = new Set([...ended.values()].flatMap(({ trials }) => trials.map(({ key }) => key)));
  for (const [name, bytes] of Object.entries(fields)) {
    if (until === undefined || !/^running [0-9a-f]{16}$/.test(name)) continue;
    const value = await storedValue<RunningPopulation>(bytes, runningSchema);
    if (!value) return undefined;
    // A worker that was taken for dead may have left others.
    if (value.run.epochs === until && !value.keys.some((key) => done.has(key))) running.set(name, value);
  }
  const there = [...done, ...[...running.values()].flatMap((value) => value.keys)].sort();
  const wanted = [...keys].sort();
  const isWhole = there.length === wanted.length && there.every((key, index) => key === wanted[index]);
  return isWhole ? { ended, running } : undefined;
}
