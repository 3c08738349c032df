/** The picture of `docs/benchmarks.md`: of each library its quickest variant, workload by workload, as bars on a logarithmic axis. */
import { drawing, fitted, rounded } from '../src/html/charts/svg.ts';
import { html, type Markup } from '../src/html/escape.ts';
import { pageOf, section } from '../src/html/page.ts';
import { figure } from '../src/util/format.ts';
import { ours, partsOf, type Results, speedOf } from './results.ts';

interface Bar {
  name: string;
  lib: string;
  value: number;
  low: number;
  high: number;
}

/** A page of which `#overview .pair` is the picture. */
export function pictureOf(results: Results): string {
  const charts = partsOf(results).alone.flatMap(({ problem, description, entries }) => {
    const bars = new Map<string, Bar>();
    const timed = entries.flatMap((entry): Bar[] => {
      const { name, lib, steps_per_second: all = [] } = entry;
      const value = speedOf(entry);
      return value === undefined ? [] : [{ name, lib, value, low: Math.min(...all), high: Math.max(...all) }];
    });
    for (const bar of timed.toSorted((a, b) => b.value - a.value)) if (!bars.has(bar.lib)) bars.set(bar.lib, bar);
    if (bars.size === 0) return [];
    const chart = barChart([...bars.values()], problem.name);
    return [html`<div><p><b>${problem.name}</b><br><span class="light small">${description}</span></p>${chart}</div>`];
  });
  return pageOf({
    title: 'How quickly it trains, beside others',
    subtitle: [results.date.slice(0, 10), results.browser],
    version: results.versions[ours] ?? '',
    body: [section('overview', 'At a glance', html`<div class="pair">${charts}</div>`)],
  });
}

function barChart(bars: readonly Bar[], workload: string): Markup {
  const width = 352;
  const pitch = 36;
  const right = width - 64;
  const bottom = bars.length * pitch;
  const powers = powersAround(bars);
  const [first, last] = [Math.log10(powers[0]), Math.log10(powers[powers.length - 1])];
  const x = (value: number) => rounded(((Math.log10(value) - first) / (last - first)) * right);
  const every = Math.ceil(powers.length / 5);
  const ticks = powers.filter((_, i) => i % every === 0);
  const grid = html`<g class="grid">${ticks.map((power) => html`<path d="M${x(power)} 0V${bottom}"/>`)}</g>`;
  const tickLabels = ticks.map(
    (power) =>
      html`<text x="${x(power)}" y="${bottom + 16}" text-anchor="${x(power) < 12 ? 'start' : 'middle'}">${figure(power, 1)}</text>`,
  );
  const rows = bars.map(({ name, lib, value, low, high }, i) => {
    const top = i * pitch + 17;
    const middle = top + 8;
    const isOurs = lib === ours;
    return html`<text x="0" y="${top - 4}" class="${isOurs ? 'title' : ''}">${fitted(name, width)}</text>
<rect class="mean ${isOurs ? 't-model' : 't-faint'}" x="0" y="${top}" width="${Math.max(1, x(value))}" height="12"/>
${high > low && html`<path class="line thin t-ink" d="M${x(low)} ${middle}H${x(high)}"/>`}<text class="halo" x="${Math.max(x(value), x(high)) + 6}" y="${middle + 4}">${figure(value)}</text>`;
  });
  const title = html`<text class="title" x="${right}" y="${bottom + 34}" text-anchor="end">steps per second, logarithmic</text>`;
  const label = `${workload}: ${bars.map(({ name, value }) => `${name} ${figure(value)}`).join(', ')}`;
  return drawing({ width, height: bottom + 40 }, label, [grid, ...tickLabels, ...rows, title]);
}

/** Powers of ten from below the least to above the most; the least is to have a bar. */
function powersAround(bars: readonly Bar[]): number[] {
  const least = Math.floor(Math.log10(Math.min(...bars.map(({ low }) => low))) - 0.1);
  const most = Math.max(least + 1, Math.ceil(Math.log10(Math.max(...bars.map(({ high }) => high)))));
  return Array.from({ length: most - least + 1 }, (_, i) => 10 ** (least + i));
}
