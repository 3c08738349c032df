/** What is said of sweeps and fits that machines share by a queue on Redis. */

import { inEnglish, type Said } from '../../../util/message.ts';
import { counted, count as whole } from '../../../util/thousands.ts';
import { conjunction, list, some } from '../../../util/words.ts';

/** Why Redis does not answer. */
export const connectionProblems = {
  refused: 'nothing listens there',
  unknown_host: 'there is no machine of this name',
  timeout: 'it does not answer: the address is wrong, or it asks for TLS (rediss://)',
  closed: 'it closed the connection: it is being restarted, or asks for TLS (rediss://)',
  password: 'it does not take this user and password',
  password_missing:
    'it asks for a password: write user:password@ before the host, or set PERCEPTRON_LAB_QUEUE_PASSWORD',
  database: 'it has no database of this number',
  certificate: 'its certificate is not trusted; NODE_EXTRA_CA_CERTS names a file of further authorities',
  certificate_name: 'its certificate is for another name; use the one that it is for',
  certificate_expired: 'its certificate has expired',
  old: 'it is older than Redis 6.2',
  other: 'it cannot be used',
};
export type ConnectionProblem = keyof typeof connectionProblems;

/** How many jobs of each wait. */
type Priorities = readonly { priority: number; waiting: number }[];

function priorityCount({ priority, waiting }: Priorities[number]): string {
  return `${waiting} ${priority === 0 ? 'without priority' : `of priority ${priority}`}`;
}

/** How a sweep or a fit stands. */
export const workStates = {
  training: 'training',
  away: 'submitter away',
  done: 'done',
  left: 'left to workers',
  failed: 'failed',
};
export type WorkState = keyof typeof workStates;

export const queue = {
  queue_package_missing: ({ names, install }: { names: readonly string[]; install: readonly string[] }) =>
    `--queue: needs the npm ${names.length === 1 ? 'package' : 'packages'} ${conjunction(names)}: npm install ${install.join(' ')}`,
  queue_address:
    '--queue: is no address of a Redis server; write it as redis://user:password@host:6379/0, or with rediss:// for TLS.',
  queue_unreachable: ({ queue, problem, detail }: { queue: string; problem: ConnectionProblem; detail?: string }) =>
    `--queue: ${queue}: ${connectionProblems[problem]}${detail ? ` (${detail})` : ''}.`,
  queue_lost: ({ queue }: { queue: string }) => `${queue} is gone; trying again until it is back.`,
  queue_back: ({ queue }: { queue: string }) => `${queue} is back.`,
  queue_evicts: ({ queue, policy }: { queue: string; policy: string }) =>
    `${queue} drops keys when memory is short (maxmemory-policy ${policy}), jobs and tables among them; set it to noeviction.`,
  queue_full: ({ queue }: { queue: string }) => `${queue} has no memory left (maxmemory); trying again until it has.`,
  queue_disk: ({ queue }: { queue: string }) =>
    `${queue} cannot write its files, and takes nothing in until it can (MISCONF); its log says why. Trying again.`,
  queue_refuses: ({ queue, detail }: { queue: string; detail: string }) =>
    `${queue} refuses (${detail}); trying again.`,
  queue_full_table: ({ queue, size }: { queue: string; size: number }) =>
    `${queue} has no memory left for the table (${(size / 1e6).toFixed(1)} MB compressed); raise its maxmemory, and go on with --resume.`,
  queue_table_too_large: ({ size, limit }: { size: number; limit: number }) =>
    `--queue: a table of ${(size / 1e6).toFixed(0)} MB is too large to send; ${(limit / 1e6).toFixed(0)} MB at most. Shards read it where it lies (--shard).`,
  queue_without_out: '--queue: results come in one by one and have to be kept; give a folder with --out.',
  option_of_queue: ({ option }: { option: string }) => `${option}: is of jobs on a queue; give --queue as well.`,
  lock_seconds: ({ text }: { text: string }) => `--lock: \`${text}\` is not a number of seconds from 1 to 3600.`,

  job_foreign: 'The job is not one of this program: its data are not what a job of a sweep or a fit holds.',
  job_of_other_numbers:
    'This worker gets other trials or rows from the table and settings than the machine that sent them; are both programs the same build?',
  task_missing: 'What the job belongs to is no longer on the queue; go on with --resume, which sends it again.',
  queue_table_missing: 'The table is no longer on the queue; go on with --resume, which sends it again.',
  queue_table_damaged:
    'The table that came from the queue is not the one that was sent: its SHA-256 differs. It is sent again.',
  result_damaged: ({ job }: { job: string }) =>
    `The results of job ${job} are damaged or not its own; its trials are trained again.`,
  trainer_ended: ({ how }: { how: string }) => `The process that trained ended by itself (${how}).`,

  jobs_sent: (p: { jobs: number; trials: number; queue: string }) =>
    `${counted(p.jobs, 'job')} with ${counted(p.trials, 'trial')} on ${p.queue}.`,
  stage_sent: (p: { jobs: number; trials: number; until?: number; queue: string }) =>
    `${counted(p.jobs, 'job')} with ${counted(p.trials, 'trial')} up to ${p.until === undefined ? 'the end' : `epoch ${whole(p.until)}`} on ${p.queue}.`,
  packs_sent: ({ packs, queue }: { packs?: number; queue: string }) =>
    packs === undefined
      ? `Packs of networks go to ${queue}, as many as its workers have room for; the time counts from the first that a worker takes.`
      : `${counted(packs, 'pack')} of networks on ${queue}.`,
  trials_trained: ({ count, machines }: { count: number; machines: readonly string[] }) =>
    `${counted(count, 'trial')} of the queue, trained on ${some(machines, 4)}.`,
  packs_trained: ({ packs, machines }: { packs: number; machines: readonly string[] }) =>
    `${counted(packs, 'pack')} of the queue, trained on ${some(machines, 4)}.`,
  packs_failed: ({ count, why }: { count: number; why: Said }) =>
    `${counted(count, 'pack')} failed and ${count === 1 ? 'is' : 'are'} left out: ${inEnglish(why)}`,
  jobs_failed: ({ count, of, why }: { count: number; of: number; why: Said }) =>
    `${whole(count)} of ${counted(of, 'job')} failed: ${inEnglish(why)} The others are done; --resume tries these again.`,
  no_workers: ({ version, versions }: { version: string; versions: readonly string[] }) =>
    versions.length > 0
      ? `No worker of version ${version} is there yet; those of ${conjunction(versions)} do not take its jobs.`
      : 'No worker is there yet; start one with perceptron-lab worker --queue.',
  other_versions: ({ version, versions }: { version: string; versions: readonly string[] }) =>
    `Jobs of ${conjunction(versions)} wait there too, which this worker (version ${version}) does not take.`,
  sweep_left: ({ count, of, halving }: { count: number; of: number; halving: boolean }) =>
    `${whole(count)} of ${counted(of, 'trial')} are still on the queue, and workers go on with them${halving ? ' up to the next rung' : ''}; the same command with --resume takes up the results.`,

  queue_jobs: (p: Record<'waiting' | 'active' | 'delayed' | 'done' | 'failed', number> & { priorities?: Priorities }) =>
    `${p.waiting + p.delayed} waiting${p.priorities ? ` (${p.priorities.map(priorityCount).join(', ')})` : ''}, ${p.active} active, ${p.done} done and to be taken up, ${p.failed} failed`,
  queue_speed: ({ rate, left }: { rate: number; left?: string }) =>
    `${rate.toPrecision(3)} trials/s in the last minute${left === undefined ? '' : `; ${left} left`}`,
  queue_work: (p: { kind: 'sweep' | 'fit'; table: string; target: string }) => `${p.table}: ${p.target}, ${p.kind}`,
  queue_work_state: ({ state }: { state: WorkState }) => workStates[state],
  queue_work_trials: ({ ended, trials }: { ended: number; trials: number }) =>
    `${whole(ended)} of ${counted(trials, 'trial')}`,
  queue_work_networks: ({ networks }: { networks: number }) => counted(networks, 'network'),
  queue_idle: 'nothing has been trained in the last minute',
  queue_cleared: ({ jobs, queue }: { jobs: number; queue: string }) =>
    `${counted(jobs, 'job')} and all tables removed from ${queue}.`,
  queue_failure: (p: { job: string; attempts: number; why: Said }) =>
    `job ${p.job}, ${counted(p.attempts, 'attempt')}: ${inEnglish(p.why)}`,
  queue_action: ({ text, known }: { text: string; known: readonly string[] }) =>
    `queue: cannot \`${text}\`; it can ${list(known)}.`,

  worker_waits: (p: { machine: string; engine: string; adapter: string; queue: string }) =>
    `${p.machine}: ${p.engine} (${p.adapter}) waits for jobs on ${p.queue}.`,
  worker_job: (p: { machine: string; job: string; trials: number; seconds: number; jobs: number; rate: number }) =>
    `${p.machine}: job ${p.job} done, ${counted(p.trials, 'trial')} in ${p.seconds.toFixed(2)} s; ${counted(p.jobs, 'job')} so far, ${p.rate.toPrecision(3)} trials/s.`,
  worker_failed: (p: { machine: string; job: string; why: Said }) =>
    `${p.machine}: job ${p.job} failed: ${inEnglish(p.why)}`,
  worker_notice: (p: { machine: string; job: string; what: Said }) =>
    `${p.machine}: job ${p.job}: ${inEnglish(p.what)}`,
  worker_gives_back: ({ machine, count }: { machine: string; count: number }) =>
    `${machine}: ends, and gives ${counted(count, 'job')} back to the queue.`,
  worker_lost_job: (p: { machine: string; job: string }) =>
    `${p.machine}: job ${p.job} went to another worker, as this one was silent for too long.`,
};
