/** `sweep --queue`: other machines train, and what follows is a sweep that finds all trials in its folder. */
import { Option } from 'commander';
import type { DataSet } from '../../data/prepare/dataset.ts';
import { info, type Notice } from '../../data/table/notices.ts';
import { queue } from '../../messages/en/command-line/queue.ts';
import { submitSweep } from '../../queue/sweep/submit.ts';
import { mostTrials } from '../../queue/task.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import type { SweepInput } from '../../sweep/definition/definition.ts';
import type { SweepResult } from '../../sweep/results/types.ts';
import type { SweepStore } from '../../sweep/store/store.ts';
import { message } from '../../util/message.ts';
import type { Input } from '../files/read.ts';
import { engineRequest } from '../headless.ts';
import { watched } from '../interrupt.ts';
import { inLanguage } from '../language.ts';
import type { OutFolder } from '../out-folder.ts';
import { sweepBar } from '../output/sweep-progress.ts';
import { printError } from '../output/terminal.ts';
import { type ReadingFlags, readingFrom } from '../reading.ts';
import { engineNotices, machinesOf } from '../sweeps/machines.ts';
import { wholeNumber } from '../whole-number.ts';
import { connect } from './address.ts';
import { type QueueFlags, type QueueRequest, queueOptions, queueRequest, refuseAlone } from './request.ts';

export interface SweepQueueFlags extends QueueFlags, ReadingFlags {
  jobTrials?: string;
}

export const sweepQueueOptions = () => [
  ...queueOptions(),
  new Option('--job-trials <n>', 'Trials of a job\ndefault: the sweep in 64 jobs, of 256 trials at most'),
];

interface SweepRequest extends QueueRequest {
  jobTrials?: number;
}

/** Undefined without --queue. @throws InputError */
export async function sweepRequest(flags: SweepQueueFlags): Promise<SweepRequest | undefined> {
  const { jobTrials } = flags;
  const own = jobTrials === undefined ? {} : { jobTrials: wholeNumber('job-trials', jobTrials, mostTrials) };
  if (flags.queue === undefined) refuseAlone('job-trials', jobTrials);
  const request = await queueRequest(flags);
  return request && { ...request, ...own };
}

export interface QueuedSweep {
  request: SweepRequest;
  flags: SweepQueueFlags;
  input: SweepInput;
  /** As `openWhole` has it. */
  table: Input & { whole?: Uint8Array };
  folds: DataSet[];
  data: DataSettings;
  store: SweepStore;
  notices: Notice[];
}

/** What a sweep came to on the queue. */
export interface TrainedElsewhere {
  /** Trials that were in the store before. */
  before: number;
  /** On the queue. */
  seconds: number;
}

/**
 * @param out released where the command ends here
 * @returns undefined where the store has not all results: it is said then how to go on
 * @throws as `submitSweep`
 */
export async function trainOnQueue(sweep: QueuedSweep, out: OutFolder): Promise<TrainedElsewhere | undefined> {
  let trained: TrainedElsewhere | undefined;
  try {
    trained = await submit(sweep);
  } finally {
    if (!trained) out.release();
  }
  return trained;
}

/** @param result of the sweep that found all trials in its folder */
export function withElsewhere(result: SweepResult, { before, seconds }: TrainedElsewhere): SweepResult {
  const { trials, notices } = result;
  const count = trials.length - before;
  const trained = { count, machines: machinesOf(trials) };
  return {
    ...result,
    resumed: before,
    seconds: seconds + result.seconds,
    notices: [
      ...notices,
      ...(count > 0 ? [info(message(queue, 'trials_trained', trained))] : []),
      ...engineNotices(trials),
    ],
  };
}

async function submit(sweep: QueuedSweep): Promise<TrainedElsewhere | undefined> {
  const { request, flags, input, table, folds, data, store, notices } = sweep;
  const { kind, reproducible = false } = engineRequest(flags);
  const { source, whole = new Uint8Array() } = table;
  const begun = performance.now();
  const connection = await connect(request.address);
  try {
    const { trials, before, left } = await watched(!flags.quiet, ({ signal, withBar }) =>
      withBar(
        () => sweepBar(),
        (bar) =>
          submitSweep(connection, folds, input, {
            ...request,
            store,
            table: { bytes: whole, source, reading: { ...readingFrom(flags) } },
            data,
            engine: kind,
            reproducible,
            signal,
            progress: (progress) => bar?.update(progress),
            notices,
          }),
      ),
    );
    if (left === 0) return { before, seconds: (performance.now() - begun) / 1000 };
    printError(
      inLanguage(message(queue, 'sweep_left', { count: left, of: trials, halving: input.halving !== undefined })),
    );
    process.exitCode = 130;
    return undefined;
  } finally {
    connection.close();
  }
}
