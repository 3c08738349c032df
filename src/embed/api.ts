/** What `<perceptron-lab>` is to the page around it. */
import type { EngineChoice } from '../engine/request.ts';
import type { Model } from '../library/model.ts';
import type { DataSettingsInput } from '../spec/data-settings.ts';
import type { TrialInput } from '../spec/settings.ts';
import type { EpochRecord, Outcome } from '../train/progress.ts';
import type { Trainer, TrainerState, TrainingData } from './trainer.ts';

/** The parts of `<perceptron-lab>`. */
export type PanelName = 'controls' | 'losses' | 'scores' | 'predict';

/** Settings of the data but the target, and those of network and training. */
export interface EmbedSettings extends TrialInput {
  /** How the table is prepared, but for its target. */
  data?: Omit<DataSettingsInput, 'target'>;
}

/**
 * The element `<perceptron-lab>`: it reads a table, trains, shows the losses and scores, and predicts. Attributes have
 * the names of properties; `data` is a property only.
 */
export interface PerceptronLabElement extends HTMLElement {
  /** URL of a table. */
  src: string;
  /** In place of `src`: a table, rows, or what `readCsv` reads. */
  data: TrainingData | undefined;
  /** The column to predict. */
  target: string;
  /** `{ model: { hidden: [32] }, training: { epochs: 100 }, data: { split: { ... } } }`, or the same as JSON. */
  settings: EmbedSettings | string | undefined;
  /** Names of the panels that are shown, in their order; all unless given. */
  panels: string;
  /** What trains; `auto` unless given. */
  engine: EngineChoice;
  /** Whether it trains as soon as it can. */
  autostart: boolean;
  /** What trains; undefined before there is anything to train on. */
  readonly trainer: Trainer | undefined;
  /** Trains, or goes on after a pause; resolves when the training has ended. */
  start(): Promise<void>;
  /** Holds the training; `start` goes on. */
  pause(): void;
  /** Ends the training; what was learned stays. */
  stop(): void;
  /** Forgets what was trained, and begins anew where `autostart` is set. */
  reset(): void;
}

/** What happens is told by events of these names, which bubble. */
export interface EmbedEvents {
  /** An epoch has ended; of quick ones the latest, up to 60 times a second. */
  epoch: CustomEvent<EpochRecord>;
  /** The training has ended. */
  result: CustomEvent<{ outcome: Outcome; metrics: NonNullable<TrainerState['metrics']>; model: Model }>;
  /** It could not train. */
  failure: CustomEvent<{ error: Error }>;
}

declare global {
  interface HTMLElementTagNameMap {
    'perceptron-lab': PerceptronLabElement;
  }
}
