/** Whether a run was trained for too long: from some epoch on it learned the training rows and nothing else. */

import { type Notice, warning } from '../../data/table/notices.ts';
import { training } from '../../messages/en/training/training.ts';
import type { Trial } from '../../spec/settings.ts';
import { figure } from '../../util/format.ts';
import { message } from '../../util/message.ts';
import { meanOf } from '../../util/statistics/statistics.ts';
import type { Outcome } from '../trainer.ts';
import { fewestEpochs, stepDeviation, windowOf } from './loss-trend.ts';

/** How much worse the end is than the best, of the best and of what training gained: less is not worth a word. */
const leastOfBest = 0.05;
const leastOfGain = 0.01;
/** In standard errors of such an average, which chance hardly reaches. */
const leastErrors = 6;

/**
 * A notice where the parameters that are kept do clearly worse on the validation rows than those of an earlier epoch.
 * Judged by averages around that epoch and at the end, and by how much losses vary from one epoch to the next.
 */
export function overfittingNotices(
  history: readonly { validation_loss: number | null }[],
  { kept_epoch, stopped }: Pick<Outcome, 'kept_epoch' | 'stopped'>,
  early_stopping?: Trial['training']['early_stopping'],
): Notice[] {
  const losses = history.map(({ validation_loss }) => validation_loss ?? Number.NaN);
  if (stopped === 'diverged' || losses.length < fewestEpochs || !losses.every(Number.isFinite)) return [];
  const best = losses.indexOf(losses.reduce((lowest, loss) => Math.min(lowest, loss)));
  if (kept_epoch <= best + 1) return [];
  const width = windowOf(losses.length);
  const from = Math.max(0, Math.min(best - Math.floor(width / 2), losses.length - width));
  const around = meanOf(losses.slice(from, from + width));
  const end = meanOf(losses.slice(-width));
  const error = stepDeviation(losses.slice(Math.min(best, Math.floor(losses.length / 2)))) / Math.sqrt(width);
  const least = Math.max(leastOfBest * around, leastOfGain * (losses[0] - losses[best]), leastErrors * error);
  if (end - around <= least) return [];
  const said = (advice: 'stop' | 'monitor' | 'restore') =>
    message(training, 'overfitted', {
      epoch: best + 1,
      epochs: losses.length,
      best_loss: figure(losses[best]),
      last_loss: figure(losses[losses.length - 1]),
      advice,
    });
  if (!early_stopping) {
    return [warning(said('stop'), { fix: { setting: 'early_stopping' } })];
  }
  return [warning(said(early_stopping.restore_best ? 'monitor' : 'restore'))];
}
