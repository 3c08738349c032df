/** The leaderboard of a sweep as a table with a dot plot in it, and the picture of what its settings did. */

import { foldsNote, tiesNote } from '../messages/en/command-line/summary.ts';
import { metricName } from '../spec/metric-facts.ts';
import { figure } from '../util/format.ts';
import { count } from '../util/thousands.ts';
import { type Interval, intervalHead, intervalRow, intervalScale } from './charts/intervals.ts';
import { drawParallel } from './charts/parallel.ts';
import { html, type Markup, type Part } from './escape.ts';
import { type Column, type Numbering, tableOf } from './figures.ts';
import { setWords } from './scores.ts';
import {
  countTies,
  type Deciding,
  isTie,
  longWords,
  methodWords,
  plusMinus,
  range,
  type SweptLeader,
  type SweptTrial,
  scoreOf,
  tieMark,
  variedOf,
  wordOf,
} from './swept.ts';

/** Combinations that are listed at once, that open on request, and that are drawn as lines. */
const mostShown = 20;
const mostListed = 300;
const mostLines = 300;

export function leaderboardTable(
  leaders: readonly SweptLeader[],
  groups: Map<number, SweptTrial[]>,
  deciding: Deciding,
  numbers: Numbering,
): Markup {
  const { set, name, tested } = deciding;
  const varied = variedOf(leaders);
  const metric = `${setWords[set]} ${metricName(name)}`;
  const listed = leaders.slice(0, mostListed);
  const method = methodWords(listed.map(({ metrics }) => metrics[set][name]));
  const folds = [...groups.values()].some((own) => own.some(({ fold }) => fold !== null));
  const intervals = listed.map(({ cell, metrics }): Interval => {
    const { mean, low, high } = metrics[set][name] ?? { mean: Number.NaN, low: Number.NaN, high: Number.NaN };
    const values = (groups.get(cell) ?? []).map((trial) => scoreOf(trial.metrics[set], name));
    return { mean, low, high, values: values.length > 1 ? values : [] };
  });
  const table = (from: number, to: number) => {
    const scale = intervalScale(intervals.slice(from, to));
    const columns: Column[] = [
      { title: 'place', number: true },
      ...varied.map((setting) => ({ title: setting.name })),
      { title: 'n', number: true },
      { title: metric, number: true },
      { title: '95 % interval', number: true },
      { title: intervalHead(scale) },
      ...(tested ? [{ title: `test ${metricName(name)}`, number: true }] : []),
    ];
    const rows = listed.slice(from, to).map((leader, index): Part[] => {
      const { settings, n, metrics } = leader;
      const spread = metrics[set][name];
      return [
        `${isTie(leader) ? `${tieMark} ` : ''}${from + index + 1}`,
        ...varied.map(({ path }) => wordOf(settings[path])),
        count(n),
        plusMinus(spread),
        spread && n > 1 ? range(spread) : '–',
        html`<div class="interval">${intervalRow(intervals[from + index], scale, metric, from + index === 0)}</div>`,
        ...(tested ? [plusMinus(metrics.test[name])] : []),
      ];
    });
    return tableOf(columns, rows, from === 0 ? 0 : -1);
  };
  const ties = countTies(leaders);
  const rest = listed.length - mostShown;
  const beyond =
    leaders.length > mostListed ? ` The ${count(leaders.length - mostListed)} after them are in trials.csv.` : '';
  return numbers.table(
    html`<div class="broad">${[
      table(0, mostShown),
      rest > 0 && html`<details><summary>The next ${count(rest)}</summary>${table(mostShown, listed.length)}</details>`,
    ]}</div>`,
    `Combinations by the mean ${metric}, best first${rest > 0 ? `, ${mostShown} of ${count(leaders.length)}` : ''}. ± is the standard deviation over the n seeds and folds, the interval that of the mean${method ? ` (by ${method})` : ''}.${folds ? ` ${foldsNote}` : ''}${ties.compared > 0 ? ` ${tiesNote({ ...ties, mark: tieMark })}` : ''} In the picture: the mean, its interval, and faintly each trial.${tested ? ' Test rows were scored once per trial, at the end, and chose nothing.' : ''}${beyond}`,
  );
}

/** What varies against what came of it; nothing where nothing varies. */
export function parallelFigure(
  leaders: readonly SweptLeader[],
  { set, name, large }: Deciding,
  numbers: Numbering,
): Part {
  const varied = variedOf(leaders);
  const drawn = leaders.filter(({ metrics }) => Number.isFinite(metrics[set][name]?.mean));
  if (varied.length === 0 || drawn.length < 2) return '';
  // Of too many, the best half of what is drawn and the rest evenly.
  const half = mostLines / 2;
  const every = (drawn.length - half) / half;
  const shown =
    drawn.length <= mostLines
      ? drawn
      : [...drawn.slice(0, half), ...Array.from({ length: half }, (_, i) => drawn[half + Math.floor(i * every)])];
  const metric = `${setWords[set]} ${metricName(name)}`;
  const values = shown.map(({ metrics }) => metrics[set][name].mean);
  const parallel = {
    label: `Parallel coordinates of ${count(shown.length)} combinations over ${varied.map((setting) => setting.name).join(', ')} and the mean ${metric}, from ${figure(values[0])} (best) to ${figure(values[values.length - 1])}. The best has ${longWords(shown[0].settings, varied)}.`,
    settings: varied.map((setting) => ({
      name: setting.name,
      values: shown.map(({ settings }) => {
        const value = settings[setting.path];
        return typeof value === 'number' ? value : wordOf(value);
      }),
    })),
    metric: { name: metric, values, large },
  };
  const some =
    shown.length < leaders.length
      ? ` ${count(shown.length)} of ${count(leaders.length)} combinations are drawn: the best ${count(Math.min(half, shown.length))}, and the others thinned evenly.`
      : '';
  const tall = 84 * (varied.length + 1);
  return numbers.figure(
    html`<div class="wide">${drawParallel(parallel, { width: 720, height: 320 })}</div><div class="narrow">${drawParallel(parallel, { width: 352, height: tall })}</div>`,
    html`Each line is a combination, from its settings to its mean ${metric}, the best on top and ringed. Colour is the rank, in fifths: ${[5, 4, 3, 2, 1].map((share) => html`<span class="swatch share-${share}"></span> `)}from best to worst. Lines on the same value are set a little apart.${some}`,
  );
}
