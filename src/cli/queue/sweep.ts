/** `sweep --queue`: other machines train, and what follows is a sweep that finds all trials in its folder. */
import { Option } from 'commander';
import type { DataSet } from '../../data/prepare/dataset.ts';
import type { Notice } from '../../data/table/notices.ts';
import { queue } from '../../messages/en/queue.ts';
import type { QueueAddress } from '../../queue/address.ts';
import { checkServer } from '../../queue/connection.ts';
import { submitSweep } from '../../queue/sweep/submit.ts';
import { maxTableSize } from '../../queue/tables.ts';
import { mostTrials } from '../../queue/task.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import type { Sweep, SweepInput } from '../../sweep/definition.ts';
import type { SweepStore } from '../../sweep/store.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { type Input, openInput } from '../files/read.ts';
import { type EngineFlags, engineRequest } from '../headless.ts';
import { watched } from '../interrupt.ts';

import { inLanguage } from '../language.ts';
import type { OutFolder } from '../out-folder.ts';
import { sweepBar } from '../output/sweep-progress.ts';
import { printError } from '../output/terminal.ts';
import { type ReadingFlags, readingFrom } from '../reading.ts';
import { wholeNumber } from '../whole-number.ts';
import { addressFrom, connect, queueOption } from './address.ts';

export interface QueueFlags extends EngineFlags, ReadingFlags {
  queue?: string;
  jobTrials?: string;
  attempts?: string;
  out?: string;
  quiet?: boolean;
}

const usualAttempts = 3;
const mostAttempts = 100;

export const queueOptions = () => [
  queueOption('Let workers train, which take jobs from this Redis server; see perceptron-lab worker'),
  new Option('--job-trials <n>', 'Trials of a job\ndefault: the sweep in 64 jobs, of 256 trials at most'),
  new Option('--attempts <n>', `How often a job is tried that fails\ndefault ${usualAttempts}`),
];

export interface QueueRequest {
  address: QueueAddress;
  jobTrials?: number;
  attempts: number;
}

/** Undefined without --queue. @throws InputError */
export async function queueRequest(flags: QueueFlags, { halving }: Sweep): Promise<QueueRequest | undefined> {
  if (flags.queue === undefined) return undefined;
  if (flags.out === undefined) throw new InputError(message(queue, 'queue_without_out'), 'out');
  if (halving) throw new InputError(message(queue, 'queue_halving'), 'halving');
  const { attempts = String(usualAttempts), jobTrials } = flags;
  const address = addressFrom(flags.queue);
  const request = {
    address,
    attempts: wholeNumber('attempts', attempts, mostAttempts),
    ...(jobTrials === undefined ? {} : { jobTrials: wholeNumber('job-trials', jobTrials, mostTrials) }),
  };
  // Before a long table is read.
  await checkServer(address);
  return request;
}

/** The table as its bytes, which are sent. @throws InputError where it is too large for that */
export async function openWhole(file: string): Promise<Input & { whole: Uint8Array }> {
  const { source, bytes } = await openInput(file);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of typeof bytes === 'function' ? bytes() : bytes) {
    size += part.length;
    if (size > maxTableSize) {
      throw new InputError(message(queue, 'queue_table_too_large', { size, limit: maxTableSize }), 'queue');
    }
    parts.push(part);
  }
  const whole = Buffer.concat(parts);
  const again = async function* () {
    yield whole;
  };
  return { source, bytes: again, size, whole };
}

export interface QueuedSweep {
  request: QueueRequest;
  flags: QueueFlags;
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
    printError(inLanguage(message(queue, 'sweep_left', { count: left, of: trials })));
    process.exitCode = 130;
    return false;
  } finally {
    connection.close();
  }
}
