/**
 * What settings are called in other languages than English, by their paths in the form. The English is in the schema, where each
 * setting is declared; a setting of the schema without its texts here does not compile, nor do texts of no setting.
 */
import type { DataSettings } from '../../spec/data-settings.ts';
import type { ReadingSettings } from '../../spec/reading-settings.ts';
import type { Trial } from '../../spec/settings.ts';

/** Dotted paths within `T`. A list, or a choice for each of some names, is one setting. */
type Paths<T> = {
  [K in keyof T & string]-?: (NonNullable<T[K]> extends infer V ? (V extends false ? never : V) : never) extends infer V
    ? V extends string | number | boolean | readonly unknown[]
      ? K
      : string extends keyof V
        ? K
        : `${K}.${Paths<V>}`
    : never;
}[keyof T & string];

type SettingPath =
  | `trial.${Paths<Omit<Trial, 'initial_parameters'>>}`
  | `data.${Paths<DataSettings>}`
  | `reading.${Paths<ReadingSettings>}`;

export type SettingTexts = Record<SettingPath, { label: string; help: string; unit?: string }>;
