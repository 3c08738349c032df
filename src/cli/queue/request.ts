/** What `--queue` asks for, of a sweep as of a fit. */
import { Option } from 'commander';
import { queue } from '../../messages/en/command-line/queue.ts';
import type { QueueAddress } from '../../queue/address.ts';
import { checkServer } from '../../queue/connection.ts';
import { maxTableSize } from '../../queue/tables.ts';
import { priorities } from '../../queue/task.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { type Input, openInput } from '../files/read.ts';
import type { EngineFlags } from '../headless.ts';
import { wholeNumber } from '../whole-number.ts';
import { addressFrom, queueOption } from './address.ts';

export interface QueueFlags extends EngineFlags {
  queue?: string;
  attempts?: string;
  priority?: string;
  out?: string;
  quiet?: boolean;
}

const usualAttempts = 3;
const mostAttempts = 100;

export const queueOptions = () => [
  queueOption('Let workers train, which take jobs from this Redis server; see perceptron-lab worker'),
  new Option('--attempts <n>', `How often a job is tried that fails\ndefault ${usualAttempts}`),
  new Option(
    '--priority <n>',
    `How urgent its jobs are, from ${priorities.first} (first) to ${priorities.last} (last): workers take all of a lower number before any of a higher one\ndefault ${priorities.usual}`,
  ),
];

export interface QueueRequest {
  address: QueueAddress;
  attempts: number;
  priority: number;
}

/** Undefined without --queue. @throws InputError */
export async function queueRequest(flags: QueueFlags): Promise<QueueRequest | undefined> {
  if (flags.queue === undefined) {
    refuseAlone('attempts', flags.attempts);
    refuseAlone('priority', flags.priority);
    return undefined;
  }
  if (flags.out === undefined) throw new InputError(message(queue, 'queue_without_out'), 'out');
  const { attempts = String(usualAttempts), priority = String(priorities.usual) } = flags;
  const address = addressFrom(flags.queue);
  const request = {
    address,
    attempts: wholeNumber('attempts', attempts, mostAttempts),
    priority: wholeNumber('priority', priority, priorities.last),
  };
  // Before a long table is read.
  await checkServer(address);
  return request;
}

/** @throws InputError where an option of jobs is given without a queue */
export function refuseAlone(option: string, given: string | undefined): void {
  if (given !== undefined) throw new InputError(message(queue, 'option_of_queue', { option: `--${option}` }), option);
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
