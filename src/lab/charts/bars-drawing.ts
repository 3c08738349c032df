/** Small upright bars without axes, as of a column's values or a layer's weights: what each is of is read off it. */
import { crisp } from '../../util/axis.ts';
import type { Frame } from './frame.ts';
import type { Drawn } from './lab-plot.ts';
import type { Surface } from './pen.ts';
import { areaReadings } from './readings.ts';

export interface Bars {
  /** From 0 to 1. */
  heights: ArrayLike<number>;
  colour: string;
  /** Between two bars, in CSS pixels. */
  gap: number;
  /** A few bars do not fill the width. */
  widest?: number;
  /** Whether 0 lies in the middle, and is marked. */
  centred?: boolean;
  words: (bar: number) => string[];
}

export function drawBars({ context, palette, width, height }: Surface, bars: Bars): Drawn {
  const { heights, colour, gap, widest = Number.POSITIVE_INFINITY, centred = false, words } = bars;
  const slot = Math.min(widest, width / Math.max(1, heights.length));
  if (centred) {
    context.strokeStyle = palette.hairline;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(crisp(width / 2), 0);
    context.lineTo(crisp(width / 2), height);
    context.stroke();
  }
  context.fillStyle = colour;
  const areas = Array.from(heights, (share, bar) => {
    // What is there is seen, however little it is.
    const tall = share > 0 ? Math.max(1, share * height) : 0;
    return { left: bar * slot, top: height - tall, width: Math.max(0.5, slot - gap), height: tall };
  });
  for (const area of areas) context.fillRect(area.left, area.top, area.width, area.height);
  // A bar is meant wherever above it the pointer is.
  const columns = areas.map(({ left }) => ({ left, top: 0, width: slot, height }));
  const frame: Frame = {
    x: { low: 0, high: heights.length, from: 0, to: slot * heights.length },
    y: { low: 0, high: 1, from: height, to: 0 },
    whole: { x: [0, heights.length], y: [0, 1] },
    short: [],
  };
  return { frame, readings: { ...areaReadings(areas, words), at: areaReadings(columns, words).at } };
}
