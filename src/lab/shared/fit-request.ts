/** What a fit of the page is asked for, and what repeats it on the command line. */
import type { DataSettings, DataSettingsInput } from '../../spec/data-settings.ts';
import { dataFields, settingAt, withSetting } from '../../spec/fields.ts';
import { commandOf } from '../../spec/shell.ts';
import { same } from './form.ts';

/** Settings that are other than the defaults: on the page every setting is there, and a fit chooses those left out. */
export function chosenData(data: DataSettings): DataSettingsInput {
  const chosen = dataFields.filter(({ path, default: start }) => {
    const value = settingAt(data, path);
    return value !== undefined && !same(value, start);
  });
  return chosen.reduce<Record<string, unknown>>(
    (settings, { path }) => withSetting(settings, path, settingAt(data, path)),
    { target: data.target },
  ) as DataSettingsInput;
}

/** What repeats a fit, with the table and its fit.json in one folder: that has all settings, and the engine. */
export function fitCommand(file: string): string {
  return commandOf(['fit', file, '--repeat', 'fit.json', '--out', 'best']);
}
