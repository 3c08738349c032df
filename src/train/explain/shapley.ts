/**
 * What each column contributes to the prediction of one row: Shapley values, by sampled permutations of the columns
 * (Štrumbelj & Kononenko 2014). The game is one row against another: a coalition of columns has the values of the explained
 * row, the others those of a background row, and a column contributes what the prediction changes by when it joins. Shapley
 * values are that over all orders of joining and all background rows; here
 *   - background rows are drawn without replacement, and each has its own orders, so that no two see the same pair;
 *   - orders come in pairs, one the reverse of the other (Lundberg's `PermutationExplainer`; Mitchell et al. 2022): values of
 *     functions without interactions of three or more columns are then exact for the background rows that were drawn.
 * The changes of one order add up to the difference of the two predictions, whatever the model is, so that contributions
 * always add up to the prediction less the mean prediction of the background rows. They are of probabilities, or of numbers in
 * the units of the target, as these are what is predicted; all features of a column join together.
 */
import type { Preprocessing } from '../../data/prepare/dataset.ts';
import { predictedNumber } from '../../data/prepare/preprocessing.ts';
import { probabilitiesOf } from '../../spec/answers.ts';
import type { LossName } from '../../spec/settings.ts';
import { shuffled, shuffleKey, streams } from '../../util/random.ts';
import { meanOf, meanSd } from '../../util/statistics/statistics.ts';
import { columnPlaces, type Predict, type Watch } from './question.ts';

export interface ShapleyQuestion extends Watch {
  preprocessing: Preprocessing;
  loss: LossName;
  predict: Predict;
  /** Encoded rows to compare with, [row, feature]: as many as `drawBackground` says. */
  background: Float32Array;
  /** Rows that the background was drawn from. */
  population: number;
  seed: number;
}

/** Why one answer for a row is what it is. */
export interface AnswerExplanation {
  /** The target, or the class whose probability it is. */
  name: string;
  /** In the units of the target, or a probability. */
  prediction: number;
  /** Mean prediction of the background rows. Contributions add up to `prediction - base`. */
  base: number;
  /** In the order of the model's columns. */
  columns: Contribution[];
}

/** What a column contributes to a prediction. */
export interface Contribution {
  /** Its name. */
  column: string;
  /** In the units of the prediction. */
  contribution: number;
  /** How far it is expected to be from that over all orders and all rows that the background was drawn from. */
  standard_error: number;
}

/** Pairs of orders for each background row: two, so that their spread is known. */
const pairs = 2;
/** Rows of one call: enough to keep an engine busy, few enough for others to get their turn, and a cancel its effect. */
const callRows = 4096;

/** Background rows unless another number is asked for. */
export const backgroundRows = 128;

/** Which of `count` rows, without replacement. */
export function drawBackground(count: number, most: number, seed: number): Uint32Array {
  const key = shuffleKey(seed, 0, streams.explanation);
  return Uint32Array.from({ length: Math.min(count, most) }, (_, at) => shuffled(at, count, key));
}

/** Predictions that the explanation of one row takes. */
export function explanationCost(columns: number, background: number): number {
  return 1 + background * walkRows(columns);
}

/** The background row, and two walks for each pair but for their ends. */
function walkRows(columns: number): number {
  return 1 + 2 * pairs * (columns - 1);
}

/** @param row encoded */
export async function shapleyValues(question: ShapleyQuestion, row: Float32Array): Promise<AnswerExplanation[]> {
  const { background, predict, preprocessing, progress, seed, signal } = question;
  const places = columnPlaces(preprocessing);
  const width = row.length;
  const count = background.length / width;
  const names = answerNames(preprocessing);
  const each = walkRows(places.length);
  const perCall = Math.max(1, Math.floor(callRows / each));
  const decoded = async (features: Float32Array) => {
    signal?.throwIfAborted();
    const rows = features.length / width;
    return answersOf(question, await predict(features, rows), rows);
  };
  const own = await decoded(row);
  const tallies = names.map(() => places.map((): number[][] => []));
  const bases = names.map((): number[] => []);
  for (let start = 0; start < count; start += perCall) {
    const rows = Math.min(perCall, count - start);
    const features = new Float32Array(rows * each * width);
    const orders = Array.from({ length: rows }, (_, at) => ordersOf(places.length, start + at, seed));
    orders.forEach((walks, at) => {
      const from = background.subarray((start + at) * width, (start + at + 1) * width);
      let next = at * each * width;
      const write = (values: Float32Array) => {
        features.set(values, next);
        next += width;
      };
      write(from);
      for (const order of walks) {
        const mixed = from.slice();
        for (const column of order.slice(0, -1)) {
          const { first, width: wide } = places[column];
          mixed.set(row.subarray(first, first + wide), first);
          write(mixed);
        }
      }
    });
    const answers = await decoded(features);
    names.forEach((_, answer) => {
      const of = (place: number) => answers[place * names.length + answer];
      orders.forEach((walks, at) => {
        const changes = changesOf(walks, at * each, of, own[answer]);
        for (const [column, values] of changes.entries()) tallies[answer][column].push(values);
        bases[answer].push(of(at * each));
      });
    });
    progress?.((start + rows) / count);
  }
  const share = count / question.population;
  return names.map((name, answer) => ({
    name,
    prediction: own[answer],
    base: meanOf(bases[answer]),
    columns: places.map(({ step }, column) => ({
      column: step.column,
      ...estimate(tallies[answer][column], share),
    })),
  }));
}

/** Orders and their reverses, one after the other. */
function ordersOf(columns: number, backgroundRow: number, seed: number): number[][] {
  return Array.from({ length: pairs }, (_, pair) => {
    const key = shuffleKey(seed, 1 + backgroundRow * pairs + pair, streams.explanation);
    const order = Array.from({ length: columns }, (_, at) => shuffled(at, columns, key));
    return [order, order.toReversed()];
  }).flat();
}

/** [column, pair]: what the answer changes by when the column joins, mean of an order and its reverse. */
function changesOf(walks: readonly number[][], first: number, of: (place: number) => number, end: number): number[][] {
  const columns = walks[0].length;
  const changes = Array.from({ length: columns }, () => Array<number>(pairs).fill(0));
  let next = first + 1;
  walks.forEach((order, walk) => {
    let before = of(first);
    order.forEach((column, at) => {
      const after = at === columns - 1 ? end : of(next++);
      changes[column][walk >> 1] += (after - before) / 2;
      before = after;
    });
  });
  return changes;
}

/**
 * Of values [background row, pair] the mean, and its standard error in two stages (Cochran 1977, section 10.6): the rows are
 * a share of all that they were drawn from, the orders are of any number.
 */
function estimate(values: readonly number[][], share: number): Pick<Contribution, 'contribution' | 'standard_error'> {
  const rows = values.length;
  const { mean, sd } = meanSd(values.map(meanOf));
  const within = meanOf(values.map((own) => meanSd(own).sd ** 2));
  const variance = ((1 - share) * sd ** 2) / rows + (share * within) / (rows * pairs);
  return { contribution: mean, standard_error: Math.sqrt(variance) };
}

function answerNames({ targets }: Preprocessing): string[] {
  return targets.flatMap((step) => (step.kind === 'number' ? [step.column] : step.classes));
}

/** [row, answer]: every target in its units, or the probability of every class. */
function answersOf({ preprocessing, loss }: ShapleyQuestion, outputs: Float32Array, rows: number): Float64Array {
  const numbers = preprocessing.targets.filter((step) => step.kind === 'number');
  if (numbers.length === 0) return probabilitiesOf(outputs, rows, outputs.length / rows, loss);
  return Float64Array.from(outputs, (output, at) => predictedNumber(numbers[at % numbers.length], output));
}
