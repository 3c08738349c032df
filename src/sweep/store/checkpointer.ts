/** Saves a running sweep in its store. When the store fails (a full disk), one notice says so and training continues. */
import type { DataSet } from '../../data/prepare/dataset.ts';
import { type Notice, warning } from '../../data/table/notices.ts';
import { sweeps } from '../../messages/en/training/sweeps.ts';
import type { RunCheckpoint } from '../../train/checkpoint.ts';
import { digest } from '../../train/fingerprint.ts';
import type { Run } from '../../train/trainer.ts';
import { saidBy } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { Sweep } from '../definition/definition.ts';
import { type TrialSpec, trialKeys } from '../definition/trial-specs.ts';
import { unusableNotices } from './read-store.ts';
import { type ResumeState, readResumeState } from './resume.ts';
import {
  type EndedPopulation,
  type RunningPopulation,
  type SweepIdentity,
  type SweepStore,
  storeVersion,
} from './store.ts';

/** Trials that train together. */
interface TrainedTogether {
  specs: readonly TrialSpec[];
  run: Pick<Run, 'checkpoint'>;
}

export interface Checkpointer {
  /** What the store had. */
  readonly resumed: ResumeState;
  /** Keys of the trials, by index. */
  readonly keys: readonly string[];
  /** Saves a checkpoint of a population. @param run it, where it is there */
  save(population: TrainedTogether, run?: RunCheckpoint): Promise<void>;
  /** Saves results of a population, whose checkpoint goes. */
  ended(population: TrainedTogether, result: EndedPopulation): Promise<void>;
}

interface Checkpointed {
  /** Of the whole sweep. */
  all: readonly TrialSpec[];
  /** Those that are trained here, `only` some of them. */
  specs: readonly TrialSpec[];
  only?: (place: number) => boolean;
  sets: readonly DataSet[];
  /** Gets what is wrong with the store. */
  notices: Notice[];
}

/** @throws InputError where the store holds another sweep */
export async function createCheckpointer(
  store: SweepStore,
  definition: Sweep,
  { all, specs, only = () => true, sets, notices }: Checkpointed,
): Promise<Checkpointer> {
  const allKeys = await trialKeys(all, sets);
  const keys = allKeys.filter((_, place) => only(place));
  const identity = await sweepIdentity(definition, allKeys);
  const resumed = await readResumeState(store, identity, specs, keys);
  notices.push(...unusableNotices(resumed.unusable));
  let failed = false;
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!failed) notices.push(warning(message(sweeps, 'sweep_not_kept', { why: saidBy(error) })));
      failed = true;
    }
  };
  const ownKeys = ({ specs }: TrainedTogether) => specs.map(({ place }) => keys[place]);
  await attempt(async () => {
    await store.write('about', { version: storeVersion, ...identity });
    for (const own of resumed.stale) await store.remove(await runningName(own));
  });
  return {
    resumed,
    keys,
    async save(population, run) {
      const own = ownKeys(population);
      const value: RunningPopulation = { keys: own, run: run ?? (await population.run.checkpoint()) };
      await attempt(async () => store.write(await runningName(own), { version: storeVersion, ...value }));
    },
    async ended(population, result) {
      const name = await digestKeys(result.trials.map(({ key }) => key));
      const running = await runningName(ownKeys(population));
      await attempt(async () => {
        await store.write(`ended ${name}`, { version: storeVersion, ...result });
        await store.remove(running);
      });
    },
  };
}

/** @param keys of all of its trials */
export async function sweepIdentity({ halving }: Sweep, keys: readonly string[]): Promise<SweepIdentity> {
  return { trials: await digestKeys([...keys].sort()), halving: halving !== undefined };
}

/** What a checkpoint of these trials is called in a store. */
export async function runningName(keys: readonly string[]): Promise<string> {
  return `running ${await digestKeys(keys)}`;
}

/** A short name for a list of trial keys. */
async function digestKeys(keys: readonly string[]): Promise<string> {
  return (await digest(new TextEncoder().encode(keys.join('\n')))).slice(0, 16);
}
