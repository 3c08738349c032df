import { textOf } from '../../text.ts';

/** The founding report. */
export const founding = {
  foundingReport: 'The founding report',
  history:
    'This lab began with a course report: perceptrons on one curve, with every combination of four activations, SGD or Adam, and batches of 1, 4 or 8 rows. It drew conclusions about which does best, and why.',
  method:
    'Here the 24 combinations are trained again, all at once and with several seeds, and each conclusion is held against what comes of it: it holds, does not hold, or depends.',
  failed: (reason: string) => `The report failed: ${reason}`,
  howMuch: 'How much of it',
  trainThem: 'Train them',
  leftOfStage: ({ stage, left }: { stage: string; left: string }) => `${stage}: about ${left} left of this part`,
  stopping: 'Stopping; the report is of what there is.',
  progress: 'This part of the report',
  mayBeClosed: 'The dialog may be closed meanwhile; the run behind it goes on too.',
  stopAndReport: 'Stop and report',
  endedByHand: ({ time, engine }: { time: string; engine: string }) => `Ended by hand after ${time} on ${engine}`,
  done: ({ time, engine }: { time: string; engine: string }) => `Done after ${time} on ${engine}`,
  openWholeReport: 'Open the whole report',
  saveIt: 'Save it',
  figures: 'Figures',
  combinations: (combinations: number) => `The ${combinations} combinations`,
  tableOfCombinations: 'Table of the combinations',
  activation: 'activation',
  optimizer: 'optimizer',
  batchSize: 'batch size',
  validationRMSE: 'validation RMSE',
  epochs: 'epochs',
  baseline: (score: string) => `Mean ± standard deviation over the seeds; answering with the mean scores ${score}.`,
  sizes: {
    quick: 'A quick look: some seconds without a GPU, and most verdicts stay open',
    own: 'Its own networks, a few seeds: under a minute without a GPU',
    whole: 'The whole report: some minutes without a GPU',
  },
  sizeFacts: ({ hidden, seeds, epochs }: { hidden: string; seeds: string; epochs: string }) =>
    `${hidden} units, ${seeds} seeds, ${epochs} epochs`,
  stages: {
    timing: 'Timing each combination',
    population: 'Training all combinations',
    depth: 'Training one to six hidden layers',
    theory: 'Checking what the theory says',
  },
  verdicts: {
    holds: 'Holds',
    'does not hold': 'Does not hold',
    depends: 'Depends',
  },
};

export const foundingText = textOf('founding', founding);
