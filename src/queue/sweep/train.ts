/** A job of a sweep, in the process that trains: a sweep of some trials, whose store is the job's. */
import { hostname } from 'node:os';
import { prepareWatched } from '../../data/prepare/prepare.ts';
import { queue } from '../../messages/en/queue.ts';
import { checkData } from '../../spec/check.ts';
import { checkSweep, listConfigurations } from '../../sweep/definition.ts';
import { sweep } from '../../sweep/sweep.ts';
import { listTrialSpecs, trialKeys } from '../../sweep/trial-specs.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { sha256 } from '../keys.ts';
import { type PreparedTask, readTaskTable } from '../prepared-task.ts';
import type { SweepJobData, SweepTask } from '../task.ts';

/** @param file the table */
export async function prepareSweep(task: SweepTask, file: string): Promise<PreparedTask<SweepJobData>> {
  const definition = checkSweep(task.sweep);
  const folds = await prepareWatched(await readTaskTable(task, file), checkData(task.data), definition.folds, {});
  const [{ sets, outputs }] = folds;
  const specs = listTrialSpecs(definition, listConfigurations(definition, { rows: sets.train.length, outputs }));
  const keys = await trialKeys(specs, folds);
  return {
    async train(engine, job, { store, signal, progress }) {
      if (sha256(job.trials.map((place) => keys[place]).join('\n')) !== job.keys) {
        throw new InputError(message(queue, 'job_of_other_numbers'), 'job');
      }
      const trials = new Set(job.trials);
      const { engine: info } = await sweep(engine, folds, definition, {
        max_trials: keys.length,
        only: (place) => trials.has(place),
        machine: hostname(),
        signal,
        store,
        progress: ({ ended, epochs }) => progress({ ended, epochs }),
      });
      return { engine: info.kind, adapter: info.adapter, trials: trials.size };
    },
  };
}
