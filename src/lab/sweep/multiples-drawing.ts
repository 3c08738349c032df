/** Many small loss charts on one canvas, all to the same scales: one for each combination of a sweep. */
import { partsInLines } from '../charts/clip.ts';
import type { Palette } from '../charts/palette.ts';
import type { Pen } from '../charts/pen.ts';
import type { SweepCurves, TrialCurve } from './curves.ts';

export interface MultiplesLayout {
  columns: number;
  /** Of one chart with its title, in CSS pixels. */
  width: number;
  height: number;
  /** Of all rows. */
  total: number;
  /** Lines of every title. */
  lines: number;
}

const leastWidth = 132;
const mostWidth = 240;
/** With its title: taller where there is room. */
const leastHeight = 92;
const mostHeight = 152;
const gap = 12;
const titleHeight = 18;
const lineHeight = 14;
/** Beside the first line of a title. */
const rankWidth = 24;

/**
 * As many columns as fit; where the values of the setting that changes fastest fit into a row, rows break with them, so
 * that a column is a value.
 */
export function layoutOf(width: number, room: number, cells: number, fastest: number, lines = 1): MultiplesLayout {
  const fit = Math.max(1, Math.floor((width + gap) / (leastWidth + gap)));
  const even = fastest > 1 && fastest <= fit ? Math.floor(fit / fastest) * fastest : fit;
  const columns = Math.max(1, Math.min(even, Math.max(cells, 1)));
  const rows = Math.ceil(cells / columns);
  const own = Math.min(mostWidth, Math.floor((width - gap * (columns - 1)) / columns));
  const more = (lines - 1) * lineHeight;
  const fair = Math.floor((room + gap) / Math.max(1, rows)) - gap;
  const height = Math.min(mostHeight + more, Math.max(leastHeight + more, fair));
  return { columns, width: own, height, total: rows * (height + gap) - gap, lines };
}

/** Lines that the longest title needs in charts of this width. */
export function linesNeeded(
  context: Pen,
  palette: Palette,
  titles: readonly (readonly string[])[],
  { width }: MultiplesLayout,
): number {
  context.font = palette.label;
  return Math.max(1, ...titles.map((title) => partsInLines(context, title, width - rankWidth).length));
}

export interface MultiplesSettings {
  curves: SweepCurves;
  layout: MultiplesLayout;
  /** The values of what varies. */
  titles: readonly (readonly string[])[];
  /** Place on the leaderboard of each combination, counted from 1; 0 where it has none yet. */
  ranks: readonly number[];
  selected: number | undefined;
  /** Pixels scrolled away, and those that show. */
  top: number;
  shown: number;
}

export function drawMultiples(context: Pen, palette: Palette, settings: MultiplesSettings): void {
  const { curves, layout, top, shown } = settings;
  const { low, high } = lossRange(curves);
  const first = Math.max(0, Math.floor(top / (layout.height + gap))) * layout.columns;
  const last = Math.ceil((top + shown) / (layout.height + gap)) * layout.columns;
  const [from, to] = [Math.log(low), Math.log(high)];
  context.font = palette.label;
  context.lineJoin = 'round';
  for (let cell = first; cell < Math.min(last, curves.plan.cells.length); cell++) {
    const { x, y } = placeOf(cell, layout);
    drawChart(context, palette, settings, cell, x, y - top, (loss) => (to - Math.log(loss)) / (to - from));
  }
}

/** The combination at a place of the canvas, scrolling counted in. */
export function cellAt(x: number, y: number, layout: MultiplesLayout, cells: number): number | undefined {
  const column = Math.floor(x / (layout.width + gap));
  const row = Math.floor(y / (layout.height + gap));
  const cell = row * layout.columns + column;
  const within = x - column * (layout.width + gap) <= layout.width && y - row * (layout.height + gap) <= layout.height;
  return within && column < layout.columns && cell < cells ? cell : undefined;
}

/** What the axis spans: whole powers would leave small differences flat. */
export function lossRange({ low, high }: SweepCurves): { low: number; high: number } {
  if (!(low < high)) return { low: low > 0 && Number.isFinite(low) ? low / 2 : 0.1, high: high > 0 ? 2 * high : 1 };
  // A trial on its way to infinity would press all others into a line.
  return { low, high: Math.min(high, low * 1e6) };
}

export function placeOf(cell: number, { columns, width, height }: MultiplesLayout): { x: number; y: number } {
  return { x: (cell % columns) * (width + gap), y: Math.floor(cell / columns) * (height + gap) };
}

function drawChart(
  context: Pen,
  palette: Palette,
  { curves, layout, titles, ranks, selected }: MultiplesSettings,
  cell: number,
  x: number,
  y: number,
  share: (loss: number) => number,
): void {
  const trials = curves.trialsOf(cell);
  const bottom = y + layout.height - 1;
  const top = y + titleHeight + (layout.lines - 1) * lineHeight;
  const height = bottom - top;
  const rank = ranks[cell] ? String(ranks[cell]) : '';
  context.textBaseline = 'alphabetic';
  context.textAlign = 'right';
  context.fillStyle = rank === '1' ? palette.model : palette.inkLight;
  context.fillText(rank, x + layout.width, y + 12);
  context.textAlign = 'left';
  context.fillStyle = trials.some(({ stopped }) => stopped === 'diverged') ? palette.error : palette.ink;
  partsInLines(context, titles[cell], layout.width - rankWidth).forEach((line, index) => {
    context.fillText(line, x, y + 12 + index * lineHeight);
  });

  context.strokeStyle = cell === selected ? palette.model : palette.hairline;
  context.lineWidth = cell === selected ? 2 : 1;
  context.strokeRect(Math.round(x) + 0.5, Math.round(top) + 0.5, Math.round(layout.width) - 1, Math.round(height));

  context.save();
  context.beginPath();
  context.rect(x, top, layout.width, height);
  context.clip();
  // What others did better than goes on no further.
  context.globalAlpha = trials.some(({ stopped }) => stopped === 'halving') ? 0.45 : 1;
  const span = Math.max(1, curves.plan.epochs - 1);
  const line = ({ epochs: at, loss }: Pick<TrialCurve, 'epochs' | 'loss'>) => {
    context.beginPath();
    for (let index = 0; index < at.length; index++) {
      if (!(loss[index] > 0)) continue;
      context.lineTo(
        x + 3 + (layout.width - 6) * ((at[index] - 1) / span),
        top + 3 + (height - 6) * share(loss[index]),
      );
    }
    context.stroke();
  };
  const validated = curves.plan.validated;
  context.strokeStyle = validated ? palette.validationFaint : palette.modelFaint;
  context.lineWidth = 1;
  if (trials.length > 1) trials.forEach(line);
  context.strokeStyle = validated ? palette.validation : palette.model;
  context.lineWidth = 2;
  line(trials.length > 1 ? curves.meanOf(cell) : trials[0]);
  context.restore();
}
