/**
 * Numbers as the normal quantiles of their ranks in training: `shareBelow` in `data/prepare/numeric.ts`, then `normalQuantile` in
 * `util/statistics/normal.ts`, for several columns at a time.
 */
import { normalLimit } from '../../data/prepare/numeric.ts';
import { type Polynomial, quantileRatios } from '../../util/statistics/normal.ts';
import { type Graph, number, numbers, places, type Value } from './graph.ts';

/** @param columns [row, column] @param quantiles of each column, rising */
export function encodeQuantiles(graph: Graph, columns: string, quantiles: readonly number[][]): string {
  const shares = sharesBelow(graph, columns, quantiles.map(rankValues));
  const normal = normalQuantiles(graph, shares);
  return graph.apply('Clip', [normal, number(-normalLimit), number(normalLimit)]);
}

/** A value that quantiles have, and the first and the last of these as shares of all. */
interface Rank {
  value: number;
  first: number;
  last: number;
}

function rankValues(quantiles: readonly number[]): Rank[] {
  const ranks: Rank[] = [];
  for (const [index, value] of quantiles.entries()) {
    const share = index / (quantiles.length - 1);
    const known = ranks.at(-1);
    if (known?.value === value) known.last = share;
    else ranks.push({ value, first: share, last: share });
  }
  return ranks;
}

/**
 * For a number v with n of a column's values below it: the middle of the ranks of value n where that is v, and between two values
 * a straight line. n is found by halving, in tables that hold the columns one after another, each filled up to a power of two.
 */
function sharesBelow(graph: Graph, columns: string, ranks: readonly Rank[][]): string {
  const steps = Math.ceil(Math.log2(Math.max(...ranks.map((own) => own.length)) + 1));
  const size = 2 ** steps;
  const table = (entry: (own: readonly Rank[], below: number) => number) =>
    graph.constant(numbers(ranks.flatMap((own) => Array.from({ length: size }, (_, below) => entry(own, below)))));
  const values = table((own, below) => own[below]?.value ?? Number.POSITIVE_INFINITY);

  let below: Value = places(ranks.map((_, column) => size * column));
  for (let step = size / 2; step >= 1; step /= 2) {
    const next: string = graph.apply('Add', [below, places([step])]);
    const last = graph.apply('Gather', [values, graph.apply('Sub', [next, places([1])])]);
    below = graph.apply('Where', [graph.apply('Less', [last, columns]), next, below]);
  }

  const entry = (of: (own: readonly Rank[], below: number) => number) => graph.apply('Gather', [table(of), below]);
  const start = entry((own, n) => (n === 0 ? 0 : (own[n - 1]?.value ?? 0)));
  const share = entry((own, n) => (n === 0 ? 0 : (own[n - 1]?.last ?? 0)));
  const slope = entry((own, n) => (n === 0 || n >= own.length ? 0 : slopeBetween(own[n - 1], own[n])));
  const between = graph.apply('Add', [share, graph.apply('Mul', [graph.apply('Sub', [columns, start]), slope])]);
  const tie = entry((own, n) => (n >= own.length ? 0 : (own[n].first + own[n].last) / 2));
  const same = graph.apply('Equal', [graph.apply('Gather', [values, below]), columns]);
  return graph.apply('Where', [same, tie, between]);
}

const slopeBetween = (from: Rank, to: Rank) => (to.first - from.last) / (to.value - from.value);

/** Algorithm AS 241 (Wichura 1988), without what lies beyond 6 standard deviations. */
function normalQuantiles(graph: Graph, shares: string): string {
  const fromMiddle = graph.apply('Sub', [shares, number(0.5)]);
  const square = graph.apply('Mul', [fromMiddle, fromMiddle]);
  const nearMiddle = ratio(graph, graph.apply('Sub', [number(0.180625), square]), quantileRatios.central);
  const central = graph.apply('Mul', [fromMiddle, nearMiddle]);

  const outer = graph.apply('Min', [shares, graph.apply('Sub', [number(1), shares])]);
  const logarithm = graph.apply('Log', [graph.apply('Max', [outer, number(1e-9)])]);
  const depth = graph.apply('Sqrt', [graph.apply('Neg', [logarithm])]);
  const distance = ratio(graph, graph.apply('Sub', [depth, number(1.6)]), quantileRatios.middle);
  const outside = graph.apply('Mul', [graph.apply('Sign', [fromMiddle]), distance]);

  const isCentral = graph.apply('LessOrEqual', [graph.apply('Abs', [fromMiddle]), number(0.425)]);
  return graph.apply('Where', [isCentral, central, outside]);
}

/** Two polynomials of x [row, column], the first divided by the second. */
function ratio(graph: Graph, x: string, [above, below]: readonly [Polynomial, Polynomial]): string {
  const exponents = numbers(above.map((_, exponent) => exponent));
  const powers = graph.apply('Pow', [graph.apply('Unsqueeze', [x, places([2])]), exponents]);
  const coefficients = above.flatMap((coefficient, exponent) => [coefficient, below[exponent]]);
  const sums = graph.apply('MatMul', [powers, { type: 'double', values: coefficients, shape: [above.length, 2] }]);
  const sum = (which: number) =>
    graph.apply('Gather', [sums, { type: 'int64', values: [which], shape: [] }], { axis: { int: 2 } });
  return graph.apply('Div', [sum(0), sum(1)]);
}
