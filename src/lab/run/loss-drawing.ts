/**
 * The loss curves: raw faint under smoothed, names at the line ends, the best epoch and the stop marked. The epoch axis grows
 * in round steps, so that it stands still most of the time.
 */
import type { EpochRecord } from '../../train/trainer.ts';
import { niceStep, place } from '../../util/axis.ts';
import { drawFrame, type Frame } from '../charts/frame.ts';
import { clipTo, fillPoints, heightOf, strokeLine } from '../charts/lines.ts';
import { drawOverlay, highest, lowestAboveZero } from '../charts/overlay-drawing.ts';
import type { Overlay } from '../charts/overlays.ts';
import type { Surface } from '../charts/pen.ts';
import type { History } from '../trainer/history.ts';
import { drawnEpochs } from './drawn-epochs.ts';
import { drawLossMarks, type LossMarks } from './loss-marks.ts';

export interface LossPlot {
  columns: LossColumns;
  log: boolean;
  marks: LossMarks;
  /** Runs behind the current one. */
  overlays: readonly Overlay[];
  /** Title of the loss axis. */
  title: string;
  /** Title of the axis of time. */
  time: string;
  /** Where the axis ends at the latest, unless the curves go on: the epochs that the run may take; infinite for seconds. */
  end: number;
}

/** Of the epochs that are drawn. */
export interface LossColumns {
  at: number[];
  train: (number | null)[];
  validation: (number | null)[];
  smoothTrain: (number | null)[];
  smoothValidation: (number | null)[];
}

/** What the curves are drawn over. */
export type TimeAxis = 'epochs' | 'seconds';

export function lossColumns(history: History, axis: TimeAxis): LossColumns {
  const { first, every } = drawnEpochs(history.train.length);
  function thin<Value>(values: readonly Value[]): Value[] {
    const kept: Value[] = [];
    for (let index = first - 1; index < values.length; index += every) kept.push(values[index]);
    return kept;
  }
  return {
    at: thin(history.records).map((record) => timeOf(record, axis)),
    train: thin(history.train),
    validation: thin(history.validation),
    smoothTrain: thin(history.smoothTrain),
    smoothValidation: thin(history.smoothValidation),
  };
}

export function timeOf({ number, seconds }: EpochRecord, axis: TimeAxis): number {
  return axis === 'seconds' ? seconds : number;
}

export function drawLosses(surface: Surface, plot: LossPlot): Frame {
  const { context, palette, height } = surface;
  const { columns, log, overlays } = plot;
  const { at, train, validation, smoothTrain, smoothValidation } = columns;
  const last = Math.max(at.at(-1) ?? 0, ...overlays.map(({ loss }) => loss.at.at(-1) ?? 0));
  const frame = drawFrame(surface, {
    x: [0, axisEnd(last, plot.end)],
    y: lossRange(columns, overlays, log),
    yLog: log,
    xWhole: Number.isFinite(plot.end),
    tickHeight: log ? 20 : Math.max(36, height / 6),
    xTitle: plot.time,
    yTitle: plot.title,
  });
  clipTo(context, frame);
  for (const { loss, slot } of overlays) drawOverlay(context, palette, loss, slot, frame);
  const lines: [(number | null)[], string, number][] = [
    [train, palette.modelFaint, 1],
    [validation, palette.validationFaint, 1],
    [smoothTrain, palette.model, 2],
    [smoothValidation, palette.validation, 2],
  ];
  for (const [losses, colour, width] of lines) {
    context.strokeStyle = context.fillStyle = colour;
    context.lineWidth = width;
    strokeLine(context, frame, at, losses);
    // One epoch is no line yet.
    const only = losses[0];
    if (at.length === 1 && only !== null && heightOf(frame.y, only) !== undefined)
      fillPoints(context, frame, at, [only], 2.5);
  }
  context.restore();
  drawLossMarks(surface, frame, columns, plot.marks);
  return frame;
}

/** From 0 on a linear axis; all that has a logarithm on the other. */
function lossRange({ train, validation }: LossColumns, overlays: readonly Overlay[], log: boolean): [number, number] {
  const curves = overlays.map(({ loss }) => loss);
  let [low, top] = [lowestAboveZero(curves), Math.max(0, highest(curves))];
  for (const losses of [train, validation]) {
    for (const loss of losses) {
      if (loss === null || !Number.isFinite(loss)) continue;
      top = Math.max(top, loss);
      if (loss > 0) low = Math.min(low, loss);
    }
  }
  if (!log) return [0, (top || 1) * 1.06];
  const high = top || 1;
  const from = Number.isFinite(low) ? Math.min(low, high) : 1e-3;
  return [
    10 ** Math.floor(Math.log10(from)),
    10 ** Math.max(Math.ceil(Math.log10(high)), Math.floor(Math.log10(from)) + 1),
  ];
}

/** The next of 10, 20, 50, 100, ... epochs but never past the run's own end; of seconds, from 1 on. */
function axisEnd(last: number, end: number): number {
  if (!Number.isFinite(end)) return niceStep(Math.max(1, last));
  return Math.max(1, Math.min(niceStep(Math.max(10, last)), Math.max(end, last)));
}

/** Where the losses of a drawn epoch lie, for rings. */
export function lossPlaces({ x, y }: Frame, columns: LossColumns, index: number): { x: number; y: number }[] {
  return [columns.smoothTrain[index], columns.smoothValidation[index]].flatMap((loss) => {
    const top = heightOf(y, loss);
    return top === undefined ? [] : [{ x: place(x, columns.at[index]), y: top }];
  });
}
