import { textOf } from '../../text.ts';

/** What each metric says, in which unit, and which values are good. */
export const metricHelp = {
  ofTarget: 'in units of the target',
  ofSquare: 'in squared units of the target',
  share: 'from 0 to 1',
  nats: 'from 0, in nats',
  rmse: {
    what: 'The size of a typical error: root of the mean squared error, in which large errors count more.',
    good: '0 is perfect. The baseline’s is about the standard deviation of the target.',
  },
  mae: {
    what: 'How far off an answer is on average.',
    good: '0 is perfect. Far below the RMSE, a few large errors make up most of that.',
  },
  mse: {
    what: 'The mean squared error, which most training brings down.',
    good: '0 is perfect. Its root, the RMSE, is easier to read.',
  },
  r2: {
    unit: 'at most 1',
    what: 'The share of the target’s variance that the answers explain.',
    good: '1 is perfect, 0 no better than the mean, less is worse than the mean.',
  },
  accuracy: {
    what: 'The share of the rows whose class is right.',
    good: '1 is perfect. Of imbalanced classes the baseline comes close to that, so compare with it.',
  },
  balanced_accuracy: {
    what: 'The share of a class’s rows that are right, averaged over the classes: rare ones count as much.',
    good: '1 is perfect; always the same answer has 1 / classes.',
  },
  log_loss: {
    what: 'How little probability the right class is given: the mean of −log of it. Being wrong with certainty costs most.',
    good: '0 is perfect; a coin toss between two classes has 0.693.',
  },
  f1: {
    what: 'The balance (harmonic mean) of precision and recall, averaged over the classes.',
    good: '1 is perfect. Below accuracy, rare classes are answered worse.',
  },
  weighted_f1: {
    what: 'F1 of each class, weighted by its rows.',
    good: '1 is perfect. Frequent classes decide it.',
  },
  roc_auc: {
    what: 'How often a row of a class is given more of it than a row of another; of several classes the mean of each against all others.',
    good: '1 is a perfect order, 0.5 is chance.',
  },
  precision: {
    what: 'Of the rows taken for a class the share that are of it, averaged over the classes.',
    good: '1 is perfect. Low: many false alarms.',
  },
  recall: {
    what: 'Of the rows of a class the share that are found, averaged over the classes.',
    good: '1 is perfect. Low: many are missed.',
  },
  brier_score: {
    unit: 'from 0 to 1; summed over several classes, to 2',
    what: 'The mean squared error of the probabilities.',
    good: '0 is perfect; a coin toss between two classes has 0.25.',
  },
  expected_calibration_error: {
    what: 'How far probabilities are from how often they are right, over 15 bins.',
    good: '0 is perfect: of rows answered with 0.8, eight in ten are right.',
  },
  baseline_mean: {
    what: 'The first metric of always answering with the mean of the training targets.',
    good: 'A model that is not clearly better has learned nothing of use.',
  },
  baseline_class: {
    what: 'The first metric of always answering with the most frequent class of the training rows.',
    good: 'A model that is not clearly better has learned nothing of use.',
  },
};

export type MetricKey = Exclude<keyof typeof metricHelp, 'ofTarget' | 'ofSquare' | 'share' | 'nats'>;

export const metricHelpText = textOf('metricHelp', metricHelp);
