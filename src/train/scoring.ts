/** Metrics of every trial of a population, from the engine's sums where they suffice, else from the outputs of the rows. */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Evaluation, Population, RowSet } from '../engine/engine.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';
import {
  type EpochMetrics,
  epochMetricsOfOutputs,
  type Metrics,
  metricsOfOutputs,
  metricsOfSums,
  scoresOfSums,
  sumsSayAll,
  sumsSayErrors,
  sumsSayScores,
} from '../model/metrics.ts';
import type { LossName } from '../spec/settings.ts';
import type { EpochEnd } from './epoch-accumulator.ts';

/** Rows per prediction: enough to keep a GPU busy, few enough to copy. */
const mostRows = 16_384;

/** All metrics of a set of rows, of the predictions that a model makes. */
export async function metricsOfPopulation(
  population: Population,
  data: DataSet,
  set: RowSet,
  loss: LossName,
): Promise<Metrics[]> {
  const bySums = sumsSayAll(data) ? metricsOfSums(await population.evaluate(set), data, set) : undefined;
  if (bySums) return bySums;
  const outputs = await outputsOf(population, data, set);
  return outputs.map((own) => metricsOfOutputs(own, data, set, loss));
}

/** Evaluates every trial at the end of an epoch. */
export async function endOfEpoch(population: Population, data: DataSet, loss: LossName): Promise<EpochEnd> {
  const [validated, finite] = await Promise.all([
    data.sets.validation.length > 0 ? population.evaluate('validation') : undefined,
    population.finite(),
  ]);
  return { validated, finite, metrics: validated && (await epochMetrics(population, data, loss, validated)) };
}

/**
 * The metrics of an epoch record, of the validation rows that have just been evaluated. Those of numbers come from the sums of
 * the evaluation where these suffice: of outputs before they are kept within the limits of predictions.
 */
async function epochMetrics(
  population: Population,
  data: DataSet,
  loss: LossName,
  evaluations: Evaluation[],
): Promise<EpochMetrics[]> {
  const bySums = sumsSayErrors(data) ? metricsOfSums(evaluations, data, 'validation') : undefined;
  if (bySums) return bySums;
  if (sumsSayScores(data, loss)) return evaluations.map(scoresOfSums);
  const outputs = await outputsOf(population, data, 'validation');
  return outputs.map((own) => epochMetricsOfOutputs(own, data, 'validation', loss));
}

/** The outputs of every trial for the rows of a set: for each trial [row, output]. */
export async function outputsOf(
  population: Pick<Population, 'predict' | 'trials'>,
  data: DataSet,
  set: RowSet,
): Promise<Float32Array[]> {
  const rows = data.sets[set];
  const { columns, outputs, features } = data;
  const results = Array.from({ length: population.trials }, () => new Float32Array(rows.length * outputs));
  for (let first = 0; first < rows.length; first += mostRows) {
    const part = rows.subarray(first, first + mostRows);
    const answers = await population.predict(gatherRows(features, columns, part), part.length);
    const size = part.length * outputs;
    results.forEach((result, trial) => {
      result.set(answers.subarray(trial * size, (trial + 1) * size), first * outputs);
    });
  }
  return results;
}
