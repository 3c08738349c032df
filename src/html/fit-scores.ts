/** What a fit is worth: its scores on held-out rows beside a linear model and the answer that is always the same. */
import { type Unit, unitName, withUnit } from '../data/table/quantity.ts';
import { headlineName, headlineScore } from '../model/headline.ts';
import type { Metrics } from '../model/metrics.ts';
import { metricFacts, metricName } from '../spec/metric-facts.ts';
import { figure } from '../util/format.ts';
import { wilson } from '../util/statistics/statistics.ts';
import { count, counted } from '../util/thousands.ts';
import { chosenPercent } from '../util/words.ts';
import { html, type Markup, type Part } from './escape.ts';
import { type Numbering, tableOf } from './figures.ts';
import { percent, share } from './scores.ts';

/** How sure answers are. */
export type FitCalibration =
  | { kind: 'temperature'; temperature: number }
  | { kind: 'conformal'; level: number; coverage: number | null; mean_width: number | null };

export interface FitScores {
  target: string;
  unit?: Unit;
  /** Parts of the rows that took turns in being held out; 1 where the same rows were held out always. */
  folds: number;
  heldOut: { rows: number; metrics: Metrics; linear: Metrics | null; baseline: Metrics };
  test: { rows: number; metrics: Metrics; coverage?: number } | null;
  calibration: FitCalibration | null;
}

/** The number that matters, beside what it has to beat. */
export function fitAnswer({ target, unit, heldOut, calibration }: FitScores): Markup {
  const { metrics, linear, baseline } = heldOut;
  const headline = headlineName(baseline);
  const value = (of: Metrics | null) => {
    if (!of) return '–';
    return 'rmse' in of ? withUnit(figure(of.rmse), unit) : percent(headlineScore(of, headline));
  };
  const name =
    'rmse' in metrics
      ? `RMSE of held-out rows${unit ? '' : `, in units of ${target}`}`
      : `${metricName(headline)}, held-out rows`;
  const facts: [string, string][] = [
    [name, value(metrics)],
    ['linear model', value(linear)],
    ['rmse' in metrics ? 'always the mean' : 'always the most frequent class', value(baseline)],
    ...(calibration?.kind === 'conformal' && calibration.coverage !== null
      ? ([[`held by ${chosenPercent(calibration.level)} intervals`, percent(calibration.coverage)]] as [
          string,
          string,
        ][])
      : []),
  ];
  return html`<dl class="answer">${facts.map(([label, text]) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>\n`;
}

/** What the scores are of. */
export function scoredRows({ folds, heldOut: { rows, metrics } }: FitScores): string {
  const how =
    folds > 1
      ? `Scores are of all ${counted(rows, 'row')} that trained: they were held out in ${folds} turns, and each was answered by networks that had not seen it and by an ensemble that was chosen without its part of the rows.`
      : `Scores are of ${counted(rows, 'row')} that no network has trained on, in five parts, each answered by an ensemble that was chosen by the other four.`;
  if ('rmse' in metrics) return how;
  const [low, high] = wilson(metrics.accuracy, rows);
  return `${how} The accuracy's 95 % Wilson interval is ${percent(low)} to ${percent(high)}.`;
}

/** How far probabilities or intervals can be believed. */
export function calibrationWords({ target, unit, calibration, heldOut, test }: FitScores): string {
  if (!calibration) return '';
  if (calibration.kind === 'temperature') {
    const { temperature } = calibration;
    const effect = temperature > 1.005 ? 'less sure' : temperature < 0.995 ? 'surer' : 'as sure as before';
    const { metrics } = heldOut;
    const error = 'rmse' in metrics ? '' : ` Their calibration error is ${share(metrics.expected_calibration_error)}.`;
    return `Probabilities are made ${effect} by temperature ${figure(temperature)}, which fits these rows best.${error}`;
  }
  const { level, coverage, mean_width } = calibration;
  if (coverage === null) return 'There are too few held-out rows for prediction intervals.';
  const width = unit ? withUnit(figure(mean_width), unit) : `${figure(mean_width)} (in units of ${target})`;
  const tested = test?.coverage === undefined ? '' : `, and ${percent(test.coverage)} of the test rows`;
  return `Prediction intervals of ${chosenPercent(level)}, ${width} wide on average, hold ${percent(coverage)} of these rows${tested}. They are conformal: they promise their share of new rows that come as these did, whatever the model is.`;
}

/** Every metric of the fit, and of what it has to beat. */
export function fitTable({ target, unit, heldOut, test }: FitScores, numbers: Numbering): Markup {
  const { metrics, linear, baseline, rows } = heldOut;
  const columns: [title: string, rows: number, metrics: Metrics][] = [
    ['fit', rows, metrics],
    ...(linear ? ([['linear model', rows, linear]] as [string, number, Metrics][]) : []),
    ['baseline', rows, baseline],
    ...(test ? ([['fit, test rows', test.rows, test.metrics]] as [string, number, Metrics][]) : []),
  ];
  const names = Object.entries(metrics).flatMap(([name, value]) => (typeof value === 'number' ? [name] : []));
  const body = names.map((name): Part[] => [metricName(name), ...columns.map(([, , of]) => cell(of, name))]);
  const several =
    'classes' in metrics && metrics.classes.length > 2
      ? ' ROC AUC is the mean of each class against all others, the Brier score a sum over them (0 to 2).'
      : '';
  return numbers.table(
    tableOf(
      [{ title: 'metric' }, ...columns.map(([title]) => ({ title, number: true }))],
      [...body, ['rows', ...columns.map(([, own]) => count(own))]],
    ),
    'rmse' in metrics
      ? `Metrics of held-out rows, in ${unit ? unitName(unit) : `units of ${target}`} (MSE in ${unit ? 'its' : 'their'} square). The baseline answers every row with the mean of the training rows.`
      : `Metrics of held-out rows. The baseline answers every row with the most frequent class of the training rows, and with their shares as probabilities.${several}`,
  );
}

function cell(metrics: Metrics, name: string): string {
  const value = (metrics as unknown as Record<string, number>)[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) return '–';
  return metricFacts[name]?.range[1] === 1 ? share(value) : figure(value, 4);
}
