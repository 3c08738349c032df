/** The data panel: columns, samples, reading, splits, notices. */
export const data = {
  types: {
    number: 'number',
    integer: 'whole number',
    boolean: 'yes or no',
    category: 'category',
    date: 'date',
    identifier: 'identifier',
    text: 'free text',
  },
  pastedText: 'pasted text',
  showAllColumns: (columns: number | string) => `Show all ${columns} columns`,
  oneRow: '1 row',
  rows: (rows: string) => `${rows} rows`,
  oneColumn: '1 column',
  columns: (columns: string) => `${columns} columns`,
  samples: {
    curve: {
      title: 'Curve',
      description: 'A smooth curve of one variable, with noise',
    },
    or: {
      title: 'OR',
      description: 'Four rows, which a single neuron learns',
    },
    xor: {
      title: 'XOR',
      description: 'Four rows, which need a hidden layer',
    },
    xor_noisy: {
      title: 'XOR with noise',
      description: 'Four clouds, opposite ones of one class',
    },
    spirals: {
      title: 'Spirals',
      description: 'Two spirals wound into each other',
    },
    moons: {
      title: 'Moons',
      description: 'Two half moons that no straight line parts',
    },
    circles: {
      title: 'Circles',
      description: 'A circle inside a larger one',
    },
    blobs: {
      title: 'Blobs',
      description: 'Three round clouds, one for each class',
    },
    penguins: {
      title: 'Penguins',
      description: 'Three species by their measurements, with gaps',
    },
    'seattle-weather': {
      title: 'Seattle weather',
      description: "Four years of days: the day's highest temperature",
    },
    digits: {
      title: 'Digits',
      description: 'Handwritten digits of 14 × 14 pixels',
    },
  },
  reading: 'Reading',
  readAndPreparing: (rows: string) => `Read ${rows}; preparing them for training`,
  readSoFar: ({ bytes, total, rows }: { bytes: string; total: string; rows: string }) =>
    `Read ${bytes} of ${total}, ${rows}`,
  theOtherColumns: (others: string) => `the other ${others} columns`,
  someOtherColumns: ({ features, others }: { features: string; others: string }) =>
    `${features} of the other ${others} columns`,
  predictsNumber: ({ target, from }: { target: string; from: string }) => `Predicts ${target}, a number, from ${from}.`,
  predictsClass: ({ target, classes, from }: { target: string; classes: string; from: string }) =>
    `Predicts ${target}, one of ${classes} classes, from ${from}.`,
  keptSettingsAndMore: ({ shown, more }: { shown: string; more: number }) =>
    `Kept as you had them: ${shown} and ${more} more.`,
  keptSettings: (shown: string) => `Kept as you had them: ${shown}.`,
  sdOnY: (sd: string) => `sd ${sd} on y`,
  sdOnInputs: (sd: string) => `sd ${sd} on each input`,
  readInAnotherWay: 'Read it in another way',
  leaveItOut: 'Leave it out',
  readAs: (type: string) => `Read as ${type}`,
  predictNumber: 'Predict a number',
  predictClasses: 'Predict classes',
  balanceClasses: 'Balance the classes',
  stopEarly: 'Stop early',
  raiseDropout: (rate: string) => `Set dropout to ${rate}`,
  trainLonger: (epochs: string) => `Train ${epochs} epochs`,
  allSamples: 'All samples, with what they are',
  chooseSample: 'Samples',
  openFile: 'Open file',
  paste: 'Paste',
  readingTable: 'Reading a table',
  notOpenedYet: 'Not opened here yet',
  lookAtData: 'Look at the data',
  splitRows: ({ train, validation, test }: { train: string; validation: string; test: string }) =>
    `${train} to train, ${validation} to validate, ${test} to test`,
  asCellsSay: 'as the cells say',
  rowsSlider: 'Rows',
  noise: 'Noise',
  draw: 'Draw',
  otherPoints: 'Other points',
  seed: 'seed',
  toLookAt: 'To look at',
  severity: {
    critical: 'critical',
    warning: 'warning',
    info: 'note',
  },
  showMore: (more: string) => `${more} more`,
  doneInSettings: 'Done in the settings; the next start has it.',
  pasteTable: 'Paste a table',
  howFileRead: 'How the file is read',
  theData: 'The data',
};
