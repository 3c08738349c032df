/** `worker --queue URL`: trains what sweeps on other machines have sent there. */
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import { queue } from '../../messages/en/command-line/queue.ts';
import { forkTrainer } from '../../queue/trainer.ts';
import { runWorker } from '../../queue/worker.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { type EngineFlags, engineOptions, engineRequest } from '../headless.ts';
import { watched } from '../interrupt.ts';
import { closing } from '../output/help.ts';
import { addressFrom, connect, queueOption } from '../queue/address.ts';
import { wholeNumber } from '../whole-number.ts';

interface Flags extends EngineFlags {
  queue: string;
  concurrency?: string;
  lock?: string;
}

const usualLock = 30;

const notes = [
  'Takes jobs of sweeps and fits that were sent with --queue, and trains them on the best engine of this machine, each in a process of its own. Tables come from the queue once, and are kept in the cache folder of the user.',
  'Ctrl-C or SIGTERM saves what trains, and gives it back to the queue; a second one ends at once. What a killed worker had goes to another one.',
  'A worker takes jobs of its own version alone. Passwords may be given in PERCEPTRON_LAB_QUEUE_PASSWORD instead of the address, where other users of the machine do not see them.',
];

export function define(command: Command): void {
  command
    .usage('--queue redis://user:password@host:6379/0 [options]')
    .addHelpText('after', () => closing(notes, ['perceptron-lab worker --queue redis://:secret@redis.lan:6379']))
    .action((flags: Flags) => workerCommand(flags));
  for (const option of [
    queueOption('The Redis server; rediss:// for TLS').makeOptionMandatory(),
    new Option('--concurrency <n>', 'Jobs at a time\ndefault 1'),
    new Option(
      '--lock <seconds>',
      `A worker that is silent for so long has lost its jobs to others\ndefault ${usualLock}`,
    ),
    ...engineOptions().filter(({ long }) => long !== '--reproducible'),
  ]) {
    command.addOption(option.helpGroup('Run:'));
  }
}

async function workerCommand(flags: Flags): Promise<void> {
  const { concurrency: jobs = '1', lock: seconds = String(usualLock), engine } = flags;
  const most = 4 * availableParallelism();
  const concurrency = wholeNumber('concurrency', jobs, most);
  const lock = lockFrom(seconds);
  // Refused before anything is waited for.
  engineRequest(flags);
  const { threads = String(Math.max(1, Math.floor(availableParallelism() / concurrency))) } = flags;
  const connection = await connect(addressFrom(flags.queue));
  try {
    const words = [JSON.stringify({ engine, threads })];
    await watched(false, ({ signal }) =>
      runWorker(connection, { concurrency, lock, signal, startTrainer: () => forkTrainer(trainerFile, words) }),
    );
  } finally {
    connection.close();
  }
}

/** Beside the command, where the build puts it. */
const trainerFile = join(dirname(fileURLToPath(import.meta.url)), 'trainer.js');

function lockFrom(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== '' && seconds >= 1 && seconds <= 3600) return seconds;
  throw new InputError(message(queue, 'lock_seconds', { text }), 'lock');
}
