/** Metrics of every trial of a population, from the engine's sums where they say all, else from the outputs of the rows. */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Evaluation, Population, RowSet } from '../engine/engine.ts';
import {
  type EpochMetrics,
  epochMetricsOfOutputs,
  type Metrics,
  metricsOfOutputs,
  metricsOfSums,
  scoresOfSums,
  sumsSayAll,
  sumsSayScores,
} from '../model/metrics.ts';
import type { LossName } from '../spec/settings.ts';
import type { EpochEnd } from './epoch-accumulator.ts';
import { outputsOf } from './outputs.ts';

/** All there is to say of a set of rows. */
export async function metricsOfPopulation(
  population: Population,
  data: DataSet,
  set: RowSet,
  loss: LossName,
): Promise<Metrics[]> {
  if (sumsSayAll(data)) return metricsOfSums(await population.evaluate(set), data, set);
  const outputs = await outputsOf(population, data, set);
  return outputs.map((own) => metricsOfOutputs(own, data, set, loss));
}

/** What the end of an epoch shows of every trial. */
export async function endOfEpoch(population: Population, data: DataSet, loss: LossName): Promise<EpochEnd> {
  const [validated, finite] = await Promise.all([
    data.sets.validation.length > 0 ? population.evaluate('validation') : undefined,
    population.finite(),
  ]);
  return { validated, finite, metrics: validated && (await epochMetrics(population, data, loss, validated)) };
}

/** What is worked out after an epoch, of the validation rows that have just been evaluated. */
async function epochMetrics(
  population: Population,
  data: DataSet,
  loss: LossName,
  evaluations: Evaluation[],
): Promise<EpochMetrics[]> {
  if (sumsSayAll(data)) return metricsOfSums(evaluations, data, 'validation');
  if (sumsSayScores(data, loss)) return evaluations.map(scoresOfSums);
  const outputs = await outputsOf(population, data, 'validation');
  return outputs.map((own) => epochMetricsOfOutputs(own, data, 'validation', loss));
}
