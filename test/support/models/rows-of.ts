/** The rows of a table as objects, as other programs have them, and predictions of models and of exported files alike. */
import { isMissing, type Table } from '../../../src/data/table/table.ts';
import type { Model } from '../../../src/model/model.ts';

export type Row = Record<string, number | string | null>;

/** What exported files answer for a row and one target. */
export interface Answer {
  value?: number;
  low?: number;
  high?: number;
  class?: string;
  probabilities?: Record<string, number>;
}

export function rowsOf({ columns, rows }: Table): Row[] {
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(
      columns.map((column) => {
        if (isMissing(column, row)) return [column.name, null];
        return [column.name, column.kind === 'number' ? column.values[row] : column.levels[column.codes[row] - 1]];
      }),
    ),
  );
}

/** The answers of a model [row], by the name of the target [target]. */
export function answersOf(model: Model, table: Table): Record<string, Answer>[] {
  const columns = new Map(model.predict(table).map((column) => [column.name, column]));
  const at = (name: string, row: number): number | undefined => {
    const column = columns.get(name);
    return column?.kind === 'number' ? column.values[row] : undefined;
  };
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(
      model.preprocessing.targets.map((step) => {
        const { column } = step;
        if (step.kind === 'number') {
          const [value, low, high] = ['predicted', 'low', 'high'].map((what) => at(`${what}_${column}`, row));
          return [column, low === undefined ? { value } : { value, low, high }];
        }
        const chosen = columns.get(`predicted_${column}`);
        const name = chosen?.kind === 'text' ? chosen.levels[chosen.codes[row] - 1] : undefined;
        const shares = step.classes.map((one) => [one, at(`probability_${one}`, row)]);
        return [column, { class: name, probabilities: Object.fromEntries(shares) }];
      }),
    ),
  );
}

/**
 * The largest difference between answers: of numbers as a share of the largest (at least 1), of probabilities as it is. NaN where
 * answers have not the same parts. Classes count as the same where the probabilities of both are within `tie`.
 */
export function farthest(given: readonly Answer[], wanted: readonly Answer[], tie = 0): number {
  if (given.length !== wanted.length) return Number.NaN;
  const largest = Math.max(1, ...wanted.map(({ value }) => Math.abs(value ?? 0)));
  const distances = wanted.flatMap((own, row) => {
    const other = given[row];
    if (own.probabilities) {
      const shares = own.probabilities;
      const [mine, theirs] = [shares[own.class ?? ''], shares[other.class ?? '']];
      if (!(Math.abs(mine - theirs) <= tie)) return [Number.NaN];
      return Object.keys(shares).map((name) => Math.abs(shares[name] - (other.probabilities?.[name] ?? Number.NaN)));
    }
    const parts = ['value', 'low', 'high'] as const;
    if (parts.some((part) => (own[part] === undefined) !== (other[part] === undefined))) return [Number.NaN];
    return parts.map((part) => Math.abs((own[part] ?? 0) - (other[part] ?? 0)) / largest);
  });
  return Math.max(...distances);
}
