/** The best model, every parameter of it, so that the page alone is enough to use it. */

import { drawPlot } from '../../html/charts/plot.ts';
import { twoWidths } from '../../html/charts/svg.ts';
import { html, type Markup } from '../../html/escape.ts';
import { type Numbering, tableOf } from '../../html/figures.ts';
import { extent } from '../../util/extent.ts';
import { figure } from '../../util/format.ts';
import { count, counted } from '../../util/thousands.ts';
import type { BestModel, FoundingReport } from '../report.ts';

export function bestFigure(
  { data }: FoundingReport,
  { fit, validation_rmse, cell }: BestModel,
  numbers: Numbering,
): Markup {
  const of = (set: 'train' | 'validation') => {
    const own = data.points.filter((point) => point.set === set);
    return { xs: own.map(({ x }) => x), ys: own.map(({ y }) => y) };
  };
  const plot = {
    label: `The best model's curve of ${data.y} over ${data.x}, over the rows. Validation RMSE ${figure(validation_rmse)}.`,
    x: { title: data.x, range: extent([fit.x], 0.01) },
    y: { title: data.y, range: extent([data.points.map(({ y }) => y)], 0.06) },
    series: [{ name: 'model', tone: 'model' as const, xs: fit.x, ys: fit.y }],
    dots: [
      { name: 'training', tone: 'points' as const, shape: 'round' as const, ...of('train') },
      { name: 'validation', tone: 'validation' as const, shape: 'square' as const, ...of('validation') },
    ],
  };
  return numbers.figure(
    twoWidths(340, (size) => drawPlot(plot, size)),
    `The best model: ${cell.activation}, ${cell.optimizer}, batch size ${cell.batch_size}, over the rows it was trained and validated on.`,
  );
}

/** Nine digits give a float32 back exactly; as many as are needed are written. */
function exact(value: number): string {
  return String(Number(Number(value).toPrecision(9)));
}

export function weightsList({ layers, parameters, note, scaling }: BestModel, numbers: Numbering): Markup {
  const rows = layers.map(({ inputs, outputs, activation, weight, bias }, index) => [
    String(index + 1),
    `${inputs} → ${outputs}`,
    activation,
    count(weight.length),
    count(bias.length),
    `${figure(extent([weight])[0])} to ${figure(extent([weight])[1])}`,
    figure(Math.sqrt(weight.reduce((sum, value) => sum + value * value, 0) / Math.max(1, weight.length))),
  ]);
  const columns = [
    { title: 'layer', number: true },
    { title: 'units' },
    { title: 'activation' },
    { title: 'weights', number: true },
    { title: 'biases', number: true },
    { title: 'weights from' },
    { title: 'their root mean square', number: true },
  ];
  const { x, y } = scaling;
  return html`<p>${note} The network takes (x − ${exact(x.offset)}) / ${exact(x.scale)} and answers (y − ${exact(y.offset)}) / ${exact(y.scale)}.</p>
${numbers.table(tableOf(columns, rows), `The layers: ${counted(parameters, 'parameter')} in all.`)}${layers.map(
  ({ inputs, outputs, weight, bias }, index) =>
    html`<details><summary>Layer ${index + 1}: ${count(weight.length)} weights [${outputs} × ${inputs}] and ${count(bias.length)} biases</summary><p class="light">A line for each unit: its bias, a colon, its weights in the order of its inputs.</p><pre class="weights">${bias
      .map(
        (own, unit) =>
          `${exact(own)}: ${weight
            .slice(unit * inputs, (unit + 1) * inputs)
            .map(exact)
            .join(' ')}`,
      )
      .join('\n')}</pre></details>\n`,
)}`;
}

/** The file itself, in the page. */
export function modelLink(model: Uint8Array): Markup {
  let bytes = '';
  for (const byte of model) bytes += String.fromCharCode(byte);
  return html`<p><a download="best.safetensors" href="data:application/octet-stream;base64,${btoa(bytes)}">best.safetensors</a> holds all of them with scaling and settings, ${count(model.length)} bytes; \`predict\`, and any program that reads safetensors, takes it.</p>\n`;
}
