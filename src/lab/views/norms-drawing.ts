/** Lengths of the layers' gradients over the epochs, on a log axis: one line for each layer. */

import { extent } from '../../util/extent.ts';
import { nameEnds } from '../charts/end-names.ts';
import type { Surface } from '../charts/fit-drawing.ts';
import { drawFrame } from '../charts/frame.ts';
import { place } from '../charts/scale.ts';
import type { NormsRecord } from '../trainer/views-state.ts';

export interface NormsTitles {
  x: string;
  y: string;
  layer: (layer: number) => string;
}

/** The second cue beside colour; together they tell apart more layers than anybody trains. */
const dashes = [[], [6, 3], [2, 2]];
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

export function drawNorms(surface: Surface, records: readonly NormsRecord[], titles: NormsTitles): void {
  const { context, palette, width, height } = surface;
  const logs = records.map(({ epoch, norms }) => ({ epoch, norms: norms.map(logOf) }));
  const [low, high] = extent(
    logs.map(({ norms }) => norms),
    0.04,
  );
  const [from, to] = [Math.floor(low), Math.max(Math.floor(low) + 1, Math.ceil(high))];
  const every = Math.ceil((to - from) / Math.max(1, Math.floor((height - 64) / 28)));
  const decades = Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, i) => from + i * every);
  const last = records.at(-1)?.epoch || 1;
  const frame = drawFrame(context, palette, {
    width,
    height,
    x: [0, last],
    y: [from, to],
    xTitle: titles.x,
    yTitle: titles.y,
    yTicks: decades.map((at) => ({ at, label: powerOfTen(at) })),
    bare: records.length === 0,
  });
  const layers = logs.at(-1)?.norms.length ?? 0;
  context.lineJoin = 'round';
  context.lineWidth = 1.75;
  for (let layer = 0; layer < layers; layer++) {
    context.strokeStyle = palette.runs[layer % palette.runs.length];
    context.setLineDash(dashes[Math.floor(layer / palette.runs.length) % dashes.length]);
    context.beginPath();
    for (const { epoch, norms } of logs) {
      if (Number.isFinite(norms[layer])) context.lineTo(place(frame.x, epoch), place(frame.y, norms[layer]));
    }
    context.stroke();
    // One moment is no line yet.
    const [only] = logs;
    if (logs.length > 1 || !Number.isFinite(only.norms[layer])) continue;
    context.fillStyle = context.strokeStyle;
    context.beginPath();
    context.arc(place(frame.x, only.epoch), place(frame.y, only.norms[layer]), 3, 0, 2 * Math.PI);
    context.fill();
  }
  context.setLineDash([]);
  const ends = (logs.at(-1)?.norms ?? []).map((value, index) => ({
    name: titles.layer(index),
    colour: palette.runs[index % palette.runs.length],
    at: Number.isFinite(value) ? place(frame.y, value) : frame.y.from,
  }));
  nameEnds(surface, frame, ends);
}

function logOf(value: number): number {
  return value > 0 ? Math.log10(value) : Number.NaN;
}

function powerOfTen(power: number): string {
  if (power === 0) return '1';
  if (power === 1) return '10';
  const digits = [...String(Math.abs(power))].map((digit) => superscripts[Number(digit)]).join('');
  return `10${power < 0 ? '⁻' : ''}${digits}`;
}
