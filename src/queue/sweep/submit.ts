/**
 * A sweep whose trials other machines train: what its store lacks is sent as jobs, and their results go into the store as they
 * come. Nothing else is known here, so that who has sent a sweep may go away at any moment and come back.
 */
import type { DataSet } from '../../data/prepare/dataset.ts';
import type { Notice } from '../../data/table/notices.ts';
import { queue as messages } from '../../messages/en/queue.ts';
import { checkSweep, type SweepInput } from '../../sweep/definition.ts';
import { type SweepProgress, sweepProgress } from '../../sweep/progress.ts';
import type { SweepStatus } from '../../sweep/queue-status.ts';
import { halvingOf } from '../../sweep/rungs.ts';
import type { SweepStore } from '../../sweep/store.ts';
import { message } from '../../util/message.ts';
import type { QueueConnection } from '../connection.ts';
import { openJobs } from '../jobs.ts';
import { publish } from '../published.ts';
import { commonTask, jobsFailed, lookForWorkers, type Submission, sendTask } from '../send.ts';
import type { SweepTask } from '../task.ts';
import { planSweep, withoutHistory } from './plan.ts';
import { resultsIn } from './results.ts';
import { sweepStatus } from './status.ts';

export interface SubmitOptions extends Submission {
  store: SweepStore;
  /** Trials of a job; by the size of the sweep where absent. */
  jobTrials?: number;
  progress?(progress: SweepProgress): void;
  /** Gets what is wrong with the store. */
  notices: Notice[];
}

/**
 * Returns when the store has all results, or the signal aborts.
 * @returns trials of the sweep, and those that are left
 * @throws InputError as `sweep`; RunError where jobs have failed and all others are done
 */
export async function submitSweep(
  connection: QueueConnection,
  sets: readonly DataSet[],
  input: SweepInput,
  options: SubmitOptions,
): Promise<{ trials: number; left: number }> {
  const { store, table, attempts, signal, notices } = options;
  const common = commonTask(options);
  const definition = checkSweep(input);
  const plan = await planSweep(definition, sets, store, notices, options.jobTrials);
  const task: SweepTask = { kind: 'sweep', ...common, sweep: definition };
  const send = () => sendTask(connection, task, table.bytes);
  const id = await send();
  const planned = plan.jobs(id);
  const { say, address } = connection;
  const left = () => plan.specs.length - ended.length;
  const { ended } = plan;
  const begun = performance.now();
  const halving = halvingOf(definition, plan.specs);
  const jobs = await openJobs(connection, planned, {
    attempts,
    resultsIn: (fields, { specs }) =>
      resultsIn(
        fields,
        specs.map(({ place }) => plan.keys[place]),
      ),
    send,
  });
  const progressNow = (): SweepProgress => {
    const seconds = (performance.now() - begun) / 1000;
    const { ofEpochs, ...progress } = sweepProgress(plan.specs, ended, [], halving, seconds);
    const open = jobs.open.flatMap(({ specs }) => specs).reduce((sum, { trial }) => sum + trial.training.epochs, 0);
    const epochs = ofEpochs - open + jobs.epochs();
    return { ...progress, ofEpochs, epochs, left: undefined };
  };
  const report = () => options.progress?.(progressNow());
  const { configurations } = plan;
  const status = sweepStatus({ table: table.source, target: options.data.target, configurations });
  let state: SweepStatus['state'] = 'training';
  const publisher = publish(connection, id, () => status(state, progressNow(), ended));
  try {
    if (planned.length > 0) {
      const trials = left();
      say(message(messages, 'jobs_sent', { jobs: planned.length, trials, queue: address.name }));
    }
    if (jobs.open.length > 0) await lookForWorkers(connection);
    while (jobs.open.length > 0 && !signal.aborted) {
      report();
      for await (const { job, results } of jobs.arrived()) {
        for (const [name, population] of results) {
          await store.write(name, population);
          const specs = new Map(job.specs.map((spec) => [plan.keys[spec.place], spec]));
          ended.push(...population.trials.map(({ key, result }) => withoutHistory(specs.get(key)!, result)));
        }
        await jobs.confirm(job);
        report();
        if (signal.aborted) break;
      }
      if (jobs.open.length > 0 && jobs.open.every(({ id }) => jobs.failures.has(id))) {
        state = 'failed';
        throw jobsFailed(jobs.failures, planned.length);
      }
      if (jobs.open.length > 0) await jobs.change(signal);
    }
    report();
    if (left() === 0) state = 'done';
    return { trials: plan.specs.length, left: left() };
  } finally {
    if (state === 'training') state = 'left';
    await publisher.end();
    await jobs.close();
  }
}
