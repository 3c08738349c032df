/**
 * The first defaults, those of the course report that the project began with, as far as they have changed since. A link
 * leaves out what has these values, for good: so links mean the same whatever the defaults become. What files of earlier
 * versions leave out had them too, and the page's samples and lessons go on with them.
 */
import { checkTrial, completeShares } from './check.ts';
import type { DataSettingsInput } from './data-settings.ts';
import type { Trial, TrialInput } from './settings.ts';

const model = { hidden: [64, 64], activation: 'tanh', dropout: 0 };
const optimizer = { kind: 'adam' };
const training = { batch_size: 16, epochs: 200 };
const earlyStopping = { patience: 10 };
const split = { train: 0.6, validation: 0.2, test: 0.2 };
const data = { numeric: 'scale', clip_predictions: false, missing_indicator: false, max_levels: 20 };

/** By their paths in the page's form. Early stopping was off unless given; its patience is that where it was. */
export const firstDefaults = {
  trial: { model, training: { optimizer, ...training, early_stopping: earlyStopping } },
  data: { ...data, split },
};

export function withFirstDefaults(trial: TrialInput = {}): TrialInput {
  if (!isGroup(trial.training ?? {})) return trial;
  const { early_stopping } = trial.training ?? {};
  const given = {
    ...trial.training,
    optimizer: filled(trial.training?.optimizer, optimizer),
    early_stopping: early_stopping ? filled(early_stopping, earlyStopping) : false,
  };
  return { ...trial, model: filled(trial.model, model), training: filled(given, training) } as TrialInput;
}

/** The settings that a file of this version or an earlier one has. @throws InputError */
export function checkStoredTrial(stored: unknown): Trial {
  return checkTrial(isGroup(stored) ? withFirstDefaults(stored as TrialInput) : stored);
}

export function withFirstData<Settings extends Partial<DataSettingsInput>>(settings: Settings): Settings {
  return filled({ ...settings, split: completeShares(settings.split ?? {}, split) }, data) as Settings;
}

/** What is no group of settings is left as it is, for the check to refuse. */
const isGroup = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is there stays as it is, and in its place. */
function filled(given: object = {}, defaults: object): object {
  if (!isGroup(given)) return given;
  const missing = Object.entries(defaults).filter(([name]) => given[name as keyof object] === undefined);
  return { ...given, ...Object.fromEntries(missing) };
}
