/**
 * Numbers and dates as features. They are encoded together, [row, column], so that a graph has as many operations for a hundred
 * columns as for one. In float64, like `data/prepare/numeric.ts`, which has the formulas: small differences of large numbers
 * keep their digits.
 */
import type { NumericEncoding } from '../../data/prepare/dataset.ts';
import { numericWidth, robustLimit } from '../../data/prepare/numeric.ts';
import type { DateInput, InputDescription, NumberInput } from '../description.ts';
import { cosine, type Graph, number, numbers } from './graph.ts';
import { encodeQuantiles } from './quantiles.ts';

export type NumericInput = Extract<InputDescription, NumberInput | DateInput>;

/** Features [row, feature], and the place of each among those of the model. */
export interface FeatureBlock {
  value: string;
  places: number[];
}

/** @param cells the inputs side by side, [row, input]: double, NaN where missing */
export function numericFeatures(graph: Graph, inputs: readonly NumericInput[], cells: string): FeatureBlock[] {
  // NaN alone differs from itself; `IsNaN` of a double came to ONNX Runtime with 1.13.
  const absent = graph.apply('Not', [graph.apply('Equal', [cells, cells])]);
  const filled = graph.apply('Where', [absent, numbers(inputs.map(({ missing }) => missing)), cells]);
  const blocks = [
    encodeKind(graph, 'scale', inputs, filled),
    encodeKind(graph, 'robust', inputs, filled),
    encodeKind(graph, 'quantile', inputs, filled),
    encodeKind(graph, 'piecewise_linear', inputs, filled),
    indicators(graph, inputs, absent),
    ...turnFeatures(graph, inputs, filled),
  ];
  return blocks.filter(({ places }) => places.length > 0);
}

type Kind = NumericEncoding['kind'];
type EncodingOf<Own extends Kind> = Extract<NumericEncoding, { kind: Own }>;

/** Features [row, feature] of numbers [row, column]. */
const encoders: {
  [Own in Kind]: (graph: Graph, columns: string, encodings: readonly EncodingOf<Own>[]) => string;
} = {
  scale: standardize,
  robust: (graph, columns, encodings) => squash(graph, standardize(graph, columns, encodings)),
  quantile: (graph, columns, encodings) =>
    encodeQuantiles(
      graph,
      columns,
      encodings.map(({ quantiles }) => quantiles),
    ),
  piecewise_linear: (graph, columns, encodings) =>
    encodePieces(
      graph,
      columns,
      encodings.map(({ edges }) => edges),
    ),
};

function encodeKind<Own extends Kind>(
  graph: Graph,
  kind: Own,
  inputs: readonly NumericInput[],
  filled: string,
): FeatureBlock {
  const own = inputs.filter(({ encoding }) => encoding.kind === kind);
  if (own.length === 0) return { value: '', places: [] };
  const encodings = own.map(({ encoding }) => encoding as EncodingOf<Own>);
  const value = graph.within(kind, () => encoders[kind](graph, pick(graph, filled, inputs, own), encodings));
  return { value, places: own.flatMap(({ from, encoding }) => run(from, numericWidth(encoding))) };
}

/** The columns of `own` inputs among those of all. */
function pick(graph: Graph, value: string, inputs: readonly NumericInput[], own: readonly NumericInput[]): string {
  return graph.columns(
    value,
    own.map((input) => inputs.indexOf(input)),
    inputs.length,
  );
}

function standardize(graph: Graph, columns: string, scales: readonly { offset: number; scale: number }[]): string {
  const centred = graph.apply('Sub', [columns, numbers(scales.map(({ offset }) => offset))]);
  return graph.apply('Div', [centred, numbers(scales.map(({ scale }) => scale))]);
}

/** z / sqrt(1 + (z / 3)^2), of z that a square does not carry beyond float64. */
function squash(graph: Graph, z: string): string {
  const limit = 1e150;
  const within = graph.apply('Clip', [z, number(-limit), number(limit)]);
  const third = graph.apply('Div', [within, number(robustLimit)]);
  const square = graph.apply('Mul', [third, third]);
  return graph.apply('Div', [within, graph.apply('Sqrt', [graph.apply('Add', [square, number(1)])])]);
}

/** How far through each piece a number is, from -0.5 before it to 0.5 after it. */
function encodePieces(graph: Graph, columns: string, edges: readonly number[][]): string {
  const pieces = edges.flatMap((own, column) =>
    own.slice(1).map((end, piece) => ({ column, start: own[piece], width: end - own[piece] })),
  );
  const spread = graph.columns(
    columns,
    pieces.map(({ column }) => column),
    edges.length,
  );
  const passed = graph.apply('Sub', [spread, numbers(pieces.map(({ start }) => start))]);
  const through = graph.apply('Div', [passed, numbers(pieces.map(({ width }) => width))]);
  return graph.apply('Sub', [graph.apply('Clip', [through, number(0), number(1)]), number(0.5)]);
}

/** 1 where the number was missing. */
function indicators(graph: Graph, inputs: readonly NumericInput[], absent: string): FeatureBlock {
  const own = inputs.filter(({ indicator }) => indicator);
  if (own.length === 0) return { value: '', places: [] };
  return {
    value: graph.cast(pick(graph, absent, inputs, own), 'double'),
    places: own.map(({ from, encoding }) => from + numericWidth(encoding)),
  };
}

/** Sine and cosine of every turn of every date. */
function turnFeatures(graph: Graph, inputs: readonly NumericInput[], filled: string): FeatureBlock[] {
  const all = inputs.flatMap((input, column) => {
    if (input.kind !== 'date') return [];
    const first = input.from + input.width - 2 * input.turns.length;
    return input.turns.map((days, turn) => ({ column, days, place: first + 2 * turn }));
  });
  if (all.length === 0) return [];
  return graph.within('turns', () => {
    const dates = graph.columns(
      filled,
      all.map(({ column }) => column),
      inputs.length,
    );
    const days = numbers(all.map((turn) => turn.days));
    const rest = graph.apply('Mod', [dates, days], { fmod: { int: 1 } });
    const angle = graph.apply('Div', [graph.apply('Mul', [rest, number(2 * Math.PI)]), days]);
    return [
      { value: graph.apply('Sin', [angle]), places: all.map(({ place }) => place) },
      { value: cosine(graph, angle), places: all.map(({ place }) => place + 1) },
    ];
  });
}

const run = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
