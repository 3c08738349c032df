/** The views that ask the model or look into it. */
import { textOf } from '../../text.ts';

export const modelViews = {
  residualsOf: (target: string) => `Residuals of ${target}`,
  residualAxis: (target: string) => `residual: actual − predicted ${target}`,
  barRows: (rows: string) => (rows === '1' ? '1 row' : `${rows} rows`),
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
  keysReadPlaces: 'Arrow keys read single places, Page Up and Page Down rows.',
  surfaceFromTo: ({ low, high }: { low: string; high: string }) => `It goes from ${low} to ${high}.`,
  sharesOfArea: (shares: string) => `Shares of the area: ${shares}.`,
  column: 'column',
  dependenceOn: (column: string) => `Partial dependence on ${column}`,
  meanProbability: (target: string) => `mean probability of each ${target}`,
  meanPredicted: (target: string) => `mean predicted ${target}`,
  meanOver: ({ rows, rowsName }: { rows: string; rowsName: string }) => `mean over ${rows} ${rowsName}`,
  meanOverAndBand: ({ rows, rowsName }: { rows: string; rowsName: string }) =>
    `mean over ${rows} ${rowsName}; the band holds 80 % of them`,
  leansOn: 'What it leans on, and how',
  byKnownAnswers: (table: string) =>
    `Of ${table}. The networks were trained on these rows, so that they say what the model uses, not how good it is.`,
  knownRows: 'rows with a known answer',
  singleRows: 'single rows',
  singleRowsSummary: ({ rows, name, low, high }: { rows: string; name: string; low: string; high: string }) =>
    `${rows} single rows: between the ends ${name} changes by ${low} to ${high}.`,
  noDependenceYet: (column: string) => `Partial dependence on ${column}: not worked out yet`,
  goesFromTo: ({ name, first, last }: { name: string; first: string; last: string }) =>
    `${name} goes from ${first} to ${last}`,
  dependenceSummary: ({
    axis,
    column,
    from,
    to,
    ways,
  }: {
    axis: string;
    column: string;
    from: string;
    to: string;
    ways: string;
  }) => `${axis} as ${column} goes from ${from} to ${to}: ${ways}.`,
  permutationImportance: 'Permutation importance',
  sd: 'sd',
  importanceFacts: ({
    rows,
    rowsName,
    repeats,
    metric,
    baseline,
  }: {
    rows: string;
    rowsName: string;
    repeats: string;
    metric: string;
    baseline: string;
  }) => `(${rows} ${rowsName}, mean and sd of ${repeats} shuffles; unshuffled, ${metric} ${baseline})`,
  importance: 'importance',
  accuracyLost: 'accuracy lost when the column is shuffled, in percentage points',
  rmseAdded: (target: string) => `RMSE added when the column is shuffled, in units of ${target}`,
  noImportanceYet: 'Permutation importance: not worked out yet',
  importanceSummary: ({ columns, axis, first }: { columns: string; axis: string; first: string }) =>
    `Permutation importance of ${columns} columns, ${axis}: ${first}.`,
  importanceHelp: 'Each column is shuffled in turn, to see how much worse the model does without what it says.',
  importanceRunning: 'Each column is being shuffled in turn.',
  layers: 'Layers',
  byLayer: 'Weights, gradients and activations by layer',
  epochMeasured: 'epoch, measured while this view is open',
  gradientLength: 'length of the gradient',
  layer: (layer: number) => `layer ${layer}`,
  notMeasuredYet: 'Not measured yet.',
  allIsWell: (rows: string) =>
    `Gradients reach every layer, and no unit is dead or saturated in ${rows} sampled training rows.`,
  noGradientsYet: 'Lengths of the gradients: not measured yet',
  layerNorm: ({ layer, norm }: { layer: number; norm: string }) => `layer ${layer}: ${norm}`,
  gradientsSummary: ({ standing, lengths, findings }: { standing: string; lengths: string; findings: string }) =>
    `Lengths of the gradients by layer, ${standing}: ${lengths}. ${findings}`,
  layerHeading: 'layer',
  weights: 'weights',
  gradients: 'gradients',
  activations: 'activations',
  outputLayer: (layer: number) => `${layer}, output`,
  units: 'units',
  weightLength: 'length of the weights',
  idleUnits: 'idle units',
  range: ({ low, high }: { low: string; high: string }) => `${low} to ${high}`,
  spread: ({ layer, what, low, high }: { layer: number; what: string; low: string; high: string }) =>
    `layer ${layer}, ${what}: from ${low} to ${high}`,
  notFinite: (layer: string) => `Layer ${layer}'s gradient is no finite number any more.`,
  zeroGradient: (layer: string) => `Layer ${layer}'s gradient is 0: it learns nothing.`,
  vanishing: ({ layer, times }: { layer: string; times: string }) =>
    `Layer ${layer}'s gradient is 1/${times} of the last layer's: vanishing.`,
  exploding: ({ layer, times }: { layer: string; times: string }) =>
    `Layer ${layer}'s gradient is ${times} times the last layer's: exploding.`,
  dead: ({ idle, units, layer, rows }: { idle: string; units: string; layer: string; rows: string }) =>
    `${idle} of ${units} relu units in layer ${layer} are 0 in all ${rows} sampled rows: dead.`,
  saturated: ({ idle, units, layer, rows }: { idle: string; units: string; layer: string; rows: string }) =>
    `${idle} of ${units} units in layer ${layer} are flat in all ${rows} sampled rows: saturated.`,
  rangeInWords: ({ low, high }: { low: string; high: string }) => `from ${low} to ${high}`,
  query: {
    running: 'Being worked out',
    again: 'Work out again',
    start: 'Work out',
    whileTrained: ({ from, to }: { from: string; to: string }) => `while it trained, epochs ${from} to ${to}`,
  },
};

export const modelViewsText = textOf('modelViews', modelViews);
