/** How a sweep is cut into jobs: the same for the same sweep, whatever of it has ended, so that jobs are known by their trials. */
import type { DataSet } from '../../data/prepare/dataset.ts';
import type { Notice } from '../../data/table/notices.ts';
import { queue } from '../../messages/en/queue.ts';
import { createCheckpointer } from '../../sweep/checkpointer.ts';
import { type Configuration, listConfigurations, type Sweep } from '../../sweep/definition.ts';
import type { SweepStore } from '../../sweep/store.ts';
import { checkSets } from '../../sweep/sweep.ts';
import { groupTrials, listTrialSpecs, type TrialSpec } from '../../sweep/trial-specs.ts';
import type { TrialResult } from '../../sweep/types.ts';
import { chunks } from '../../util/arrays.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { PlannedJob } from '../jobs.ts';
import { sha256 } from '../keys.ts';
import { jobId, type SweepJobData } from '../task.ts';

export interface SweepJob extends PlannedJob<SweepJobData> {
  specs: TrialSpec[];
}

export interface QueuePlan {
  configurations: Configuration[];
  specs: TrialSpec[];
  /** Of the trials, by place. */
  keys: string[];
  /** Results that the store had. */
  ended: TrialResult[];
  /** What it did not have. @param task its hash */
  jobs(task: string): SweepJob[];
}

/** So many jobs keep workers of different speed busy to the end; a job of more trials keeps a GPU busy. */
const usualJobs = 64;
const mostTrials = 256;

/** @param size trials of a job @throws InputError where the store holds another sweep */
export async function planSweep(
  definition: Sweep,
  sets: readonly DataSet[],
  store: SweepStore,
  notices: Notice[],
  size?: number,
): Promise<QueuePlan> {
  if (definition.halving) throw new InputError(message(queue, 'queue_halving'), 'halving');
  checkSets(definition, sets);
  const [data] = sets;
  const configurations = listConfigurations(definition, { rows: data.sets.train.length, outputs: data.outputs });
  const specs = listTrialSpecs(definition, configurations);
  const { resumed, keys } = await createCheckpointer(store, definition, { all: specs, specs, sets, notices });
  const stored = resumed.ended.flatMap(({ trials }) => trials);
  const done = new Set(stored.map(({ spec }) => spec.place));
  const trials = size ?? Math.min(mostTrials, Math.ceil(specs.length / usualJobs));
  return {
    configurations,
    specs,
    keys: [...keys],
    ended: stored.map(({ spec, result }) => withoutHistory(spec, result)),
    jobs: (task) =>
      groupTrials(specs, sets)
        .flatMap((group) => chunks(group, trials))
        .map((own) => own.filter(({ place }) => !done.has(place)))
        .filter((own) => own.length > 0)
        .map((own) => {
          const places = own.map(({ place }) => place);
          const data: SweepJobData = {
            kind: 'sweep',
            task,
            trials: places,
            keys: sha256(places.map((place) => keys[place]).join('\n')),
          };
          return { id: jobId(data), data, specs: own };
        }),
  };
}

/** What progress is told by. */
export function withoutHistory(
  { configuration, seed, fold }: TrialSpec,
  result: Omit<TrialResult, 'cell' | 'settings' | 'seed' | 'fold'>,
): TrialResult {
  return { cell: configuration, settings: {}, seed, fold, ...result, history: [] };
}
