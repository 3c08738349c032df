/** Bars along a logarithmic axis, quickest first: ours in the model's blue, others in grey, the spread as a line at the end. */

import { drawing, fitted, rounded, type Size } from '../../src/html/charts/svg.ts';
import { html, type Markup } from '../../src/html/escape.ts';
import { figure } from '../../src/util/format.ts';

export interface Bar {
  name: string;
  value: number;
  low: number;
  high: number;
  ours: boolean;
}

/** @param title of the axis, with its unit */
export function barChart(bars: readonly Bar[], title: string, label: string): Markup {
  return html`<div class="wide">${draw(bars, title, label, 720)}</div><div class="narrow">${draw(bars, title, label, 352)}</div>`;
}

/** Small enough to stand beside another. */
export function smallChart(bars: readonly Bar[], title: string, label: string): Markup {
  return draw(bars, title, label, 352);
}

function draw(bars: readonly Bar[], title: string, label: string, width: number): Markup {
  // A telephone has no room for names beside the bars: they stand above them.
  const beside = width > 500;
  const pitch = beside ? 24 : 36;
  const left = beside ? 240 : 0;
  const right = width - 64;
  const bottom = bars.length * pitch;
  const size: Size = { width, height: bottom + 40 };
  const powers = powersAround(bars);
  const [first, last] = [Math.log10(powers[0]), Math.log10(powers[powers.length - 1])];
  const x = (value: number) => rounded(left + ((Math.log10(value) - first) / (last - first)) * (right - left));
  const every = Math.ceil(powers.length / (beside ? 8 : 5));
  const ticks = powers.filter((_, i) => i % every === 0);
  const grid = html`<g class="grid">${ticks.map((power) => html`<path d="M${x(power)} 0V${bottom}"/>`)}</g>`;
  const tickLabels = ticks.map(
    (power) =>
      html`<text x="${x(power)}" y="${bottom + 16}" text-anchor="${x(power) < 12 ? 'start' : 'middle'}">${figure(power, 1)}</text>`,
  );
  const rows = bars.map(({ name, value, low, high, ours }, i) => {
    const top = i * pitch + (beside ? 4 : 17);
    const middle = top + 8;
    const at = beside ? html`x="${left - 10}" y="${middle + 4}" text-anchor="end"` : html`x="0" y="${top - 4}"`;
    return html`<text ${at} class="${ours ? 'title' : ''}">${fitted(name, beside ? left - 10 : width)}</text>
<rect class="mean ${ours ? 't-model' : 't-faint'}" x="${left}" y="${top}" width="${Math.max(1, rounded(x(value) - left))}" height="${beside ? 16 : 12}"/>
${high > low && html`<path class="line thin t-ink" d="M${x(low)} ${middle}H${x(high)}"/>`}<text class="halo" x="${Math.max(x(value), x(high)) + 6}" y="${middle + 4}">${figure(value)}</text>`;
  });
  const titled = html`<text class="title" x="${right}" y="${bottom + 34}" text-anchor="end">${title}</text>`;
  return drawing(size, label, [grid, ...tickLabels, ...rows, titled]);
}

/** Powers of ten from below the least to above the most; the least is to have a bar. */
function powersAround(bars: readonly Bar[]): number[] {
  const least = Math.floor(Math.log10(Math.min(...bars.map(({ low }) => low))) - 0.1);
  const most = Math.max(least + 1, Math.ceil(Math.log10(Math.max(...bars.map(({ high }) => high)))));
  return Array.from({ length: most - least + 1 }, (_, i) => 10 ** (least + i));
}
