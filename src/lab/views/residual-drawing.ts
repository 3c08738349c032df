/** Residuals over predictions, and beside them how they are spread: both share the axis of the residual. */

import { type Histogram, histogram } from '../../train/diagnostics.ts';
import { extent } from '../../util/extent.ts';
import { residuals } from '../../util/order-statistics.ts';
import { clipped } from '../charts/clip.ts';
import type { Surface } from '../charts/fit-drawing.ts';
import { drawFrame } from '../charts/frame.ts';
import { place } from '../charts/scale.ts';
import type { ResidualsView } from '../protocol/views.ts';

export interface ResidualTitles {
  predicted: string;
  residual: string;
  /** Of the axis of the bars, whose longest stands for so many rows. */
  rows: (most: number) => string;
}

export function drawResiduals(surface: Surface, view: ResidualsView | null, titles: ResidualTitles): void {
  const { context, palette, width, height } = surface;
  const unexplained = view ? residuals(view.actual, view.predicted) : new Float64Array();
  const [low, high] = extent([unexplained], 0.06);
  const most = Math.max(Math.abs(low), Math.abs(high));
  const frame = drawFrame(context, palette, {
    width: width - Math.min(140, width * 0.2),
    height,
    x: extent([view?.predicted ?? []], 0.04),
    y: [-most, most],
    xTitle: titles.predicted,
    yTitle: titles.residual,
    bare: !view,
  });
  if (!view) return;
  const { x, y } = frame;
  const zero = Math.round(place(y, 0)) + 0.5;
  const colour = view.set === 'validation' ? palette.validation : palette.points;

  context.save();
  context.beginPath();
  context.rect(x.from, y.to, width - x.from, y.from - y.to);
  context.clip();
  context.strokeStyle = palette.inkLight;
  context.setLineDash([4, 4]);
  context.beginPath();
  context.moveTo(x.from, zero);
  context.lineTo(width, zero);
  context.stroke();
  context.setLineDash([]);
  const radius = Math.min(3.5, Math.max(1.5, 60 / Math.sqrt(unexplained.length)));
  context.fillStyle = colour;
  for (let row = 0; row < unexplained.length; row++) {
    context.beginPath();
    context.arc(place(x, view.predicted[row]), place(y, unexplained[row]), radius, 0, 2 * Math.PI);
    context.fill();
  }
  const bars = histogram(unexplained, binsFor(unexplained.length));
  drawBars(context, bars, colour, x.to + 16, width, (value) => place(y, value));
  context.restore();
  context.font = palette.label;
  context.fillStyle = palette.ink;
  context.textAlign = 'right';
  context.textBaseline = 'alphabetic';
  context.fillText(clipped(context, titles.rows(Math.max(0, ...bars.counts)), width - x.to - 16), width, height - 6);
}

/** An odd number, so that one of them lies around 0. */
function binsFor(rows: number): number {
  return 2 * Math.round(Math.min(15, Math.max(4, 0.75 * Math.sqrt(rows)))) + 1;
}

/** Bars that lie on their side: their length is the number of rows. */
function drawBars(
  context: CanvasRenderingContext2D,
  { low, high, counts }: Histogram,
  colour: string,
  left: number,
  right: number,
  yOf: (value: number) => number,
): void {
  const most = Math.max(1, ...counts);
  context.fillStyle = colour;
  context.globalAlpha = 0.75;
  counts.forEach((rows, bin) => {
    const [lower, upper] = [bin, bin + 1].map((edge) => yOf(low + (edge / counts.length) * (high - low)));
    context.fillRect(left, upper + 0.5, (rows / most) * (right - left), Math.max(1, lower - upper - 1));
  });
  context.globalAlpha = 1;
}
