/** What a program needs to know of a model's inputs and outputs, as texts and JSON in the metadata of the file. */
import type { InputDescription, ModelDescription } from '../description.ts';
import type { GraphInput } from './inputs.ts';
import type { GraphOutput } from './outputs.ts';

export function metadataOf(
  { task, outputs: targets }: ModelDescription,
  inputs: readonly GraphInput[],
  outputs: readonly GraphOutput[],
): Record<string, string> {
  const [first] = targets;
  return {
    task,
    inputs: JSON.stringify(inputs.map((input) => ({ name: input.name, column: input.column, ...cellsOf(input) }))),
    outputs: JSON.stringify(
      outputs.map(({ name, gives, target }) => {
        const { column, ...others } = targets[target];
        const { unit, level } = { unit: undefined, level: undefined, ...others };
        const interval = gives === 'low' || gives === 'high';
        return { name, gives, column, ...(unit ? { unit } : {}), ...(interval ? { level } : {}) };
      }),
    ),
    ...(first.kind === 'classes' ? { classes: JSON.stringify(first.classes) } : {}),
  };
}

/** The kind of an input, and the texts that it knows. */
function cellsOf(input: InputDescription): { kind: InputDescription['kind']; levels?: readonly string[] } {
  const { kind } = input;
  if (kind === 'category') return { kind, levels: input.levels };
  if (kind === 'boolean') return { kind, levels: [input.truth, input.falsehood] };
  return { kind };
}

/** In a sentence. */
export function summaryOf({ inputs, outputs, members }: ModelDescription): string {
  const targets = outputs.map(({ column }) => column).join(', ');
  const networks = members.length === 1 ? 'one network' : `${members.length} networks`;
  const columns = inputs.length === 1 ? 'one column' : `${inputs.length} columns`;
  return `Predicts ${targets} from ${columns}, by ${networks}.`;
}
