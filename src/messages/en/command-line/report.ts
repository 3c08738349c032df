/** What `report` prints beside the numbers and the findings. */

import { inEnglish, type Said } from '../../../util/message.ts';
import { counted, count as whole } from '../../../util/thousands.ts';
import { optimizerParts } from './founding.ts';

interface Rows {
  file: string;
  count: number;
  train: number;
  validation: number;
  /** Of the split. */
  seed: number;
  x: string;
  y: string;
  noise: string;
  baseline: string;
}

interface Trials {
  units: string;
  parameters: number;
  combinations: number;
  /** Of each combination. */
  seeds: number;
  trials: number;
}

/** Means of a study. */
interface Study {
  /** Seeds. */
  count: number;
  epochs: number;
}

export const report = {
  report_rows: (p: Rows) =>
    `${p.file}: ${counted(p.count, 'row')} (${whole(p.train)} train, ${whole(p.validation)} validation, split by seed ${p.seed}); ${p.y} by ${p.x}, noise about ${p.noise}, baseline rmse ${p.baseline}`,
  report_trials: ({ units, parameters, combinations, seeds, trials }: Trials) =>
    `${units} (${counted(parameters, 'parameter')}), ${whole(combinations)} combinations, ${counted(seeds, 'seed')} each: ${counted(trials, 'trial')} in one population`,
  report_training: ({ rate, epochs, tolerance }: { rate: number; epochs: number; tolerance: number }) =>
    `learning rate ${rate}, at most ${counted(epochs, 'epoch')}, stopped where the training loss of two epochs differs by no more than ${tolerance}; half_mse, glorot_normal`,
  report_losses: ({ y }: { y: string }) =>
    `Train and validation are losses, half the mean squared error of the scaled target; rmse is the validation error in units of ${y}; ± is the standard deviation over seeds.`,
  report_published: 'As published:',
  report_slips: ({ count, epochs }: Study) =>
    `Validation rmse without slips, with each alone and with all, mean of ${counted(count, 'seed')} after at most ${counted(epochs, 'epoch')}.`,
  report_layers: ({ layers }: { layers: number }) => counted(layers, 'layer'),
  report_depth: ({ width, count, epochs }: Study & { width: number }) =>
    `Training loss by hidden layers of ${whole(width)} units, mean of ${counted(count, 'seed')} after at most ${counted(epochs, 'epoch')}.`,
  report_gate: (p: { network: 'perceptron' | 'mlp'; units: string; learned: number; count: number }) =>
    `${p.network === 'mlp' ? 'a network' : 'a perceptron'} ${p.units} gets all four rows right with ${whole(p.learned)} of ${whole(p.count)} seeds`,
  report_gradients: ({ signals, means }: { signals: readonly string[]; means: readonly string[] }) =>
    `gradient by layer at the start ${signals.join(', ')}; mean output ${means.join(', ')}`,
  report_optimizer: ({ one, solver }: { one: string; solver: keyof typeof optimizerParts }) =>
    `training loss ${one} (${optimizerParts[solver]})`,
  report_best: (p: { name: Said; seed: number; one: string; baseline: string; note: Said }) =>
    `${inEnglish(p.name)}, seed ${p.seed}: validation rmse ${p.one} (baseline ${p.baseline}). ${inEnglish(p.note)}`,
  report_ended: ({ time }: { time: string }) => `${time} in all.`,
  report_interrupted: ({ time }: { time: string }) => `Interrupted after ${time}: this is what there is.`,
};
