/** The score of the best model so far over the seconds that it took, beside the score of a linear model. */

import { extent } from '../../util/extent.ts';
import type { Surface } from '../charts/fit-drawing.ts';
import { drawFrame } from '../charts/frame.ts';
import { place } from '../charts/scale.ts';

export interface ScoreCurve {
  seconds: readonly number[];
  scores: readonly number[];
  linear: number | undefined;
  /** Of the budget, or what it took. */
  end: number;
}

export interface CurveTitles {
  seconds: string;
  score: string;
  model: string;
  linear: string;
}

export function drawScoreCurve(surface: Surface, curve: ScoreCurve, titles: CurveTitles): void {
  const { context, palette, width, height } = surface;
  const { seconds, scores, linear, end } = curve;
  const empty = scores.length === 0;
  const { x, y } = drawFrame(context, palette, {
    width,
    height,
    x: [0, Math.max(end, 1e-3)],
    // A tenth less than the linear model's at least: what is smaller is no difference to look at closely.
    y: extent([scores, linear === undefined ? [] : [linear, 0.9 * linear]], 0.12),
    xTitle: titles.seconds,
    yTitle: titles.score,
    bare: empty,
  });
  if (empty) return;
  context.lineJoin = 'round';
  context.lineWidth = 1.5;
  context.strokeStyle = palette.inkLight;
  if (linear !== undefined) {
    const at = Math.round(place(y, linear)) + 0.5;
    context.setLineDash([4, 4]);
    context.beginPath();
    context.moveTo(x.from, at);
    context.lineTo(x.to, at);
    context.stroke();
    context.setLineDash([]);
  }
  // A score holds until there is a better one.
  const line = new Path2D();
  scores.forEach((score, index) => {
    const [left, top] = [place(x, Math.min(seconds[index], end)), place(y, score)];
    if (index > 0) line.lineTo(left, place(y, scores[index - 1]));
    line.lineTo(left, top);
  });
  const last = scores[scores.length - 1];
  line.lineTo(place(x, Math.min(end, Math.max(...seconds))), place(y, last));
  context.strokeStyle = palette.model;
  context.lineWidth = 2.5;
  context.stroke(line);
  context.fillStyle = palette.model;
  scores.forEach((score, index) => {
    context.beginPath();
    context.arc(place(x, Math.min(seconds[index], end)), place(y, score), 3, 0, 2 * Math.PI);
    context.fill();
  });
  drawEndNames(
    surface,
    { at: x.to + 6, model: place(y, last), linear: linear === undefined ? undefined : place(y, linear) },
    titles,
  );
}

/** Names beside the ends of the lines, apart where these are close. */
function drawEndNames(
  { context, palette }: Surface,
  { at, model, linear }: { at: number; model: number; linear: number | undefined },
  titles: CurveTitles,
): void {
  context.font = palette.label;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const gap = 14;
  const close = linear !== undefined && Math.abs(model - linear) < gap;
  const below = linear !== undefined && model >= linear;
  context.fillStyle = palette.model;
  context.fillText(titles.model, at, close ? linear + (below ? gap : -gap) : model);
  context.fillStyle = palette.inkLight;
  if (linear !== undefined) context.fillText(titles.linear, at, linear);
}
