/** The outputs of the graph. */
import type { ModelDescription, OutputDescription } from '../description.ts';
import { type AnswerKind, answerTarget } from './answers.ts';
import type { Graph } from './graph.ts';
import type { ValueInfo } from './proto.ts';

export interface GraphOutput {
  /** `predicted_<target>`, `low_<target>`, `high_<target>` or `probabilities`, unless a column is called that. */
  name: string;
  gives: AnswerKind;
  /** The number of its target. */
  target: number;
}

export function nameOutputs(graph: Graph, targets: readonly OutputDescription[]): GraphOutput[] {
  return targets.flatMap((output, target) => {
    const named = (gives: AnswerKind, name = `${gives}_${output.column}`) => ({
      name: graph.unique(name),
      gives,
      target,
    });
    if (output.kind === 'classes') return [named('predicted'), named('probabilities', 'probabilities')];
    if (output.half_width === undefined) return [named('predicted')];
    return [named('predicted'), named('low'), named('high')];
  });
}

/** @param z outputs of the ensemble [row, output] */
export function addAnswers(
  graph: Graph,
  description: ModelDescription,
  outputs: readonly GraphOutput[],
  z: string,
): void {
  const answers = description.outputs.map((_, target) => answerTarget(graph, z, target, description));
  for (const { name, gives, target } of outputs) {
    const value = answers[target][gives];
    if (value === undefined) throw new Error(`${gives} of ${description.outputs[target].kind}`);
    graph.output(value, { name, ...formOf(description.outputs[target], gives) });
  }
}

function formOf(output: OutputDescription, gives: AnswerKind): Omit<ValueInfo, 'name'> {
  if (output.kind === 'number') {
    const { before = '', after = '' } = output.unit ?? {};
    const unit = `${before}${after}`.trim();
    return { type: 'double', shape: ['rows', 1], description: unit && `in ${unit}` };
  }
  if (gives === 'predicted')
    return { type: 'string', shape: ['rows', 1], description: 'name of the most likely class' };
  const description = `of the classes ${JSON.stringify(output.classes)}`;
  return { type: 'float', shape: ['rows', output.classes.length], description };
}
