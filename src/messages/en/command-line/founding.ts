/** Why the founding report refuses a table, what it noticed in it, and what it says of its own figures. */
import { counted, count as whole } from '../../../util/thousands.ts';
import { conjunction, some } from '../../../util/words.ts';

const quoted = (text: string) => JSON.stringify(text);

/** What Adam and its parts have beside the learning rate. */
export const optimizerParts = {
  sgd: 'no momentum',
  momentum: 'sgd with momentum 0.9',
  rmsprop: 'alpha 0.99',
  adam: 'betas 0.9 and 0.999',
};

export const founding = {
  curve_rows: ({ source, count, fewest }: { source: string; count: number; fewest: number }) =>
    `${source}: has ${count} rows; the founding report needs at least ${fewest}, a fifth of which it holds back.`,
  curve_columns: ({ source, names }: { source: string; names: readonly string[] }) =>
    `${source}: the founding report fits y by x; give a table with columns x and y, or with just two columns of numbers (this one has ${some(names, 8)}).`,
  curve_text: ({ source, column, example }: { source: string; column: string; example?: string }) =>
    `${source}, column ${quoted(column)}: holds text where numbers are needed${example === undefined ? '' : ` (${quoted(example)} is none)`}.`,
  curve_columns_taken: ({ x, y }: { x: string; y: string }) =>
    `The table has no columns x and y: ${quoted(x)} is taken for x, ${quoted(y)} for y.`,
  timed_alone: ({ engines, repeats }: { engines: readonly string[]; repeats: number }) =>
    `One network of each cell was trained alone on ${conjunction(engines)} before the experiment, ${counted(repeats, 'round')} of the cells in turns, each for at least 20 ms; a cell's time is the median of a step times the steps it took, without validation.`,
  parameters_counted: ({ count, biases, total }: { count: number; biases: number; total: number }) =>
    `${whole(count)} weights and biases; with the ${whole(biases)} biases counted twice they are the ${whole(total)} of the published report.`,
  published_rule: ({ adapter }: { adapter: string }) =>
    `Averages before products, bias rows shifted and one error for a layer, as published; everything else as in the experiment, on ${adapter}.`,
};
