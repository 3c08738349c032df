/**
 * The loss curves as a uPlot: raw faint under smoothed, names at the line ends, the best epoch and the stop marked.
 * The epoch axis grows in round steps, so that it stands still most of the time.
 */
import uPlot from 'uplot';
import type { EpochRecord } from '../../train/trainer.ts';
import { axisWidth, endWidth } from '../charts/frame.ts';
import { drawOverlay, highest, lowestAboveZero } from '../charts/overlay-drawing.ts';
import type { Overlay } from '../charts/overlays.ts';
import type { Palette } from '../charts/palette.ts';
import { niceStep, tickLabels } from '../charts/scale.ts';
import { figure } from '../shared/format.ts';
import type { History } from '../trainer/history.ts';
import { drawnEpochs } from './drawn-epochs.ts';

export interface LossMarks {
  /** The epoch of the lowest loss, where on the axis it is. */
  best: { at: number; epoch: number; label: string } | undefined;
  /** Where the run stopped and why, once it has. */
  stop: { at: number; epoch: number; label: string } | undefined;
  /** Runs behind the current one. */
  overlays: readonly Overlay[];
  /** Epochs in which a setting was changed, oldest first. */
  changes: { at: number; label: string }[];
  /** Title of the loss axis. */
  title: string;
  /** Where the axis ends at the latest, unless the curves go on: the epochs that the run may take. */
  end: number;
  /** Title of the axis of time. */
  time: string;
  training: string;
  validation: string;
}

export interface LossPlotSettings {
  width: number;
  height: number;
  log: boolean;
  palette: Palette;
  /** Read at every drawing. */
  marks: () => LossMarks;
  /** Index into the drawn data under the pointer, or null. */
  hovered: (index: number | null) => void;
}

type Columns = [number[], ...(number | null)[][]];

export function createLossPlot(target: HTMLElement, settings: LossPlotSettings): uPlot {
  const { width, height, log, palette, marks, hovered } = settings;
  const line = (stroke: string, lineWidth: number): uPlot.Series => ({
    stroke,
    width: lineWidth,
    spanGaps: false,
    points: { show: (plot) => plot.data[0].length === 1, size: 5, fill: stroke },
  });
  const axis: uPlot.Axis = {
    stroke: palette.inkLight,
    font: palette.label,
    grid: { stroke: palette.grid, width: 1 },
    ticks: { show: false },
    gap: 6,
  };
  const options: uPlot.Options = {
    width,
    height,
    padding: [26, () => endWidth(target.clientWidth), 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7, width: 0 } },
    scales: {
      x: {
        time: false,
        range: (plot) => {
          const { end, overlays } = marks();
          const last = Math.max(plot.data[0].at(-1) ?? 0, ...overlays.map(({ loss }) => loss.at.at(-1) ?? 0));
          return [0, axisEnd(last, end)];
        },
      },
      y: {
        ...(log ? { distr: 3 } : {}),
        range: (_, low, high) => {
          const losses = marks().overlays.map(({ loss }) => loss);
          const top = Math.max(high ?? 0, highest(losses)) || 1;
          if (!log) return [0, top * 1.06];
          return uPlot.rangeLog(Math.min(low || top, lowestAboveZero(losses)) || 1e-3, top, 10, false);
        },
      },
    },
    axes: [
      {
        ...axis,
        space: (plot) => Math.max(72, plot.width / 8),
        size: 40,
        values: (_, values) => tickLabels(values),
        // Epochs are whole.
        ...(Number.isFinite(marks().end) && { incrs: wholeSteps }),
      },
      {
        ...axis,
        space: (plot) => (log ? 20 : Math.max(36, plot.height / 6)),
        size: (_, values) => Math.max(axisWidth, ...(values ?? []).map((value) => (value?.length ?? 0) * 7 + 12)),
        values: (_, values) =>
          log ? values.map((value) => (value === null ? '' : figure(value, 1))) : tickLabels(values),
      },
    ],
    series: [
      {},
      line(palette.modelFaint, 1),
      line(palette.validationFaint, 1),
      line(palette.model, 2),
      line(palette.validation, 2),
    ],
    hooks: {
      // After the axes and before the curves: behind them.
      drawAxes: [(plot) => drawOverlays(plot, palette, marks().overlays)],
      draw: [(plot) => drawMarks(plot, palette, marks())],
      setCursor: [(plot) => hovered(plot.cursor.idx ?? null)],
    },
  };
  return new uPlot(options, [[], [], [], [], []], target);
}

/** What the curves are drawn over. */
export type TimeAxis = 'epochs' | 'seconds';

/** Of the epochs that are drawn. `log` leaves out what has no logarithm. */
export function lossColumns(history: History, log: boolean, axis: TimeAxis): Columns {
  const { train, validation, smoothTrain, smoothValidation } = history;
  const { first, every } = drawnEpochs(train.length);
  function thin<Value>(values: readonly Value[]): Value[] {
    const kept: Value[] = [];
    for (let index = first - 1; index < values.length; index += every) kept.push(values[index]);
    return kept;
  }
  const losses = (values: readonly (number | null)[]) =>
    log ? thin(values).map((value) => (value !== null && value > 0 ? value : null)) : thin(values);
  const times = thin(history.records).map((record) => timeOf(record, axis));
  return [times, losses(train), losses(validation), losses(smoothTrain), losses(smoothValidation)];
}

export function timeOf({ number, seconds }: EpochRecord, axis: TimeAxis): number {
  return axis === 'seconds' ? seconds : number;
}

const wholeSteps = [1, 2, 5]
  .flatMap((digit) => [0, 1, 2, 3, 4, 5, 6].map((power) => digit * 10 ** power))
  .sort((a, b) => a - b);

/** The next of 10, 20, 50, 100, ... epochs but never past the run's own end; of seconds, from 1 on. */
function axisEnd(last: number, end: number): number {
  if (!Number.isFinite(end)) return niceStep(Math.max(1, last));
  return Math.max(1, Math.min(niceStep(Math.max(10, last)), Math.max(end, last)));
}

function drawOverlays(plot: uPlot, palette: Palette, overlays: readonly Overlay[]): void {
  const { ctx: context } = plot;
  const ratio = uPlot.pxRatio;
  const { left, top, width, height } = plot.bbox;
  context.save();
  context.scale(ratio, ratio);
  context.beginPath();
  context.rect(left / ratio, top / ratio, width / ratio, height / ratio);
  context.clip();
  const place = {
    x: (value: number) => plot.valToPos(value, 'x', true) / ratio,
    y: (value: number) => plot.valToPos(value, 'y', true) / ratio,
  };
  for (const { loss, slot } of overlays) drawOverlay(context, palette, loss, slot, place);
  context.restore();
}

function drawMarks(plot: uPlot, palette: Palette, marks: LossMarks): void {
  const { ctx: context } = plot;
  const ratio = uPlot.pxRatio;
  const css = (value: number) => value / ratio;
  context.save();
  context.scale(ratio, ratio);
  context.font = palette.label;
  const box = { left: css(plot.bbox.left), top: css(plot.bbox.top), right: 0, bottom: 0 };
  box.right = box.left + css(plot.bbox.width);
  box.bottom = box.top + css(plot.bbox.height);

  context.fillStyle = palette.ink;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.fillText(marks.title, 0, 12);
  context.textAlign = 'right';
  context.fillText(marks.time, box.right, box.bottom + 34);
  context.fillStyle = palette.inkLight;
  context.strokeStyle = palette.inkLight;

  // Where the top row is taken by labels: from, to.
  const taken: [number, number][] = [];
  if (marks.stop) {
    const stop = upright(plot, context, box, marks.stop.at, []);
    const room = css(context.canvas.width) - stop;
    const beside = context.measureText(marks.stop.label).width + 8 < room;
    context.textAlign = beside ? 'left' : 'right';
    context.fillText(marks.stop.label, stop + (beside ? 6 : -6), box.top + 10);
    taken.push(beside ? [stop, Number.POSITIVE_INFINITY] : besideLine(context, marks.stop.label, stop, false));
    if (marks.best && marks.best.epoch !== marks.stop.epoch) {
      const { label } = marks.best;
      const best = upright(plot, context, box, marks.best.at, [3, 3]);
      const fits = best + context.measureText(label).width + 12 < stop;
      context.textAlign = fits ? 'left' : 'right';
      context.fillText(label, best + (fits ? 6 : -6), box.top + (beside ? 10 : 26));
      if (beside) taken.push(besideLine(context, label, best, fits));
    }
  }
  drawChanges(plot, context, box, marks.changes, taken);
  if (marks.best) ring(plot, context, marks.best.at, palette);
  nameLines(plot, context, box, palette, marks);
  context.restore();
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where a label to the right or left of a line lies. */
function besideLine(context: CanvasRenderingContext2D, label: string, x: number, right: boolean): [number, number] {
  const width = context.measureText(label).width + 12;
  return right ? [x, x + width] : [x - width, x];
}

/** A tick at the top for each change, and what it changed to where there is room: the newest have the first claim. */
function drawChanges(
  plot: uPlot,
  context: CanvasRenderingContext2D,
  box: Box,
  changes: LossMarks['changes'],
  taken: [number, number][],
): void {
  context.lineWidth = 1;
  const places = changes
    .map(({ at, label }) => ({ label, x: Math.round(box.left + plot.valToPos(at, 'x')) + 0.5 }))
    .filter(({ x }) => x <= box.right);
  context.beginPath();
  for (const { x } of places) {
    context.moveTo(x, box.top);
    context.lineTo(x, box.top + 14);
  }
  context.stroke();
  for (const { label, x } of places.toReversed()) {
    const free = ([from, to]: [number, number]) =>
      from >= box.left && to <= box.right && !taken.some((other) => from < other[1] && to > other[0]);
    const right = [true, false].find((side) => free(besideLine(context, label, x, side)));
    if (right === undefined) continue;
    context.textAlign = right ? 'left' : 'right';
    context.fillText(label, x + (right ? 6 : -6), box.top + 10);
    taken.push(besideLine(context, label, x, right));
  }
}

/** A vertical line at a time. Returns where it is. */
function upright(plot: uPlot, context: CanvasRenderingContext2D, box: Box, at: number, dash: number[]): number {
  const x = Math.round(box.left + plot.valToPos(at, 'x')) + 0.5;
  context.lineWidth = 1;
  context.setLineDash(dash);
  context.beginPath();
  context.moveTo(x, box.top);
  context.lineTo(x, box.bottom);
  context.stroke();
  context.setLineDash([]);
  return x;
}

/** Around the point of the best epoch: on the validation curve, or the training curve where there is none. */
function ring(plot: uPlot, context: CanvasRenderingContext2D, at: number, palette: Palette): void {
  const index = plot.data[0].indexOf(at);
  const validation = plot.data[2][index];
  const value = validation ?? plot.data[1][index];
  if (index < 0 || value === null || value === undefined) return;
  const ratio = uPlot.pxRatio;
  context.strokeStyle = validation === null ? palette.model : palette.validation;
  context.fillStyle = palette.paper;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(plot.valToPos(at, 'x', true) / ratio, plot.valToPos(value, 'y', true) / ratio, 3.5, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

/** Names where the smoothed lines end, pushed apart where they would overlap. */
function nameLines(plot: uPlot, context: CanvasRenderingContext2D, box: Box, palette: Palette, marks: LossMarks): void {
  const ends = [
    { name: marks.training, colour: palette.model, values: plot.data[3] },
    { name: marks.validation, colour: palette.validationText, values: plot.data[4] },
  ].flatMap(({ name, colour, values }) => {
    const value = values.at(-1);
    if (value === null || value === undefined) return [];
    return [{ name, colour, y: box.top + plot.valToPos(value, 'y') }];
  });
  const last = plot.data[0].at(-1);
  if (last === undefined) return;
  const x = box.left + plot.valToPos(last, 'x') + 6;
  // Below the name of the stop, which has the same place.
  const top = marks.stop ? box.top + 22 : box.top;
  // Close together they keep their order, lest they change places at every epoch.
  if (ends.length === 2 && Math.abs(ends[1].y - ends[0].y) < 14) {
    const lowest = Math.min((ends[0].y + ends[1].y) / 2 + 7, box.bottom - 2);
    [ends[0].y, ends[1].y] = [lowest - 14, lowest];
  }
  let free = top;
  for (const end of ends.toSorted((a, b) => a.y - b.y)) {
    end.y = Math.max(end.y, free);
    free = end.y + 14;
  }
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const { name, colour, y } of ends) {
    context.fillStyle = colour;
    context.fillText(name, x, y);
  }
}
