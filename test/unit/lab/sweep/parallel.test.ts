/** Parallel coordinates: where lines cross the axes, which values are marked, which line is meant. */
import { expect, it } from 'vitest';
import { type NamedSetting, parallelOf } from '../../../../src/lab/sweep/parallel.ts';
import { drawParallel } from '../../../../src/lab/sweep/parallel-drawing.ts';
import type { LeaderboardEntry } from '../../../../src/sweep/results/types.ts';
import type { Spread } from '../../../../src/util/statistics/statistics.ts';
import { stillSurface } from '../../../support/lab/still-pen.ts';

const rate: NamedSetting = { path: 'rate', title: 'Learning rate', log: true };
const kind: NamedSetting = { path: 'kind', title: 'Optimizer', log: false };
const batch: NamedSetting = { path: 'batch', title: 'Batch size', log: false };

type Combination = [settings: Record<string, unknown>, mean: number];

/** Combinations from the best to the worst, numbered in the order of their rates. */
function parallelFor(combinations: Combination[], settings: NamedSetting[], large = false) {
  const cells = combinations.map(([own]) => own);
  const leaders = combinations.map(([own, mean], cell): LeaderboardEntry => {
    const spread: Spread = { n: 1, mean, sd: Number.NaN, low: mean, high: mean, interval: 'none' };
    const metrics = { train: {}, validation: { rmse: spread }, test: {} };
    return { cell, settings: own, n: 1, diverged: 0, halved: 0, metrics, versus_best: null };
  });
  const metric = { title: 'RMSE', of: ({ metrics }: LeaderboardEntry) => metrics.validation.rmse };
  return parallelOf({ cells, deciding: { name: 'rmse', large } }, leaders, settings, metric);
}

const three: Combination[] = [
  [{ rate: 0.01, kind: 'adam' }, 1],
  [{ rate: 0.1, kind: 'sgd' }, 2],
  [{ rate: 0.001, kind: 'lion' }, 5],
];

/** 400 by 242 has axes from 30 to 230. */
const drawnOf = (parallel: ReturnType<typeof parallelFor>, selected?: number) => {
  const surface = stillSurface(400, 242);
  const { frame, readings } = drawParallel(surface, parallel, selected);
  if (!readings) throw new Error('nothing can be read');
  const svg = surface.context.document(400, 242, '#ffffff', 'parallel');
  return { frame, readings, svg };
};

it('a line crosses log, name and metric axes where its values lie', () => {
  const { frame, readings } = drawnOf(parallelFor(three, [rate, kind]));
  expect([frame.y.from, frame.y.to]).toEqual([230, 30]);
  const heights = [0, 1, 2].map((line) => readings.read(line).marks.map(({ y }) => Math.round(y)));
  // The metric first, then the names, of which the first is uppermost, then the rates.
  expect(heights).toEqual([
    [230, 30, 130],
    [180, 130, 30],
    [30, 230, 230],
  ]);
  const xs = readings.read(0).marks.map(({ x }) => x);
  expect(xs[0]).toBe(frame.x.to);
  expect(xs[2]).toBe(frame.x.from);
  expect(xs[1]).toBe((xs[0] + xs[2]) / 2);
});

it('few values are marked themselves, and those that would lie on each other are left out', () => {
  const sizes = [8, 16, 512].map((size, index): Combination => [{ batch: size, kind: `k${index}` }, index]);
  const { svg } = drawnOf(parallelFor(sizes, [batch, kind]));
  expect(svg).toContain('>8</text>');
  expect(svg).not.toContain('>16</text>');
  expect(svg).toContain('>512</text>');
  const many = Array.from({ length: 30 }, (_, index): Combination => [{ batch: 1 + 3.3 * index }, index + 1]);
  const axis = parallelFor(many, [batch]).axes[0];
  expect(axis.ticks).toBeUndefined();
});

it('names of axes that are closer than they are long stand in two rows, and are whole', () => {
  const settings = ['One of the settings', 'Another setting', 'The third setting'].map((title) => ({
    ...batch,
    title,
  }));
  const two: Combination[] = [
    [{ batch: 1 }, 1],
    [{ batch: 2 }, 2],
  ];
  const { frame, svg } = drawnOf(parallelFor(two, settings));
  expect(frame.y.to).toBe(46);
  expect(frame.short).toEqual([]);
  const rows = settings.map(({ title }) => svg.match(`y="(\\d+)"[^>]*>${title}<`)?.[1]);
  expect(rows).toEqual(['12', '28', '12']);
});

it('in little room names are shortened, numbers are not', () => {
  const long: Combination[] = [
    [{ rate: 0.00012, kind: 'leaky_relu' }, 1],
    [{ rate: 0.00034, kind: 'softplus' }, 2],
  ];
  const surface = stillSurface(160, 242);
  const { frame } = drawParallel(surface, parallelFor(long, [rate, kind]), undefined);
  const svg = surface.context.document(160, 242, '#ffffff', 'parallel');
  expect(svg).toContain('>0.00012</text>');
  expect(frame.short.map(({ whole }) => whole)).toEqual(expect.arrayContaining(['leaky_relu', 'softplus']));
  expect(svg).not.toContain('>leaky_relu</text>');
});

it('a log setting that may be 0 has evenly spaced values, which rise', () => {
  const off = [0.01, 0, 0.1].map((value, index): Combination => [{ rate: value }, index + 1]);
  const [axis] = parallelFor(off, [rate]).axes;
  expect(axis).toMatchObject({ low: 0, high: 2, log: false, values: [1, 0, 2] });
  expect(axis.ticks?.map(({ label }) => label)).toEqual(['0', '0.01', '0.1']);
});

it('a combination that went wrong does not press the others together', () => {
  const wrong: Combination[] = [...three, [{ rate: 0.003, kind: 'sgd' }, 1000]];
  expect(parallelFor(wrong, [rate, kind]).axes[2].log).toBe(true);
  expect(parallelFor(three, [rate, kind]).axes[2].log).toBe(false);
});

it('what has no score is left out and counted', () => {
  const missing: Combination[] = [...three, [{ rate: 0.5, kind: 'sgd' }, Number.NaN]];
  const parallel = parallelFor(missing, [rate, kind]);
  expect(parallel.left).toBe(1);
  expect(parallel.cells).toEqual([0, 1, 2]);
  // It was tried all the same.
  expect(parallel.axes[0].high).toBe(0.5);
});

it('the best has the last colour, be the metric large or small', () => {
  expect(parallelFor(three, [rate, kind]).shares).toEqual([1, 0.75, 0]);
  expect(parallelFor([...three].reverse(), [rate, kind], true).shares).toEqual([1, 0.25, 0]);
});

it('of lines on each other the best is drawn last, and is meant', () => {
  const ties: Combination[] = [
    [{ rate: 0.1, kind: 'sgd' }, 1],
    [{ rate: 0.1, kind: 'sgd' }, 1],
    [{ rate: 0.01, kind: 'adam' }, 3],
  ];
  const { frame, readings, svg } = drawnOf(parallelFor(ties, [rate, kind]));
  expect(readings.at(frame.x.from, 30)).toBe(0);
  expect(readings.at(frame.x.from, 228)).toBe(2);
  expect(readings.at(frame.x.from, 130)).toBeUndefined();
  expect(readings.find?.(1)).toBe(1);
  expect(readings.read(1).behind?.()).toEqual([1]);
  const best = svg.lastIndexOf('stroke="rgb(85 85 85 / 1)"');
  expect(best).toBeGreaterThan(svg.lastIndexOf('stroke="rgb(17 17 17 / 1)"'));
});

it('what is selected lies on top of all', () => {
  const { svg } = drawnOf(parallelFor(three, [rate, kind]), 2);
  const worst = svg.lastIndexOf('stroke="rgb(17 17 17 / 1)"');
  expect(worst).toBeGreaterThan(svg.lastIndexOf('stroke="rgb(85 85 85 / 1)"'));
});
