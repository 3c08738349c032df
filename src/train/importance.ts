/**
 * What a model leans on and how, asked of it from outside: permutation importance (Breiman 2001; how much worse it does
 * when one column is shuffled) and partial dependence (Friedman 2001; its mean answer when one column is set to a value
 * in every row). Both only need predictions, so any engine will do; one question after the other, so that they can be
 * cancelled and their progress shown.
 */

import type { DataSet, FeatureStep } from '../data/prepare/dataset.ts';
import { cycleFeatures, featureNames } from '../data/prepare/encode.ts';
import { decodeValue, encodeValue } from '../data/prepare/numeric.ts';
import { inverseScale, predictedNumber } from '../data/prepare/preprocessing.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';
import { training } from '../messages/en/training.ts';
import { chosenClass, givenClass, probabilitiesOf } from '../spec/answers.ts';
import type { LossName } from '../spec/settings.ts';
import { subsample } from '../util/arrays.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { quantile } from '../util/order-statistics.ts';
import { shuffled, shuffleKey, streams } from '../util/random.ts';
import { meanSd } from '../util/statistics.ts';

/** Scaled features [row, column] -> outputs [row, output]. */
export type Predict = (features: Float32Array, rows: number) => Promise<Float32Array>;

export interface Question {
  data: DataSet;
  loss: LossName;
  predict: Predict;
  /** Called with the share that is done. */
  progress?: (share: number) => void;
  /** Ends the work between two predictions, with the signal's reason thrown. */
  signal?: AbortSignal;
}

export interface Importance {
  set: 'validation' | 'train';
  rows: number;
  repeats: number;
  /** What gets worse: root mean squared error in the target's units, or the share of rows that are right. */
  metric: 'rmse' | 'accuracy';
  /** Of the columns as they are. */
  baseline: number;
  /** The most important first. */
  columns: ColumnImportance[];
}

export interface ColumnImportance {
  column: string;
  /** How much worse the metric is, mean and standard deviation over the repeats; about 0 means that it is not used. */
  mean: number;
  sd: number;
}

/** Which answers are followed: a single number, or the probability of each class (of two classes the second). */
export interface Dependence {
  column: string;
  set: 'validation' | 'train';
  rows: number;
  /** Where the column is set to, in its own units; days since 1970-01-01 for dates, 0, 1, 2, ... for levels. */
  at: Float64Array<ArrayBuffer>;
  /** Names of the places, where they are levels or dates. */
  labels: string[] | null;
  levels: boolean;
  curves: DependenceCurve[];
}

export interface DependenceCurve {
  /** The target, or the class. */
  name: string;
  mean: Float64Array<ArrayBuffer>;
  /** Between which the answers for 80 % of the rows lie. */
  low: Float64Array<ArrayBuffer>;
  high: Float64Array<ArrayBuffer>;
}

export const mostRows = 2000;
const gridPoints = 31;

/** @throws InputError where there are too few rows to shuffle */
export async function permutationImportance(question: Question, repeats = 5, seed = 1): Promise<Importance> {
  const { data, predict, progress, signal } = question;
  const { set, rows, features } = sample(data);
  if (rows.length < 2) throw new InputError(message(training, 'importance_rows', { count: rows.length }));
  const score = scorer(question, rows);
  const places = columnPlaces(data);
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

/** @throws InputError where the data set has no such column */
export async function partialDependence(question: Question, column: string): Promise<Dependence> {
  const { data, loss, predict, progress, signal } = question;
  const { set, rows, features } = sample(data);
  const found = columnPlaces(data).find(({ step }) => step.column === column);
  if (!found) throw new InputError(message(training, 'not_learned_from', { column }), column);
  const places = placesOf(data, found);
  const names = answerNames(data);
  const curves = names.map((name): DependenceCurve => {
    const values = () => new Float64Array(places.values.length);
    return { name, mean: values(), low: values(), high: values() };
  });
  const changed = features.slice();
  for (const [index, value] of places.values.entries()) {
    signal?.throwIfAborted();
    for (let row = 0; row < rows.length; row++) changed.set(value, row * data.columns + found.first);
    const answers = answersOf(data, loss, await predict(changed, rows.length), rows.length);
    curves.forEach(({ mean, low, high }, answer) => {
      const own = Float64Array.from({ length: rows.length }, (_, row) => answers[row * names.length + answer]).sort();
      mean[index] = own.reduce((sum, one) => sum + one, 0) / own.length;
      [low[index], high[index]] = [quantile(own, 0.1), quantile(own, 0.9)];
    });
    progress?.((index + 1) / places.values.length);
  }
  const { at, labels } = places;
  return {
    column,
    set,
    rows: rows.length,
    at,
    labels,
    levels: found.step.kind === 'category' || found.step.kind === 'boolean',
    curves,
  };
}

interface ColumnPlace {
  step: FeatureStep;
  /** Of its features. */
  first: number;
  width: number;
}

function columnPlaces({ preprocessing }: DataSet): ColumnPlace[] {
  let next = 0;
  return preprocessing.features.map((step) => {
    const first = next;
    const width = featureNames(step).length;
    next += width;
    return { step, first, width };
  });
}

/** Validation rows, training rows where there are none; evenly spaced ones where they are too many. */
function sample(data: DataSet): { set: 'validation' | 'train'; rows: Uint32Array; features: Float32Array } {
  const set = data.sets.validation.length > 0 ? 'validation' : 'train';
  const rows = subsample(data.sets[set], mostRows);
  return { set, rows, features: gatherRows(data.features, data.columns, rows) };
}

/** What the column is set to: features of each place, and the places in words or in the column's units. */
function placesOf(data: DataSet, { step, first, width }: ColumnPlace) {
  if (step.kind === 'category' || step.kind === 'boolean') {
    const labels =
      step.kind === 'boolean' ? [step.falsehood, step.truth] : [...step.levels, ...(step.other ? ['other'] : [])];
    const values = labels.map((_, level) =>
      step.kind === 'boolean' ? [level] : labels.map((_, other) => (other === level ? 1 : 0)),
    );
    return { at: Float64Array.from(labels, (_, level) => level), labels, values };
  }
  const own = Float64Array.from(data.sets.train, (row) =>
    decodeValue(step, data.features, row * data.columns + first),
  ).sort();
  // The outermost rows are left out: between them and the others the model has seen little.
  const [low, high] = [quantile(own, 0.01), quantile(own, 0.99)];
  const at = Float64Array.from({ length: gridPoints }, (_, i) => low + (i / (gridPoints - 1)) * (high - low));
  const values = Array.from(at, (value) => {
    const features = new Float32Array(width);
    encodeValue(step.encoding, value, features, 0);
    const cycles = step.kind === 'date' ? step.cycles.flatMap((cycle) => cycleFeatures(cycle, value)) : [];
    features.set(cycles, width - cycles.length);
    return features;
  });
  const labels =
    step.kind === 'date' ? Array.from(at, (days) => new Date(days * 86_400_000).toISOString().slice(0, 10)) : null;
  return { at, labels, values };
}

function answerNames({ preprocessing }: DataSet): string[] {
  const [step] = preprocessing.targets;
  if (step.kind === 'number') return [step.column];
  return step.classes.length === 2 ? [step.classes[1]] : step.classes;
}

/** [row, answer]: the first target in its units, the probability of the second class, or of every class. */
function answersOf(data: DataSet, loss: LossName, outputs: Float32Array, rows: number): Float64Array {
  const [step] = data.preprocessing.targets;
  if (step.kind === 'number') {
    return Float64Array.from({ length: rows }, (_, row) => predictedNumber(step, outputs[row * data.outputs]));
  }
  const probabilities = probabilitiesOf(outputs, rows, data.outputs, loss);
  return step.classes.length === 2 ? probabilities.filter((_, index) => index % 2 === 1) : probabilities;
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
