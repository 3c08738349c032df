/** A plot as a file: a picture in pixels, a drawing, or its table. Loaded when something is saved. */
import { csvLine } from '../../../util/csv.ts';
import type { Cell } from '../../../util/format.ts';
import type { Still } from '../pen.ts';
import { SvgPen } from './svg-pen.ts';

/** Pixels for each of the plot's, so that a picture is sharp in print too. */
const sharpness = 3;

export async function pngOf({ width, height, palette, draw }: Still): Promise<Blob> {
  const canvas = new OffscreenCanvas(width * sharpness, height * sharpness);
  const context = contextOf(canvas);
  context.scale(sharpness, sharpness);
  context.fillStyle = palette.paper;
  context.fillRect(0, 0, width, height);
  draw({ context, palette, width, height });
  return canvas.convertToBlob({ type: 'image/png' });
}

export function svgOf({ width, height, palette, draw }: Still, title: string): Blob {
  const pen = new SvgPen(contextOf(new OffscreenCanvas(1, 1)));
  draw({ context: pen, palette, width, height });
  return new Blob([pen.document(width, height, palette.paper, title)], { type: 'image/svg+xml' });
}

/** Numbers as they are, with all their digits. */
export function csvOf(head: readonly string[], rows: readonly (readonly Cell[])[]): Blob {
  const lines = [head, ...rows].map((cells) => `${csvLine(cells.map(withoutNaN))}\n`);
  return new Blob(lines, { type: 'text/csv' });
}

/** What is no number is empty. */
function withoutNaN(cell: Cell): Cell {
  return Number.isNaN(cell) ? null : cell;
}

/** The context of an off-screen canvas has all that plots draw with. */
function contextOf(canvas: OffscreenCanvas): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the browser has no canvas to draw on');
  return context as unknown as CanvasRenderingContext2D;
}
