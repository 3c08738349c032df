/**
 * A sweep whose trials other machines train: what its store lacks is sent as jobs, and their results go into the store as they
 * come. Nothing else is known here, so that who has sent a sweep may go away at any moment and come back. With successive
 * halving the jobs of a stage train to the next rung; when all are there, it is decided here who goes on.
 */
import type { DataSet } from '../../data/prepare/dataset.ts';
import type { Notice } from '../../data/table/notices.ts';
import { queue as messages } from '../../messages/en/command-line/queue.ts';
import { checkSweep, type SweepInput } from '../../sweep/definition/definition.ts';
import type { SweepStatus } from '../../sweep/queue-status.ts';
import type { SweepProgress } from '../../sweep/schedule/progress.ts';
import type { StageResults } from '../../sweep/stages.ts';
import { readStored, unusableNotices } from '../../sweep/store/read-store.ts';
import type { SweepStore, UnusableValue } from '../../sweep/store/store.ts';
import { runningSchema } from '../../sweep/store/store-schema.ts';
import { message } from '../../util/message.ts';
import type { QueueConnection } from '../connection.ts';
import { openJobs, type QueuedJobs } from '../jobs.ts';
import { publish } from '../published.ts';
import { packedValue } from '../results.ts';
import { commonTask, jobsFailed, lookForWorkers, type Submission, sendTask } from '../send.ts';
import type { SweepTask } from '../task.ts';
import { planSweep, type QueuePlan, type SweepJob, withoutHistory } from './plan.ts';
import { queuedProgress } from './progress.ts';
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

export interface SubmittedSweep {
  trials: number;
  before: number;
  left: number;
}

/** Milliseconds between two reports, which look at all trials: jobs may come by the thousand in a second. */
const reportPauseMs = 100;

/**
 * Returns when the store has all results, or the signal aborts.
 * @returns trials of the sweep, those of them that the store had already, and those that are left
 * @throws InputError as `sweep`; RunError where jobs have failed and all others are done
 */
export async function submitSweep(
  connection: QueueConnection,
  sets: readonly DataSet[],
  input: SweepInput,
  options: SubmitOptions,
): Promise<SubmittedSweep> {
  const { store, table, attempts, priority, notices } = options;
  const common = commonTask(options);
  const definition = checkSweep(input);
  const plan = await planSweep(definition, sets, store, notices, options.jobTrials);
  const task: SweepTask = { kind: 'sweep', ...common, sweep: definition };
  const send = () => sendTask(connection, task, table.bytes);
  const id = await send();
  const jobs = await openJobs<SweepJob, StageResults>(connection, [], {
    attempts,
    priority,
    resultsIn: (fields, { part }) =>
      resultsIn(
        fields,
        part.population.specs.map(({ place }) => plan.keys[place]),
        part.until,
      ),
    send,
    startOf: (job) => startOf(store, job, notices),
  });
  try {
    return await trainStages(connection, { plan, jobs, id }, options);
  } finally {
    await jobs.close();
  }
}

interface SentSweep {
  plan: QueuePlan;
  jobs: QueuedJobs<SweepJob, StageResults>;
  /** Of the task. */
  id: string;
}

/** One after the other, as long as the signal lets them. */
async function trainStages(
  connection: QueueConnection,
  { plan, jobs, id }: SentSweep,
  { table, data, priority, signal, ...options }: SubmitOptions,
): Promise<SubmittedSweep> {
  const { configurations, specs, keys, ended, stages } = plan;
  const before = ended.length;
  const progress = queuedProgress(plan, jobs);
  let reported = Number.NEGATIVE_INFINITY;
  const report = () => {
    if (performance.now() - reported < reportPauseMs) return;
    options.progress?.(progress());
    reported = performance.now();
  };
  const status = sweepStatus({ table: table.source, target: data.target, configurations, priority });
  let state: SweepStatus['state'] = 'training';
  const publisher = publish(connection, id, () => status(state, progress(), ended));
  const take = async (job: SweepJob, results: StageResults) => {
    const ofKey = new Map(job.part.population.specs.map((spec) => [keys[spec.place], spec]));
    await stages.add(job.part, results);
    for (const { trials } of results.ended.values()) {
      ended.push(...trials.map(({ key, result }) => withoutHistory(ofKey.get(key)!, result)));
    }
    await jobs.confirm(job);
  };
  /** Until the store has what comes of them. */
  const runStage = async (planned: readonly SweepJob[]) => {
    await jobs.send(planned);
    sayStage(connection, planned, plan);
    await lookForWorkers(connection);
    while (jobs.open.length > 0 && !signal.aborted) {
      report();
      for await (const { job, results } of jobs.arrived()) {
        await take(job, results);
        report();
        if (signal.aborted) break;
      }
      if (jobs.open.length > 0 && jobs.open.every(({ id }) => jobs.failures.has(id))) {
        state = 'failed';
        throw jobsFailed(jobs.failures, planned.length);
      }
      if (jobs.open.length > 0) await jobs.change(signal);
    }
  };
  try {
    for (let next = plan.jobs(id); next.length > 0 && !signal.aborted; next = plan.jobs(id)) await runStage(next);
    options.progress?.(progress());
    const left = specs.length - ended.length;
    if (left === 0) state = 'done';
    return { trials: specs.length, before, left };
  } finally {
    if (state === 'training') state = 'left';
    await publisher.end();
  }
}

/** What its trials had come to at the rung before; where that is lost or damaged, they begin anew. */
async function startOf(
  store: SweepStore,
  { part }: SweepJob,
  notices: Notice[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { name } = part.population;
  if (name === undefined) return new Map();
  const unusable: UnusableValue[] = [];
  const value = await readStored(store, name, runningSchema, unusable);
  notices.push(...unusableNotices(unusable));
  return new Map(value === undefined ? [] : [[name, packedValue(value)]]);
}

function sayStage({ say, address }: QueueConnection, planned: readonly SweepJob[], { halving }: QueuePlan): void {
  const sent = { jobs: planned.length, queue: address.name };
  const trials = planned.reduce((sum, job) => sum + goingOn(job), 0);
  const [{ part }] = planned;
  if (halving.rungs.length > 0) say(message(messages, 'stage_sent', { ...sent, trials, until: part.until }));
  else say(message(messages, 'jobs_sent', { ...sent, trials }));
}

/** Trials that have neither ended nor lost. */
function goingOn({ part: { population, losers } }: SweepJob): number {
  const lost = new Set(losers.flatMap(({ configurations }) => configurations));
  return population.specs.filter(
    ({ configuration }, index) => !population.trials[index].outcome && !lost.has(configuration),
  ).length;
}
