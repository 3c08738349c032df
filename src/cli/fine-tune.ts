/** `train --from MODEL`: what is trained follows from a model that is there, and only how is asked for. */

import type { DataSet } from '../data/prepare/dataset.ts';
import { type LikeSettings, prepareLike, settingsLike } from '../data/prepare/like.ts';
import type { Table } from '../data/table/table.ts';
import { cli } from '../messages/en/command-line/cli.ts';
import type { DataSettings } from '../spec/data-settings.ts';
import { settingAt } from '../spec/fields.ts';
import { followsFromModel } from '../spec/of-model.ts';
import type { TrialInput } from '../spec/settings.ts';
import { type RecordedBase, recordedBase } from '../train/base-model.ts';
import { fineTuning } from '../train/fine-tune.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { openModel } from './model-file.ts';
import { dataSettingsFrom, type Given, named, settingOptions, type settingsFrom, writtenSettings } from './options.ts';
import { prepareTable, prepareWhole, withStatus } from './reading.ts';

/** What is trained on what, made anew or like that of a model. */
export interface Preparation {
  trial: TrialInput;
  /** The model that it goes on from. */
  base?: RecordedBase;
  settings(table: Table): DataSettings;
  data(table: Table): Promise<DataSet>;
  /** The same with all rows as training rows. */
  whole(table: Table): Promise<DataSet>;
}

type Settings = ReturnType<typeof settingsFrom>;

/** @param from a model, or undefined for a network that begins anew @throws InputError */
export async function preparationFor(
  from: string | undefined,
  given: Given,
  settings: Settings,
  quiet: boolean | undefined,
): Promise<Preparation> {
  if (from === undefined) {
    const own = (table: Table) => dataSettingsFrom(settings, table);
    return {
      trial: settings.trial,
      settings: own,
      data: async (table) => (await prepareTable(table, own(table), 1, quiet))[0],
      whole: (table) => prepareWhole(table, own(table), quiet),
    };
  }
  refuseFixed(given);
  const { model } = await openModel(from);
  const like = writtenSettings(given, 'data') as LikeSettings;
  const prepared = (table: Table, own: LikeSettings) =>
    withStatus(table.source, 'preparing', () => named(() => prepareLike(model, table, own)), quiet);
  return {
    trial: named(() => fineTuning(model, settings.trial.training)),
    base: await recordedBase(from, model),
    settings: (table) => named(() => settingsLike(model.preprocessing, table, like)),
    data: (table) => prepared(table, like),
    whole: (table) => prepared(table, { ...like, split: { ...like.split, train: 1, validation: 0, test: 0 } }),
  };
}

/** @throws InputError naming an option that says what the model says */
function refuseFixed(given: Given): void {
  const written = { trial: writtenSettings(given, 'trial'), data: writtenSettings(given, 'data') };
  const fixed = settingOptions.find(
    ({ field: { path }, of }) =>
      of !== 'fit' && followsFromModel(of, path) && settingAt(written[of], path) !== undefined,
  );
  if (fixed) throw new InputError(message(cli, 'option_of_model', { option: `--${fixed.name}` }), fixed.field.path);
}
