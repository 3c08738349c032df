/** The large view: the model's curve over the points, or predicted against actual. */
import { fileRow, type RowNumbering } from '../../data/table/table.ts';
import { place } from '../../util/axis.ts';
import { extent } from '../../util/extent.ts';
import { text } from '../i18n/text.ts';
import type { CurvePicture, PairsPicture, Points } from '../protocol/messages.ts';
import type { ProbeRow } from '../protocol/predict.ts';
import { count, figure } from '../shared/format.ts';
import { drawFrame, type Frame } from './frame.ts';
import type { Drawn } from './lab-plot.ts';
import { clipTo, dashedLine, fillPoints, heightOf, strokeLine } from './lines.ts';
import { drawOverlay, readingAt } from './overlay-drawing.ts';
import type { Overlay } from './overlays.ts';
import type { Surface } from './pen.ts';
import { columnReadings, firstOf, pointReadings, type Readings } from './readings.ts';

export interface Names {
  feature: string;
  target: string;
  /** Of the table that the rows are of; without it they have no names. */
  numbering?: RowNumbering;
}

/** What a row is called: its number in the file, where that is known. */
export function rowName(rows: Uint32Array | undefined, numbering: RowNumbering | undefined, index: number): string[] {
  return rows && numbering ? [text.views.row(count(fileRow(numbering, rows[index])))] : [];
}

export function drawCurve(
  surface: Surface,
  picture: CurvePicture,
  predictions: Float64Array | null,
  names: Names,
  overlays: readonly Overlay[] = [],
  probe?: ProbeRow,
): Drawn {
  const { context, palette } = surface;
  const { train, validation, grid } = picture;
  const frame = drawFrame(surface, {
    x: extent([grid], 0.02),
    y: extent([train.y, validation.y], 0.08),
    xTitle: names.feature,
    yTitle: names.target,
  });
  const radius = Math.min(3, Math.max(1.5, 60 / Math.sqrt(train.x.length + validation.x.length)));
  clipTo(context, frame);
  context.fillStyle = palette.points;
  fillPoints(context, frame, train.x, train.y, radius);
  context.fillStyle = palette.validation;
  fillPoints(context, frame, validation.x, validation.y, radius);
  for (const { fit, slot } of overlays) if (fit) drawOverlay(context, palette, fit, slot, frame);
  if (predictions) {
    context.strokeStyle = palette.model;
    context.lineWidth = 2.5;
    strokeLine(context, frame, grid, predictions, true);
  }
  if (probe) drawMark(surface, frame, probe, names.feature);
  context.restore();
  if (predictions)
    labelEnd(surface, frame, interpolated(grid, predictions, Math.min(grid[grid.length - 1], frame.x.high)));
  return { frame, readings: curveReadings(frame, picture, predictions, names, overlays) };
}

/** The row under the pointer, or else the curve above and below it. */
function curveReadings(
  frame: Frame,
  { train, validation, grid }: CurvePicture,
  predictions: Float64Array | null,
  names: Names,
  overlays: readonly Overlay[],
): Readings {
  const points = ({ x, y, rows }: Points, set: string) =>
    pointReadings(
      Float64Array.from(x, (value) => place(frame.x, value)),
      Float64Array.from(y, (value) => place(frame.y, value)),
      (index) => [
        [...rowName(rows, names.numbering, index), set].join(', '),
        `${names.feature} ${figure(x[index])}`,
        `${names.target} ${figure(y[index])}`,
        ...(predictions ? [`${text.views.model} ${figure(interpolated(grid, predictions, x[index]))}`] : []),
      ],
      rows,
    );
  const curve = columnReadings(
    predictions ? Float64Array.from(grid, (value) => place(frame.x, value)) : [],
    [frame.x.from, frame.x.to],
    (index) => ({
      marks: [{ x: place(frame.x, grid[index]), y: heightOf(frame.y, predictions?.[index]) ?? frame.y.from }],
      lines: [
        `${names.feature} ${figure(grid[index])}`,
        `${text.views.model} ${figure(predictions?.[index])}`,
        ...overlays.flatMap(({ name, fit }) => {
          const value = fit && readingAt(fit, grid[index]);
          return value === undefined ? [] : [`${name} ${value}`];
        }),
      ],
    }),
  );
  // Held-out rows lie above the others.
  return firstOf(points(validation, text.common.validation), points(train, text.common.training), curve);
}

/** Between the places of an even grid. */
function interpolated(grid: Float64Array, values: Float64Array, x: number): number {
  const at = ((x - grid[0]) / (grid[grid.length - 1] - grid[0])) * (grid.length - 1);
  const below = Math.min(grid.length - 2, Math.max(0, Math.floor(at)));
  return values[below] + (at - below) * (values[below + 1] - values[below]);
}

export type Pairs = Pick<PairsPicture, 'set' | 'actual'> & { rows?: Uint32Array };

export function drawPairs(surface: Surface, pairs: Pairs, predictions: Float64Array | null, names: Names): Drawn {
  const { context, palette } = surface;
  const { set, actual } = pairs;
  const range = extent([actual], 0.06);
  const titles = { x: text.views.actual(names.target), y: text.views.predicted(names.target) };
  const frame = drawFrame(surface, { x: range, y: range, xTitle: titles.x, yTitle: titles.y });
  clipTo(context, frame);
  context.strokeStyle = palette.inkLight;
  const corner = (value: number): [number, number] => [place(frame.x, value), place(frame.y, value)];
  dashedLine(context, corner(range[0]), corner(range[1]));
  context.fillStyle = set === 'validation' ? palette.validation : palette.points;
  const radius = Math.min(3.5, Math.max(1.5, 60 / Math.sqrt(actual.length)));
  if (predictions) fillPoints(context, frame, actual, predictions, radius);
  context.restore();
  if (!predictions) return { frame };
  const readings = pointReadings(
    Float64Array.from(actual, (value) => place(frame.x, value)),
    predictions.map((value) => place(frame.y, value)),
    (index) => [
      ...rowName(pairs.rows, names.numbering, index),
      `${titles.x} ${figure(actual[index])}`,
      `${titles.y} ${figure(predictions[index])}`,
      `${text.views.residual} ${figure(actual[index] - predictions[index])}`,
    ],
    pairs.rows,
  );
  return { frame, readings };
}

/** The row that is asked about: a line up from its input, a ring where the answer is. */
function drawMark({ context, palette }: Surface, { x, y }: Frame, { at, value }: ProbeRow, feature: string): void {
  const input = at[feature];
  if (typeof input !== 'number' || value === null || !Number.isFinite(value)) return;
  const [left, top] = [place(x, input), place(y, value)];
  context.strokeStyle = palette.ink;
  dashedLine(context, [left, y.from], [left, top], [3, 3]);
  context.lineWidth = 2;
  context.fillStyle = palette.paper;
  context.beginPath();
  context.arc(left, top, 6, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

function labelEnd({ context, palette }: Surface, { x, y }: Frame, value: number): void {
  if (!Number.isFinite(value)) return;
  context.font = palette.label;
  context.fillStyle = palette.model;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(text.views.model, x.to + 6, Math.min(y.from, Math.max(y.to, place(y, value))));
}
