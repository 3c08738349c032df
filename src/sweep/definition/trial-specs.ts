/** Lists the trials of a sweep, groups them into populations, and computes the keys by which a store knows them. */
import type { DataSet } from '../../data/prepare/dataset.ts';
import type { Trial } from '../../spec/settings.ts';
import { fingerprint } from '../../train/fingerprint.ts';
import { resolveTrial, sharedSettings } from '../../train/trials.ts';
import { chunks, groupBy } from '../../util/arrays.ts';
import { type Configuration, listSeeds, type Sweep } from './definition.ts';

/** A trial before it is trained. */
export interface TrialSpec {
  /** Index in the results. */
  place: number;
  /** Index of its configuration. */
  configuration: number;
  seed: number;
  fold: number;
  /** Complete. */
  trial: Trial;
}

/** Most trials in one population. */
const maxPopulation = 1024;

/** Ordered by configuration, then seed, then fold. */
export function listTrialSpecs(definition: Sweep, configurations: readonly Configuration[]): TrialSpec[] {
  return configurations
    .flatMap(({ trial }, configuration) =>
      listSeeds(definition, trial.training.seed).flatMap((seed) =>
        Array.from({ length: definition.folds }, (_, fold) => {
          const { model, training } = trial;
          return { configuration, seed, fold, trial: { model, training: { ...training, seed } } };
        }),
      ),
    )
    .map((spec, place) => ({ place, ...spec }));
}

/** Groups trials that can train as one population: same fold, shape and loss. */
export function groupTrials(specs: readonly TrialSpec[], folds: readonly DataSet[]): TrialSpec[][] {
  const alike = groupBy([...specs], ({ fold, trial }) => {
    return `${fold} ${sharedSettings(resolveTrial(trial, folds[fold].preprocessing.task))}`;
  });
  return alike.flatMap((group) => chunks(group, maxPopulation));
}

/** A key for each trial, which depends only on its settings and rows, not on the sweep. */
export async function trialKeys(specs: readonly TrialSpec[], folds: readonly DataSet[]): Promise<string[]> {
  const rows: string[] = [];
  for (const data of folds) rows.push(await fingerprint(data));
  return specs.map(({ fold, trial }) => `${rows[fold]} ${JSON.stringify(trial)}`);
}
