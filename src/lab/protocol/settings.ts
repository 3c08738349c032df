/** The settings of a run, complete and legal. */
import type { DataSettings } from '../../spec/data-settings.ts';
import type { Trial } from '../../spec/settings.ts';
import type { EngineChoice } from './messages.ts';

/** A form that can be trained, with every default filled in. */
export interface LegalForm {
  trial: Trial;
  data: DataSettings;
  engine: EngineChoice;
  /** Where it does not begin anew. */
  from?: BaseModel;
}

/** The model that a run goes on training. Its columns, its network and its loss are settings of such a run. */
export interface BaseModel {
  /** The same for the same model. */
  key: string;
  name: string;
  /** What its network takes and gives: numbers of a row, once encoded. */
  inputs: number;
  outputs: number;
  /** Which of the inputs are numbers, rather than 0 or 1. */
  numbers: number[];
}
