/** Why trials cannot train, how they ended, and what is found out about a trained model. */
import { inEnglish, type Said } from '../../../util/message.ts';

interface AtEpoch {
  epoch: number;
}

interface OfLoss {
  /** What is wrong: the loss, or the output activation beside it. */
  setting: string;
  loss: string;
}

const advice = {
  stop: 'Stop early, which keeps the best epoch',
  monitor: 'Set early_stopping.monitor to validation_loss',
  restore: 'Set early_stopping.restore_best to true',
};

const scaling = (scaled: boolean) => (scaled ? ' once scaled: set scaling to none' : '');

export const training = {
  tune_ensemble: ({ count }: { count: number }) =>
    `The model is the average of ${count} networks; a single one can be trained further, such as one that train saved.`,
  tune_layers: 'The model has a scale layer, which no setting makes, and cannot be trained further.',
  trial_unlike: ({ trial }: { trial: number }) =>
    `Trial ${trial} cannot train in one population with trial 0: hidden layers, embedding and loss have to be the same.`,
  initial_parameters_count: ({ count, expected }: { count: number; expected: number }) =>
    `initial_parameters: has ${count} values; this network has ${expected} parameters.`,
  loss_takes_sums: ({ setting, activation, loss }: OfLoss & { activation: string }) =>
    `${setting}: ${activation} does not go with the loss ${loss}, which takes the last layer's sums as they are; set output_activation to identity, or loss to mse.`,
  loss_of_steps: ({ setting, activation }: Omit<OfLoss, 'loss'> & { activation: string }) =>
    `${setting}: ${activation} does not go with the loss perceptron, which is the rule of a step unit; leave output_activation out or set it to step, or set loss to mse.`,
  loss_without_classes: ({ setting, loss }: OfLoss) =>
    `${setting}: ${loss} is no loss of classes; leave label_smoothing out, or set loss to binary_cross_entropy or softmax_cross_entropy.`,
  loss_of_classes: ({ setting, loss }: OfLoss) =>
    `${setting}: ${loss} needs one output for each class, and two classes are one output; use binary_cross_entropy.`,
  loss_of_targets: ({ setting, loss }: OfLoss) => `${setting}: ${loss} needs two targets or more, one for each class.`,
  targets_beyond_unit: ({ setting, loss, column, value }: OfLoss & { column: string; value: number }) =>
    `${setting}: ${loss} needs targets from 0 to 1; column "${column}" has ${value}: set loss to mse, or task to classification.`,
  targets_scaled: ({
    setting,
    loss,
    column,
    value,
    scaled,
  }: OfLoss & { column: string; value: number; scaled: boolean }) =>
    `${setting}: ${loss} needs targets from 0 to 1; column "${column}" has ${value}${scaling(scaled)}.`,
  targets_no_shares: (p: OfLoss & { row: number; values: readonly number[]; more: boolean; scaled: boolean }) =>
    `${p.setting}: ${p.loss} needs targets that are shares and add up to 1; those of data row ${p.row} are ${p.values.join(', ')}${p.more ? ', ...' : ''}${scaling(p.scaled)}.`,

  checkpoint_version: ({ given, own }: { given: number; own: number }) =>
    `The checkpoint is of version ${given} and this program's is ${own}: it would go on with other random numbers; begin anew.`,
  checkpoint_data: ({ stored, data }: { stored: Size; data: Size }) =>
    `The checkpoint is of ${stored.rows} rows with ${stored.columns} features and ${stored.outputs} targets; this data set has ${data.rows}, ${data.columns} and ${data.outputs}.`,
  checkpoint_contents: ({ path }: { path: string }) =>
    `The checkpoint is damaged: ${path} is not as it can be; begin anew.`,
  checkpoint_settings: ({ why }: { why: Said }) => `The checkpoint is damaged: ${inEnglish(why)} Begin anew.`,

  ended_epochs: ({ epochs }: { epochs: number }) => `Trained all ${epochs} epochs.`,
  ended_early: ({ epoch, epochs, watched }: AtEpoch & { epochs: number; watched: 'training' | 'validation' }) =>
    `Stopped after epoch ${epoch}: ${epochs} epochs without a better ${watched} loss.`,
  ended_plateau: ({ epoch, tolerance }: AtEpoch & { tolerance: number }) =>
    `Stopped after epoch ${epoch}: the training loss changed by no more than ${tolerance}.`,
  ended_refit: ({ epoch }: AtEpoch) => `Trained again for ${epoch} epochs, as long as was best.`,
  refit_untrained: () => 'There is nothing to train again: the run has not ended, or it has kept no epoch.',
  ended_halving: ({ epoch }: AtEpoch) => `Stopped after epoch ${epoch}: other combinations of the sweep did better.`,
  ended_interrupted: ({ epoch }: AtEpoch) => `Interrupted in epoch ${epoch}.`,
  ended_diverged: ({ epoch, rate, lower, kept }: AtEpoch & { rate: number; lower: number; kept: number }) =>
    `Diverged in epoch ${epoch}: the loss or a parameter is no longer a finite number. The learning rate ` +
    `${rate} is probably too large; try ${lower}, or check ` +
    `that the columns are scaled. ${kept > 0 ? `The parameters of epoch ${kept} are kept.` : 'The initial parameters are kept.'}`,

  overfitted: (p: {
    epoch: number;
    epochs: number;
    best_loss: string;
    last_loss: string;
    advice: keyof typeof advice;
  }) =>
    `Validation got worse from epoch ${p.epoch} of ${p.epochs}: its loss was ${p.best_loss} there and ${p.last_loss} at the end. ${advice[p.advice]}.`,
  importance_rows: ({ count }: { count: number }) =>
    `Importance needs at least 2 rows to shuffle, and there is ${count}.`,
  background_empty: () => 'There are no rows to compare with: a prediction is explained against those for other rows.',
  not_learned_from: ({ column }: { column: string }) => `The model learns from no column ${JSON.stringify(column)}.`,
};

const keeps = { last: '', best: ', whose parameters are kept', later: '; the last parameters are kept' };

/** For reports and the command line. */
export const trained = {
  /** @param keeps whose parameters are kept, where it was not the last epoch */
  best_epoch: (p: AtEpoch & { watched: 'training' | 'validation'; keeps: keyof typeof keeps }) =>
    `Lowest ${p.watched} loss in epoch ${p.epoch}${keeps[p.keeps]}.`,
};

interface Size {
  rows: number;
  columns: number;
  outputs: number;
}
