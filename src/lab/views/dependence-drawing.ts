/** Partial dependence: mean answers over one column, with the band that holds most rows, or places where it has levels. */

import type { Dependence } from '../../train/importance.ts';
import { extent } from '../../util/extent.ts';
import { nameEnds, roomForEnds } from '../charts/end-names.ts';
import type { Surface } from '../charts/fit-drawing.ts';
import { drawFrame, type Frame } from '../charts/frame.ts';
import { place } from '../charts/scale.ts';

export interface DependenceTitles {
  x: string;
  y: string;
}

/** A band for each of many classes would hide them all. */
const mostBands = 2;
const mostLabels = 12;

export function drawDependence(surface: Surface, dependence: Dependence | undefined, titles: DependenceTitles): void {
  const { context, palette, width, height } = surface;
  if (!dependence) {
    drawFrame(context, palette, {
      width,
      height,
      x: [0, 1],
      y: [0, 1],
      xTitle: titles.x,
      yTitle: titles.y,
      bare: true,
    });
    return;
  }
  const { at, labels, levels, curves } = dependence;
  const bands = curves.length <= mostBands;
  const ranges = curves.flatMap(({ mean, low, high }) => (bands ? [mean, low, high] : [mean]));
  const every = labels ? Math.ceil(labels.length / Math.min(mostLabels, Math.max(2, Math.floor(width / 96)))) : 1;
  const frame = drawFrame(context, palette, {
    width,
    height,
    x: levels ? [-0.5, at.length - 0.5] : extent([at], 0.02),
    y: extent(ranges, 0.08),
    xTitle: titles.x,
    yTitle: titles.y,
    end: roomForEnds(
      surface,
      curves.map(({ name }) => name),
    ),
    xTicks: labels?.map((label, index) => ({ at: at[index], label })).filter((_, index) => index % every === 0),
  });
  curves.forEach((curve, index) => {
    const colour = curves.length === 1 ? palette.model : palette.runs[index % palette.runs.length];
    context.strokeStyle = context.fillStyle = colour;
    if (levels) drawLevels(context, frame, at, curve, bands);
    else drawLine(context, frame, at, curve, bands);
  });
  const ends = curves.map(({ name, mean }, index) => ({
    name,
    colour: curves.length === 1 ? palette.model : palette.runs[index % palette.runs.length],
    at: place(frame.y, mean[mean.length - 1]),
  }));
  nameEnds(surface, frame, ends);
}

type Curve = Dependence['curves'][number];

function drawLine(context: CanvasRenderingContext2D, { x, y }: Frame, at: Float64Array, curve: Curve, band: boolean) {
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
  context.lineJoin = 'round';
  context.beginPath();
  for (let i = 0; i < at.length; i++) context.lineTo(place(x, at[i]), place(y, mean[i]));
  context.stroke();
}

function drawLevels(context: CanvasRenderingContext2D, { x, y }: Frame, at: Float64Array, curve: Curve, band: boolean) {
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
