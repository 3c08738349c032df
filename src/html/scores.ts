/** What the figures of a model say, in one sentence and one table: held-out rows against an answer that needs no model. */
import type { Notice } from '../data/table/notices.ts';
import { type Unit, unitName, withUnit } from '../data/table/quantity.ts';
import { headlineName, headlineScore } from '../model/headline.ts';
import type { Metrics } from '../model/metrics.ts';
import { metricFacts, metricName } from '../spec/metric-facts.ts';
import { figure } from '../util/format.ts';
import { wilson } from '../util/statistics/statistics.ts';
import { count, counted } from '../util/thousands.ts';
import { classTable, confusionMatrix, mostConfused, worstMistakes } from './charts/confusion.ts';
import { html, type Markup, type Part } from './escape.ts';
import { type Numbering, tableOf } from './figures.ts';
import { type RowSetName, type ScoredRows, setNames } from './picture.ts';

export type ScoresBySet = Record<RowSetName, Metrics | null>;

export interface ScoreFacts {
  target: string;
  unit?: Unit;
  rows: Record<RowSetName, number>;
  metrics: ScoresBySet;
  baseline: ScoresBySet;
}

/** The rows that were held back longest: test, else validation, else those that trained. */
export function heldOut(metrics: ScoresBySet): RowSetName {
  return setNames.findLast((name) => metrics[name]) ?? 'train';
}

export const setWords: Record<ScoredRows, string> = {
  train: 'training',
  validation: 'validation',
  test: 'test',
  held_out: 'held-out',
};

const seen: Record<RowSetName, string> = {
  test: 'which neither training nor any choice saw',
  validation: 'which training did not see, but choices may have',
  train: 'which are the rows it was trained on',
};

/** What scores mean and what to do next, the verdict first. */
export function verdictSentences(verdict: readonly Notice[]): Markup[] {
  return verdict.map(
    ({ severity, text }) =>
      html`<p${severity === 'info' ? '' : html` class="problem"`}>${text.replaceAll(' %', '\u00a0%')}</p>\n`,
  );
}

/** The number that matters, beside what it has to beat. */
export function answer({ target, unit, rows, metrics, baseline }: ScoreFacts): Markup {
  const set = heldOut(metrics);
  const [own, base] = [metrics[set], baseline[set]];
  if (!own || !base) return html``;
  const name = headlineName(baseline.train ?? base);
  const facts: [string, string][] =
    'accuracy' in own && 'accuracy' in base
      ? [
          [`${setWords[set]} ${metricName(name)}`, percent(headlineScore(own, name))],
          ['baseline: always the most frequent class', percent(headlineScore(base, name))],
          ['rows', count(rows[set])],
        ]
      : 'rmse' in own && 'rmse' in base
        ? [
            [`${setWords[set]} RMSE${unit ? '' : `, in units of ${target}`}`, withUnit(figure(own.rmse), unit)],
            ['baseline RMSE: always the training mean', withUnit(figure(base.rmse), unit)],
            ['R²', figure(own.r2)],
          ]
        : [];
  return html`<dl class="answer">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>\n`;
}

export function sentence({ target, unit, rows, metrics, baseline }: ScoreFacts): string {
  const set = heldOut(metrics);
  const [own, base] = [metrics[set], baseline[set]];
  const where = `the ${counted(rows[set], `${setWords[set]} row`)}, ${seen[set]}`;
  if (own && base && 'accuracy' in own && 'accuracy' in base) {
    const [low, high] = wilson(own.accuracy, rows[set]);
    // Of rows that were trained on it would say nothing of others.
    const interval = set === 'train' ? '' : ` (95 % Wilson interval ${percent(low)} to ${percent(high)})`;
    const right = `Of ${where}, the network answers ${percent(own.accuracy)} with the right ${target}${interval}; always answering with the most frequent class of the training rows is right for ${percent(base.accuracy)}`;
    if (headlineName(baseline.train ?? base) === 'balanced_accuracy') {
      return `${right}, since it has most of the rows. Balanced accuracy counts every class alike: on average ${percent(own.balanced_accuracy)} of the rows of a class are answered with it, and ${percent(base.balanced_accuracy)} by always answering with the most frequent class.`;
    }
    return `${right}.${own.accuracy > base.accuracy ? '' : ' The network is no better than that.'}`;
  }
  if (own && base && 'rmse' in own && 'rmse' in base) {
    const times = base.rmse / own.rmse;
    const against = times > 1 ? `, ${figure(times, 2)} times as much` : '. The network is no better than that';
    return `On ${where}, predictions of ${target} are off by ${withUnit(figure(own.rmse), unit)} (root mean square${unit ? '' : `, in units of ${target}`}); always answering with the mean of the training rows is off by ${withUnit(figure(base.rmse), unit)}${against}.`;
  }
  return 'There are no rows to score.';
}

export function percent(share: number): string {
  return Number.isFinite(share) ? `${figure(100 * share)} %` : '–';
}

/** Of what is at most 1: its digits after the point are what is compared. */
export function share(value: number): string {
  return Math.abs(value) < 10 ? value.toFixed(4).replace('-', '−') : figure(value, 4);
}

/** Every metric by set, the baseline's on the last of them beside it. */
export function scoresTable({ target, unit, rows, metrics, baseline }: ScoreFacts, numbers: Numbering): Markup {
  const sets = setNames.filter((set) => metrics[set]);
  const last = heldOut(metrics);
  const number = (scores: Metrics | null, name: string): Part => {
    const value = (scores as unknown as Record<string, number> | null)?.[name];
    return typeof value === 'number' && Number.isFinite(value)
      ? metricFacts[name]?.range[1] === 1
        ? share(value)
        : figure(value, 4)
      : '–';
  };
  const measured = Object.entries(metrics[last] ?? {}).flatMap(([name, value]) =>
    typeof value === 'number' ? [name] : [],
  );
  const body = measured.map((name) => [
    metricName(name),
    ...sets.map((set) => number(metrics[set], name)),
    number(baseline[last], name),
  ]);
  const columns = [
    { title: 'metric' },
    ...sets.map((set) => ({ title: setWords[set], number: true })),
    { title: `baseline (${setWords[last]})`, number: true },
  ];
  const counts: Part[] = ['rows', ...sets.map((set) => count(rows[set])), count(rows[last])];
  const own = metrics[last];
  const classes = own !== null && 'confusion' in own ? own.classes.length : 0;
  const several =
    classes > 2
      ? ' ROC AUC is the mean of each class against all others, the Brier score a sum over them (0 to 2).'
      : '';
  return numbers.table(
    tableOf(columns, [...body, counts]),
    classes
      ? `Metrics by part of the data. The baseline answers every row with the most frequent class of the training rows, and with their shares as probabilities.${several} The calibration error is over 15 bins of the answered class's probability.`
      : `Metrics by part of the data, in ${unit ? unitName(unit) : `units of ${target}`} (MSE in ${unit ? 'its' : 'their'} square). The baseline answers every row with the mean of the training rows.`,
  );
}

/** The confusions of the rows that were held back longest, and each class's share in them. Empty for numbers. */
export function confusionFigures({ metrics, target }: ScoreFacts, numbers: Numbering): Markup[] {
  const set = heldOut(metrics);
  const own = metrics[set];
  return own ? confusionsOf(own, set, target, numbers) : [];
}

export function confusionsOf(own: Metrics, set: ScoredRows, target: string, numbers: Numbering): Markup[] {
  if (!('confusion' in own)) return [];
  const worst = worstMistakes(own, 3);
  const said = worst.length > 0 ? ` Most frequent mistakes: ${worst.join(', ')}.` : ' Every row is right.';
  const caption = `${target}: ${setWords[set]} rows by actual class (down) and predicted class (across).`;
  const matrix =
    own.classes.length <= mostConfused
      ? [
          numbers.figure(
            confusionMatrix(own, caption),
            html`${caption} Cells are shaded by their share of the row: blue for what is right, red (by its root, since mistakes are few) for what is not.${said}`,
          ),
        ]
      : [html`<p>${own.classes.length} classes are too many for a matrix to be read.${said}</p>`];
  return [
    ...matrix,
    numbers.table(classTable(own), `Classes of the ${setWords[set]} rows. A dash is a division by no rows.`),
  ];
}
