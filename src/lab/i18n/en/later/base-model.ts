import { textOf } from '../../text.ts';

/** The model that a run goes on from. */
export const baseModel = {
  trainOn: 'Train on from this model',
  nextRun: (name: string) => `The next run goes on from ${name}.`,
  goesOnFrom: (name: string) => `Goes on from the model ${name}`,
  keeps:
    'Its columns, network and loss stay as they are. The rest is yours to choose; a low learning rate and few epochs suit it.',
  beginAnew: 'Begin anew instead',
  ofLink: (name: string) =>
    `The run of this link went on from the model ${name}, which no link holds: it begins anew. Load the model under Predict and train on from it to repeat the run.`,
  runGoesOnFrom: (name: string) => `This run goes on from the model ${name}.`,
};

export const baseModelText = textOf('baseModel', baseModel);
