/** Names beside the ends of lines, each as near to its line as the others leave room. */
import { clippedApart } from './clip.ts';
import { endWidth, type Frame, nameHeight as lineHeight } from './frame.ts';
import type { Surface } from './pen.ts';

export interface EndName {
  name: string;
  colour: string;
  /** In pixels from the top. */
  at: number;
}

/** Names closer together than this would lie on each other. */
const nameHeight = 14;

/** Room for these names right of a plot; a third of it at most. */
export function roomForEnds({ context, palette, width }: Surface, names: readonly string[]): number {
  context.font = palette.label;
  const widest = Math.max(0, ...names.map((name) => context.measureText(name).width));
  return Math.min(Math.max(endWidth(width), Math.ceil(widest) + 8), Math.floor(width / 3));
}

/** Pushed apart from the top where they would overlap, and left out below the frame. */
export function nameEnds({ context, palette, width }: Surface, { x, y, short }: Frame, ends: EndName[]): void {
  context.font = palette.label;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  let free = y.to;
  const placed = [...ends].sort((a, b) => a.at - b.at);
  const names = clippedApart(
    context,
    placed.map(({ name }) => name),
    width - x.to - 8,
  );
  placed.forEach(({ name, colour, at }, order) => {
    // Those below need room too.
    const latest = y.from - (placed.length - 1 - order) * nameHeight;
    const middle = Math.max(free, Math.min(at, latest));
    free = middle + nameHeight;
    if (middle > y.from + nameHeight) return;
    context.fillStyle = colour;
    context.fillText(names[order], x.to + 6, middle);
    if (names[order] === name) return;
    short.push({ whole: name, left: x.to, top: middle - lineHeight / 2, width: width - x.to });
  });
}
