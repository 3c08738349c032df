import { tiesNote } from '../../../../messages/en/command-line/summary.ts';
import { textOf } from '../../text.ts';

/** The sweep dialog. */
export const sweep = {
  chooseAtLeastOne: 'Choose at least one.',
  giveLeastOneValue: 'Give at least one value.',
  notNumbers: 'From and to have to be numbers.',
  fromBelowTo: 'From has to be below to.',
  logAboveZero: 'A log scale starts above 0.',
  stepsOutOfRange: (most: number) => `The number of values has to be whole, from 2 to ${most}.`,
  samplesOutOfRange: 'Draws: give a whole number from 1 to 1000.',
  drawSeedOutOfRange: 'Seed of the draws: give a whole number from 0 to 4294967295.',
  seedsOutOfRange: 'Seeds: give a whole number from 1 to 1000.',
  foldsOutOfRange: 'Folds: give a whole number from 1 to 100.',
  firstEpochsOutOfRange: 'Halving: the first epochs are a whole number from 1 up.',
  factorOutOfRange: 'Halving: one in 2 to 100 combinations goes on; give a whole number.',
  workerStopped: 'The worker stopped, and the sweep with it; train it again.',
  formCannotBeTrained: 'A setting of the form cannot be trained; mend it first.',
  couldNotBeStarted: 'The sweep could not be started.',
  title: 'Sweep',
  beginsAnew: (name: string) =>
    `All trials begin anew, with the network of ${name} but not with its weights: only single runs go on from a model.`,
  about: 'Trains combinations of some settings, and says which is best and how surely.',
  whatItTries: 'What the sweep tries',
  whatCameOfIt: 'What came of it',
  chooseWhatToVary: 'Choose what to vary, and how.',
  chartsComeHere: 'Each combination gets a small chart here, and a line on a leaderboard, as soon as it trains.',
  filesAreGone: 'The files and models of this sweep went with the worker that stopped; train it again for them.',
  filesAtEnd: 'The files and models come when all trials have ended: continue the sweep.',
  keptSweeps: 'Kept sweeps',
  chooseKept: 'Show a kept sweep…',
  keptSweep: ({ when, table, what, trials }: { when: string; table: string; what: string; trials: string }) =>
    `${when}, ${table}: ${what}, ${trials} trials`,
  notFinished: 'not finished',
  resume: 'Continue',
  anotherTab: 'Another tab has this sweep open; continue it there.',
  deleteSweep: 'Delete',
  unreadSweeps: (sweeps: number) =>
    sweeps === 1
      ? 'One kept sweep is damaged or of another version, and is left out.'
      : `${sweeps} kept sweeps are damaged or of another version, and are left out.`,
  halted: ({ ended, trials }: { ended: string; trials: string }) =>
    `Not finished: ${ended} of ${trials} trials ended. The others go on from their last checkpoint, or begin anew where they have none.`,
  leaderboardIsEmpty: 'The leaderboard begins with the first epoch.',
  noValidationRows: 'There are no validation rows: combinations are scored on the training rows when all have ended.',
  runIsHeld: 'The single run is held while the sweep trains. The dialog may be closed.',
  stoppingScored: 'Stopping; trials are scored as they stand.',
  endedByHand: ({ trials, time, plan }: { trials: string; time: string; plan: string }) =>
    `Ended by hand: ${trials} trials in ${time}, ${plan} plan.`,
  done: ({ trials, time, plan }: { trials: string; time: string; plan: string }) =>
    `Done: ${trials} trials in ${time}, ${plan} plan.`,
  someDiverged: (diverged: string) => `${diverged} diverged.`,
  progress: ({
    ended,
    trials,
    epoch,
    epochs,
    time,
  }: {
    ended: string;
    trials: string;
    epoch: string;
    epochs: string;
    time: string;
  }) => `${ended} of ${trials} trials ended, epoch ${epoch} of ${epochs}, ${time}`,
  progressAndLeft: ({
    ended,
    trials,
    epoch,
    epochs,
    time,
    left,
  }: {
    ended: string;
    trials: string;
    epoch: string;
    epochs: string;
    time: string;
    left: string;
  }) => `${ended} of ${trials} trials ended, epoch ${epoch} of ${epochs}, ${time}, about ${left} left`,
  trainingTrials: (trials: string) => `Training ${trials} trials.`,
  percentTrained: (percent: number) => `${percent} % of the sweep is trained.`,
  tInterval: ({ mean, interval, trials }: { mean: string; interval: string; trials: number }) =>
    `${mean}, 95 % t interval ${interval} over ${trials} trials`,
  bootstrapInterval: ({ mean, interval, trials }: { mean: string; interval: string; trials: number }) =>
    `${mean}, 95 % bootstrap interval ${interval} over ${trials} trials`,
  best: 'Best',
  bestSoFar: 'Best so far',
  chosen: 'Chosen',
  modelOfSeed: (seed: number) => `Model: its best trial, seed ${seed}.`,
  modelOfFold: ({ seed, fold }: { seed: number; fold: number }) => `Model: its best trial, seed ${seed}, fold ${fold}.`,
  useSettings: 'Use these settings',
  predictWithModel: 'Predict with its model',
  settingsInForm: 'They are in the form now; train them with the train button.',
  leaderboard: 'Leaderboard',
  rank: 'rank',
  meanAndSd: 'Mean over seeds and folds ± standard deviation',
  meanOverFolds:
    'Of the mean over seeds and folds. Folds share rows to train on, so that a mean over them is less sure than its interval says.',
  bootstrapIntervalTitle: '95 % bootstrap interval',
  tIntervalTitle: '95 % t interval',
  trialsTitle: 'Trials: seeds times folds',
  testMetric: (metric: string) => `test ${metric}`,
  bestOfLeaders: ({ shown, all }: { shown: number; all: string }) => `The best ${shown} of ${all}; trials.csv has all.`,
  divergedTrials: (trials: number) => `${trials} diverged`,
  outEarly: 'out early',
  shares: 'Which settings matter: share of the variance',
  sharesHelp:
    'Of the variance of the metric over all combinations, what goes with each setting by itself, less what chance gives a setting without effect',
  sharesRest: 'Interplay and chance',
  tie: 'not told apart from the best',
  ties: tiesNote,
  settingsOfForm: 'All trials have the settings of the form, but for what varies here.',
  tried: 'What is tried',
  everyCombination: 'Every combination',
  randomDraws: 'Random draws',
  samplesLabel: 'Draws',
  samplesHelp: 'So many combinations: each draws a value of every setting that varies',
  drawSeedLabel: 'Seed of the draws',
  drawSeedHelp: 'The same seed draws the same combinations, here and on the command line',
  uniform: 'uniform',
  logUniform: 'log-uniform',
  oneDraw: '1 draw',
  draws: (draws: string) => `${draws} draws`,
  seedsLabel: 'Seeds',
  seedsHelp: 'Each combination is trained this often, from other initial parameters',
  foldsLabel: 'Folds',
  foldsHelp: 'More than 1: the folds take turns in validating, and each trains anew',
  varySetting: 'Vary a setting',
  varySettingOption: 'Vary a setting…',
  halvingHelp: 'After some epochs only the best go on, then the best of these, and so on',
  halving: 'Successive halving',
  firstEpochs: 'First epochs',
  factor: 'One goes on of',
  oneCombination: '1 combination',
  combinations: (combinations: string) => `${combinations} combinations`,
  oneSeed: '1 seed',
  folds: (folds: string) => `${folds} folds`,
  oneTrial: '1 trial',
  trials: (trials: string) => `${trials} trials`,
  size: ({ parameters, total, epochs }: { parameters: string; total: string; epochs: string }) =>
    `${parameters} parameters each, ${total} in all; up to ${epochs} epochs.`,
  timeMeasured: 'Measuring how long it takes…',
  timeAbout: ({ time, engine }: { time: string; engine: string }) => `About ${time} on ${engine}.`,
  timeAtMost: ({ time, engine }: { time: string; engine: string }) =>
    `At most ${time} on ${engine}, less where trials stop early.`,
  engines: { webgpu: 'the GPU', cpu: 'the CPU', reference: 'the reference engine' },
  cpuAndGpu: 'the CPU and the GPU',
  stopping: 'Stopping…',
  stop: 'Stop',
  trainAll: 'Train all',
  onCommandLine: 'On the command line',
  sameSweepAsFile: 'The same sweep, with this sweep.json beside the table:',
  copyCommand: 'Copy command',
  copySweepJson: 'Copy sweep.json',
  downloadSweepJson: 'Download sweep.json',
  copied: 'Copied.',
  selectedToCopy: 'It is selected: press Ctrl and C, or ⌘ and C, to copy it.',
  schedule: 'Schedule',
  doNotVary: (label: string) => `Do not vary ${label}`,
  valuesOf: (label: string) => `Values of ${label}`,
  hiddenHelp: 'Layers by commas, networks by semicolons; none is no hidden layer.',
  howVaries: (label: string) => `How ${label} varies`,
  values: 'values',
  range: 'range',
  from: 'from',
  to: 'to',
  steps: 'number of values',
  scale: 'scale',
  log: 'log',
  linear: 'linear',
  whatIsDrawn: 'What is drawn',
  parallel: 'Parallel coordinates',
  parallelAbout: (metric: string) => `a line for each combination, coloured by ${metric}; the best on top`,
  withoutScore: (combinations: number) =>
    combinations === 1 ? 'one without a score is left out' : `${combinations} without a score are left out`,
  parallelSummary: ({ combinations, axes }: { combinations: string; axes: string }) =>
    `${combinations} combinations as lines through ${axes}.`,
  combinationsBestFirst: 'Combinations, best first',
  standardDeviation: 'standard deviation',
  losses: 'Losses',
  meanLossOfEach: 'Mean loss of each combination',
  combination: 'combination',
  validationLoss: 'validation loss',
  trainingLoss: 'training loss',
  lossesOverEpochsMean: ({ loss, epochs, trials }: { loss: string; epochs: string; trials: number }) =>
    `${loss} on a log axis over ${epochs} epochs; thin: ${trials} trials, thick: their mean`,
  lossesOverEpochs: ({ loss, epochs }: { loss: string; epochs: string }) =>
    `${loss} on a log axis over ${epochs} epochs`,
  titles: (names: string) => `titles: ${names}`,
  alike: (settings: string) => `all have ${settings}`,
  multiplesSummary: ({ charts, loss }: { charts: string; loss: string }) =>
    `${charts} small charts of the ${loss}, one for each combination.`,
  bestCombinationSoFar: (combination: string) => `Best so far: ${combination}.`,
};

export const sweepText = textOf('sweep', sweep);
