/** What a run starts with: the trials that its settings ask for, checked against the data, or as a checkpoint has them. */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { LayerShape } from '../engine/parameters.ts';
import { checkPlanned, type PlannedChange } from '../spec/changes.ts';
import { checkTrial } from '../spec/check.ts';
import { withDefaultsFor } from '../spec/defaults.ts';
import { checkStoredTrial } from '../spec/first-defaults.ts';
import type { TrialInput } from '../spec/settings.ts';
import type { RunCheckpoint } from './checkpoint.ts';
import { createProgress, type TrialProgress } from './progress.ts';
import { checkPopulation, layersOf, resolveTrial } from './trials.ts';

/** Where a run starts from, where that is not the beginning of settings alone. */
export interface RunStart {
  /** What it goes on from. */
  from?: RunCheckpoint;
  /** Changes of the first trial, at their steps. */
  planned?: readonly PlannedChange[];
  /** Of each trial of a refit: see `refit.ts`. */
  refitEpochs?: readonly number[];
  /** Of a run whose bits are to be repeated. */
  planCode?: string;
}

/** @throws InputError about settings that cannot be, or that cannot train on this data */
export function startTrials(
  data: DataSet,
  settings: readonly TrialInput[],
  { from, planned = [], refitEpochs = [] }: RunStart,
): { trials: TrialProgress[]; layers: LayerShape[] } {
  const { task } = data.preprocessing;
  const rows = data.sets.train.length;
  const resolved = settings.map((input) =>
    resolveTrial(checkTrial(withDefaultsFor({ rows, outputs: data.outputs }, input)), task),
  );
  checkPlanned(resolved[0], planned);
  const layers = layersOf(resolved[0].model, data);
  checkPopulation(resolved, layers, data);
  const trials = resolved.map((trial, index) => {
    const progress = createProgress(trial, index === 0 ? planned : [], refitEpochs[index]);
    const known = from?.trials[index];
    if (!known) return progress;
    // A checkpoint of an earlier build lacks newer settings.
    const initial = resolveTrial(checkStoredTrial(known.initial), task);
    return Object.assign(progress, structuredClone(known), { trial, initial });
  });
  return { trials, layers };
}
