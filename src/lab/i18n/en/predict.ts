/** Predictions of a row or a file. */
export const predict = {
  workerStopped: 'The worker stopped.',
  title: 'Predict',
  thereNoModelYet: 'There is no model yet.',
  withTheRun: 'With the run as it is',
  withModel: (name: string) => `With ${name}`,
  withEnsemble: ({ name, members }: { name: string; members: string }) =>
    `With ${name}, the average of ${members} networks`,
  backToRun: 'Back to the run',
  loadModel: 'Load a model…',
  usualRow: 'Usual row',
  moreColumns: (rest: string) => `${rest} more columns`,
};
