/** Losses of several trials as one line with a band: mean and standard deviation over those that trained that far. */

import { spaced } from '../util/arrays.ts';
import { extent } from '../util/extent.ts';
import { meanSd } from '../util/statistics/statistics.ts';
import { count } from '../util/thousands.ts';
import { wantsLog } from './charts/frame.ts';
import { dashes, type Plot, type Series } from './charts/plot.ts';
import type { Markup } from './escape.ts';
import { dataTable } from './figures.ts';
import { plusMinus } from './swept.ts';

export interface Banded {
  epochs: number[];
  mean: number[];
  sd: number[];
  /** Trials that trained so far. */
  n: number[];
}

/** Epochs that are drawn. */
const mostEpochs = 240;

/** @param runs losses by epoch, the first epoch first */
export function bandOf(runs: readonly (readonly number[])[]): Banded {
  const last = Math.max(0, ...runs.map(({ length }) => length));
  const places = spaced(
    Array.from({ length: last }, (_, index) => index),
    mostEpochs,
  );
  const columns = places.map((place) => runs.flatMap((run) => (place < run.length ? [run[place]] : [])));
  const spreads = columns.map(meanSd);
  return {
    epochs: places.map((place) => place + 1),
    mean: spreads.map(({ mean }) => mean),
    sd: spreads.map(({ sd }) => sd),
    n: columns.map(({ length }) => length),
  };
}

/** A line in the colours of further runs, the first with the first. */
export function bandSeries(name: string, index: number, { epochs, mean, sd, n }: Banded): Series {
  return {
    name,
    tone: `run-${(index % dashes.length) + 1}`,
    dash: dashes[index % dashes.length],
    xs: epochs,
    ys: mean,
    ...(n.some((trials) => trials > 1)
      ? { band: { low: mean.map((value, i) => value - sd[i]), high: mean.map((value, i) => value + sd[i]) } }
      : {}),
  };
}

export function bandPlot(series: Series[], title: string, label: string): Plot {
  const lists = series.map(({ ys }) => ys);
  // Lines that end close together are to be told apart, though they start far above.
  const log = wantsLog(lists, 4);
  const y = extent(
    series.flatMap(({ ys, band }) => (band ? [ys, band.high, ...(log ? [] : [band.low])] : [ys])),
    0.04,
    log,
  );
  return {
    label,
    x: { title: 'epoch', range: [1, Math.max(2, ...series.map(({ xs }) => xs[xs.length - 1] ?? 1))], whole: true },
    y: { title: `${title}${log ? ', log axis' : ''}`, range: log ? y : [Math.min(0, y[0]), y[1]], log },
    series,
  };
}

/** Mean and deviation of each at the same few epochs, for those who do not see the lines. */
export function bandTable(lines: readonly { name: string; band: Banded }[]): Markup {
  const longest = lines.reduce<number[]>((all, { band }) => (band.epochs.length > all.length ? band.epochs : all), []);
  const rows = spaced(longest, 20).map((epoch) => [
    count(epoch),
    ...lines.map(({ band }) => {
      const place = band.epochs.findLastIndex((own) => own <= epoch);
      const ended = place < 0 || epoch > band.epochs[band.epochs.length - 1];
      return ended ? '–' : plusMinus({ n: band.n[place], mean: band.mean[place], sd: band.sd[place] });
    }),
  ]);
  const columns = [{ title: 'epoch', number: true }, ...lines.map(({ name }) => ({ title: name, number: true }))];
  return dataTable(columns, rows, 'Losses in numbers');
}
