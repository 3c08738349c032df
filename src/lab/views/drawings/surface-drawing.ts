/**
 * The decision surface: one pixel for each place of the grid, made larger and smoother by the canvas, then the boundary
 * (or lines of equal value) and the rows over it. Held-out rows are diamonds, training rows are dots.
 */
import { place, tickValues } from '../../../util/axis.ts';
import { clipped } from '../../charts/clip.ts';
import { along, cssOf, mix, type Rgb, ramp, rgb } from '../../charts/colour.ts';
import { contour } from '../../charts/contour.ts';
import { drawFrame, type Frame, writeName } from '../../charts/frame.ts';
import { clipTo } from '../../charts/lines.ts';
import type { Palette } from '../../charts/palette.ts';
import type { Pen, Surface } from '../../charts/pen.ts';
import { modelViewsText } from '../../i18n/en/later/model-views.ts';
import type { ProbeRow } from '../../protocol/predict.ts';
import type { SurfacePicture, SurfacePoints, SurfaceValues } from '../../protocol/views.ts';
import { figure } from '../../shared/format.ts';
import { refined } from './refine.ts';

/** How values become colours. */
export interface Shading {
  /** Of a number between low and high, or of the probability of the second of two classes. */
  of: (value: number) => Rgb;
  /** One strong colour for each class; empty for numbers. */
  classes: Rgb[];
  low: number;
  high: number;
  /** Lines are drawn where the value is one of these. */
  levels: number[];
}

/** The deepest tone of a surface: points have to stand out. */
const deepest = 0.62;
/** Places along a side from which on lines look smooth. */
const drawnSide = 90;

export function shadingOf({ classes, low, high }: SurfacePicture, palette: Palette): Shading {
  const paper = rgb(palette.paper);
  const [blue, orange] = [rgb(palette.model), rgb(palette.validation)];
  if (classes && classes.length > 2) {
    const colours = classes.map((_, index) => rgb(palette.runs[index % palette.runs.length]));
    return { of: () => paper, classes: colours, low: 0, high: 1, levels: [0] };
  }
  const diverging = [mix(paper, blue, deepest), paper, mix(paper, orange, deepest)];
  if (classes)
    return { of: (value) => along(diverging, value), classes: [blue, orange], low: 0, high: 1, levels: [0.5] };
  // Numbers of both signs are centred on 0, so that paper is neither.
  const signed = low < 0 && high > 0 && Math.min(-low, high) > 0.2 * Math.max(-low, high);
  const [from, to] = signed ? [-Math.max(-low, high), Math.max(-low, high)] : [low, high];
  const stops = signed ? diverging : palette.shares.map(rgb);
  const of = (value: number) => along(stops, (value - from) / (to - from));
  return { of, classes: [], low: from, high: to, levels: tickValues(from, to, 6) };
}

/** Axes; everything else is drawn where they say. */
export function drawAxes(surface: Surface, { x, y }: SurfacePicture): Frame {
  return drawFrame(surface, { x: [x.low, x.high], y: [y.low, y.high], xTitle: x.name, yTitle: y.name });
}

/** @param drawPoints draws the rows, which may have been drawn before */
export function drawSurface(
  surface: Surface,
  frame: Frame,
  picture: SurfacePicture,
  values: SurfaceValues | null,
  drawPoints: () => void,
  target: string,
): void {
  const { context, palette } = surface;
  const shading = shadingOf(picture, palette);
  clipTo(context, frame);
  if (values) {
    const fine = refined(values, drawnSide);
    paint(context, frame, fine, shading, palette);
    drawLevels(context, frame, fine, shading, palette);
  }
  drawPoints();
  context.restore();
  drawKey(surface, frame, shading, picture.classes, target);
}

/** The rows, which stay as they are while the surface moves: drawn once, and laid over it. */
export function drawRows(surface: Surface, frame: Frame, picture: SurfacePicture): void {
  const { context, palette } = surface;
  const shading = shadingOf(picture, palette);
  const { train, validation, classes } = picture;
  const radius = Math.min(4, Math.max(2, 70 / Math.sqrt(train.x.length + validation.x.length + 1)));
  const colour = (value: number) => cssOf(classes ? shading.classes[value] : shading.of(value));
  const each = ({ x, y, value }: SurfacePoints, outline: string, trace: (x: number, y: number) => void) => {
    context.strokeStyle = outline;
    for (let row = 0; row < x.length; row++) {
      context.beginPath();
      trace(place(frame.x, x[row]), place(frame.y, y[row]));
      context.fillStyle = colour(value[row]);
      context.fill();
      context.stroke();
    }
  };
  context.lineWidth = 1;
  each(train, classes ? palette.paper : palette.ink, (x, y) => context.arc(x, y, radius, 0, 2 * Math.PI));
  const reach = radius * 1.45;
  each(validation, palette.ink, (x, y) => {
    context.moveTo(x, y - reach);
    context.lineTo(x + reach, y);
    context.lineTo(x, y + reach);
    context.lineTo(x - reach, y);
    context.closePath();
  });
}

/** Of the class with the highest probability. */
export function classAt(values: Float32Array, at: number, classes: number): number {
  let best = 0;
  for (let own = 1; own < classes; own++) if (values[at + own] > values[at + best]) best = own;
  return best;
}

/** The pixels of the grid, and the canvas they are put on to be drawn larger; kept from one drawing to the next. */
let pixels: { side: number; image: ImageData; canvas: OffscreenCanvas } | undefined;

function paint(
  context: Pen,
  { x, y }: Frame,
  { side, values }: SurfaceValues,
  shading: Shading,
  palette: Palette,
): void {
  if (pixels?.side !== side)
    pixels = { side, image: new ImageData(side, side), canvas: new OffscreenCanvas(side, side) };
  const { image, canvas } = pixels;
  fill(image.data, side, values, shading, rgb(palette.paper));
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  // The middles of the outermost pixels lie on the edges of the frame.
  const [stepX, stepY] = [(x.to - x.from) / (side - 1), (y.from - y.to) / (side - 1)];
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(canvas, x.from - stepX / 2, y.to - stepY / 2, stepX * side, stepY * side);
}

/** The first row of an image is the uppermost, the first of the grid the lowest. */
function fill(data: Uint8ClampedArray, side: number, values: Float32Array, shading: Shading, paper: Rgb): void {
  const classes = values.length / (side * side);
  const { low, high } = shading;
  const colours =
    classes === 1 ? ramp(Array.from({ length: 33 }, (_, i) => shading.of(low + (i / 32) * (high - low)))) : undefined;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const from = ((side - 1 - row) * side + column) * classes;
      const to = 4 * (row * side + column);
      if (colours) {
        const share = Math.min(1, Math.max(0, (values[from] - low) / (high - low)));
        const at = 3 * Math.round(255 * (Number.isFinite(share) ? share : 0));
        for (let channel = 0; channel < 3; channel++) data[to + channel] = colours[at + channel];
      } else {
        const best = classAt(values, from, classes);
        // From as likely as any other to certain.
        const certainty = (values[from + best] - 1 / classes) / (1 - 1 / classes);
        data.set(mix(paper, shading.classes[best], deepest * (0.15 + 0.85 * certainty)), to);
      }
      data[to + 3] = 255;
    }
  }
}

/** Between classes the boundary; of numbers thin lines at round values. */
function drawLevels(
  context: Pen,
  { x, y }: Frame,
  { side, values }: SurfaceValues,
  { classes, levels }: Shading,
  palette: Palette,
): void {
  const count = values.length / (side * side);
  context.beginPath();
  const add = (lines: number[]) => {
    const [stepX, stepY] = [(x.to - x.from) / (side - 1), (y.to - y.from) / (side - 1)];
    for (let i = 0; i < lines.length; i += 4) {
      context.moveTo(x.from + lines[i] * stepX, y.from + lines[i + 1] * stepY);
      context.lineTo(x.from + lines[i + 2] * stepX, y.from + lines[i + 3] * stepY);
    }
  };
  if (count === 1) {
    for (const level of levels) add(contour((column, row) => values[row * side + column], side, level));
  } else {
    for (let own = 0; own < count; own++) {
      const lead = leads(values, count, own);
      add(contour((column, row) => lead[row * side + column], side, 0));
    }
  }
  context.strokeStyle = palette.ink;
  context.lineWidth = classes.length > 0 ? 1.5 : 0.75;
  context.globalAlpha = classes.length > 0 ? 0.8 : 0.45;
  context.stroke();
  context.globalAlpha = 1;
}

/** By how much a class is more likely than the likeliest of the others. */
function leads(values: Float32Array, count: number, own: number): Float32Array {
  return Float32Array.from({ length: values.length / count }, (_, at) => {
    let other = 0;
    for (let k = 0; k < count; k++) if (k !== own) other = Math.max(other, values[at * count + k]);
    return values[at * count + own] - other;
  });
}

/** Beside the picture: what its colours say. */
function drawKey(
  { context, palette, width }: Surface,
  frame: Frame,
  shading: Shading,
  classes: string[] | null,
  target: string,
): void {
  const { x, y } = frame;
  const left = x.to + 10;
  const room = width - left;
  context.font = palette.label;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  if (classes && classes.length > 2) {
    const fit = Math.floor((y.from - y.to) / 18);
    const named = classes.length > fit ? classes.slice(0, fit - 1) : classes;
    named.forEach((name, index) => {
      const middle = y.to + 8 + index * 18;
      context.fillStyle = cssOf(shading.classes[index]);
      context.fillRect(left, middle - 5, 10, 10);
      context.fillStyle = palette.ink;
      writeName(context, frame, name, left + 16, middle, room - 16);
    });
    const others = classes.length - named.length;
    if (others === 0) return;
    context.fillStyle = palette.inkLight;
    context.fillText(clipped(context, modelViewsText().andMore(others), room), left, y.to + 8 + named.length * 18);
    return;
  }
  const top = y.to + 18;
  const bottom = Math.min(y.from - 18, top + 160);
  const gradient = context.createLinearGradient(0, bottom, 0, top);
  for (let i = 0; i <= 16; i++) {
    gradient.addColorStop(i / 16, cssOf(shading.of(shading.low + (i / 16) * (shading.high - shading.low))));
  }
  context.fillStyle = gradient;
  context.fillRect(left, top, 10, bottom - top);
  context.strokeStyle = palette.hairline;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, top + 0.5, 9, bottom - top - 1);
  context.fillStyle = palette.ink;
  writeName(context, frame, classes ? classes[1] : target, left, top - 10, room);
  if (classes) writeName(context, frame, classes[0], left, bottom + 10, room);
  context.fillStyle = palette.inkLight;
  const shown = classes ? [0.05, 0.5, 0.95] : [shading.low, (shading.low + shading.high) / 2, shading.high];
  for (const value of shown) {
    const share = (value - shading.low) / (shading.high - shading.low);
    const at = bottom - Math.min(0.96, Math.max(0.04, share)) * (bottom - top);
    context.fillText(
      clipped(context, classes ? `${Math.round(100 * value)} %` : figure(value), room - 16),
      left + 16,
      at,
    );
  }
}

/** The row that is asked about: a ring, where both of its numbers are within the axes. */
export function drawMark(
  context: Pen,
  { x, y }: Frame,
  { at }: ProbeRow,
  picture: SurfacePicture,
  palette: Palette,
): void {
  const [across, up] = [at[picture.x.name], at[picture.y.name]];
  if (typeof across !== 'number' || typeof up !== 'number') return;
  const inside = across >= x.low && across <= x.high && up >= y.low && up <= y.high;
  if (!inside) return;
  context.beginPath();
  context.arc(place(x, across), place(y, up), 7, 0, 2 * Math.PI);
  context.strokeStyle = palette.paper;
  context.lineWidth = 5;
  context.stroke();
  context.strokeStyle = palette.ink;
  context.lineWidth = 2;
  context.stroke();
}
