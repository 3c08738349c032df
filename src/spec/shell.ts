/** Command lines, for whoever shows how to repeat something. */
import type { DataSettings } from './data-settings.ts';
import { dataFields, fieldText, settingAt } from './fields.ts';

/** A command line that a POSIX shell takes apart into these words again. */
export function commandOf(words: string[]): string {
  return ['perceptron-lab', ...words].map(quoted).join(' ');
}

/** A word as a POSIX shell takes it, unchanged. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Settings of the data as options of the command line; what is the default is left out. @param wanted which of them, by path */
export function dataOptions(settings: DataSettings, wanted: (path: string) => boolean = () => true): string[] {
  return dataFields.flatMap(({ path, default: start }) => {
    const value = wanted(path) ? settingAt(settings, path) : undefined;
    if (value === undefined || JSON.stringify(value) === JSON.stringify(start)) return [];
    return [`--${path}`, fieldText(value) || 'none'];
  });
}
