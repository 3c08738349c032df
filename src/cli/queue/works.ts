/** The sweeps and fits on a queue, as `queue status` lists them: what their submitters have told, newest first. */
import { queue } from '../../messages/en/command-line/queue.ts';
import { type Label, labels } from '../../messages/en/command-line/summary.ts';
import type { PublishedWork } from '../../queue/published.ts';
import { priorities } from '../../queue/task.ts';
import { metricName } from '../../spec/metric-facts.ts';
import { message } from '../../util/message.ts';
import { count } from '../../util/thousands.ts';
import { inLanguage } from '../language.ts';
import { duration, heading, significant, table } from '../output/output.ts';

export function worksTable(works: readonly PublishedWork[]): string {
  const titles = [
    heading('sweep_or_fit'),
    heading('state'),
    heading('done'),
    heading('best'),
    heading('time_left'),
    heading('priority'),
  ];
  const rows = works.map(({ status, away }) => {
    const { kind, table: file, target, metric, best, seconds_left: left, priority = priorities.usual } = status;
    const done =
      status.kind === 'sweep'
        ? message(queue, 'queue_work_trials', { ended: status.ended, trials: status.trials })
        : message(queue, 'queue_work_networks', { networks: status.networks });
    return [
      inLanguage(message(queue, 'queue_work', { kind, table: file, target })),
      inLanguage(message(queue, 'queue_work_state', { state: away ? 'away' : status.state })),
      inLanguage(done),
      metric && best !== null ? `${scoreName(metric.name)} ${significant(best)}` : '–',
      left === null || away ? '–' : duration(left),
      count(priority),
    ];
  });
  return table(titles, rows);
}

/** As the tables of scores call it, where they do. */
function scoreName(metric: string): string {
  return metric in labels ? heading(metric as Label) : metricName(metric);
}

/** Without what only charts and leaderboards need. */
export function workJson({ id, away, status }: PublishedWork): object {
  const { points: _, ...told } = status;
  if (told.kind === 'fit') return { id, away, ...told };
  const { leaders: __, ...own } = told;
  return { id, away, ...own };
}
