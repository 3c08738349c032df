/**
 * Partial dependence (Friedman 2001): the mean answer of a model when one column is set to a value in every row. The answers
 * of single rows, of which it is the mean, are their individual conditional expectations (Goldstein et al. 2015): where they
 * cross or spread, the column acts differently on different rows, which the mean does not show.
 */
import type { DataSet } from '../../data/prepare/dataset.ts';
import { cycleFeatures } from '../../data/prepare/encode.ts';
import { decodeValue, encodeValue } from '../../data/prepare/numeric.ts';
import { predictedNumber } from '../../data/prepare/preprocessing.ts';
import { training } from '../../messages/en/training/training.ts';
import { probabilitiesOf } from '../../spec/answers.ts';
import type { LossName } from '../../spec/settings.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { shuffled, shuffleKey, streams } from '../../util/random.ts';
import { quantile } from '../../util/statistics/order-statistics.ts';
import { type ColumnPlace, columnPlaces, type Question, type RowSet, sampleRows } from './question.ts';

/** Which answers are followed: a single number, or the probability of each class (of two classes the second). */
export interface Dependence {
  /** The one that is set. */
  column: string;
  /** Which rows. */
  set: RowSet;
  /** How many were used. */
  rows: number;
  /** Where the column is set to, in its own units; days since 1970-01-01 for dates, 0, 1, 2, ... for levels. */
  at: Float64Array<ArrayBuffer>;
  /** Names of the places, where they are levels or dates. */
  labels: string[] | null;
  /** Whether the places are levels, with nothing between them. */
  levels: boolean;
  /** One for a number and for two classes, else one for each class. */
  curves: DependenceCurve[];
  /** Rows of the table whose own answers are in `DependenceCurve.individual`: all, or 50 drawn by the seed. */
  individuals: Uint32Array<ArrayBuffer>;
}

/** How one answer depends on the column. */
export interface DependenceCurve {
  /** The target, or the class. */
  name: string;
  /** [place], over the rows. */
  mean: Float64Array<ArrayBuffer>;
  /** [place]: the answers for 80 % of the rows lie between it and `high`. */
  low: Float64Array<ArrayBuffer>;
  /** [place], as `low`. */
  high: Float64Array<ArrayBuffer>;
  /** [individual, place]: the answers for single rows. */
  individual: Float64Array<ArrayBuffer>;
}

const gridPoints = 31;
/** More lines would hide one another. */
const mostIndividuals = 50;

/** @throws InputError where the data set has no such column */
export async function partialDependence(question: Question, column: string, seed = 1): Promise<Dependence> {
  const { data, loss, predict, progress, signal } = question;
  const { set, rows, features } = sampleRows(data);
  const found = columnPlaces(data.preprocessing).find(({ step }) => step.column === column);
  if (!found) throw new InputError(message(training, 'not_learned_from', { column }), column);
  const { at, labels, values } = placesOf(data, found);
  const names = answerNames(data);
  const drawn = drawIndividuals(rows.length, seed);
  const curves = names.map((name): DependenceCurve => {
    const numbers = (count: number) => new Float64Array(count);
    const [mean, low, high] = [numbers(at.length), numbers(at.length), numbers(at.length)];
    return { name, mean, low, high, individual: numbers(drawn.length * at.length) };
  });
  const changed = features.slice();
  for (const [index, value] of values.entries()) {
    signal?.throwIfAborted();
    for (let row = 0; row < rows.length; row++) changed.set(value, row * data.columns + found.first);
    const answers = answersOf(data, loss, await predict(changed, rows.length), rows.length);
    curves.forEach(({ mean, low, high, individual }, answer) => {
      const own = Float64Array.from({ length: rows.length }, (_, row) => answers[row * names.length + answer]);
      drawn.forEach((row, line) => {
        individual[line * at.length + index] = own[row];
      });
      own.sort();
      mean[index] = own.reduce((sum, one) => sum + one, 0) / own.length;
      [low[index], high[index]] = [quantile(own, 0.1), quantile(own, 0.9)];
    });
    progress?.((index + 1) / values.length);
  }
  const levels = found.step.kind === 'category' || found.step.kind === 'boolean';
  const individuals = Uint32Array.from(drawn, (row) => data.places?.[rows[row]] ?? rows[row]);
  return { column, set, rows: rows.length, at, labels, levels, curves, individuals };
}

/** Which of so many rows, rising. */
function drawIndividuals(rows: number, seed: number): Uint32Array {
  const key = shuffleKey(seed, 0, streams.explanation);
  return Uint32Array.from({ length: Math.min(rows, mostIndividuals) }, (_, at) => shuffled(at, rows, key)).sort();
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
