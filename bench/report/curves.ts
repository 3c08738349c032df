/** Curves: what was measured, and beside it what the mathematics asks for. */
import { drawPlot, type Series, type Tone } from '../../src/html/charts/plot.ts';
import { twoWidths } from '../../src/html/charts/svg.ts';
import { html, type Part } from '../../src/html/escape.ts';
import { type Column, dataTable, type Numbering } from '../../src/html/figures.ts';
import { extent } from '../../src/util/extent.ts';
import { count, figure } from '../../src/util/format.ts';
import { type Entry, ours, speedOf, type WorkloadResult } from '../results.ts';
import { layersOf } from '../workloads.ts';

interface Line {
  name: string;
  ys: number[];
}

/** Of each contestant's variants that differ in threads alone, the quicker at each point. */
export function linesOf(points: readonly WorkloadResult[]): Line[] {
  const lines = new Map<string, number[]>();
  points.forEach(({ entries }, i) => {
    for (const entry of entries) {
      const name = lineOf(entry);
      const ys = lines.get(name) ?? points.map(() => Number.NaN);
      const speed = speedOf(entry);
      if (speed !== undefined) ys[i] = Math.max(speed, ys[i] || 0);
      lines.set(name, ys);
    }
  });
  return [...lines].map(([name, ys]) => ({ name, ys }));
}

const lineOf = ({ name }: Entry) =>
  name
    .replace(/, (\d+ )?threads?$/, '')
    .replace(`${ours} webgpu`, 'ours,')
    .replace(ours, 'ours,');

export function curveOf(points: readonly WorkloadResult[], { figure: drawn }: Numbering): Part {
  const [{ curve }] = points;
  if (!curve) return null;
  const xs = points.map((point) => point.curve?.value ?? 0);
  const lines = linesOf(points);
  const measured: Series[] = lines.map(({ name, ys }, i) => ({ name, ...styleOf(name, i), xs, ys }));
  const asked: Series[] = [
    { name: 'Mflop', tone: 'model', xs, ys: points.map(({ cost }) => cost.flops / 1e6) },
    { name: 'MB', tone: 'run-2', dash: '7 3', xs, ys: points.map(({ cost }) => cost.bytes / 1e6) },
    {
      name: 'dispatches',
      tone: 'run-3',
      dash: '2 3',
      xs,
      ys: points.map(({ problem }) => 3 * layersOf(problem).length - 1),
    },
  ];
  const plot = (series: Series[], title: string, label: string) =>
    twoWidths(series.length > 4 ? 360 : 220, (size) =>
      drawPlot(
        {
          label,
          x: { title: `${curve.axis}, logarithmic`, range: [xs[0], xs[xs.length - 1]], log: true },
          y: {
            title,
            range: extent(
              series.map(({ ys }) => ys),
              0.04,
              true,
            ),
            log: true,
          },
          series,
        },
        size,
      ),
    );
  const columns: Column[] = [
    { title: curve.axis, number: true },
    ...[...measured, ...asked].map(({ name }) => ({ title: name, number: true })),
  ];
  const rows = xs.map((value, i): Part[] => [
    count(value),
    ...[...measured, ...asked].map(({ ys }) => (Number.isFinite(ys[i]) ? figure(ys[i]) : '–')),
  ]);
  return drawn(
    html`${plot(measured, 'steps per second, logarithmic', `Speed over ${curve.axis}`)}${plot(asked, 'of one step, logarithmic', `What a step asks for, over ${curve.axis}`)}`,
    html`Above, what was measured; below, what a step asks for at least: multiplications and additions, memory that is read and written, and dispatches of the layered plan, 3 a layer less one. Otherwise ${points[0].description}.`,
    dataTable(columns, rows),
  );
}

/** Ours in the model's blue, told apart by dashes; each other in a colour of its own. */
function styleOf(name: string, index: number): { tone: Tone; dash?: string } {
  const mine = ['ours, resident', 'ours, layered', 'ours, auto'].indexOf(name);
  if (name.startsWith('ours')) return { tone: 'model', dash: ['7 3', '2 3', ''][mine] };
  return { tone: `run-${2 + (index % 5)}`, dash: ['14 4', '9 3 2 3', '4 2 1 2', '5 5', '1 4'][index % 5] };
}
