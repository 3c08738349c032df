/** Reads from a store what a resumed sweep needs: finished results, populations in training, and trials still to start. */
import { sweeps } from '../../messages/en/training/sweeps.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { TrialSpec } from '../definition/trial-specs.ts';
import { readStore } from './read-store.ts';
import type {
  EndedPopulation,
  RunningPopulation,
  StoredSweep,
  StoredTrial,
  SweepIdentity,
  SweepStore,
  UnusableValue,
} from './store.ts';

export interface ResumeState {
  /** Finished populations, with the trials that this sweep has. */
  ended: {
    plan: string;
    trials: { spec: TrialSpec; result: StoredTrial; model?: EndedPopulation['models'][number]['model'] }[];
  }[];
  /** Populations to resume. */
  running: { specs: TrialSpec[]; run: RunningPopulation['run'] }[];
  /** Trial keys of checkpoints that nothing goes on from: all or some of their trials have ended, or are in another. */
  stale: string[][];
  /** Trials that the store does not have. */
  remaining: TrialSpec[];
  /** What it has of them, but damaged or of another version. */
  unusable: UnusableValue[];
}

/** @throws InputError where the store holds another sweep */
export async function readResumeState(
  store: SweepStore,
  identity: SweepIdentity,
  specs: readonly TrialSpec[],
  keys: readonly string[],
): Promise<ResumeState> {
  const stored = await readStore(store);
  const ours = new Set(keys);
  const wanted = new Map(keys.map((key, index) => [key, specs[index]]));
  checkSameSweep(stored, identity, wanted);
  if (!stored.about && (identity.halving || wasHalved(stored))) {
    // Whether who went on was decided among the same trials is not known.
    return { ended: [], running: [], stale: [], remaining: [...specs], unusable: stored.unusable };
  }
  const claim = (key: string) => {
    const spec = wanted.get(key);
    wanted.delete(key);
    return spec;
  };
  const ended = stored.ended.map(({ plan, trials, models }) => ({
    plan,
    trials: trials.flatMap(({ key, result }, index) => {
      const spec = claim(key);
      return spec ? [{ spec, result, model: models.find((model) => model.index === index)?.model }] : [];
    }),
  }));
  const done = new Set(stored.ended.flatMap(({ trials }) => trials.map(({ key }) => key)));
  const stale: string[][] = [];
  const running: ResumeState['running'] = [];
  // Of a population, and of what had gone on of it, the population: the results of the others are not all there.
  for (const { keys: own, run } of stored.running.sort((a, b) => b.keys.length - a.keys.length)) {
    // A population resumes as a whole: this sweep must want all its trials.
    if (own.every((key) => wanted.has(key))) running.push({ specs: own.flatMap((key) => claim(key) ?? []), run });
    else if (own.some((key) => done.has(key)) || own.every((key) => ours.has(key))) stale.push(own);
  }
  return {
    ended: ended.filter(({ trials }) => trials.length > 0),
    running,
    stale,
    remaining: specs.filter((_, index) => wanted.has(keys[index])),
    // Nothing is lost with the identity, which is written anew.
    unusable: stored.unusable.filter(({ name }) => name !== 'about'),
  };
}

function checkSameSweep(stored: StoredSweep, identity: SweepIdentity, wanted: ReadonlyMap<string, TrialSpec>): void {
  const there = [
    ...stored.ended.flatMap(({ trials }) => trials.map(({ key }) => key)),
    ...stored.running.flatMap(({ keys }) => keys),
  ];
  if (stored.about?.trials === identity.trials) return;
  if (there.length > 0 && !there.some((key) => wanted.has(key))) {
    throw new InputError(message(sweeps, 'sweep_of_others', { count: there.length }), 'resume');
  }
  if (!stored.about) return;
  if (stored.about.halving || identity.halving) {
    throw new InputError(message(sweeps, 'halving_extended'), 'halving');
  }
}

function wasHalved({ ended, running }: StoredSweep): boolean {
  const reasons = [
    ...ended.flatMap(({ trials }) => trials.map(({ result }) => result.stopped)),
    ...running.flatMap(({ run }) => run.trials.map(({ outcome }) => outcome?.stopped)),
  ];
  return reasons.includes('halving');
}
