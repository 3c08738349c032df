/** A job of a fit, in the process that trains: one pack, as a fit on one machine trains it. */
import { hostname } from 'node:os';
import { prepareFit } from '../../fit/prepared.ts';
import { trainPack } from '../../fit/trained-pack.ts';
import { queue } from '../../messages/en/command-line/queue.ts';
import { checkData, checkFit } from '../../spec/check.ts';
import { storeVersion } from '../../sweep/store/store.ts';
import { rowsDigest } from '../../train/fingerprint.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { type PreparedTask, readTaskTable } from '../prepared-task.ts';
import type { FitJobData, FitTask } from '../task.ts';
import { packName } from './pack-value.ts';

/** @param file the table */
export async function prepareFitTask(task: FitTask, file: string): Promise<PreparedTask<FitJobData>> {
  const { plan, ...others } = checkFit(task.fit);
  if (!plan) throw new InputError(message(queue, 'job_foreign'), 'job');
  const table = await readTaskTable(task, file);
  const prepared = await prepareFit(table, checkData(task.data), { ...others, plan }, () => plan);
  if ((await rowsDigest([prepared.data])) !== task.rows) {
    throw new InputError(message(queue, 'job_of_other_numbers'), 'job');
  }
  return {
    async train(engine, job, { store, signal, cut, progress }) {
      const { pack: number, limit = Number.POSITIVE_INFINITY } = job;
      const pack = await trainPack(
        engine,
        prepared,
        { number, limit },
        { isOver: () => signal.aborted || cut.aborted, tick: (epochs) => progress({ ended: 0, epochs }) },
      );
      // What is given back trains anew.
      if (!signal.aborted) await store.write(packName, { version: storeVersion, ...pack, machine: hostname() });
      const { kind, adapter } = pack.engine;
      return { engine: kind, adapter, trials: pack.networks + pack.diverged * prepared.folds.sets.length };
    },
  };
}
