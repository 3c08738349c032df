/** Why a fit cannot be, and what its scores mean. */
import { figure } from '../../../util/format.ts';
import { inEnglish, type Said } from '../../../util/message.ts';
import { percent } from '../../../util/words.ts';

const metrics = { rmse: 'RMSE', log_loss: 'log loss' };

interface BesideLinear {
  metric: keyof typeof metrics;
  own: number;
  linear: number;
  share: number;
  low: number;
  high: number;
}

export const fits = {
  fit_rows_too_few: ({ source, count, least }: { source: string; count: number; least: number }) =>
    `${source}: ${count} ${count === 1 ? 'row' : 'rows'} with a target can train; fit needs ${least}, since some have to be held out. train takes as few as 2.`,
  nothing_trained: ({ diverged }: { diverged: number }) =>
    diverged > 0
      ? `All ${diverged} networks diverged, and none is left: look for values far from all others, or set numeric to quantile.`
      : 'The time was up before a network had seen all rows once: give more minutes, or fewer rows.',
  some_diverged: ({ count }: { count: number }) =>
    `${count} ${count === 1 ? 'network' : 'networks'} diverged and were left out.`,
  search_failed: ({ why }: { why: Said }) =>
    `The search ended before its time; this is the best that it had found. ${inEnglish(why)}`,
  no_better_than_baseline: (p: { metric: keyof typeof metrics; own: number; baseline: number }) =>
    `Not useful: ${metrics[p.metric]} ${figure(p.own)}, where always giving the same answer has ${figure(p.baseline)}. These columns say next to nothing of the target.`,
  better_than_linear: ({ metric, own, linear, share, low, high }: BesideLinear) =>
    `Better than a linear model: ${metrics[metric]} ${figure(own)} against ${figure(linear)}, ${percent(share)} less (95 % interval: ${percent(low)} to ${percent(high)}).`,
  even_with_linear: ({ metric, own, linear }: BesideLinear) =>
    `About as good as a linear model: ${metrics[metric]} ${figure(own)} against ${figure(linear)}, a difference that chance explains. A linear model is simpler and says as much.`,
  more_rows_help: ({ share }: { share: number }) =>
    `More rows would help: from half of the rows to all of them the error fell by ${percent(share)}, and twice as many would take off about as much again.`,
  more_rows_little: 'More rows of this kind would hardly help: half of them do as well. Other columns might.',
  more_rows_needless: ({ own }: { own: number }) =>
    `More rows have next to nothing to add: the log loss is ${figure(own)} as it is.`,
};
