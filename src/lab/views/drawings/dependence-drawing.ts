/**
 * Partial dependence: mean answers over one column, or at its levels, with the band that holds most rows and lines of single
 * rows behind.
 */
import type { RowNumbering } from '../../../data/table/table.ts';
import type { Dependence } from '../../../train/explain/dependence.ts';
import { place } from '../../../util/axis.ts';
import { extent } from '../../../util/extent.ts';
import { nameEnds, roomForEnds } from '../../charts/end-names.ts';
import { rowName } from '../../charts/fit-drawing.ts';
import { drawFrame, type Frame } from '../../charts/frame.ts';
import type { Drawn } from '../../charts/lab-plot.ts';
import { heightOf, strokeLine } from '../../charts/lines.ts';
import type { Pen, Surface } from '../../charts/pen.ts';
import { columnReadings, type Readings } from '../../charts/readings.ts';
import { figure } from '../../shared/format.ts';

export interface DependenceTitles {
  x: string;
  y: string;
}

/** Single rows, where they are drawn. */
export interface RowLines {
  numbering: RowNumbering | undefined;
}

/** A band for each of many classes would hide them all, and so would lines of single rows. */
const mostBands = 2;
const mostLabels = 12;
/** From the line of a row, in CSS pixels. */
const lineReach = 6;

export function drawDependence(
  surface: Surface,
  dependence: Dependence | undefined,
  titles: DependenceTitles,
  single?: RowLines,
): Drawn {
  const { context, palette, width } = surface;
  const named = { xTitle: titles.x, yTitle: titles.y };
  if (!dependence) return { frame: drawFrame(surface, { x: [0, 1], y: [0, 1], ...named, bare: true }) };
  const { at, labels, levels, curves } = dependence;
  const bands = curves.length <= mostBands;
  const lines = bands ? single : undefined;
  const ranges = curves.flatMap(({ mean, low, high, individual }) =>
    bands ? [mean, low, high, ...(lines ? [individual] : [])] : [mean],
  );
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
  if (lines) {
    curves.forEach((curve, index) => {
      context.strokeStyle = colour(index);
      drawRows(context, frame, at, curve);
    });
  }
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
  const means = dependenceReadings(dependence, frame, titles.x, bands);
  return { frame, readings: lines ? withRows(means, dependence, frame, titles.x, lines) : means };
}

/** Whether single rows can be told apart. */
export function showsRows({ curves, individuals }: Dependence): boolean {
  return curves.length <= mostBands && individuals.length > 0;
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

/** Where the pointer is on the line of a row, that row is meant; keys go through the means. */
function withRows(
  means: Readings,
  { at, labels, curves, individuals }: Dependence,
  frame: Frame,
  column: string,
  { numbering }: RowLines,
): Readings {
  const lines = curves.flatMap((curve) => Array.from(individuals, (_, line) => ({ curve, line })));
  const answers = ({ curve, line }: (typeof lines)[number]) =>
    curve.individual.subarray(line * at.length, (line + 1) * at.length);
  return {
    count: means.count,
    at: (x, y) => {
      const index = means.at(x, y);
      if (index === undefined) return undefined;
      const away = (values: Float64Array) =>
        Math.abs((heightOf(frame.y, values[index]) ?? Number.POSITIVE_INFINITY) - y);
      const near = Math.min(lineReach, ...curves.map(({ mean }) => away(mean)));
      const distances = lines.map((line) => away(answers(line)));
      const best = distances.indexOf(Math.min(...distances));
      return distances[best] < near ? means.count * (1 + best) + index : index;
    },
    read: (reading) => {
      const [row, index] = [Math.floor(reading / means.count) - 1, reading % means.count];
      if (row < 0) return means.read(index);
      const line = lines[row];
      const own = answers(line);
      const marks = Array.from(own, (value, index) => ({ x: place(frame.x, at[index]), y: place(frame.y, value) }));
      return {
        marks: [marks[index], ...marks],
        lines: [
          ...rowName(individuals, numbering, line.line),
          `${column} ${labels?.[index] ?? figure(at[index])}`,
          `${line.curve.name} ${figure(own[index])}`,
        ],
        behind: () => [individuals[line.line]],
      };
    },
  };
}

type Curve = Dependence['curves'][number];

function drawRows(context: Pen, frame: Frame, at: Float64Array, { individual }: Curve): void {
  context.lineWidth = 1;
  context.globalAlpha = 0.28;
  for (let from = 0; from < individual.length; from += at.length) {
    strokeLine(context, frame, at, individual.subarray(from, from + at.length));
  }
  context.globalAlpha = 1;
}

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
