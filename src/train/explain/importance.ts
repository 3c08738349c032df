/**
 * Permutation importance (Breiman 2001): how much worse a model does when what one column says is shuffled among the rows.
 */
import { inverseScale, predictedNumber } from '../../data/prepare/preprocessing.ts';
import { gatherRows } from '../../engine/reference/evaluation.ts';
import { training } from '../../messages/en/training/training.ts';
import { chosenClass, givenClass } from '../../spec/answers.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { shuffled, shuffleKey, streams } from '../../util/random.ts';
import { meanSd } from '../../util/statistics/statistics.ts';
import { columnPlaces, type Question, type RowSet, sampleRows } from './question.ts';

/** How important each column is, by shuffling it. */
export interface Importance {
  /** Which rows. */
  set: RowSet;
  /** How many were used. */
  rows: number;
  /** How often each column was shuffled. */
  repeats: number;
  /** What gets worse: root mean squared error in the target's units, or the share of rows that are right. */
  metric: 'rmse' | 'accuracy';
  /** Of the columns as they are. */
  baseline: number;
  /** The most important first. */
  columns: ColumnImportance[];
}

/** How important a column is. */
export interface ColumnImportance {
  /** Its name. */
  column: string;
  /** How much worse the metric is, over the repeats; about 0 means that it is not used. */
  mean: number;
  /** Standard deviation over the repeats. */
  sd: number;
}

/** @throws InputError where there are too few rows to shuffle */
export async function permutationImportance(question: Question, repeats = 5, seed = 1): Promise<Importance> {
  const { data, predict, progress, signal } = question;
  const { set, rows, features } = sampleRows(data);
  if (rows.length < 2) throw new InputError(message(training, 'importance_rows', { count: rows.length }));
  const score = scorer(question, rows);
  const places = columnPlaces(data.preprocessing);
  const size = features.length;
  // The columns as they are go along with each shuffle: the model may be training meanwhile.
  const both = new Float32Array(2 * size);
  const columns: ColumnImportance[] = [];
  const baselines: number[] = [];
  for (const [index, { step, first, width }] of places.entries()) {
    const losses: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      signal?.throwIfAborted();
      both.set(features);
      both.set(features, size);
      const key = shuffleKey(seed, index * repeats + repeat, streams.importance);
      for (let row = 0; row < rows.length; row++) {
        const from = shuffled(row, rows.length, key) * data.columns + first;
        both.set(features.subarray(from, from + width), size + row * data.columns + first);
      }
      const outputs = await predict(both, 2 * rows.length);
      const half = outputs.length / 2;
      const [own, mixed] = [score.of(outputs.subarray(0, half)), score.of(outputs.subarray(half))];
      baselines.push(own);
      losses.push(score.metric === 'rmse' ? mixed - own : own - mixed);
      progress?.((index * repeats + repeat + 1) / (places.length * repeats));
    }
    columns.push({ column: step.column, ...meanSd(losses) });
  }
  columns.sort((a, b) => b.mean - a.mean);
  return { set, rows: rows.length, repeats, metric: score.metric, baseline: meanSd(baselines).mean, columns };
}

function scorer({ data, loss }: Question, rows: Uint32Array) {
  const [step] = data.preprocessing.targets;
  const width = data.outputs;
  const targets = gatherRows(data.targets, width, rows);
  if (step.kind === 'number') {
    const of = (outputs: Float32Array) => {
      let squares = 0;
      for (let at = 0; at < outputs.length; at += width) {
        squares += (predictedNumber(step, outputs[at]) - inverseScale(step, targets[at])) ** 2;
      }
      return Math.sqrt(squares / rows.length);
    };
    return { metric: 'rmse' as const, of };
  }
  const of = (outputs: Float32Array) => {
    let right = 0;
    for (let at = 0; at < outputs.length; at += width) {
      if (chosenClass(outputs, at, width, loss) === givenClass(targets, at, width)) right += 1;
    }
    return right / rows.length;
  };
  return { metric: 'accuracy' as const, of };
}
