import { textOf } from '../../text.ts';

/** The dialogs about data: columns, samples, reading, splits. */
export const dataDialogs = {
  target: 'Target',
  ignored: 'Ignored',
  leftOut: (reason: string) => `Left out: ${reason}`,
  oneBooleanInput: (truth: string) => `1 input: 1 for ${truth}`,
  inputsRareAsOne: (inputs: string) => `${inputs} inputs, rare values as one`,
  inputsForEachValue: (inputs: string) => `${inputs} inputs, one for each value`,
  oneInput: '1 input',
  inputs: (inputs: string) => `${inputs} inputs`,
  noneMissing: 'None missing',
  missing: (missing: string) => `${missing} missing`,
  missingAndHow: ({ missing, how }: { missing: string; how: string }) => `${missing} missing: ${how}`,
  rowsNotUsed: 'those rows are not used',
  filledWithIndicator: (fill: string) => `filled with ${fill}, and an input says so`,
  filledWith: (fill: string) => `filled with ${fill}`,
  valueOfTheirOwn: 'a value of their own',
  fromToMedian: ({ least, most, median }: { least: string; most: string; median: string }) =>
    `From ${least} to ${most}, median ${median}`,
  noValues: 'No values',
  valuesSuchAs: ({ values, shown }: { values: string; shown: string }) => `${values} values; ${shown}`,
  values: (values: string) => `${values} values`,
  rows: (rows: string) => (rows === '1' ? '1 row' : `${rows} rows`),
  fromTo: ({ low, high }: { low: string; high: string }) => `from ${low} to ${high}`,
  columnsAndFirstRows: (name: string) => `Columns and first rows of ${name}`,
  rowHeading: 'row',
  whatColumnIs: (name: string) => `What ${name} is`,
  ignore: 'ignore',
  pasteHelp:
    'Rows from a spreadsheet or a CSV file, the column names first. Ctrl+V anywhere on the page does the same.',
  trainOnIt: 'Train on it',
  lookingAtEveryCell: 'Looking at every cell',
  whatIsPredicted: 'What is predicted',
  whichRowsTrain: 'Which rows train',
  scalingAndGaps: 'Scaling and gaps',
  emptyIsGuessed: 'What is left empty is guessed from the first rows.',
  readItAgain: 'Read it again',
  guessed: 'guessed',
  yes: 'yes',
  no: 'no',
  validationPart: 'Validation',
  testPart: 'Test',
};

export const dataDialogsText = textOf('dataDialogs', dataDialogs);
