/** Answers as plain values, one for each row. */
import type { Column } from '../data/table/table.ts';
import { textOf } from '../data/table/table.ts';
import type { ModelData } from '../model/model-data.ts';

/** A number in the units of the target. */
export interface NumberPrediction {
  /** In the units of the target. */
  value: number;
  /** Lower bound of its interval, where the model has intervals. */
  low?: number;
  /** Upper bound of its interval. */
  high?: number;
  class?: undefined;
  probabilities?: undefined;
  targets?: undefined;
}

/** A class, and how sure the model is. */
export interface ClassPrediction {
  /** The most probable one, by its name. */
  class: string;
  /** Of every class, by its name; they add up to 1. */
  probabilities: Record<string, number>;
  value?: undefined;
  low?: undefined;
  high?: undefined;
  targets?: undefined;
}

/** Of a model of several targets: each by its name. */
export interface TargetsPrediction {
  /** The answer of each target, by its name. */
  targets: Record<string, NumberPrediction>;
  value?: undefined;
  low?: undefined;
  high?: undefined;
  class?: undefined;
  probabilities?: undefined;
}

/** What a model answers for a row. */
export type Prediction = NumberPrediction | ClassPrediction | TargetsPrediction;

/** @param columns what `answerColumns` gives for so many rows */
export function plainPredictions(
  { preprocessing: { targets } }: Pick<ModelData, 'preprocessing'>,
  columns: readonly Column[],
  rows: number,
): Prediction[] {
  const [target] = targets;
  const numbers = (at: number): Float64Array => {
    const column = columns[at];
    return column?.kind === 'number' ? column.values : new Float64Array();
  };
  const each = <Answer>(answer: (row: number) => Answer) => Array.from({ length: rows }, (_, row) => answer(row));
  if (target.kind === 'classes') {
    const shares = target.classes.map((name, index) => [name, numbers(1 + index)] as const);
    return each((row) => ({
      class: textOf(columns[0], row),
      probabilities: Object.fromEntries(shares.map(([name, values]) => [name, values[row]])),
    }));
  }
  // A number alone, or with low and high behind it.
  const stride = columns.length / targets.length;
  const answers = targets.map(({ column }, index) => {
    const [values, low, high] = [0, 1, 2].map((offset) => numbers(index * stride + offset));
    return {
      column,
      at: (row: number): NumberPrediction =>
        stride === 1 ? { value: values[row] } : { value: values[row], low: low[row], high: high[row] },
    };
  });
  if (answers.length === 1) return each(answers[0].at);
  return each((row) => ({ targets: Object.fromEntries(answers.map(({ column, at }) => [column, at(row)])) }));
}
