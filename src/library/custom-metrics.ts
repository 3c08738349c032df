/** Metrics that programs write: worked out from the answers of a run for the rows of a set, as `predict` gives them. */
import type { DataSet } from '../data/prepare/dataset.ts';
import { inverseScale, inverseTargets } from '../data/prepare/preprocessing.ts';
import type { RowSet } from '../engine/engine.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';
import { library } from '../messages/en/library.ts';
import { givenClass } from '../spec/answers.ts';
import type { LossName } from '../spec/settings.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { type Prediction, plainPredictions } from './predictions.ts';

/** The answer that is known for a row: a number, the name of a class, or of several targets each by its name. */
export type Answer = number | string | Record<string, number>;

/**
 * A metric of predictions and the answers that are known for the same rows. Those may be typed as what they are: numbers
 * (`NumberPrediction[]`, `number[]`) or classes (`ClassPrediction[]`, `string[]`).
 */
export type CustomMetric = {
  // A method, so that narrower parameters are taken.
  of(predictions: readonly Prediction[], targets: readonly Answer[]): number;
}['of'];

/** Metrics of your own, each by the name that records have it under. */
export type CustomMetrics = Readonly<Record<string, CustomMetric>>;

/** @param outputs of the rows of the set, [row, output] @throws InputError about a metric that gives no number */
export function customMetrics(
  metrics: CustomMetrics,
  outputs: Float32Array,
  data: DataSet,
  set: RowSet,
  loss: LossName,
): Record<string, number> {
  const rows = data.sets[set].length;
  const columns = inverseTargets(data.preprocessing, outputs, rows, loss);
  const predictions = plainPredictions(data, columns, rows);
  const targets = knownAnswers(data, set);
  return Object.fromEntries(
    Object.entries(metrics).map(([name, metric]) => {
      // A list of its own, which it may sort.
      const value: unknown = metric(predictions, targets.slice());
      if (typeof value === 'number') return [name, value];
      const kind = value instanceof Promise ? 'Promise' : typeof value;
      throw new InputError(message(library, 'metric_of_kind', { name, kind }), 'metrics');
    }),
  );
}

const known = new WeakMap<DataSet, Partial<Record<RowSet, readonly Answer[]>>>();

/** They are the same for every epoch and trial. */
function knownAnswers(data: DataSet, set: RowSet): readonly Answer[] {
  const ofData = known.get(data) ?? {};
  known.set(data, ofData);
  ofData[set] ??= answersOf(data, set);
  return ofData[set];
}

function answersOf(data: DataSet, set: RowSet): Answer[] {
  const { outputs: width, preprocessing } = data;
  const trained = gatherRows(data.targets, width, data.sets[set]);
  const [target] = preprocessing.targets;
  const each = <Own>(answer: (at: number) => Own) =>
    Array.from({ length: data.sets[set].length }, (_, row) => answer(row * width));
  if (target.kind === 'classes') return each((at) => target.classes[givenClass(trained, at, width)]);
  const steps = preprocessing.targets.flatMap((step) => (step.kind === 'number' ? [step] : []));
  if (steps.length === 1) return each((at) => inverseScale(steps[0], trained[at]));
  return each((at) => Object.fromEntries(steps.map((step, o) => [step.column, inverseScale(step, trained[at + o])])));
}
