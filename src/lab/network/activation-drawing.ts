/** An activation function and its slope over its input, in a square of whole numbers. */
import { crisp, place } from '../../util/axis.ts';
import type { Frame } from '../charts/frame.ts';
import type { Drawn } from '../charts/lab-plot.ts';
import { heightOf, strokeLine } from '../charts/lines.ts';
import type { Pen, Surface } from '../charts/pen.ts';
import { columnReadings } from '../charts/readings.ts';
import { figure } from '../shared/format.ts';
import type { ActivationCurve } from './activation-curve.ts';

/** How far from 0 it is drawn. */
export const reach = 4;
const [lowest, highest] = [-1.3, 3.1];
/** What changes by more from one point to the next jumps, and is not drawn as a line. */
const jump = 0.5;

export function drawActivation({ context, palette, width, height }: Surface, curve: ActivationCurve): Drawn {
  const frame: Frame = {
    x: { low: -reach, high: reach, from: 0, to: width },
    y: { low: lowest, high: highest, from: height, to: 0 },
    whole: { x: [-reach, reach], y: [lowest, highest] },
    short: [],
  };
  const { x, y } = frame;
  const upright = (z: number) => strokeAt(context, [crisp(place(x, z)), 0], [crisp(place(x, z)), height]);
  const level = (value: number) => strokeAt(context, [0, crisp(place(y, value))], [width, crisp(place(y, value))]);
  context.lineWidth = 1;
  context.strokeStyle = palette.grid;
  for (const z of [-2, 2]) upright(z);
  for (const value of [-1, 1, 2, 3]) level(value);
  context.strokeStyle = palette.inkLight;
  upright(0);
  level(0);
  context.font = palette.label;
  context.fillStyle = palette.inkLight;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillText('1', place(x, 0) + 4, place(y, 1) - 3);
  context.textAlign = 'center';
  context.fillText('2', place(x, 2), place(y, 0) + 13);
  context.lineWidth = 1.5;
  context.strokeStyle = palette.ink;
  context.setLineDash([4, 3]);
  strokeBroken(context, frame, curve.z, curve.slope);
  context.setLineDash([]);
  context.lineWidth = 2;
  context.strokeStyle = palette.model;
  strokeBroken(context, frame, curve.z, curve.value);
  const readings = columnReadings(
    curve.z.map((z) => place(x, z)),
    [x.from, x.to],
    (index) => {
      const [z, value, slope] = [curve.z[index], curve.value[index], curve.slope[index]];
      const marks = [value, slope].map((at) => ({ x: place(x, z), y: heightOf(y, at) ?? 0 }));
      return {
        marks: marks.filter((mark) => mark.y >= 0 && mark.y <= height),
        lines: [`z ${figure(z)}`, `f(z) ${figure(value)}`, `f′(z) ${figure(slope)}`],
      };
    },
  );
  return { frame, readings };
}

function strokeAt(context: Pen, from: [number, number], to: [number, number]): void {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/** Broken where it jumps. */
function strokeBroken(context: Pen, frame: Frame, zs: readonly number[], values: readonly number[]): void {
  const [at, to]: [number[], (number | null)[]] = [[], []];
  values.forEach((value, index) => {
    if (index > 0 && Math.abs(value - values[index - 1]) > jump) {
      at.push(zs[index]);
      to.push(null);
    }
    at.push(zs[index]);
    to.push(value);
  });
  strokeLine(context, frame, at, to);
}
