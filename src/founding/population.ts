/** Training a population to its end, watched and stoppable: the one place where the report spends its hours. */
import type * as z from 'zod/mini';
import type { DataSet } from '../data/prepare/dataset.ts';
import { type Notice, warning } from '../data/table/notices.ts';
import type { Engine } from '../engine/engine.ts';
import { sweeps } from '../messages/en/training/sweeps.ts';
import type { TrialInput } from '../spec/settings.ts';
import { readStored, unusableNotices } from '../sweep/store/read-store.ts';
import { createAutosave, type SweepStore, storeVersion, type UnusableValue } from '../sweep/store/store.ts';
import { trainedSchema } from '../sweep/store/store-schema.ts';
import type { RunCheckpoint } from '../train/checkpoint.ts';
import { digest, fingerprint } from '../train/fingerprint.ts';
import { resumedRun } from '../train/resume.ts';
import { type Run, trainPopulation } from '../train/trainer.ts';
import { message } from '../util/message.ts';
import { awaitedLater } from '../util/promises.ts';

export type Stage = 'timing' | 'population' | 'depth' | 'theory' | 'published';

export interface Progress {
  stage: Stage;
  /** Epochs of a population, of all its trials together; other stages count their own parts. */
  done: number;
  of: number;
  /** Since this stage began. */
  seconds: number;
}

export interface Watching {
  progress?: (progress: Progress) => void;
  /** Ends the training; trials stay as they are. */
  signal?: AbortSignal;
  /**
   * Where what has been trained is kept, and under which word: a report that was killed goes on from there, and ends with
   * the same bits.
   */
  kept?: KeptPlace;
}

export interface KeptPlace {
  store: SweepStore;
  word: string;
  /** Gets what was kept there and cannot be gone on from. */
  notices: Notice[];
}

/** How often a long epoch is looked at. */
const look_ms = 500;

/**
 * Trains all trials together, hands the ended run to `use`, and frees it. `run.trials[i]` is trial i; those that the
 * signal ended are `interrupted`.
 */
export async function withTrained<Result>(
  engine: Engine,
  data: DataSet,
  trials: TrialInput[],
  { progress, signal, kept: place }: Omit<Watching, 'progress'> & { progress?: (share: number) => void },
  use: (run: Run) => Promise<Result>,
): Promise<Result> {
  const kept = place && (await keptIn(place, engine, data, trials));
  const run = kept?.run ?? trainPopulation(engine, data, trials);
  const saved = kept && createAutosave<{ run: Run }>(kept.save);
  let saving: Promise<void> | undefined;
  const stop = () => {
    // Asked for before the end, so taken before it.
    if (kept && run.stepsDone > 0) saving = awaitedLater(kept.save({ run }));
    run.stop();
  };
  signal?.addEventListener('abort', stop);
  const timer = setInterval(() => progress?.(shareOf(run)), look_ms);
  try {
    if (signal?.aborted) stop();
    while (await run.epoch()) {
      progress?.(shareOf(run));
      await saved?.({ run });
    }
    await (saving ?? kept?.save({ run }));
    return await use(run);
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', stop);
    await run.destroy();
  }
}

/** A population in the store: as it was left, where that is of use, and the way to keep it. */
async function keptIn({ store, word, notices }: KeptPlace, engine: Engine, data: DataSet, trials: TrialInput[]) {
  const name = await storeName(word, data, trials);
  const save = async ({ run }: { run: Run }) =>
    store.write(name, { version: storeVersion, run: await run.checkpoint() });
  const stored = await storedIn<{ run: RunCheckpoint }>({ store, notices }, name, trainedSchema);
  if (!stored) return { save };
  const resumed = await resumedRun(engine, data, stored.run);
  if ('run' in resumed) return { run: resumed.run, save };
  notices.push(warning(message(sweeps, 'trials_begin_anew', { count: trials.length, why: resumed.refused })));
  return { save };
}

/** A value of the store; undefined where there is none, or none of use. */
export async function storedIn<Value>(
  { store, notices }: Pick<KeptPlace, 'store' | 'notices'>,
  name: string,
  schema: z.ZodMiniType<unknown>,
): Promise<Value | undefined> {
  if (!(await store.list()).includes(name)) return undefined;
  const unusable: UnusableValue[] = [];
  const value = await readStored<Value>(store, name, schema, unusable);
  notices.push(...unusableNotices(unusable));
  return value;
}

/** What is kept of these trials on these rows. */
export async function storeName(word: string, data: DataSet, trials: unknown): Promise<string> {
  const whole = JSON.stringify([await fingerprint(data), trials]);
  return `${word} ${(await digest(new TextEncoder().encode(whole))).slice(0, 16)}`;
}

/** Epochs trained of those asked for, where trials that have ended count as done. */
function shareOf(run: Run): number {
  const asked = run.trials.reduce((sum, { trial }) => sum + trial.training.epochs, 0);
  const populationSteps = Math.ceil(
    run.data.sets.train.length / Math.min(...run.trials.map(({ trial }) => trial.training.batch_size)),
  );
  const part = run.stepsDone / populationSteps;
  const done = run.trials.reduce(
    (sum, { trial, outcome }) => sum + (outcome ? trial.training.epochs : Math.min(trial.training.epochs, part)),
    0,
  );
  return done / asked;
}
