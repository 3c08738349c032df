/** The 24 combinations of the founding experiment: small multiples of their losses and fits, and the table. */

import { wantsLog } from '../../html/charts/frame.ts';
import { type Dots, dashes, drawPlot, type Series } from '../../html/charts/plot.ts';
import { html, type Markup, type Part } from '../../html/escape.ts';
import { type Numbering, tableOf } from '../../html/figures.ts';
import { plusMinus } from '../../html/swept.ts';
import { groupBy, spaced } from '../../util/arrays.ts';
import { extent } from '../../util/extent.ts';
import { figure } from '../../util/format.ts';
import { count, counted } from '../../util/thousands.ts';
import type { Curve, FoundingCell, FoundingReport, MeanSd, SlipStudy } from '../report.ts';

const panel = { width: 172, height: 140 };
/** Points in a panel, epochs of a curve. */
const mostPoints = 120;
const mostEpochs = 100;

/** What panels of one activation and optimizer share. */
interface Panel {
  title: string;
  label: string;
  series: Series[];
  dots?: Dots[];
}

/** Panels in rows of the same optimizer, all with the same axes. */
export function panels(list: Panel[], x: [number, number], y: [number, number], log: boolean, whole: boolean): Markup {
  return html`<div class="panels">${list.map(
    ({ title, label, series, dots }) =>
      html`<div><p>${title}</p>${drawPlot({ label, x: { title: '', range: x, whole }, y: { title: '', range: y, log }, series, dots }, panel)}</div>`,
  )}</div>`;
}

/** A line with a band of one standard deviation, in the colour and dash of its place. */
export function meanSeries(name: string, index: number, xs: number[], { mean, sd }: MeanSd): Series {
  const banded = sd.some((value) => value > 0);
  return {
    name,
    tone: `run-${(index % dashes.length) + 1}`,
    dash: dashes[index % dashes.length],
    xs,
    ys: mean,
    ...(banded
      ? { band: { low: mean.map((value, i) => value - sd[i]), high: mean.map((value, i) => value + sd[i]) } }
      : {}),
  };
}

export function curveSeries(name: string, index: number, curve: Curve, which: 'train' | 'validation'): Series {
  const places = spaced(
    curve.epoch.map((_, place) => place),
    mostEpochs,
  );
  const of = (values: number[]) => places.map((place) => values[place]);
  const { mean, sd } = curve[which];
  return meanSeries(name, index, of(curve.epoch), { mean: of(mean), sd: of(sd) });
}

/** Losses far above that of no model at all say only that something diverged. */
export function lossRange(series: readonly Series[], worst: number): { y: [number, number]; log: boolean } {
  const lists = series.map(({ ys }) => Array.from(ys).filter((value) => Number.isFinite(value) && value <= worst));
  const log = wantsLog(lists);
  const y = extent(lists, 0.03, log);
  return { y: log ? y : [Math.min(0, y[0]), y[1]], log };
}

/** The loss of always answering with the mean of the training rows. */
export function baselineLoss({ data }: FoundingReport): number {
  return data.baseline_rmse ** 2 / (2 * data.target_sd ** 2);
}

function groups(cells: readonly FoundingCell[]): FoundingCell[][] {
  const optimizers = [...new Set(cells.map(({ optimizer }) => optimizer))];
  const activations = [...new Set(cells.map(({ activation }) => activation))];
  return optimizers.flatMap((optimizer) =>
    activations.map((activation) =>
      cells.filter((cell) => cell.optimizer === optimizer && cell.activation === activation),
    ),
  );
}

const bandWords = (n: number) =>
  n > 1 ? `Lines are means, bands ± one standard deviation over ${n} seeds.` : 'One seed.';

export function curvesFigure(
  report: FoundingReport,
  cells: readonly FoundingCell[],
  which: 'train' | 'validation',
  numbers: Numbering,
  how = '',
): Markup {
  const list = groups(cells).map((own): Panel => {
    const series = own.map(({ batch_size, curve }, index) => curveSeries(String(batch_size), index, curve, which));
    const ends = own.map(({ batch_size, curve }) => `batch ${batch_size} ${figure(curve[which].mean.at(-1))}`);
    const title = `${own[0].activation}, ${own[0].optimizer}`;
    return {
      title,
      series,
      label: `${which === 'train' ? 'Training' : 'Validation'} loss by epoch with ${title}: at the end ${ends.join(', ')}.`,
    };
  });
  const all = list.flatMap(({ series }) => series);
  const { y, log } = lossRange(all, 4 * baselineLoss(report));
  const last = Math.max(2, ...all.map(({ xs }) => xs[xs.length - 1] ?? 1));
  const name = which === 'train' ? 'Training' : 'Validation';
  return numbers.figure(
    panels(list, [1, last], y, log, true),
    `${name} loss (half the mean squared error of the scaled target${log ? ', log axis' : ''}) over epochs${how}, by activation and optimizer; a line for each batch size, which stands at its end. ${bandWords(cells[0]?.n ?? 1)} Where trials stop early the line goes on with the others.`,
  );
}

export function fitsFigure(
  { data }: FoundingReport,
  cells: readonly FoundingCell[],
  numbers: Numbering,
  how = '',
): Markup {
  const points = spaced(data.points, mostPoints);
  const dots: Dots[] = [
    {
      name: 'rows',
      tone: 'faint',
      shape: 'round',
      xs: points.map(({ x }) => x),
      ys: points.map(({ y }) => y),
    },
  ];
  const list = groups(cells).map((own): Panel => {
    const series = own.map(({ batch_size, fit }, index) => meanSeries(String(batch_size), index, fit.x, fit));
    const title = `${own[0].activation}, ${own[0].optimizer}`;
    const scores = own.map(({ batch_size, validation_rmse }) => `batch ${batch_size} ${figure(validation_rmse.mean)}`);
    return {
      title,
      series,
      dots,
      label: `Fitted curves of ${data.y} over ${data.x} with ${title}, over the rows. Validation RMSE: ${scores.join(', ')}.`,
    };
  });
  const x = extent([data.points.map((point) => point.x)], 0.01);
  const y = extent([data.points.map((point) => point.y)], 0.05);
  return numbers.figure(
    panels(list, x, y, false, false),
    `What the networks make of ${data.x}${how}: fitted ${data.y} by activation and optimizer; a line for each batch size. ${bandWords(cells[0]?.n ?? 1)} Grey: ${count(points.length)} of the ${count(data.rows)} rows.`,
  );
}

/** Short, for a column. */
const stopWords: Record<string, string> = { epochs: 'last', loss_plateau: 'plateau' };

export function cellsTable({ cells, published }: FoundingReport, numbers: Numbering): Markup {
  const best = cells.reduce(
    (at, { validation_rmse }, index) =>
      validation_rmse.mean < (cells[at]?.validation_rmse.mean ?? Number.POSITIVE_INFINITY) ? index : at,
    0,
  );
  const also = (cell: FoundingCell): Part => {
    const same = published?.cells.find(
      ({ activation, optimizer, batch_size }) =>
        activation === cell.activation && optimizer === cell.optimizer && batch_size === cell.batch_size,
    );
    return plusMinus(same?.validation_rmse);
  };
  const number = (title: string) => ({ title, number: true });
  const columns = [
    { title: 'activation' },
    { title: 'optimizer' },
    number('batch'),
    number('validation RMSE'),
    ...(published ? [number('as published')] : []),
    number('training loss'),
    number('epochs'),
    number('to good'),
    number('ms a step'),
    { title: 'stopped' },
  ];
  const rows = cells.map((cell): Part[] => [
    cell.activation,
    cell.optimizer,
    String(cell.batch_size),
    plusMinus(cell.validation_rmse),
    ...(published ? [also(cell)] : []),
    plusMinus(cell.train_loss),
    plusMinus(cell.epochs_run),
    cell.epochs_to_good.reached === 0
      ? 'never'
      : `${plusMinus(cell.epochs_to_good)}${cell.epochs_to_good.reached < cell.n ? ` (${cell.epochs_to_good.reached})` : ''}`,
    figure(cell.ms_per_step.median),
    Object.entries(cell.stopped)
      .map(([reason, trials]) => `${stopWords[reason] ?? reason}\u00a0${trials}`)
      .join(', '),
  ]);
  return numbers.table(
    html`<div class="broad">${tableOf(columns, rows, best)}</div>`,
    `The ${cells.length} combinations: mean ± standard deviation over ${cells[0]?.n ?? 0} seeds; the lowest validation RMSE is marked. To good: epochs until the validation loss is at most 1.5 times the lowest mean and a quarter of the baseline's; in brackets how many seeds got there if not all, the others count as one epoch more than allowed. Stopped: how many seeds ended at the last epoch or on the plateau of the loss.`,
  );
}

/** The published rule's slips, none, each alone and all: which of them does what. */
export function slipsTable({ cells, epochs, seeds }: SlipStudy, numbers: Numbering): Markup {
  const kinds = [...new Set(cells.map(({ slips }) => slips))];
  const rows = groupBy(
    cells,
    ({ activation, optimizer, batch_size }) => `${activation} ${optimizer} ${batch_size}`,
  ).map((own) => [
    own[0].activation,
    own[0].optimizer,
    String(own[0].batch_size),
    ...kinds.map((kind) => plusMinus(own.find(({ slips }) => slips === kind)?.validation_rmse)),
  ]);
  const columns = [
    { title: 'activation' },
    { title: 'optimizer' },
    { title: 'batch', number: true },
    ...kinds.map((title) => ({ title, number: true })),
  ];
  return numbers.table(
    tableOf(columns, rows),
    `Validation RMSE without slips, with each alone and with all: mean ± standard deviation over ${counted(seeds.length, 'seed')} after at most ${counted(epochs, 'epoch')}. averaged: a batch is one average row; shifted: gradients meet the parameter row after their own; shared: one error for all units of a layer.`,
  );
}
