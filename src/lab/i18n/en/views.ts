/** The views of the centre. */

export const views = {
  actual: (target: string) => `actual ${target}`,
  predicted: (target: string) => `predicted ${target}`,
  model: 'model',
  residual: 'residual',
  rowNumber: 'row',
  rowsAndShare: ({ rows, share }: { rows: string; share: string }) =>
    `${rows} ${rows === '1' ? 'row' : 'rows'}, ${share} of the actual class`,
  takenFor: ({ actual, predicted }: { actual: string; predicted: string }) => `${actual} taken for ${predicted}`,
  rowsBehind: ({ what, shown, rows }: { what: string; shown: string; rows: string }) =>
    shown === rows ? `${what}: ${rows} ${rows === '1' ? 'row' : 'rows'}` : `${what}: first ${shown} of ${rows} rows`,
  row: (row: string) => `row ${row}`,
  selected: (row: string) => `Selected: ${row}. Views that show it mark it; Escape clears it.`,
  noneSelected: 'No row is selected.',
  selectedIn: (reading: string) => `Selected: ${reading}.`,
  selectedHere: 'the selected row is here',
  markRow: 'Mark this row in every view',
  predictRow: (row: string) => `Predict row ${row}`,
  title: 'Views',
  tabs: {
    confusion: 'Confusion',
    pairs: 'Predicted against actual',
    fit: 'Fit',
    surface: 'Surface',
    residuals: 'Residuals',
    roc: 'ROC',
    importance: 'Importance',
    dependence: 'Dependence',
    inside: 'Inside',
  },
  testRowsHeldBack: (rows: string) => `${rows} test rows are held back`,
  noDataYet: 'No data yet',
  confusionSummary: ({ rows, target, standing }: { rows: string; target: string; standing: string }) =>
    `${rows} by actual and predicted ${target}, ${standing}.`,
  pairsSummary: ({ target, rows, standing }: { target: string; rows: string; standing: string }) =>
    `Predicted against actual ${target}: ${rows}, ${standing}.`,
  curveFromTo: ({ left, right }: { left: string; right: string }) =>
    `The model goes from ${left} at the left to ${right} at the right.`,
  fitSummary: ({ target, features, standing }: { target: string; features: string; standing: string }) =>
    `${target} over ${features}: the rows as points and the model as a curve, ${standing}.`,
  modelOf: (target: string) => `model's ${target}`,
};
