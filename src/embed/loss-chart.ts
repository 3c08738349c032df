/** Losses over the epochs as a picture of a few hundred points: a logarithmic axis, the lines named where they end. */
import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { EpochRecord } from '../train/progress.ts';
import { figure } from '../util/format.ts';
import type { EmbedText } from './texts.ts';
import type { TrainerState } from './trainer.ts';

const height = 200;
/** Around the lines: room for the figures of the axis, and for the names. */
const frame = { left: 48, right: 72, top: 10, bottom: 26 };
const mostPoints = 240;

interface Line {
  name: string;
  kind: 'training' | 'validation';
  points: [epoch: number, loss: number][];
}

/** @param width of the picture, in CSS pixels */
export function lossChart({ epochs, limit }: TrainerState, text: EmbedText, width: number): TemplateResult {
  const lines = [
    lineOf(text.training, 'training', epochs, ({ train_loss }) => train_loss),
    lineOf(text.validation, 'validation', epochs, ({ validation_loss }) => validation_loss),
  ].filter(({ points }) => points.length > 0);
  return html`<svg part="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label=${described(lines, text)}>
    ${lines.length > 0 ? drawn(lines, limit ?? 1, text, width) : svg`<text class="faint" x=${frame.left} y=${height - 8}>${text.epoch}</text>`}
  </svg>`;
}

function lineOf(
  name: string,
  kind: Line['kind'],
  epochs: readonly EpochRecord[],
  lossOf: (record: EpochRecord) => number | null,
): Line {
  const every = Math.ceil(epochs.length / mostPoints);
  const shown = epochs.filter((_, index) => index % every === 0 || index === epochs.length - 1);
  const points = shown.flatMap((record): Line['points'] => {
    const loss = lossOf(record);
    return loss !== null && loss > 0 && Number.isFinite(loss) ? [[record.number, loss]] : [];
  });
  return { name, kind, points };
}

function drawn(lines: readonly Line[], limit: number, text: EmbedText, width: number): SVGTemplateResult {
  const losses = lines.flatMap(({ points }) => points.map(([, loss]) => loss));
  const last = Math.max(...lines.map(({ points }) => points[points.length - 1][0]));
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  // A hundredth more at each end, and a line in the middle where all are the same.
  const room = high > low ? (high / low) ** 0.02 : 2;
  const [bottom, top] = [low / room, high * room];
  const most = Math.max(1, Math.min(limit, last * 2));
  const inner = { width: width - frame.left - frame.right, height: height - frame.top - frame.bottom };
  const x = (epoch: number) => frame.left + (inner.width * epoch) / most;
  const y = (loss: number) => frame.top + (inner.height * Math.log(top / loss)) / Math.log(top / bottom);
  const ends = apart(lines.map(({ points }) => y(points[points.length - 1][1])));
  return svg`
    ${ticksOf(bottom, top).map(
      (loss) => svg`<path class="grid" d="M${frame.left} ${y(loss)}h${inner.width}" />
        <text class="faint" x=${frame.left - 6} y=${y(loss) + 4} text-anchor="end">${figure(loss, 1)}</text>`,
    )}
    <text class="faint" x=${frame.left} y=${height - 8}>0</text>
    <text class="faint" x=${frame.left + inner.width} y=${height - 8} text-anchor="end">${text.epoch} ${most}</text>
    ${lines.map(
      (
        { name, kind, points },
        index,
      ) => svg`<polyline class=${kind} points=${points.map(([epoch, loss]) => `${x(epoch).toFixed(1)},${y(loss).toFixed(1)}`).join(' ')} />
        <text class="name ${kind}" x=${x(last) + 6} y=${ends[index] + 4}>${name}</text>`,
    )}`;
}

/** Whole powers of ten, or two and five between them where those are few. */
function ticksOf(bottom: number, top: number): number[] {
  const ticks = [];
  for (let power = Math.floor(Math.log10(bottom)); power <= Math.log10(top); power++)
    for (const digit of [1, 2, 5]) ticks.push(digit * 10 ** power);
  const within = ticks.filter((tick) => tick >= bottom && tick <= top);
  const tens = within.filter((tick) => Math.abs(Math.log10(tick) - Math.round(Math.log10(tick))) < 1e-9);
  if (tens.length >= 3) return tens.filter((_, index) => index % Math.ceil(tens.length / 5) === 0);
  return within.length > 0 ? within : [top];
}

/** Places of names that would lie over each other, moved apart. */
function apart(places: number[]): number[] {
  const [first, second] = places;
  const gap = 14;
  if (second === undefined || Math.abs(first - second) >= gap) return places;
  const middle = (first + second) / 2;
  const sign = first <= second ? 1 : -1;
  return [middle - (sign * gap) / 2, middle + (sign * gap) / 2];
}

function described(lines: readonly Line[], text: EmbedText): string {
  if (lines.length === 0) return text.noLosses;
  const { points } = lines[lines.length - 1];
  const losses = (at: number) =>
    lines.map(({ name, points: own }) => `${name} ${figure((own.at(at) ?? own[0])[1])}`).join(', ');
  return text.losses(losses(0), losses(-1), points[points.length - 1][0]);
}
