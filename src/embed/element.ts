/** Importing this defines `<perceptron-lab>`. Its types do not need those of the library that draws it. */
import { definePerceptronLab as define } from './perceptron-lab.ts';

export type { EmbedEvents, EmbedSettings, PanelName, PerceptronLabElement } from './api.ts';
export { createTrainer, type Trainer, type TrainerOptions, type TrainerState, type TrainerStatus } from './trainer.ts';

/**
 * Defines the element under a name of one's own. Safe to call twice.
 * @param name with a hyphen, such as `my-lab`
 */
export const definePerceptronLab: (name: string) => void = define;

define();
