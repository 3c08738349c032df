import { textOf } from '../../text.ts';

/** The search for the best model: what is found on the way, and what came of it. */
export const fit = {
  workerStopped: 'The worker stopped, and the search with it; start it again.',
  couldNotBeStarted: 'The search could not be started.',
  nothingYet: 'It was stopped before the first network was trained: there is no model.',
  starts: 'Looking for the best model.',
  soFarAloud: ({ metric, score, linear }: { metric: string; score: string; linear: string }) =>
    `So far: ${metric} ${score}, a linear model ${linear}.`,
  found: ({ metric, score, linear }: { metric: string; score: string; linear: string }) =>
    `The best model is found: ${metric} ${score}, a linear model ${linear}.`,
  failedAloud: 'The search for the best model has failed.',
  title: (target: string) => `Best model for ${target}`,
  heldOut: (metric: string) => `${metric} on held-out rows`,
  soFar: (metric: string) => `${metric} on held-out rows so far;`,
  soFarHelp: 'they choose the networks, so that the final score, of rows that had no say, is a little worse.',
  beside: ({ linear, baseline }: { linear: string; baseline: string }) =>
    `a linear model ${linear}, always the same answer ${baseline}`,
  preparing: 'Preparing the table, then a linear model trains first, to compare with.',
  trained: ({ networks, members }: { networks: string; members: string }) =>
    `${networks} networks trained, ${members} of them in the model.`,
  done: ({ networks, members, time, engine }: { networks: string; members: string; time: string; engine: string }) =>
    `${networks} networks trained on ${engine} in ${time}; the model is the weighted average of ${members}.`,
  endedByHand: (done: string) => `Stopped by hand. ${done}`,
  coverage: ({ level, share, rows }: { level: string; share: string; rows: string }) =>
    `${level} intervals hold for ${share} of the ${rows} rows held out.`,
  coverageOfTest: ({ level, share }: { level: string; share: string }) =>
    `${level} intervals hold for ${share} of them.`,
  test: ({ rows, metric, score }: { rows: string; metric: string; score: string }) =>
    `On the ${rows} rows of the test part, which nothing was chosen by: ${metric} ${score}.`,
  scores: 'Scores on held-out rows',
  model: 'this model',
  linear: 'linear model',
  baseline: 'same answer',
  linearTitle: 'The same without hidden layers',
  baselineTitle: 'Always the mean, or the most frequent class',
  heldOutHelp:
    'Held-out rows took turns: each is answered by networks that did not train on it, in an ensemble that was not chosen by it.',
  overTime: 'Score over time, while choosing',
  networks: 'networks',
  secondsAxis: 'seconds',
  linearEnd: 'linear',
  curveSummary: ({ metric, first, last, linear }: { metric: string; first: string; last: string; linear: string }) =>
    `${metric} on held-out rows over seconds: ${first} at first, ${last} now; a linear model has ${linear}.`,
  curveEmpty: (metric: string) => `${metric} over seconds: nothing trained yet`,
  pairs: (target: string) => `Predicted against actual ${target}, held-out rows`,
  pairsSummary: ({ rows, target }: { rows: string; target: string }) =>
    `Predicted against actual ${target} of ${rows} held-out rows; the closer to the dashed line, the better.`,
  confusion: 'Who is taken for whom, held-out rows',
  confusionSummary: ({ rows, right }: { rows: string; right: string }) =>
    `Actual against predicted class of ${rows} held-out rows, ${right} of them right.`,
  predict: 'Predict a row or a file',
  files: 'Files of the best model',
  downloadModel: 'Download the model: one .safetensors file',
  downloadPlan: 'Download fit.json, which repeats the search',
  downloadReport: 'Download the report: a page that stands alone',
  keptWithRuns: 'It is kept with the runs of this browser; its plan and report are there until the page is closed.',
  keptModel: 'Kept with the runs of this browser; its plan and report went with the page that made them.',
  keptNoMore: 'This model is not kept any more: there was no room for it.',
  gone: 'The model went with the worker that stopped; search again for it.',
  onCommandLine: 'The same on the command line',
  sameNumbers:
    'With the table and fit.json in one folder this trains the same networks and gives the same numbers, but for rounding that differs between engines:',
  copyCommand: 'Copy command',
  copied: 'Copied.',
  selectedToCopy: 'It is selected: press Ctrl and C, or ⌘ and C, to copy it.',
};

export const fitText = textOf('fit', fit);
