/** From the outputs of members to answers: the average, the temperature, original units and names. In float64. */
import type { ClassOutput, ModelDescription, NumberOutput } from '../description.ts';
import { type Graph, number, places } from './graph.ts';

type Average = ModelDescription['average'];

/** Outputs [row, output] of the ensemble from those of its members, as `ModelDescription` says. */
export function averageOutputs(
  graph: Graph,
  members: readonly { value: string; weight: number }[],
  average: Average,
  temperature: number,
): string {
  const outputs = members.map(({ value }) => graph.cast(value, 'double'));
  const mean = (values: readonly string[]) =>
    graph.apply(
      'Sum',
      values.map((value, m) => graph.apply('Mul', [value, number(members[m].weight)])),
    );
  const z = members.length === 1 ? outputs[0] : averages[average](graph, outputs, mean);
  return temperature === 1 ? z : graph.apply('Div', [z, number(temperature)]);
}

type Averager = (graph: Graph, outputs: readonly string[], mean: (values: readonly string[]) => string) => string;

const averages: Record<Average, Averager> = {
  values: (_, outputs, mean) => mean(outputs),
  softmax: (graph, outputs, mean) => graph.apply('Log', [mean(outputs.map((z) => softmax(graph, z)))]),
  /** From yes and no alike: a share near 1 has its digits in what is left. */
  logistic(graph, outputs, mean) {
    const log = (sign: 'yes' | 'no') => graph.apply('Log', [mean(outputs.map((z) => shareOf(graph, z, sign)))]);
    return graph.apply('Sub', [log('yes'), log('no')]);
  },
};

const softmax = (graph: Graph, z: string) => graph.apply('Softmax', [z], { axis: { int: 1 } });

function shareOf(graph: Graph, z: string, sign: 'yes' | 'no'): string {
  return graph.apply('Sigmoid', [sign === 'yes' ? z : graph.apply('Neg', [z])]);
}

/** What the graph gives for a target: values [row, 1], probabilities [row, class]. */
export type Answers = Partial<Record<AnswerKind, string>>;
export type AnswerKind = 'predicted' | 'low' | 'high' | 'probabilities';

/** In original units and names. @param outputs [row, output] of which number targets have one each */
export function answerTarget(graph: Graph, outputs: string, target: number, description: ModelDescription): Answers {
  const output = description.outputs[target];
  if (output.kind === 'classes') return answerClass(graph, outputs, output, description.average);
  return answerNumber(graph, graph.columns(outputs, [target], description.outputs.length), output);
}

function answerNumber(graph: Graph, output: string, target: NumberOutput): Answers {
  const { limits, half_width: half } = target;
  const z = limits ? graph.apply('Clip', [output, number(limits[0]), number(limits[1])]) : output;
  const predicted = inverseScale(graph, z, target);
  if (half === undefined) return { predicted };
  const low = inverseScale(graph, graph.apply('Sub', [z, number(half)]), target);
  const high = inverseScale(graph, graph.apply('Add', [z, number(half)]), target);
  return { predicted, low, high };
}

function inverseScale(graph: Graph, z: string, { offset, scale, log }: NumberOutput): string {
  const value = graph.apply('Add', [graph.apply('Mul', [z, number(scale)]), number(offset)]);
  return log ? graph.apply('Sub', [graph.apply('Exp', [value]), number(1)]) : value;
}

function answerClass(graph: Graph, z: string, { classes }: ClassOutput, average: Average): Answers {
  const single = classes.length === 2;
  const chosen = single ? isSecond(graph, z, average) : graph.apply('ArgMax', [z], { axis: { int: 1 } });
  const predicted = graph.apply('Gather', [{ type: 'string', values: classes }, chosen]);
  const shares = single ? sharesOfTwo(graph, z, average) : sharesOfMany(graph, z, classes.length, average);
  return { predicted, probabilities: graph.cast(shares, 'float') };
}

function isSecond(graph: Graph, z: string, average: Average): string {
  const second =
    average === 'values' ? graph.apply('GreaterOrEqual', [z, number(0.5)]) : graph.apply('Greater', [z, number(0)]);
  return graph.cast(second, 'int64');
}

function sharesOfTwo(graph: Graph, z: string, average: Average): string {
  if (average !== 'values') return graph.concat([shareOf(graph, z, 'no'), shareOf(graph, z, 'yes')]);
  const share = heldWithin(graph, z);
  return graph.concat([graph.apply('Sub', [number(1), share]), share]);
}

/** Shares that are no softmax are divided by their sum; where that is 0 every class is as likely. */
function sharesOfMany(graph: Graph, z: string, classes: number, average: Average): string {
  if (average === 'softmax') return softmax(graph, z);
  const shares = average === 'values' ? heldWithin(graph, z) : shareOf(graph, z, 'yes');
  const sum = graph.apply('ReduceSum', [shares, places([1])]);
  const any = graph.apply('Greater', [sum, number(0)]);
  return graph.apply('Where', [any, graph.apply('Div', [shares, sum]), number(1 / classes)]);
}

const heldWithin = (graph: Graph, z: string) => graph.apply('Clip', [z, number(0), number(1)]);
