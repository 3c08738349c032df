/** Partial dependence: mean answers over one column, with the band that holds most rows, or places where it has levels. */
import type { Dependence } from '../../train/explain/dependence.ts';
import { place } from '../../util/axis.ts';
import { extent } from '../../util/extent.ts';
import { nameEnds, roomForEnds } from '../charts/end-names.ts';
import { drawFrame, type Frame } from '../charts/frame.ts';
import type { Drawn } from '../charts/lab-plot.ts';
import { heightOf, strokeLine } from '../charts/lines.ts';
import type { Pen, Surface } from '../charts/pen.ts';
import { columnReadings, type Readings } from '../charts/readings.ts';
import { figure } from '../shared/format.ts';

export interface DependenceTitles {
  x: string;
  y: string;
}

/** A band for each of many classes would hide them all. */
const mostBands = 2;
const mostLabels = 12;

export function drawDependence(surface: Surface, dependence: Dependence | undefined, titles: DependenceTitles): Drawn {
  const { context, palette, width } = surface;
  const named = { xTitle: titles.x, yTitle: titles.y };
  if (!dependence) return { frame: drawFrame(surface, { x: [0, 1], y: [0, 1], ...named, bare: true }) };
  const { at, labels, levels, curves } = dependence;
  const bands = curves.length <= mostBands;
  const ranges = curves.flatMap(({ mean, low, high }) => (bands ? [mean, low, high] : [mean]));
  const every = labels ? Math.ceil(labels.length / Math.min(mostLabels, Math.max(2, Math.floor(width / 96)))) : 1;
  const frame = drawFrame(surface, {
    x: levels ? [-0.5, at.length - 0.5] : extent([at], 0.02),
    y: extent(ranges, 0.08),
    ...named,
    end: roomForEnds(
      surface,
      curves.map(({ name }) => name),
    ),
    xTicks: labels?.map((label, index) => ({ at: at[index], label })).filter((_, index) => index % every === 0),
  });
  const colour = (index: number) => (curves.length === 1 ? palette.model : palette.runs[index % palette.runs.length]);
  curves.forEach((curve, index) => {
    context.strokeStyle = context.fillStyle = colour(index);
    if (levels) drawLevels(context, frame, at, curve, bands);
    else drawLine(context, frame, at, curve, bands);
  });
  const ends = curves.map(({ name, mean }, index) => ({
    name,
    colour: colour(index),
    at: place(frame.y, mean[mean.length - 1]),
  }));
  nameEnds(surface, frame, ends);
  return { frame, readings: dependenceReadings(dependence, frame, titles.x, bands) };
}

function dependenceReadings(
  { at, labels, curves }: Dependence,
  frame: Frame,
  column: string,
  bands: boolean,
): Readings {
  return columnReadings(
    at.map((value) => place(frame.x, value)),
    [frame.x.from, frame.x.to],
    (index) => ({
      marks: curves.flatMap(({ mean }) => {
        const y = heightOf(frame.y, mean[index]);
        return y === undefined ? [] : [{ x: place(frame.x, at[index]), y }];
      }),
      lines: [
        `${column} ${labels?.[index] ?? figure(at[index])}`,
        ...curves.map(({ name, mean, low, high }) =>
          bands
            ? `${name} ${figure(mean[index])} (${figure(low[index])} – ${figure(high[index])})`
            : `${name} ${figure(mean[index])}`,
        ),
      ],
    }),
  );
}

type Curve = Dependence['curves'][number];

function drawLine(context: Pen, frame: Frame, at: Float64Array, curve: Curve, band: boolean): void {
  const { x, y } = frame;
  const { mean, low, high } = curve;
  if (band) {
    context.globalAlpha = 0.16;
    context.beginPath();
    for (let i = 0; i < at.length; i++) context.lineTo(place(x, at[i]), place(y, high[i]));
    for (let i = at.length - 1; i >= 0; i--) context.lineTo(place(x, at[i]), place(y, low[i]));
    context.fill();
    context.globalAlpha = 1;
  }
  context.lineWidth = 2.5;
  strokeLine(context, frame, at, mean);
}

function drawLevels(context: Pen, { x, y }: Frame, at: Float64Array, curve: Curve, band: boolean): void {
  for (let i = 0; i < at.length; i++) {
    const middle = place(x, at[i]);
    if (band) {
      context.lineWidth = 8;
      context.globalAlpha = 0.2;
      context.beginPath();
      context.moveTo(middle, place(y, curve.low[i]));
      context.lineTo(middle, place(y, curve.high[i]));
      context.stroke();
      context.globalAlpha = 1;
    }
    context.beginPath();
    context.arc(middle, place(y, curve.mean[i]), 4.5, 0, 2 * Math.PI);
    context.fill();
  }
}
