/** The catalogue of sample tables, as the page and its worker know it; the tables themselves are `sample-tables.ts`. */
import catalogue from '../../../data/samples.json';
import type { GenerateSettings, GeneratorName } from '../../data/prepare/generate.ts';
import type { DataSettingsInput } from '../../spec/data-settings.ts';
import { withFirstData, withFirstDefaults } from '../../spec/first-defaults.ts';
import type { TrialInput } from '../../spec/settings.ts';

export interface SampleInfo {
  name: string;
  /** Its file's name, which is the table's. */
  file: string;
  target: string;
  task: 'regression' | 'classification';
  rows: number;
  columns: number;
  /** Of tables made by a formula: which, and with what. */
  generate?: { kind: GeneratorName } & GenerateSettings;
  /** What suits the table, other than the first defaults. */
  settings: { data?: Partial<DataSettingsInput> } & TrialInput;
}

/** In the order of the catalogue: the simplest first. */
export const samples = catalogue as unknown as SampleInfo[];

/** @throws Error for a name that is not in the catalogue */
export function sampleOf(name: string): SampleInfo {
  const found = samples.find((sample) => sample.name === name);
  if (!found) throw new Error(`no sample is called ${name}`);
  return found;
}

/**
 * What suits a sample, beside the first defaults, which the page's samples go on with. The page begins with the curve and
 * those alone, and choosing it gives the same again.
 */
export function suitsSample({ name, target, settings }: SampleInfo): SampleInfo['settings'] {
  const { data, ...trial } = name === 'curve' ? {} : settings;
  return { ...withFirstDefaults(trial), data: withFirstData({ ...data, target }) };
}

/** Of a sample's small picture, in its own units. */
export const thumbnailWidth = 120;
export const thumbnailHeight = 80;
