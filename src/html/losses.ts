/** The losses of one run over its epochs, with the best epoch and the stop marked. */

import { spaced } from '../util/arrays.ts';
import { extent } from '../util/extent.ts';
import { figure } from '../util/format.ts';
import { count } from '../util/thousands.ts';
import { wantsLog } from './charts/frame.ts';
import { drawPlot, type Plot, type Series } from './charts/plot.ts';
import { twoWidths } from './charts/svg.ts';
import { html, type Markup } from './escape.ts';
import { dataTable, type Numbering } from './figures.ts';

export interface EpochLosses {
  number: number;
  train_loss: number;
  validation_loss: number | null;
}

export interface LossFacts {
  history: readonly EpochLosses[];
  /** What was made small. */
  loss: string;
  /** It is of scaled targets, not of their own units. */
  scaled: boolean;
  best_epoch: number;
  stopped: string;
}

/** Epochs that are drawn; more would only paint the same pixels. */
const mostEpochs = 500;

const stopWords: Record<string, string> = {
  early_stopping: 'early stopping',
  loss_plateau: 'loss plateau',
  diverged: 'diverged',
  interrupted: 'interrupted',
};

export function lossFigure({ history, loss, scaled, best_epoch, stopped }: LossFacts, numbers: Numbering): Markup {
  if (!history.some(({ train_loss }) => Number.isFinite(train_loss))) {
    return html`<p class="light">No epoch ended with a loss that is a number, so there is nothing to draw.</p>`;
  }
  const drawn = spaced(history, mostEpochs);
  const best = history.find(({ number }) => number === best_epoch);
  if (best && !drawn.includes(best)) {
    drawn.push(best);
    drawn.sort((a, b) => a.number - b.number);
  }
  const xs = drawn.map(({ number }) => number);
  const validated = drawn.some(({ validation_loss }) => validation_loss !== null);
  const train = drawn.map(({ train_loss }) => train_loss);
  const validation = drawn.map(({ validation_loss }) => validation_loss ?? Number.NaN);
  const lists = validated ? [train, validation] : [train];
  const log = wantsLog(lists);
  const series: Series[] = [
    { name: 'training', tone: 'model', xs, ys: train },
    ...(validated ? [{ name: 'validation', tone: 'validation', dash: '7 3', xs, ys: validation } as const] : []),
  ];
  const last = history[history.length - 1];
  const uprights = [
    ...(stopWords[stopped] ? [{ x: last.number, label: stopWords[stopped] }] : []),
    ...(best && best !== last ? [{ x: best.number, label: `best ${count(best.number)}`, dash: true }] : []),
  ];
  const ring = best && {
    x: best.number,
    y: best.validation_loss ?? best.train_loss,
    tone: best.validation_loss === null ? ('model' as const) : ('validation' as const),
  };
  const y = extent(lists, log ? 0.04 : 0.05, log);
  const plot: Plot = {
    label: labelOf(history, best),
    x: { title: 'epoch', range: [Math.min(1, last.number - 1), Math.max(2, last.number)], whole: true },
    y: {
      title: `loss (${loss}${log ? ', log axis' : ''})`,
      range: log ? y : [Math.min(0, y[0]), y[1]],
      log,
    },
    series,
    uprights,
    ring,
  };
  const some =
    drawn.length < history.length ? ` ${count(drawn.length)} of ${count(history.length)} epochs are drawn.` : '';
  return numbers.figure(
    twoWidths(300, (size) => drawPlot(plot, size)),
    html`Loss by epoch${scaled ? ', of scaled targets' : ''}, not smoothed. The training loss is the mean over an epoch while it trains${validated ? ', the validation loss that of the network at its end; the ring marks the lowest' : ''}.${some}`,
    dataTable(
      [
        { title: 'epoch', number: true },
        { title: 'training loss', number: true },
        { title: 'validation loss', number: true },
      ],
      spaced(history, 25).map(({ number, train_loss, validation_loss }) => [
        count(number),
        figure(train_loss, 4),
        figure(validation_loss, 4),
      ]),
      'Losses in numbers',
    ),
  );
}

function labelOf(history: readonly EpochLosses[], best: EpochLosses | undefined): string {
  const [first, last] = [history[0], history[history.length - 1]];
  const one = (name: string, from: number | null, to: number | null) =>
    from === null ? '' : ` ${name} loss goes from ${figure(from)} to ${figure(to)}.`;
  return `Losses over ${count(history.length)} epochs.${one('Training', first.train_loss, last.train_loss)}${one('Validation', first.validation_loss, last.validation_loss)}${best ? ` The lowest watched loss is in epoch ${count(best.number)}.` : ''}`;
}
