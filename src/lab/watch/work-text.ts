/** What is said of a sweep or a fit on the queue. */
import type { SweepStatus, WorkStatus } from '../../sweep/queue-status.ts';
import { sweepText } from '../i18n/en/later/sweep.ts';
import { watchText } from '../i18n/en/later/watch.ts';
import { text } from '../i18n/text.ts';
import { count, duration, figure, roughDuration } from '../shared/format.ts';
import { metricLabel } from '../sweep/view.ts';
import type { ShownWork } from './controller.ts';

export function nameOf({ kind, table, target }: WorkStatus): string {
  return kind === 'sweep' ? watchText().sweepOf({ table, target }) : watchText().fitOf({ table, target });
}

export function stateOf({ away, status }: ShownWork): string {
  return watchText().states[away ? 'away' : status.state];
}

/** How much of it is done. */
export function shareOf(status: WorkStatus): number {
  if (status.kind === 'sweep') return status.epochs / Math.max(1, status.of_epochs);
  if (status.state === 'done') return 1;
  const { seconds, of_seconds, packs, of_packs } = status;
  return Math.min(1, of_seconds === null ? packs / Math.max(1, of_packs ?? 1) : seconds / of_seconds);
}

/** In a line of the list. */
export function factsOf({ away, status }: ShownWork): string {
  const { seconds_left: left, seconds, state } = status;
  const about = left === null || away ? '' : roughDuration(left);
  if (status.kind === 'fit') {
    const { networks, best } = status;
    const score = best === null ? '' : `${scoreName(status)} ${figure(best)}`;
    return [watchText().networks(count(networks)), score].filter(Boolean).join(', ');
  }
  if (state === 'done') return watchText().allEnded({ trials: count(status.trials), time: duration(seconds) });
  return about ? watchText().endedAndLeft({ ...endedOf(status), left: about }) : watchText().ended(endedOf(status));
}

export function endedOf({ ended, trials }: SweepStatus): { ended: string; trials: string } {
  return { ended: count(ended), trials: count(trials) };
}

/** Of a fit, which goes by another metric than the leaderboard of a sweep. */
export function scoreName({ metric }: WorkStatus): string {
  return metric?.name === 'log_loss' ? text.results.logLoss : metricLabel(metric?.name ?? '');
}

/** What its state means, where it does not simply train or is done. */
export function helpOf({ away, status }: ShownWork): string {
  const { state, kind } = status;
  if (away) return watchText().awayHelp;
  if (state === 'left') return kind === 'fit' ? watchText().fitLeftHelp : watchText().leftHelp;
  return state === 'failed' ? watchText().failedHelp : '';
}

/** What is said aloud: each quarter, and how it ends. The line that is seen changes all the time. */
export function milestoneOf(work: ShownWork): string {
  const name = nameOf(work.status);
  if (work.away || work.status.state !== 'training') return `${name}: ${stateOf(work)}`;
  const quarter = Math.min(3, Math.floor(4 * shareOf(work.status)));
  return quarter === 0 ? name : `${name}: ${sweepText().percentTrained(25 * quarter)}`;
}
