import { textOf } from '../../text.ts';

/** What a model answers, for a row or a file. */
export const prediction = {
  probabilities: 'Probabilities',
  lessLikelyClasses: (left: string) => `and ${left} less likely classes`,
  interval: ({ level, low, high }: { level: string; low: string; high: string }) => `${level}: ${low} to ${high}`,
  intervalsHold: ({ level, share, width }: { level: string; share: string; width: string }) =>
    `${level} intervals hold ${share} of them; they are ${width} wide on average.`,
  why: 'Why?',
  hideWhy: 'Hide why',
  explaining: 'Being explained',
  predictions: (predictions: string) => `${predictions} predictions`,
  tableRows: 'rows of the table',
  towards: 'towards',
  fromTo: (p: { base: string; rows: string; rowsName: string; prediction: string }) =>
    `From ${p.base}, the mean prediction for ${p.rows} ${p.rowsName}, to ${p.prediction}:`,
  inPoints: 'In percentage points of probability, ± standard error.',
  inUnits: (target: string) => `In units of ${target}, ± standard error.`,
  contributionHelp:
    'What each column adds, over many orders of adding them (Shapley values); together they are the difference.',
  otherColumns: (columns: string) => `${columns} other columns`,
  missing: 'missing',
  anotherValue: 'another value',
  missingTakesAndTold: (taken: string) => `Missing: the model takes ${taken}, and is told that it is missing.`,
  missingTakes: (taken: string) => `Missing: the model takes ${taken}.`,
  outsideRange: ({ low, high }: { low: string; high: string }) =>
    `Outside what the data has, ${low} to ${high}: the model extrapolates.`,
  missingNoKnownValue: 'Missing: none of the values the model knows.',
  countsAsRare: 'Counts as one of the rare values.',
  noKnownValue: 'None of the values the model knows.',
  predictForFile: 'Predict for a file…',
  predictForFileHelp: 'A CSV with the same columns; or drop it here. The rows come back with the predictions.',
  predictingFor: (name: string) => `Predicting for ${name}`,
  againstKnownAnswers: ({ rows, target }: { rows: string; target: string }) =>
    `Against the ${rows} known answers of ${target}:`,
  notScored: (reason: string) => `Not scored: ${reason}`,
  firstRows: 'The first rows',
  downloadPredictions: 'Download predictions',
  rowsWith: ({ rows, column }: { rows: string; column: string }) => `${rows} rows, with ${column}.`,
  rowsWithMore: ({ rows, column, more }: { rows: string; column: string; more: string }) =>
    `${rows} rows, with ${column} and ${more} more columns.`,
};

export const predictionText = textOf('prediction', prediction);
