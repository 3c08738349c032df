/** What the scores of a fit mean, in sentences with their reasons. */
import type { DataSet } from '../data/prepare/dataset.ts';
import { info, type Notice, warning } from '../data/table/notices.ts';
import { fits } from '../messages/en/training/fits.ts';
import { verdicts } from '../messages/en/training/verdicts.ts';
import type { Metrics } from '../model/metrics.ts';
import { leastGain, missedClasses } from '../model/usefulness.ts';
import { givenClass, probabilitiesOf } from '../spec/answers.ts';
import type { LossName } from '../spec/settings.ts';
import { type Message, message } from '../util/message.ts';
import { streams, uniformAt } from '../util/random.ts';
import { quantile } from '../util/statistics/order-statistics.ts';
import type { Folds } from './held-out.ts';
import { fallFrom } from './selection.ts';

/**
 * How much smaller the error is than that of the linear model, as a `share` of it, with its 95 % interval from `low` to
 * `high`.
 */
export interface Gain {
  share: number;
  low: number;
  high: number;
}

const resamples = 400;
/** Rows that a resample draws at most. */
const mostDrawn = 2000;
/**
 * Of the root mean squared error of numbers, of the log loss of classes; by bootstrap over the held-out rows, which both
 * models answer. @param outputs and `linear`: [held-out row, output]
 */
export function gainOver(
  linear: Float32Array,
  outputs: Float32Array,
  data: DataSet,
  folds: Folds,
  loss: LossName,
): Gain {
  const own = rowErrors(outputs, data, folds, loss);
  const other = rowErrors(linear, data, folds, loss);
  const numbers = data.preprocessing.task === 'regression';
  const gain = (sumOwn: number, sumOther: number) => fallFrom(sumOther, sumOwn, numbers);
  const rows = own.length;
  const drawn = Math.min(rows, mostDrawn);
  const gains = Float64Array.from({ length: resamples }, (_, sample) => {
    let [sumOwn, sumOther] = [0, 0];
    for (let i = 0; i < drawn; i++) {
      const row = Math.floor(rows * uniformAt(0x5eed, sample * drawn + i, streams.bootstrap));
      sumOwn += own[row];
      sumOther += other[row];
    }
    return gain(sumOwn, sumOther);
  }).sort();
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const share = gain(sum(own), sum(other));
  // A resample of fewer rows than there are spreads wider, by the square root of how many fewer.
  const narrow = (bound: number) => share + (bound - share) * Math.sqrt(drawn / rows);
  return { share, low: narrow(quantile(gains, 0.025)), high: narrow(quantile(gains, 0.975)) };
}

/** Squared errors of numbers; of classes the log loss of each row. */
function rowErrors(outputs: Float32Array, data: DataSet, { heldOut }: Folds, loss: LossName): Float64Array {
  const { targets, outputs: width } = data;
  if (data.preprocessing.task === 'regression') {
    return Float64Array.from(heldOut, (row, place) => (outputs[place] - targets[row]) ** 2);
  }
  const shares = probabilitiesOf(outputs, heldOut.length, width, loss);
  const classes = Math.max(2, width);
  return Float64Array.from(heldOut, (row, place) => {
    return -Math.log(Math.max(1e-7, shares[place * classes + givenClass(targets, row * width, width)]));
  });
}

/** What there is to judge by: metrics of held-out rows, and two differences where they are known. */
export interface Evidence {
  metrics: Metrics;
  linear: Metrics | null;
  baseline: Metrics;
  /** Over the linear model. */
  gain: Gain | undefined;
  /** Of all rows over half of them (`more-rows.ts`). */
  more: number | undefined;
}

/** A smaller gain from twice the rows is not worth the trouble. */
const worthwhile = 0.03;
/** With less, the right class has 99 % on average: there is nothing left to gain. */
const leastLogLoss = 0.01;

export function verdictOf({ metrics, linear, baseline, gain, more }: Evidence): Notice[] {
  const score = (own: Metrics) => ('rmse' in own ? own.rmse : own.log_loss);
  const metric = 'rmse' in metrics ? ('rmse' as const) : ('log_loss' as const);
  const found: Notice[] = [];
  if (score(metrics) > (1 - leastGain) * score(baseline)) {
    found.push(
      warning(message(fits, 'no_better_than_baseline', { metric, own: score(metrics), baseline: score(baseline) })),
    );
  } else if (linear && gain) {
    const said = { metric, own: score(metrics), linear: score(linear), ...gain };
    found.push(info(message(fits, gain.low > 0 ? 'better_than_linear' : 'even_with_linear', said)));
  }
  const missed = missedClasses(metrics);
  if (missed.length > 0) found.push(warning(message(verdicts, 'classes_missed', { missed, weighted: false })));
  if (more !== undefined) found.push(info(rowsWords(more, metrics)));
  return found;
}

function rowsWords(more: number, metrics: Metrics): Message {
  // A large share of next to nothing is next to nothing.
  if ('log_loss' in metrics && metrics.log_loss < leastLogLoss) {
    return message(fits, 'more_rows_needless', { own: metrics.log_loss });
  }
  return message(fits, more >= worthwhile ? 'more_rows_help' : 'more_rows_little', { share: more });
}
