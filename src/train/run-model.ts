/** One trial of a run as plain data: the network as it is, and where it comes from. */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { Population } from '../engine/engine.ts';
import { type ModelData, singleNetwork } from '../model/model-data.ts';
import { changeInJson } from '../spec/changes.ts';
import { inEnglish } from '../util/message.ts';
import type { TrialProgress } from './progress.ts';
import { layersOf } from './trials.ts';

interface TrainedRun {
  data: DataSet;
  population: Population;
  trials: readonly TrialProgress[];
}

export async function modelDataOf({ data, population, trials }: TrainedRun, trial: number): Promise<ModelData> {
  const { initial, history, changes, outcome, refit_epochs } = trials[trial];
  const { initial_parameters: _, ...settings } = initial;
  const { code: __, params: ___, ...ending } = outcome ?? {};
  const layers = layersOf(settings.model, data);
  const recorded = data.origin && (await (await import('./recorded-data.ts')).recordedData(data));
  const network = { layers, parameters: await population.parameters(trial), settings };
  return singleNetwork(network, {
    preprocessing: data.preprocessing,
    origin: {
      engine: population.engine.kind,
      adapter: population.engine.adapter,
      plan: population.plan,
      plan_code: population.planCode,
      plan_why: inEnglish(population.why),
      stopped: 'unfinished',
      epochs_run: history.length,
      ...(refit_epochs === undefined ? {} : { refit: { epochs: refit_epochs, rows: data.sets.train.length } }),
      ...(changes.length > 0 ? { changes: changes.map(changeInJson) } : {}),
      ...ending,
      ...(recorded ? { data: recorded } : {}),
    },
  });
}
