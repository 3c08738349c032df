/** The large view: the model's curve over the points, or predicted against actual. */
import { extent } from '../../util/extent.ts';
import { text } from '../i18n/text.ts';
import type { CurvePicture, PairsPicture } from '../protocol/messages.ts';
import type { ProbeRow } from '../protocol/predict.ts';
import { drawFrame, type Frame } from './frame.ts';
import { drawOverlay } from './overlay-drawing.ts';
import type { Overlay } from './overlays.ts';
import type { Palette } from './palette.ts';
import { place } from './scale.ts';

export interface Surface {
  context: CanvasRenderingContext2D;
  palette: Palette;
  width: number;
  height: number;
}

export interface Names {
  feature: string;
  target: string;
}

export function drawCurve(
  surface: Surface,
  picture: CurvePicture,
  predictions: Float64Array | null,
  names: Names,
  overlays: readonly Overlay[] = [],
  probe?: ProbeRow,
): void {
  const { context, palette, width, height } = surface;
  const { train, validation, grid } = picture;
  const frame = drawFrame(context, palette, {
    width,
    height,
    x: extent([grid], 0.02),
    y: extent([train.y, validation.y], 0.08),
    xTitle: names.feature,
    yTitle: names.target,
  });
  const radius = Math.min(3, Math.max(1.5, 60 / Math.sqrt(train.x.length + validation.x.length)));
  clip(context, frame);
  drawPoints(context, frame, train.x, train.y, palette.points, radius);
  drawPoints(context, frame, validation.x, validation.y, palette.validation, radius);
  const at = { x: (value: number) => place(frame.x, value), y: (value: number) => place(frame.y, value) };
  for (const { fit, slot } of overlays) if (fit) drawOverlay(context, palette, fit, slot, at);
  if (predictions) drawLine(context, frame, grid, predictions, palette);
  if (probe) drawMark(context, frame, probe, names.feature, palette);
  context.restore();
  if (predictions) labelEnd(context, frame, predictions[predictions.length - 1], palette);
}

export function drawPairs(
  surface: Surface,
  picture: PairsPicture,
  predictions: Float64Array | null,
  names: Names,
): void {
  const { context, palette, width, height } = surface;
  const range = extent([picture.actual], 0.06);
  const frame = drawFrame(context, palette, {
    width,
    height,
    x: range,
    y: range,
    xTitle: text.views.actual(names.target),
    yTitle: text.views.predicted(names.target),
  });
  clip(context, frame);
  context.strokeStyle = palette.inkLight;
  context.setLineDash([4, 4]);
  context.beginPath();
  context.moveTo(place(frame.x, range[0]), place(frame.y, range[0]));
  context.lineTo(place(frame.x, range[1]), place(frame.y, range[1]));
  context.stroke();
  context.setLineDash([]);
  const colour = picture.set === 'validation' ? palette.validation : palette.points;
  const radius = Math.min(3.5, Math.max(1.5, 60 / Math.sqrt(picture.actual.length)));
  if (predictions) drawPoints(context, frame, picture.actual, predictions, colour, radius);
  context.restore();
}

/** The row that is asked about: a line up from its input, a ring where the answer is. */
function drawMark(
  context: CanvasRenderingContext2D,
  { x, y }: Frame,
  { at, value }: ProbeRow,
  feature: string,
  palette: Palette,
): void {
  const input = at[feature];
  if (typeof input !== 'number' || value === null || !Number.isFinite(value)) return;
  const [left, top] = [place(x, input), place(y, value)];
  context.strokeStyle = palette.ink;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(left, y.from);
  context.lineTo(left, top);
  context.stroke();
  context.setLineDash([]);
  context.lineWidth = 2;
  context.fillStyle = palette.paper;
  context.beginPath();
  context.arc(left, top, 6, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

function clip(context: CanvasRenderingContext2D, { x, y }: Frame): void {
  context.save();
  context.beginPath();
  context.rect(x.from, y.to, x.to - x.from, y.from - y.to);
  context.clip();
}

function drawPoints(
  context: CanvasRenderingContext2D,
  frame: Frame,
  xs: Float64Array,
  ys: Float64Array,
  colour: string,
  radius: number,
): void {
  context.fillStyle = colour;
  // One path a point: overlapping points have to darken, which one path for all would not do.
  for (let index = 0; index < xs.length; index++) {
    context.beginPath();
    context.arc(place(frame.x, xs[index]), place(frame.y, ys[index]), radius, 0, 2 * Math.PI);
    context.fill();
  }
}

function drawLine(
  context: CanvasRenderingContext2D,
  frame: Frame,
  xs: Float64Array,
  ys: Float64Array,
  palette: Palette,
): void {
  const path = new Path2D();
  for (let index = 0; index < xs.length; index++) {
    if (Number.isFinite(ys[index])) path.lineTo(place(frame.x, xs[index]), place(frame.y, ys[index]));
  }
  context.lineJoin = 'round';
  context.strokeStyle = palette.model;
  context.lineWidth = 2.5;
  context.stroke(path);
}

function labelEnd(context: CanvasRenderingContext2D, { x, y }: Frame, value: number, palette: Palette): void {
  if (!Number.isFinite(value)) return;
  context.font = palette.label;
  context.fillStyle = palette.model;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(text.views.model, x.to + 6, Math.min(y.from, Math.max(y.to, place(y, value))));
}
