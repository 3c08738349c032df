/** The settings of a run, complete and legal. */
import type { DataSettings } from '../../spec/data-settings.ts';
import type { Trial } from '../../spec/settings.ts';
import type { EngineChoice } from './messages.ts';

/** A form that can be trained, with every default filled in. */
export interface LegalForm {
  trial: Trial;
  data: DataSettings;
  engine: EngineChoice;
}
