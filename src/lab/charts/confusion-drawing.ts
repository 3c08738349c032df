/** The table of actual and predicted classes as a drawing, to be saved: the page itself has it as a table. */

import { text } from '../i18n/text.ts';
import { count } from '../shared/format.ts';
import { clippedApart } from './clip.ts';
import { cssOf, mix, rgb } from './colour.ts';
import { fullCell, type Palette } from './palette.ts';
import type { Still, Surface } from './pen.ts';

const cell = 56;
const gap = 3;
const names = { width: 150, height: 44 };

export function confusionStill(palette: Palette, classes: readonly string[], counts: readonly number[][]): Still {
  const side = classes.length * (cell + gap) + gap;
  return {
    width: names.width + side + gap,
    height: names.height + side + gap,
    palette,
    draw: (surface) => drawConfusion(surface, classes, counts),
  };
}

function drawConfusion({ context, palette }: Surface, classes: readonly string[], counts: readonly number[][]): void {
  const at = (index: number) => gap + index * (cell + gap);
  const label = (words: string, x: number, y: number, align: CanvasTextAlign, colour: string) => {
    context.textAlign = align;
    context.fillStyle = colour;
    context.fillText(words, x, y);
  };
  context.font = palette.label;
  context.textBaseline = 'middle';
  label(text.results.actualPredicted, 4, 14, 'left', palette.inkLight);
  const across = clippedApart(context, classes, cell);
  const down = clippedApart(context, classes, names.width - 12);
  classes.forEach((_, index) => {
    label(across[index], names.width + at(index) + cell / 2, names.height - 10, 'center', palette.ink);
    label(down[index], names.width - 6, names.height + at(index) + cell / 2, 'right', palette.ink);
  });
  counts.forEach((row, actual) => {
    const all = row.reduce((sum, rows) => sum + rows, 0);
    row.forEach((rows, predicted) => {
      const [x, y] = [names.width + at(predicted), names.height + at(actual)];
      const share = all > 0 ? rows / all : 0;
      const tone = rgb(predicted === actual ? palette.model : palette.error);
      context.fillStyle = cssOf(mix(rgb(palette.paper), tone, fullCell * share));
      context.fillRect(x, y, cell, cell);
      context.strokeStyle = palette.hairline;
      context.lineWidth = 1;
      context.strokeRect(x + 0.5, y + 0.5, cell - 1, cell - 1);
      label(count(rows), x + cell / 2, y + cell / 2, 'center', rows === 0 ? palette.inkLight : palette.ink);
    });
  });
}
