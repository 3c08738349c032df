/** Why the founding report refuses a table, and what it noticed in it. */
import { some } from '../../../util/words.ts';

const quoted = (text: string) => JSON.stringify(text);

export const founding = {
  curve_rows: ({ source, count, fewest }: { source: string; count: number; fewest: number }) =>
    `${source}: has ${count} rows; the founding report needs at least ${fewest}, a fifth of which it holds back.`,
  curve_columns: ({ source, names }: { source: string; names: readonly string[] }) =>
    `${source}: the founding report fits y by x; give a table with columns x and y, or with just two columns of numbers (this one has ${some(names, 8)}).`,
  curve_text: ({ source, column, example }: { source: string; column: string; example?: string }) =>
    `${source}, column ${quoted(column)}: holds text where numbers are needed${example === undefined ? '' : ` (${quoted(example)} is none)`}.`,
  curve_columns_taken: ({ x, y }: { x: string; y: string }) =>
    `The table has no columns x and y: ${quoted(x)} is taken for x, ${quoted(y)} for y.`,
};
