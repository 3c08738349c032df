/** Names beside the ends of lines, each as near to its line as the others leave room. */
import type { Surface } from './fit-drawing.ts';
import type { Frame } from './frame.ts';

export interface EndName {
  name: string;
  colour: string;
  /** In pixels from the top. */
  at: number;
}

/** Names closer together than this would lie on each other. */
const nameHeight = 14;

/** Pushed apart from the top where they would overlap, and left out below the frame. @param widest in pixels */
export function nameEnds({ context, palette }: Surface, { x, y }: Frame, ends: EndName[], widest?: number): void {
  context.font = palette.label;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  let free = y.to;
  const placed = [...ends].sort((a, b) => a.at - b.at);
  placed.forEach(({ name, colour, at }, order) => {
    // Those below need room too.
    const latest = y.from - (placed.length - 1 - order) * nameHeight;
    const middle = Math.max(free, Math.min(at, latest));
    free = middle + nameHeight;
    if (middle > y.from + nameHeight) return;
    context.fillStyle = colour;
    context.fillText(name, x.to + 6, middle, widest);
  });
}
