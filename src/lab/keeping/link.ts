/**
 * A run's settings as the part of the page's address after #, in words a person can read and change:
 * `#data=curve.csv&target=y&hidden=32,32&learning_rate=0.01&seed=3`. Only what differs from the defaults is in it, so that
 * the same link makes the same run.
 */
import type { EngineChoice } from '../../engine/request.ts';
import { engineChoices, type Form, type LegalForm } from '../form.ts';
import type { Source } from '../messages.ts';
import { readSettings, settingWords } from './setting-words.ts';
import { type LinkedSource, readSource, sourceWords } from './source-words.ts';

export function linkOf(settings: LegalForm, source: Source): string {
  const words = [...sourceWords(source), ...settingWords(settings)];
  if (settings.engine !== 'auto') words.push(['engine', settings.engine]);
  return `#${words.map(([name, text]) => `${name}=${written(text)}`).join('&')}`;
}

export interface Link {
  source: LinkedSource | undefined;
  form: Form;
  /** What of it could not be understood. */
  problems: string[];
}

/** Undefined where the address has no settings. */
export function readLink(hash: string): Link | undefined {
  const words = new Map(new URLSearchParams(hash.replace(/^#/, '')));
  if (words.size === 0) return undefined;
  const source = readSource(words);
  const named = words.get('engine');
  const engine = engineChoices.find((choice) => choice === named) ?? 'auto';
  const problems = named !== undefined && named !== engine ? [`engine: "${named}"`] : [];
  words.delete('engine');
  const { trial, data, problems: others } = readSettings(words);
  const { initial_parameters: _, ...settings } = trial;
  return {
    source,
    form: { trial: settings, data, engine: engine as EngineChoice, problems: new Map() },
    problems: [...problems, ...others],
  };
}

/** Commas stay readable. */
function written(text: string): string {
  return encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%20', '+');
}
