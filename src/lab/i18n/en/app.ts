/** The page itself: keys, language, what could not be loaded. */
export const app = {
  keys: {
    space: 'Space',
    train: 'Train or pause',
    trainOneEpoch: 'Train one epoch',
    reset: 'Back to epoch 0',
    logAxis: 'Losses on a log axis or a linear one',
    thisSheet: 'This sheet',
    close: 'Close what is open above the page',
    nextControl: 'The next control',
    slider: 'Move a slider, or the line through a chart that has the focus',
    layer: 'On a layer of the diagram: more or fewer units, edit it by itself, remove it',
  },
  panels: 'Panels',
  settingsChanged: (changes: number) => `Settings (${changes})`,
  settings: 'Settings',
  afterEpochValidation: ({ epoch, metric, score }: { epoch: string; metric: string; score: string }) =>
    `after epoch ${epoch}, validation ${metric} ${score}`,
  shortcuts: 'Keyboard shortcuts',
  dropFile: 'Drop a CSV file to train on it',
  shortcutsWithKey: 'Keyboard shortcuts (?)',
  language: 'Language',
  languageNotLoaded: (language: string) =>
    `${language} could not be loaded: the connection failed, or a newer version has replaced it. Reload the page and choose it again; runs and settings are kept.`,
  tableOf: (caption: string) => `Table of ${caption}`,
  table: 'Table',
  save: 'Save',
  savePlot: (caption: string) => `Save ${caption}`,
  asPicture: 'Picture, .png',
  asDrawing: 'Drawing, .svg',
  asTable: 'Table, .csv',
  someRows: ({ shown, rows }: { shown: string; rows: string }) => `, ${shown} of ${rows} rows`,
  partNotLoaded:
    'This part of the page could not be loaded: the connection failed, or a newer version has replaced it. Reload the page; runs and settings are kept.',
  offline: 'There is no connection now.',
  reload: 'Reload',
};
