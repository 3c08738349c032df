/** What lies beside the 24 combinations: depth, how gradients go through layers, truth tables, and what Adam is made of. */

import { bandPlot } from '../../html/bands.ts';
import { wantsLog } from '../../html/charts/frame.ts';
import { drawPlot, type Series } from '../../html/charts/plot.ts';
import { twoWidths } from '../../html/charts/svg.ts';
import { html, type Markup } from '../../html/escape.ts';
import { type Numbering, tableOf } from '../../html/figures.ts';
import { plusMinus } from '../../html/swept.ts';
import { extent } from '../../util/extent.ts';
import { figure } from '../../util/format.ts';
import { count } from '../../util/thousands.ts';
import type { DepthStudy, FoundingReport, LayerSignals, Theory } from '../report.ts';
import { baselineLoss, curveSeries, lossRange, meanSeries, panels } from './cells.ts';

export function depthFigure(report: FoundingReport, depth: DepthStudy, numbers: Numbering): Markup {
  const activations = [...new Set(depth.cells.map(({ activation }) => activation))];
  const list = activations.map((activation) => {
    const own = depth.cells.filter((cell) => cell.activation === activation);
    const optimizers = [...new Set(own.map(({ optimizer }) => optimizer))];
    const series = optimizers.map((optimizer, index) => {
      const cells = own.filter((cell) => cell.optimizer === optimizer).sort((a, b) => a.layers - b.layers);
      const spread = {
        mean: cells.map(({ train_loss }) => train_loss.mean),
        sd: cells.map(({ train_loss }) => train_loss.sd),
      };
      return meanSeries(
        optimizer,
        index,
        cells.map(({ layers }) => layers),
        spread,
      );
    });
    const said = series.map(({ name, ys }) => `${name} from ${figure(ys[0])} to ${figure(ys[ys.length - 1])}`);
    return {
      title: activation,
      series,
      label: `Training loss with ${activation} from 1 hidden layer to the most: ${said.join(', ')}.`,
    };
  });
  const { y, log } = lossRange(
    list.flatMap(({ series }) => series),
    4 * baselineLoss(report),
  );
  const batches = [
    ...new Set(depth.cells.map(({ optimizer, batch_size }) => `${optimizer} with batch size ${batch_size}`)),
  ];
  const layers = extent([depth.cells.map((cell) => cell.layers)]);
  return numbers.figure(
    panels(list, layers, y, log, true),
    `Training loss at the end${log ? ' (log axis)' : ''} by the number of hidden layers of ${depth.units} units, ${batches.join(', ')}, at most ${count(depth.epochs)} epochs. Lines are means, bands ± one standard deviation over ${depth.seeds.length} seeds.`,
  );
}

export function signalsFigure(signals: readonly LayerSignals[], numbers: Numbering): Markup {
  const most = Math.max(...signals.map(({ layers }) => layers));
  const deepest = signals.filter(({ layers }) => layers === most);
  const activations = [...new Set(deepest.map(({ activation }) => activation))];
  const list = activations.map((activation) => {
    const own = deepest.filter((signal) => signal.activation === activation);
    const series = own.map(
      ({ when, gradient_rms }, index): Series => ({
        ...meanSeries(
          when,
          index,
          gradient_rms.map((_, layer) => layer + 1),
          { mean: gradient_rms, sd: [] },
        ),
      }),
    );
    const said = own.map(
      ({ when, gradient_rms }) => `${when}: ${gradient_rms.map((value) => figure(value, 2)).join(', ')}`,
    );
    return {
      title: activation,
      series,
      label: `Gradient by layer with ${activation}, first layer first. ${said.join('; ')}.`,
    };
  });
  const lists = list.flatMap(({ series }) => series.map(({ ys }) => ys));
  const log = wantsLog(lists);
  return numbers.figure(
    panels(list, [1, most + 1], extent(lists, 0.06, log), log, true),
    `Root mean square of the loss' gradient by each layer's weights${log ? ' (log axis)' : ''}, first layer left, output layer right, of networks with ${most} hidden layers at the start and after training. Means over ${deepest[0]?.n ?? 0} seeds, over all training rows.`,
  );
}

export function signalsTable(signals: readonly LayerSignals[], numbers: Numbering): Markup {
  const most = Math.max(...signals.map(({ layers }) => layers));
  const words = (values: number[]) => values.map((value) => figure(value, 2)).join('  ');
  const rows = signals
    .filter(({ layers }) => layers === most)
    .map(({ activation, when, gradient_norm, activation_mean, activation_sd }) => [
      activation,
      when,
      words(gradient_norm),
      words(activation_mean),
      words(activation_sd),
    ]);
  const columns = ['activation', 'when', 'gradient norm', 'mean of outputs', 'sd of outputs'].map((title) => ({
    title,
  }));
  return numbers.table(
    html`<div class="broad">${tableOf(columns, rows)}</div>`,
    `Layer by layer, first to last, with ${most} hidden layers: length of the gradient by each layer's weights (output layer last), and mean and standard deviation of each hidden layer's outputs over units and training rows; a mean of 0 is zero-centred.`,
  );
}

export function gatesTable({ gates }: Theory, numbers: Numbering): Markup {
  const rows = gates.map(({ gate, network, units, n, learned, rows_right, outputs }) => [
    gate.toUpperCase(),
    `${network === 'mlp' ? 'one hidden layer' : 'perceptron'}, ${units.join('-')}`,
    `${learned} of ${n}`,
    plusMinus(rows_right),
    outputs.map((value) => figure(value)).join('  '),
  ]);
  const columns = [
    { title: 'gate' },
    { title: 'network' },
    { title: 'seeds that learned it', number: true },
    { title: 'rows right, of 4', number: true },
    { title: 'outputs for 00, 01, 10, 11' },
  ];
  return numbers.table(
    tableOf(columns, rows),
    'Truth tables: a single step unit under the perceptron rule, and a small network. Outputs are those of the first seed.',
  );
}

export function optimizersFigure({ optimizers }: Theory, report: FoundingReport, numbers: Numbering): Markup {
  const { runs, activation, batch_size, epochs, learning_rate, seeds } = optimizers;
  const series = runs.map(({ name, curve }, index) => curveSeries(name, index, curve, 'train'));
  const ends = runs.map(({ name, train_loss }) => `${name} ${plusMinus(train_loss)}`).join(', ');
  const plot = bandPlot(
    series,
    'training loss (half_mse)',
    `Training loss by epoch of four optimizers. At the end: ${ends}.`,
  );
  const { y, log } = lossRange(series, 4 * baselineLoss(report));
  const shown = {
    ...plot,
    y: { ...plot.y, range: y, log, title: `training loss (half_mse)${log ? ', log axis' : ''}` },
  };
  return numbers.figure(
    twoWidths(280, (size) => drawPlot(shown, size)),
    `Adam beside what it is made of, on the same network: ${activation}, batch size ${batch_size}, learning rate ${learning_rate}, ${count(epochs)} epochs; ${runs.map(({ name, settings }) => `${name}: ${settings}`).join('; ')}. Lines are means, bands ± one standard deviation over ${seeds.length} seeds. At the end: ${ends}.`,
  );
}
