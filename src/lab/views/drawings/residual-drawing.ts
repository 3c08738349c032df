/** Residuals over predictions, and beside them how they are spread: both share the axis of the residual. */
import { binOf, type Histogram, histogram } from '../../../train/results/diagnostics.ts';
import { place } from '../../../util/axis.ts';
import { extent } from '../../../util/extent.ts';
import { residuals } from '../../../util/statistics/order-statistics.ts';
import { type Names, rowName } from '../../charts/fit-drawing.ts';
import { drawFrame, type Frame, writeName } from '../../charts/frame.ts';
import type { Drawn } from '../../charts/lab-plot.ts';
import { clipTo, dashedLine, fillPoints } from '../../charts/lines.ts';
import type { Surface } from '../../charts/pen.ts';
import { areaReadings, firstOf, pointReadings, type Reading, type Readings } from '../../charts/readings.ts';
import { modelViewsText } from '../../i18n/en/later/model-views.ts';
import { text } from '../../i18n/text.ts';
import type { ResidualsView } from '../../protocol/views.ts';
import { count, figure } from '../../shared/format.ts';

type Area = NonNullable<Reading['area']>;

export function drawResiduals(
  surface: Surface,
  view: ResidualsView | null,
  names: Pick<Names, 'target' | 'numbering'>,
): Drawn {
  const { context, palette, width, height } = surface;
  const left = view ? residuals(view.actual, view.predicted) : new Float64Array();
  const most = Math.max(...extent([left], 0.06).map(Math.abs));
  const plot = { ...surface, width: width - Math.min(140, width * 0.2) };
  const frame = drawFrame(plot, {
    x: extent([view?.predicted ?? []], 0.04),
    y: [-most, most],
    xTitle: text.views.predicted(names.target),
    yTitle: modelViewsText().residualAxis(names.target),
    bare: !view,
  });
  if (!view) return { frame };
  const { x, y } = frame;
  const zero = Math.round(place(y, 0)) + 0.5;
  clipTo(context, frame, width);
  context.strokeStyle = palette.inkLight;
  dashedLine(context, [x.from, zero], [width, zero]);
  context.fillStyle = view.set === 'validation' ? palette.validation : palette.points;
  fillPoints(context, frame, view.predicted, left, Math.min(3.5, Math.max(1.5, 60 / Math.sqrt(left.length))));
  const bars = residualBars(view);
  const areas = barAreas(bars, frame, x.to + 16, width);
  context.globalAlpha = 0.75;
  for (const { left, top, width, height } of areas) context.fillRect(left, top + 0.5, width, Math.max(1, height - 1));
  context.globalAlpha = 1;
  context.restore();
  context.font = palette.label;
  context.fillStyle = palette.ink;
  context.textAlign = 'right';
  context.textBaseline = 'alphabetic';
  const longest = modelViewsText().longestBar(count(Math.max(0, ...bars.counts)));
  writeName(context, frame, longest, width, height - 6, width - x.to - 16);
  return {
    frame,
    readings: firstOf(
      barReadings(bars, areas, frame, width, rowsIn(view, left, bars)),
      rowReadings(view, left, frame, names),
    ),
  };
}

/** How the residuals are spread: an odd number of bins, so that one of them lies around 0. */
export function residualBars({ actual, predicted }: ResidualsView): Histogram {
  const bins = 2 * Math.round(Math.min(15, Math.max(4, 0.75 * Math.sqrt(actual.length)))) + 1;
  return histogram(residuals(actual, predicted), bins);
}

/** The bounds of a bar. */
export function barRange({ low, high, counts }: Histogram, bin: number): [number, number] {
  const edge = (at: number) => low + (at / counts.length) * (high - low);
  return [edge(bin), edge(bin + 1)];
}

/** Bars that lie on their side: their length is the number of rows. */
function barAreas(bars: Histogram, { y }: Frame, left: number, right: number): Area[] {
  const most = Math.max(1, ...bars.counts);
  return Array.from(bars.counts, (rows, bin) => {
    const [lower, upper] = barRange(bars, bin).map((value) => place(y, value));
    return { left, top: upper, width: (rows / most) * (right - left), height: lower - upper };
  });
}

/** A bar is meant wherever beside it the pointer is. */
function barReadings(
  bars: Histogram,
  areas: Area[],
  { x }: Frame,
  right: number,
  rows: (bin: number) => number[],
): Readings {
  const lines = (bin: number) => {
    const [low, high] = barRange(bars, bin).map((value) => figure(value));
    return [
      modelViewsText().barRows(count(bars.counts[bin])),
      `${text.views.residual} ${modelViewsText().rangeInWords({ low, high })}`,
    ];
  };
  const meant = areas.map((area) => ({ ...area, left: x.to + 8, width: right - x.to - 8 }));
  return { ...areaReadings(areas, lines, rows), at: areaReadings(meant, () => []).at };
}

/** The rows of a bar. */
function rowsIn({ rows }: ResidualsView, left: Float64Array, bars: Histogram): (bin: number) => number[] {
  return (bin) => Array.from(rows).filter((_, row) => Number.isFinite(left[row]) && binOf(bars, left[row]) === bin);
}

function rowReadings(
  view: ResidualsView,
  left: Float64Array,
  { x, y }: Frame,
  names: Pick<Names, 'target' | 'numbering'>,
): Readings {
  const { target, numbering } = names;
  const { actual, predicted, rows } = view;
  return pointReadings(
    predicted.map((value) => place(x, value)),
    left.map((value) => place(y, value)),
    (row) => [
      ...rowName(rows, numbering, row),
      `${text.views.actual(target)} ${figure(actual[row])}`,
      `${text.views.predicted(target)} ${figure(predicted[row])}`,
      `${text.views.residual} ${figure(left[row])}`,
    ],
    rows,
  );
}
