/** `sweep --queue`: other machines train, and what follows is a sweep that finds all trials in its folder. */
import { Option } from 'commander';
import type { DataSet } from '../../data/prepare/dataset.ts';
import type { Notice } from '../../data/table/notices.ts';
import { queue } from '../../messages/en/command-line/queue.ts';
import { submitSweep } from '../../queue/sweep/submit.ts';
import { mostTrials } from '../../queue/task.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import type { SweepInput } from '../../sweep/definition/definition.ts';
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

/**
 * @param out released where the command ends here
 * @returns whether the store has all results; else it says how to go on
 * @throws as `submitSweep`
 */
export async function trainOnQueue(sweep: QueuedSweep, out: OutFolder): Promise<boolean> {
  let all = false;
  try {
    all = await submit(sweep);
  } finally {
    if (!all) out.release();
  }
  return all;
}

async function submit({ request, flags, input, table, folds, data, store, notices }: QueuedSweep): Promise<boolean> {
  const { kind, reproducible = false } = engineRequest(flags);
  const { source, whole = new Uint8Array() } = table;
  const connection = await connect(request.address);
  try {
    const { trials, left } = await watched(!flags.quiet, ({ signal, withBar }) =>
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
    if (left === 0) return true;
    printError(
      inLanguage(message(queue, 'sweep_left', { count: left, of: trials, halving: input.halving !== undefined })),
    );
    process.exitCode = 130;
    return false;
  } finally {
    connection.close();
  }
}
