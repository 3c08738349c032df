/** What a store has of a sweep that is to go on: results that stand, populations that train, and what is left to begin. */
import { InputError } from '../util/errors.ts';
import { counted } from '../util/words.ts';
import { type About, type Ended, type Kept, type KeptTrial, type Running, readAll, type SweepStore } from './store.ts';
import type { Entry } from './trial-specs.ts';

export interface TakenUp {
  /** Populations that have ended, with those of their trials that are wanted. */
  ended: { plan: string; trials: { entry: Entry; result: KeptTrial; model?: Ended['models'][number]['model'] }[] }[];
  /** Populations that go on. */
  running: { entries: Entry[]; run: Running['run'] }[];
  /** Populations, by the names of their trials, that had ended when the sweep was killed, and are still kept as training. */
  overtaken: string[][];
  /** Trials of which there is nothing. */
  rest: Entry[];
}

/** @throws InputError where the store holds another sweep */
export async function takeUp(
  store: SweepStore,
  about: About,
  entries: readonly Entry[],
  keys: readonly string[],
): Promise<TakenUp> {
  const kept = await readAll(store);
  const wanted = new Map(keys.map((key, index) => [key, entries[index]]));
  refuseOther(kept, about, wanted);
  const claim = (key: string) => {
    const entry = wanted.get(key);
    wanted.delete(key);
    return entry;
  };
  const ended = kept.ended.map(({ plan, trials, models }) => ({
    plan,
    trials: trials.flatMap(({ key, result }, index) => {
      const entry = claim(key);
      return entry ? [{ entry, result, model: models.find((model) => model.index === index)?.model }] : [];
    }),
  }));
  const done = new Set(kept.ended.flatMap(({ trials }) => trials.map(({ key }) => key)));
  const running = kept.running.flatMap(({ keys, run }) =>
    // Some of its trials may not be wanted any more.
    keys.every((key) => wanted.has(key)) ? [{ entries: keys.flatMap((key) => claim(key) ?? []), run }] : [],
  );
  return {
    ended: ended.filter(({ trials }) => trials.length > 0),
    running,
    overtaken: kept.running.map(({ keys }) => keys).filter((keys) => keys.every((key) => done.has(key))),
    rest: entries.filter((_, index) => wanted.has(keys[index])),
  };
}

function refuseOther(kept: Kept, about: About, wanted: ReadonlyMap<string, Entry>): void {
  const there = [
    ...kept.ended.flatMap(({ trials }) => trials.map(({ key }) => key)),
    ...kept.running.flatMap(({ keys }) => keys),
  ];
  if (there.length > 0 && !there.some((key) => wanted.has(key))) {
    throw new InputError(
      `The sweep to go on from is another: none of its ${counted(there.length, 'trial')} has these settings and rows. Begin in another place.`,
      'resume',
    );
  }
  if (!kept.about || kept.about.trials === about.trials) return;
  if (kept.about.halving || about.halving) {
    throw new InputError(
      'halving: a sweep with successive halving cannot get other trials, since who goes on is decided among all of them. Begin in another place.',
      'halving',
    );
  }
}
