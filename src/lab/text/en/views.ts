/** The views of the centre. */
export const views = {
  actual: (target: string) => `actual ${target}`,
  predicted: (target: string) => `predicted ${target}`,
  model: 'model',
  residualsOf: (target: string) => `Residuals of ${target}`,
  residual: 'residual',
  residualAxis: (target: string) => `residual: actual − predicted ${target}`,
  longestBar: (most: string) => `rows, longest ${most}`,
  residualFacts: ({ mean, sd, low, high }: { mean: string; sd: string; low: string; high: string }) =>
    `mean ${mean}, sd ${sd}; 90 % from ${low} to ${high}`,
  noResidualsYet: 'Residuals: no predictions yet',
  residualsSummary: ({
    rows,
    rowsName,
    target,
    standing,
    facts,
  }: {
    rows: string;
    rowsName: string;
    target: string;
    standing: string;
    facts: string;
  }) => `Residuals of ${rows} ${rowsName} over the predicted ${target}, ${standing}: ${facts}.`,
  threshold: 'threshold',
  rocOf: (positive: string) => `ROC of ${positive}`,
  falsePositiveRate: 'false positive rate',
  truePositiveRate: 'true positive rate',
  oneClassOnly: 'These rows are of one class only, so there is nothing to tell apart.',
  shareFound: (positive: string) => `true positive rate: share of ${positive} found`,
  chance: 'chance',
  atThreshold: (threshold: string) => `at ${threshold}`,
  rocFacts: ({ hits, positive, alarms }: { hits: string; positive: string; alarms: string }) =>
    `finds ${hits} of ${positive}, with ${alarms} false alarms among the others`,
  noRocYet: 'ROC: no curve yet',
  rocSummary: ({
    positive,
    standing,
    auc,
    positives,
    negatives,
    threshold,
    facts,
  }: {
    positive: string;
    standing: string;
    auc: string;
    positives: string;
    negatives: string;
    threshold: string;
    facts: string;
  }) =>
    `ROC of ${positive}, ${standing}: area under the curve ${auc} over ${positives} rows of it and ${negatives} others; a threshold of ${threshold} ${facts}.`,
  andMore: (others: number) => `and ${others} more`,
  validationHeldOut: 'validation, held out',
  surfaceAxes: ({ target, x, y }: { target: string; x: string; y: string }) =>
    `${target} by ${x} (across) and ${y} (down)`,
  surfaceSummary: ({
    target,
    x,
    y,
    standing,
    training,
    validation,
  }: {
    target: string;
    x: string;
    y: string;
    standing: string;
    training: string;
    validation: string;
  }) =>
    `The model's ${target} over ${x} and ${y}, ${standing}, with ${training} training and ${validation} validation rows.`,
  arrowKeysReadPlaces: 'Arrow keys read single places.',
  goesFromTo: ({ low, high }: { low: string; high: string }) => `It goes from ${low} to ${high}.`,
  sharesOfArea: (shares: string) => `Shares of the area: ${shares}.`,
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
  losses: 'Losses',
  meanLossOfEach: 'Mean loss of each combination',
  combination: 'combination',
  validationLoss: 'validation loss',
  trainingLoss: 'training loss',
  lossesOverEpochsMean: ({ loss, epochs, trials }: { loss: string; epochs: string; trials: number }) =>
    `${loss} on a log axis over ${epochs} epochs; thin: ${trials} trials, thick: their mean`,
  lossesOverEpochs: ({ loss, epochs }: { loss: string; epochs: string }) =>
    `${loss} on a log axis over ${epochs} epochs`,
  multiplesSummary: ({ charts, loss }: { charts: string; loss: string }) =>
    `${charts} small charts of the ${loss}, one for each combination.`,
  bestSoFar: (combination: string) => `Best so far: ${combination}.`,
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
