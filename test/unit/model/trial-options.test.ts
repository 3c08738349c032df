/** Settings as a command: what the command line makes of it again is what they were. */
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addSettingOptions, type Given, settingsFrom } from '../../../src/cli/options.ts';
import { trialOptions } from '../../../src/model/card/trial-options.ts';
import { checkTrial } from '../../../src/spec/check.ts';
import { withFirstDefaults } from '../../../src/spec/first-defaults.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';

const trials: TrialInput[] = [
  {},
  {
    model: { hidden: [], dropout: 0 },
    training: { early_stopping: false, optimizer: { kind: 'sgd', nesterov: true } },
  },
  {
    model: { hidden: [4, 5], activation: ['relu', 'gelu'], dropout: [0.1, 0], embedding: { kind: 'periodic' } },
    training: { clip_norm: 2, loss_plateau: { tolerance: 1e-7 }, schedule: { kind: 'step', every: 3 }, shuffle: false },
  },
  { training: { optimizer: { kind: 'adam', betas: [0.8, 0.99] }, schedule: { kind: 'coslog4' }, loss: 'huber' } },
];

it.each(trials)('gives back a trial: %j', (trial) => {
  const { initial_parameters: _, ...settings } = checkTrial(withFirstDefaults(trial));
  const command = new Command();
  addSettingOptions(command);
  command.parse(trialOptions(settings), { from: 'user' });
  const { trial: read } = settingsFrom(command.opts<Given>());
  expect(checkTrial(read)).toEqual(settings);
});
