/** A job of a sweep, in the process that trains: a stage of some of its trials, whose store is the job's. */
import { hostname } from 'node:os';
import { prepareWatched } from '../../data/prepare/prepare.ts';
import { queue } from '../../messages/en/command-line/queue.ts';
import { checkData } from '../../spec/check.ts';
import { checkSweep, listConfigurations } from '../../sweep/definition/definition.ts';
import { listTrialSpecs, trialKeys } from '../../sweep/definition/trial-specs.ts';
import { trainStage } from '../../sweep/stage.ts';
import { sweepIdentity } from '../../sweep/store/checkpointer.ts';
import { storeVersion } from '../../sweep/store/store.ts';
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
  const identity = await sweepIdentity(definition, keys);
  return {
    async train(engine, job, { store, signal, progress, say }) {
      if (sha256(job.trials.map((place) => keys[place]).join('\n')) !== job.keys) {
        throw new InputError(message(queue, 'job_of_other_numbers'), 'job');
      }
      const trials = new Set(job.trials);
      const { until, losers = [] } = job;
      // Those keys say whose store it is.
      await store.write('about', { version: storeVersion, ...identity });
      const { engine: info, notices } = await trainStage(
        engine,
        folds,
        definition,
        { until, losers },
        {
          max_trials: keys.length,
          only: (place) => trials.has(place),
          machine: hostname(),
          signal,
          store,
          progress: ({ ended, epochs }) => progress({ ended, epochs }),
        },
      );
      for (const { code, params = {}, text } of notices) say(code === undefined ? text : { code, params, text });
      return { engine: info.kind, adapter: info.adapter, trials: trials.size };
    },
  };
}
