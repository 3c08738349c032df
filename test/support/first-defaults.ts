/** Runs and data sets with the first defaults, for tests of something else than what is left out. */
import { prepare as prepareTable } from '../../src/library/prepare.ts';
import type { DataSettingsInput } from '../../src/spec/data-settings.ts';
import { withFirstData, withFirstDefaults } from '../../src/spec/first-defaults.ts';
import { trainPopulation as populate, train as start } from '../../src/train/trainer.ts';

export const train: typeof start = (engine, data, trial, changes) =>
  start(engine, data, withFirstDefaults(trial), changes);

export const trainPopulation: typeof populate = (engine, data, trials) =>
  populate(engine, data, trials.map(withFirstDefaults));

export const prepare = ((input: Parameters<typeof prepareTable>[0], settings: DataSettingsInput) =>
  prepareTable(input as never, withFirstData(settings ?? {}))) as typeof prepareTable;
