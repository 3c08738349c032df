/** What the scores of a trained run mean, and what to do next. */
import { figure } from '../../../util/format.ts';
import { counted } from '../../../util/thousands.ts';
import { list } from '../../../util/words.ts';

const names = {
  rmse: 'RMSE',
  log_loss: 'log loss',
  error_rate: 'error rate',
  accuracy: 'accuracy',
  balanced_accuracy: 'balanced accuracy',
};
const parts = { train: 'training', validation: 'validation', test: 'test' };

interface Compared {
  metric: 'rmse' | 'accuracy' | 'balanced_accuracy';
  part: keyof typeof parts;
  own: number;
  baseline: number;
}

type ErrorName = 'rmse' | 'log_loss' | 'error_rate';

const constant = (metric: string) => `always answering with the ${metric === 'rmse' ? 'mean' : 'most frequent class'}`;
const compared = ({ metric, part, own, baseline }: Compared) =>
  `${parts[part]} ${names[metric]} ${figure(own)}, where ${constant(metric)} has ${figure(baseline)}`;

const searched = 'A search (fit) finds settings by itself and compares them with a linear model.';
const notLearned = {
  few: ' Not even the training rows are predicted better.',
  all: ` Not even the training rows are predicted better. ${searched}`,
  held_out: ` The training rows were learned, and nothing that holds for others. ${searched}`,
};

export const verdicts = {
  useful: (p: Compared) => `Useful: ${compared(p)}.`,
  perhaps_useful: (p: Compared & { count: number }) =>
    `Perhaps useful: ${compared(p)}, a difference that chance explains among ${counted(p.count, 'row')}.`,
  not_useful: (p: Compared & { unlearned: keyof typeof notLearned }) =>
    `Not useful: ${compared(p)}.${notLearned[p.unlearned]}`,
  learned_rows: (p: Compared) => `Learned: ${compared(p)}. No rows are held out, so that nothing is known of new ones.`,
  given_away: ({ column }: { column: string }) =>
    `Not to be believed: column ${JSON.stringify(column)} gives the answer away. Only a score without it says something of new rows.`,
  classes_missed: ({ missed, weighted }: { missed: readonly string[]; weighted: boolean }) =>
    `Hardly ever predicted: ${list(missed)}. ${weighted ? 'Class weights are balanced already; more rows of them would help.' : 'Class weights (class_weights: balanced) make rare classes count more, at the price of the others.'}`,
  still_falling: ({ epochs, watched }: { epochs: number; watched: 'training' | 'validation' }) =>
    `Stopped too early: the ${watched} loss was still falling in the last of ${epochs} epochs. Train longer.`,
  memorized: (p: { error: ErrorName; part: Compared['part']; own: number; train_score: number; dropout: boolean }) =>
    `Overfitting: ${names[p.error]} ${figure(p.train_score)} on the training rows, ${figure(p.own)} on the ${parts[p.part]} rows. ${p.dropout ? 'With more dropout single rows are harder to learn by heart.' : searched}`,
  underfitted: ({ error, train_score, baseline }: { error: ErrorName; train_score: number; baseline: number }) =>
    `Underfitting, or columns that say little: even on the training rows the ${names[error]} is ${figure(train_score)}, where ${constant(error)} has ${figure(baseline)}. ${searched}`,
};
