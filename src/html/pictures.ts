/** The figures of a trained network for its task: its curve over the points, or predicted against actual with residuals. */

import { spaced } from '../util/arrays.ts';
import { extent } from '../util/extent.ts';
import { figure } from '../util/format.ts';
import { residuals } from '../util/statistics/order-statistics.ts';
import { count } from '../util/thousands.ts';
import { chosenPercent } from '../util/words.ts';
import { type Dots, drawPlot, type Series } from './charts/plot.ts';
import { twoWidths } from './charts/svg.ts';
import { html, type Markup } from './escape.ts';
import { dataTable, type Numbering } from './figures.ts';
import { type FitPicture, mostPoints, type PairsPicture, type Picture } from './picture.ts';
import { setWords } from './scores.ts';

/** Targets that are drawn; the metrics are of all. */
const mostTargets = 4;

export function pictureFigures(picture: Picture | undefined, numbers: Numbering): Markup[] {
  if (!picture) return [];
  if (picture.kind === 'fit') return [fitFigure(picture, numbers)];
  return picture.targets.slice(0, mostTargets).map((target) => pairsFigure(picture, target, numbers));
}

/** How the rows of each part are drawn, everywhere. */
export function dotsOf(sets: FitPicture['sets']): Dots[] {
  const looks = [
    ['train', 'points', 'round'],
    ['validation', 'validation', 'square'],
    ['test', 'test', 'cross'],
  ] as const;
  return looks.flatMap(([set, tone, shape]) =>
    sets[set].xs.length > 0 ? [{ name: setWords[set], tone, shape, ...sets[set] }] : [],
  );
}

function fitFigure({ feature, target, sets, grid, fitted, band }: FitPicture, numbers: Numbering): Markup {
  const dots = dotsOf(sets);
  const drawn = dots.reduce((sum, { xs }) => sum + xs.length, 0);
  const all = sets.train.of + sets.validation.of + sets.test.of;
  const label = `The model's curve of ${target} over ${feature}, from ${figure(grid[0])} to ${figure(grid[grid.length - 1])}, with ${count(drawn)} rows as points. The curve lies between ${figure(extent([fitted])[0])} and ${figure(extent([fitted])[1])}.`;
  const y = extent(
    dots.map(({ ys }) => ys),
    0.06,
  );
  const draw = twoWidths(360, (size) =>
    drawPlot(
      {
        label,
        x: { title: feature, range: extent([grid], 0.01) },
        y: { title: target, range: y },
        series: [{ name: 'model', tone: 'model', xs: grid, ys: fitted, ...(band ? { band } : {}) }],
        dots,
      },
      size,
    ),
  );
  const some = drawn < all ? ` ${count(drawn)} of ${count(all)} rows are drawn.` : '';
  const places = spaced(
    Array.from(grid, (_, index) => index),
    25,
  );
  return numbers.figure(
    draw,
    html`What the model makes of ${feature} (line), over the rows of each part.${band ? ` The band holds ${chosenPercent(band.level)} of new rows.` : ''}${some}`,
    dataTable(
      [
        { title: feature, number: true },
        { title: `predicted ${target}`, number: true },
      ],
      places.map((index) => [figure(grid[index], 4), figure(fitted[index], 4)]),
      'The curve in numbers',
    ),
  );
}

function pairsFigure(
  { set }: PairsPicture,
  { name, actual, predicted, bounds }: PairsPicture['targets'][number],
  numbers: Numbering,
): Markup {
  const facts = residualFacts(actual, predicted);
  const places = spaced(
    Array.from(actual, (_, index) => index),
    mostPoints,
  );
  const xs = Float64Array.from(places, (index) => actual[index]);
  const ys = Float64Array.from(places, (index) => predicted[index]);
  const unexplained = residuals(xs, ys);
  const range = extent([xs, ys], 0.04);
  const tone = set === 'train' ? 'points' : set === 'held_out' ? 'validation' : set;
  const most = Math.max(...extent([unexplained]).map(Math.abs)) * 1.08 || 1;
  const size = { width: 352, height: 320 };
  const zero = [0, 0];
  const against = drawPlot(
    {
      label: `Predicted against actual ${name} of ${count(places.length)} ${setWords[set]} rows, about a diagonal that is perfect. ${factWords(facts, name)}`,
      x: { title: `actual ${name}`, range },
      y: { title: `predicted ${name}`, range },
      series: [
        { name: '', tone: 'light', dash: '4 4', thin: true, xs: range, ys: range },
        ...(bounds ? [bounds.low, bounds.high] : []).map(
          (ends): Series => ({ name: '', tone: 'model', thin: true, xs: ends, ys: bounds?.predicted ?? [] }),
        ),
      ],
      dots: [{ name: '', tone, shape: 'round', xs, ys }],
    },
    size,
  );
  const left = drawPlot(
    {
      label: `Residuals, actual minus predicted, over predicted ${name}; no pattern about zero is what is hoped for.`,
      x: { title: `predicted ${name}`, range },
      y: { title: `residual: actual − predicted ${name}`, range: [-most, most] },
      series: [{ name: '', tone: 'light', dash: '4 4', thin: true, xs: range, ys: zero }],
      dots: [{ name: '', tone, shape: 'round', xs: ys, ys: unexplained }],
    },
    size,
  );
  const some = places.length < actual.length ? ` ${count(places.length)} of ${count(actual.length)} are drawn.` : '';
  return numbers.figure(
    html`<div class="pair">${against}${left}</div>`,
    html`Predicted against actual ${name} of the ${setWords[set]} rows (left; the dashes are perfect${bounds ? `, between the blue lines is the ${chosenPercent(bounds.level)} interval` : ''}) and what is left over (right).${some} ${factWords(facts, name)}`,
  );
}

export interface ResidualFacts {
  /** Above 0 where predictions are too low on average. */
  mean: number;
  /** Half of all rows are nearer than `half`, nine in ten than `most`. */
  half: number;
  most: number;
  largest: number;
}

export function residualFacts(actual: ArrayLike<number>, predicted: ArrayLike<number>): ResidualFacts {
  const rows = actual.length;
  const unexplained = residuals(actual, predicted);
  const distances = unexplained.map(Math.abs).sort();
  const sum = unexplained.reduce((total, value) => total + value, 0);
  const at = (share: number) => distances[Math.max(0, Math.ceil(share * rows) - 1)];
  return { mean: sum / rows, half: at(0.5), most: at(0.9), largest: distances[rows - 1] };
}

function factWords({ mean, half, most, largest }: ResidualFacts, name: string): string {
  const side = mean > 0 ? 'too low' : 'too high';
  return `In units of ${name}: half of the rows are within ${figure(half)}, nine in ten within ${figure(most)}, the worst is off by ${figure(largest)}; on average predictions are ${figure(Math.abs(mean))} ${side}.`;
}
