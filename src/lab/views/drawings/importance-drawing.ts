/** The bars of the permutation importance as a drawing, to be saved: the page itself has them as a list. */
import type { ColumnImportance } from '../../../train/explain/importance.ts';
import { clipped } from '../../charts/clip.ts';
import type { Palette } from '../../charts/palette.ts';
import type { Still, Surface } from '../../charts/pen.ts';

const width = 720;
const line = 28;
const names = 200;
const values = 110;
const bar = 14;

/** @param words of a value, as the page writes it */
export function importanceStill(
  palette: Palette,
  columns: readonly ColumnImportance[],
  axis: string,
  words: (value: number) => string,
): Still {
  const draw = (surface: Surface) => drawImportance(surface, columns, axis, words);
  return { width, height: line * (columns.length + 1) + 8, palette, draw };
}

function drawImportance(
  { context, palette, height }: Surface,
  columns: readonly ColumnImportance[],
  axis: string,
  words: (value: number) => string,
): void {
  const low = Math.min(0, ...columns.map(({ mean, sd }) => mean - sd));
  const high = Math.max(1e-12, ...columns.map(({ mean, sd }) => mean + sd));
  const [from, to] = [names + 12, width - values - 12];
  const at = (value: number) => from + ((value - low) / (high - low)) * (to - from);
  context.font = palette.label;
  context.textBaseline = 'middle';
  context.lineWidth = 1;
  columns.forEach(({ column, mean, sd }, index) => {
    const middle = line * (index + 0.5) + 4;
    context.fillStyle = palette.ink;
    context.textAlign = 'right';
    context.fillText(clipped(context, column, names), names, middle);
    context.textAlign = 'left';
    context.fillText(`${words(mean)} ± ${words(sd)}`, to + 12, middle);
    context.fillStyle = palette.model;
    context.fillRect(Math.min(at(0), at(mean)), middle - bar / 2, Math.abs(at(mean) - at(0)), bar);
    context.strokeStyle = palette.ink;
    context.beginPath();
    context.moveTo(at(mean - sd), middle);
    context.lineTo(at(mean + sd), middle);
    context.stroke();
  });
  context.strokeStyle = palette.inkLight;
  context.beginPath();
  context.moveTo(at(0), 4);
  context.lineTo(at(0), line * columns.length + 4);
  context.stroke();
  context.fillStyle = palette.ink;
  context.fillText(clipped(context, axis, width - from), from, height - line / 2);
}
