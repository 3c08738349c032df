/** The inputs of the graph, one for each column, and the features that are made of them. */
import type { InputDescription } from '../description.ts';
import type { Graph } from './graph.ts';
import { type FeatureBlock, numericFeatures } from './numbers.ts';
import { textFeatures } from './texts.ts';

/** An input of the graph: called like its column, unless that has no name or something else has it. */
export type GraphInput = InputDescription & { name: string };

const missing = 'NaN where missing';
const descriptions: Record<InputDescription['kind'], string> = {
  number: `number; ${missing}`,
  date: `days since 1970-01-01; ${missing}`,
  category: 'text; empty where missing',
  boolean: 'text; empty where missing',
};

export const isNumeric = (input: InputDescription) => input.kind === 'number' || input.kind === 'date';

export function addInputs(graph: Graph, inputs: readonly InputDescription[]): GraphInput[] {
  return inputs.map((input, index) => {
    const name = graph.unique(input.column || `column_${index + 1}`);
    const type = isNumeric(input) ? 'double' : 'string';
    graph.inputs.push({ name, type, shape: ['rows', 1], description: descriptions[input.kind] });
    return { ...input, name };
  });
}

/** Features [row, feature] as float, in the order of the model. */
export function encodeFeatures(graph: Graph, inputs: readonly GraphInput[]): string {
  const numeric = inputs.flatMap((input) => (input.kind === 'number' || input.kind === 'date' ? [input] : []));
  const blocks: FeatureBlock[] = [];
  if (numeric.length > 0) {
    const own = numericFeatures(graph, numeric, graph.concat(numeric.map(({ name }) => name)));
    const value = graph.cast(graph.concat(own.map((block) => block.value)), 'float');
    blocks.push({ value, places: own.flatMap((block) => block.places) });
  }
  for (const input of inputs) {
    if (input.kind !== 'category' && input.kind !== 'boolean') continue;
    const places = Array.from({ length: input.width }, (_, feature) => input.from + feature);
    blocks.push({ value: textFeatures(graph, input, input.name), places });
  }
  const places = blocks.flatMap((block) => block.places);
  const from = new Map(places.map((place, at) => [place, at]));
  const inOrder = places.map((_, place) => from.get(place) ?? 0);
  return graph.columns(graph.concat(blocks.map(({ value }) => value)), inOrder, places.length);
}
