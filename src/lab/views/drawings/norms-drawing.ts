/** Lengths of the layers' gradients over the epochs, on a log axis: one line for each layer. */
import { place } from '../../../util/axis.ts';
import { extent } from '../../../util/extent.ts';
import { nameEnds } from '../../charts/end-names.ts';
import { drawFrame } from '../../charts/frame.ts';
import type { Drawn } from '../../charts/lab-plot.ts';
import { heightOf, strokeLine } from '../../charts/lines.ts';
import type { Surface } from '../../charts/pen.ts';
import { columnReadings } from '../../charts/readings.ts';
import { modelViewsText } from '../../i18n/en/later/model-views.ts';
import { text } from '../../i18n/text.ts';
import { count, figure } from '../../shared/format.ts';
import type { NormsRecord } from '../../trainer/views-state.ts';

/** The second cue beside colour; together they tell apart more layers than anybody trains. */
const dashes = [[], [6, 3], [2, 2]];

export function drawNorms(surface: Surface, records: readonly NormsRecord[]): Drawn {
  const { context, palette } = surface;
  const [low, high] = extent(
    records.map(({ norms }) => norms),
    0.04,
    true,
  );
  const from = Math.floor(Math.log10(low));
  const to = Math.max(from + 1, Math.ceil(Math.log10(high)));
  const last = records.at(-1)?.epoch || 1;
  const frame = drawFrame(surface, {
    x: [0, last],
    y: [10 ** from, 10 ** to],
    yLog: true,
    tickHeight: 28,
    xTitle: modelViewsText().epochMeasured,
    yTitle: modelViewsText().gradientLength,
    bare: records.length === 0,
  });
  const epochs = records.map(({ epoch }) => epoch);
  const layers = records.at(-1)?.norms.length ?? 0;
  const name = (layer: number) => modelViewsText().layer(layer + 1);
  const colour = (layer: number) => palette.runs[layer % palette.runs.length];
  for (let layer = 0; layer < layers; layer++) {
    const norms = records.map((record) => record.norms[layer]);
    context.strokeStyle = colour(layer);
    context.lineWidth = 1.75;
    context.setLineDash(dashes[Math.floor(layer / palette.runs.length) % dashes.length]);
    strokeLine(context, frame, epochs, norms, true);
    // One moment is no line yet.
    const only = heightOf(frame.y, norms[0]);
    if (norms.length > 1 || only === undefined) continue;
    context.fillStyle = colour(layer);
    context.beginPath();
    context.arc(place(frame.x, epochs[0]), only, 3, 0, 2 * Math.PI);
    context.fill();
  }
  context.setLineDash([]);
  const ends = (records.at(-1)?.norms ?? []).map((value, layer) => ({
    name: name(layer),
    colour: colour(layer),
    at: heightOf(frame.y, value) ?? frame.y.from,
  }));
  nameEnds(surface, frame, ends);
  const readings = columnReadings(
    epochs.map((epoch) => place(frame.x, epoch)),
    [frame.x.from, frame.x.to],
    (index) => {
      const { epoch, norms } = records[index];
      return {
        marks: norms.flatMap((value) => {
          const y = heightOf(frame.y, value);
          return y === undefined ? [] : [{ x: place(frame.x, epoch), y }];
        }),
        lines: [
          `${text.common.epoch} ${Number.isInteger(epoch) ? count(epoch) : figure(epoch, 4)}`,
          ...norms.map((value, layer) => `${name(layer)} ${figure(value)}`),
        ],
      };
    },
  );
  return { frame, readings };
}
