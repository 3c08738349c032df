/** The score of each trial of a sweep in the order in which they ended, and the best so far. */
import { crisp, place } from '../../util/axis.ts';
import { extent } from '../../util/extent.ts';
import { drawFrame, type Frame } from '../charts/frame.ts';
import type { Drawn } from '../charts/lab-plot.ts';
import { fillPoints, strokeLine } from '../charts/lines.ts';
import type { Surface } from '../charts/pen.ts';
import { pointReadings, type Readings } from '../charts/readings.ts';
import { count, figure } from '../shared/format.ts';

export interface TrialScores {
  /** How many trials had ended by then. */
  ended: readonly number[];
  score: readonly number[];
  /** Combinations. */
  cell: readonly number[];
  /** All trials that have ended. */
  all: number;
  large: boolean;
  validated: boolean;
  /** Combination whose trials stand out. */
  selected: number | undefined;
}

export interface ScoreTitles {
  trials: string;
  metric: string;
  best: string;
  /** What is known of a combination. */
  of: (cell: number) => string;
  endedAs: (place: string) => string;
}

/** The range of the axis: without trials that are far worse than the better three quarters, which would hide the rest. */
export function scoreRange({ score, large }: Pick<TrialScores, 'score' | 'large'>): [number, number] {
  const costs = score.map((value) => (large ? -value : value)).sort((a, b) => a - b);
  const [best, quarter] = [costs[0], costs[Math.floor(0.75 * (costs.length - 1))]];
  const worst = costs.findLast((cost) => cost <= quarter + 1.5 * (quarter - best)) ?? quarter;
  return extent([[best, worst].map((cost) => (large ? -cost : cost))], 0.06);
}

/** Trials that lie beyond it. */
export function countBeyond(scores: Pick<TrialScores, 'score' | 'large'>): number {
  const [low, high] = scoreRange(scores);
  return scores.score.filter((value) => value < low || value > high).length;
}

export function drawScores(surface: Surface, scores: TrialScores, titles: ScoreTitles): Drawn {
  const { context, palette } = surface;
  const { ended, score, cell, all, validated, selected } = scores;
  const empty = score.length === 0;
  const [low, high] = empty ? [0, 1] : scoreRange(scores);
  const frame = drawFrame(surface, {
    x: [0, Math.max(all, 1)],
    y: [low, high],
    xTitle: titles.trials,
    yTitle: titles.metric,
    xWhole: true,
    bare: empty,
  });
  if (empty) return { frame };
  // Those beyond the axis lie at its end.
  const shown = score.map((value) => Math.min(high, Math.max(low, value)));
  const isOwn = cell.map((own) => own === selected);
  const part = (values: readonly number[], own: boolean) => values.filter((_, index) => isOwn[index] === own);
  context.fillStyle = validated ? palette.validationFaint : palette.modelFaint;
  fillPoints(context, frame, part(ended, false), part(shown, false), 2.5);
  const best = bestLine(scores);
  context.strokeStyle = validated ? palette.validation : palette.model;
  context.lineWidth = 2;
  strokeLine(context, frame, best.ended, best.score);
  context.fillStyle = validated ? palette.model : palette.ink;
  fillPoints(context, frame, part(ended, true), part(shown, true), 3.5);
  nameBest(surface, frame, best.score[best.score.length - 1], validated, titles.best);
  return { frame, readings: readingsOf(frame, scores, shown, titles) };
}

/** In steps: a score holds until there is a better one. */
export function bestLine({ ended, score, large, all }: Pick<TrialScores, 'ended' | 'score' | 'large' | 'all'>): {
  ended: number[];
  score: number[];
} {
  const line = { ended: [] as number[], score: [] as number[] };
  let best = score[0];
  const add = (at: number, value: number) => {
    line.ended.push(at);
    line.score.push(value);
  };
  add(ended[0], best);
  for (const [index, value] of score.entries()) {
    if (large ? value <= best : value >= best) continue;
    add(ended[index], best);
    add(ended[index], value);
    best = value;
  }
  add(Math.max(all, ended[ended.length - 1]), best);
  return line;
}

function nameBest(
  { context, palette }: Surface,
  { x, y }: Frame,
  best: number,
  validated: boolean,
  name: string,
): void {
  context.font = palette.label;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = validated ? palette.validationText : palette.model;
  context.fillText(name, x.to + 6, crisp(place(y, best)));
}

function readingsOf(
  { x, y }: Frame,
  { ended, score, cell }: TrialScores,
  shown: readonly number[],
  titles: ScoreTitles,
): Readings {
  return pointReadings(
    ended.map((at) => place(x, at)),
    shown.map((value) => place(y, value)),
    (index) => [
      titles.of(cell[index]),
      `${titles.metric} ${figure(score[index])}`,
      titles.endedAs(count(ended[index])),
    ],
    Uint32Array.from(cell),
  );
}
