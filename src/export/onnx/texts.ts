/** Categories, and yes and no, as features: each column by itself, since each has texts of its own. An empty text is a missing cell. */
import type { BooleanInput, CategoryInput, InputDescription } from '../description.ts';
import { type Graph, places } from './graph.ts';

export type TextInput = Extract<InputDescription, CategoryInput | BooleanInput>;

/** Features [row, feature] of cells [row, 1], as float. */
export function textFeatures(graph: Graph, input: TextInput, cells: string): string {
  return input.kind === 'category' ? encodeCategory(graph, input, cells) : encodeBoolean(graph, input, cells);
}

function encodeCategory(
  graph: Graph,
  { levels, missing, unknown, width }: TextInput & CategoryInput,
  cells: string,
): string {
  const placeOf = new Map([...levels.map((level, place) => [level, place] as const), ['', missing]]);
  const place = graph.apply(
    'LabelEncoder',
    [cells],
    {
      keys_strings: { strings: [...placeOf.keys()] },
      values_int64s: { ints: [...placeOf.values()] },
      default_int64: { int: unknown },
    },
    'ai.onnx.ml',
  );
  const all = places(Array.from({ length: width }, (_, feature) => feature));
  return graph.cast(graph.apply('Equal', [place, all]), 'float');
}

function encodeBoolean(graph: Graph, { truth, falsehood, missing }: BooleanInput, cells: string): string {
  return graph.apply(
    'LabelEncoder',
    [cells],
    {
      keys_strings: { strings: [truth, falsehood] },
      values_floats: { floats: [1, 0] },
      default_float: { float: missing },
    },
    'ai.onnx.ml',
  );
}
