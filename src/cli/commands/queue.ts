/** `queue status --queue URL`: how a queue and its workers stand; `queue clear` removes what is on it. */
import { type Command, Option } from 'commander';
import { queue } from '../../messages/en/command-line/queue.ts';
import { openJobQueue } from '../../queue/job-queue.ts';
import { createReader } from '../../queue/published.ts';
import { clearQueue, queueStatus } from '../../queue/status.ts';
import { priorities } from '../../queue/task.ts';
import type { QueueStatus } from '../../sweep/queue-status.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { count } from '../../util/thousands.ts';
import { inLanguage } from '../language.ts';
import { closing } from '../output/help.ts';
import { duration, fact, heading, type Pair, pairs, print, printJson, significant, table } from '../output/output.ts';
import { addressFrom, connect, queueOption } from '../queue/address.ts';
import { workJson, worksTable } from '../queue/works.ts';

interface Flags {
  queue: string;
  json?: boolean;
}

const actions = ['status', 'clear'];

const note =
  'Jobs, speed and failures are those of this version; workers, sweeps and fits of all versions are listed, those that have ended for a day. clear removes the jobs of this version with all tables and results that wait there: what has been sent is not trained any more, and its sweep may be sent again.';

export function define(command: Command): void {
  command
    .argument('ACTION', 'status: how it stands; clear: remove all jobs, tables and results')
    .usage('status|clear --queue redis://host:6379/0 [--json]')
    .addHelpText('after', () => closing([note], ['perceptron-lab queue status --queue redis://redis.lan:6379']))
    .action((action: string, flags: Flags) => queueCommand(action, flags));
  command.addOption(queueOption('The Redis server; rediss:// for TLS').makeOptionMandatory());
  command.addOption(new Option('--json', 'Print one JSON object instead of text'));
}

async function queueCommand(action: string, flags: Flags): Promise<void> {
  if (!actions.includes(action)) {
    throw new InputError(message(queue, 'queue_action', { text: action, known: actions }));
  }
  const address = addressFrom(flags.queue);
  const connection = await connect(address);
  try {
    if (action === 'clear') {
      const jobs = await clearQueue(connection);
      if (flags.json) printJson({ command: 'queue', action, queue: address.name, jobs });
      else print(inLanguage(message(queue, 'queue_cleared', { jobs, queue: address.name })));
      return;
    }
    const jobs = openJobQueue(connection);
    const status = await queueStatus(connection, jobs).finally(() => jobs.close());
    const { works, unread } = await createReader(connection)();
    if (flags.json)
      printJson({
        command: 'queue',
        action,
        queue: address.name,
        ...status,
        failures: status.failures.map(failureJson),
        works: works.map(workJson),
        unread,
      });
    else print([textOf(address.name, status), ...(works.length > 0 ? [worksTable(works)] : [])].join('\n\n'));
  } finally {
    connection.close();
  }
}

/** What another program has stored has no code. */
function failureJson({ job, attempts, why }: QueueStatus['failures'][number]): object {
  if (typeof why === 'string') return { job, attempts, reason: why };
  const { code, params, text: reason } = why;
  return { job, attempts, reason, code, params };
}

function textOf(
  name: string,
  { version, workers, jobs, priorities: waiting, trials_per_second, seconds_left, failures }: QueueStatus,
): string {
  const isUsual = waiting.every(({ priority }) => priority === priorities.usual);
  const speed =
    seconds_left === null
      ? message(queue, 'queue_idle')
      : message(queue, 'queue_speed', {
          rate: trials_per_second,
          // With nothing on the queue.
          ...(seconds_left > 0 ? { left: duration(seconds_left) } : {}),
        });
  const lines: Pair[] = [
    fact('queue', name),
    fact('version', version),
    fact('jobs', message(queue, 'queue_jobs', { ...jobs, ...(isUsual ? {} : { priorities: waiting }) })),
    fact('training', speed),
    fact('workers', count(workers.length)),
    ...failures.map(({ job, attempts, why }) =>
      fact('failed', message(queue, 'queue_failure', { job, attempts, why })),
    ),
  ];
  if (workers.length === 0) return pairs(lines);
  const titles = [
    heading('machine'),
    heading('version'),
    heading('engine'),
    heading('adapter'),
    heading('jobs'),
    heading('trials'),
    heading('trials_per_second'),
  ];
  const rows = workers.map((worker) => [
    worker.machine,
    worker.version,
    worker.engine,
    worker.adapter,
    count(worker.jobs),
    count(worker.trials),
    significant(worker.trials_per_second),
  ]);
  return [pairs(lines), table(titles, rows)].join('\n\n');
}
