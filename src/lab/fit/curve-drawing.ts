/** The score of the best model so far over the seconds that it took, beside the score of a linear model. */
import { place } from '../../util/axis.ts';
import { extent } from '../../util/extent.ts';
import { drawFrame, type Frame } from '../charts/frame.ts';
import type { Drawn } from '../charts/lab-plot.ts';
import { dashedLine, fillPoints, strokeLine } from '../charts/lines.ts';
import type { Surface } from '../charts/pen.ts';
import { columnReadings, type Readings } from '../charts/readings.ts';
import { figure } from '../shared/format.ts';

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

export function drawScoreCurve(surface: Surface, curve: ScoreCurve, titles: CurveTitles): Drawn {
  const { context, palette } = surface;
  const { scores, linear, end } = curve;
  const empty = scores.length === 0;
  const frame = drawFrame(surface, {
    x: [0, Math.max(end, 1e-3)],
    // A tenth less than the linear model's at least: what is smaller is no difference to look at closely.
    y: extent([scores, linear === undefined ? [] : [linear, 0.9 * linear]], 0.12),
    xTitle: titles.seconds,
    yTitle: titles.score,
    bare: empty,
  });
  if (empty) return { frame };
  const { x, y } = frame;
  context.strokeStyle = palette.inkLight;
  if (linear !== undefined) {
    const at = Math.round(place(y, linear)) + 0.5;
    dashedLine(context, [x.from, at], [x.to, at]);
  }
  const seconds = curve.seconds.map((own) => Math.min(own, end));
  // A score holds until there is a better one.
  const steps = seconds.flatMap((at, index) => [
    ...(index > 0 ? [{ at, score: scores[index - 1] }] : []),
    { at, score: scores[index] },
  ]);
  const last = scores[scores.length - 1];
  steps.push({ at: Math.min(end, Math.max(...seconds)), score: last });
  context.strokeStyle = palette.model;
  context.lineWidth = 2.5;
  strokeLine(
    context,
    frame,
    steps.map(({ at }) => at),
    steps.map(({ score }) => score),
  );
  context.fillStyle = palette.model;
  fillPoints(context, frame, seconds, scores, 3);
  drawEndNames(
    surface,
    { at: x.to + 6, model: place(y, last), linear: linear === undefined ? undefined : place(y, linear) },
    titles,
  );
  return { frame, readings: curveReadings(frame, curve, seconds, titles) };
}

function curveReadings(
  { x, y }: Frame,
  { seconds, scores, linear }: ScoreCurve,
  drawn: number[],
  titles: CurveTitles,
): Readings {
  return columnReadings(
    drawn.map((at) => place(x, at)),
    [x.from, x.to],
    (index) => ({
      marks: [{ x: place(x, drawn[index]), y: place(y, scores[index]) }],
      lines: [
        `${titles.seconds} ${seconds[index].toFixed(1)}`,
        `${titles.score} ${figure(scores[index])}`,
        ...(linear === undefined ? [] : [`${titles.linear} ${figure(linear)}`]),
      ],
    }),
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
