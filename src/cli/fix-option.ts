/** The option of the command line that mends what a notice is about. */
import type { NoticeFix } from '../data/table/notices.ts';
import type { DataSettings } from '../spec/data-settings.ts';
import { fieldText } from '../spec/fields.ts';
import { quoted } from '../spec/shell.ts';

/** What was given already and stays: an option that is given twice counts once. */
export type GivenSettings = Partial<Pick<DataSettings, 'ignore' | 'types'>>;

/** "--ignore id,total"; undefined for a column that an option cannot name, and for what is no option of the same command. */
export function fixOption(fix: NoticeFix, { ignore = [], types = {} }: GivenSettings): string | undefined {
  if ('command' in fix) return undefined;
  switch (fix.setting) {
    case 'ignore':
      return option(fix.setting, [...ignore, fix.column], fix.column);
    case 'types':
      return option(fix.setting, { ...types, [fix.column]: fix.value }, fix.column);
    case 'early_stopping':
      return `--${fix.setting}`;
    default:
      return `--${fix.setting} ${fix.value}`;
  }
}

/** Names in a list are parted by commas, and blanks at their ends do not count. */
function option(name: string, value: unknown, column: string): string | undefined {
  return column.includes(',') || column !== column.trim() ? undefined : `--${name} ${quoted(fieldText(value))}`;
}
