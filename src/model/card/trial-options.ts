/** The settings of a trial as the command line takes them. */
import { groupOff, groupValue, settingAt, settingName, settingText, trialFields } from '../../spec/fields.ts';
import type { Trial } from '../../spec/settings.ts';

/** All of them: those that follow from a table too, and what is off. @param wanted which of them, by path */
export function trialOptions(
  settings: Pick<Trial, 'model' | 'training'>,
  wanted: (path: string) => boolean = () => true,
): string[] {
  const options = trialFields.flatMap((field) => {
    const value = wanted(field.path) ? settingAt(settings, field.path) : undefined;
    return value === undefined || value === null ? [] : [`--${settingName(field)}`, settingText(value)];
  });
  const off = Object.keys(groupValue).filter((group) => !settingAt(settings, `training.${group}`));
  return [
    ...options,
    ...off.flatMap((group) => (groupOff(`training.${group}`) === false ? [`--${group}`, 'false'] : [])),
  ];
}
