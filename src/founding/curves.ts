/** Losses and predictions of several seeds as means and standard deviations. */

import type { EpochRecord } from '../train/trainer.ts';
import { meanSd } from '../util/statistics/statistics.ts';
import type { Curve, MeanSd } from './report.ts';

/** By epoch over the trials that ran it; an epoch in which a trial diverged has no number of it. */
export function averageCurve(histories: readonly (readonly EpochRecord[])[]): Curve {
  const longest = Math.max(0, ...histories.map(({ length }) => length));
  const curve: Curve = { epoch: [], n: [], train: { mean: [], sd: [] }, validation: { mean: [], sd: [] } };
  for (let index = 0; index < longest; index++) {
    const records = histories.flatMap((history) => history[index] ?? []).filter(hasNumbers);
    if (records.length === 0) continue;
    curve.epoch.push(index + 1);
    curve.n.push(records.length);
    push(
      curve.train,
      records.map(({ train_loss }) => train_loss),
    );
    push(
      curve.validation,
      records.map(({ validation_loss }) => validation_loss ?? Number.NaN),
    );
  }
  return curve;
}

function hasNumbers({ train_loss, validation_loss }: EpochRecord): boolean {
  return Number.isFinite(train_loss) && (validation_loss === null || Number.isFinite(validation_loss));
}

/** Adds the mean and the sample standard deviation (n - 1; 0 for one value). */
export function push(to: MeanSd, values: readonly number[]): void {
  const { mean, sd } = meanSd(values);
  to.mean.push(mean);
  to.sd.push(sd);
}
