/** What choosing a column's type changes in the settings: it is either of a type or ignored, or as its cells say. */
import type { ColumnType, DataSettingsInput } from '../../spec/data-settings.ts';
import type { Change } from '../shared/form.ts';

/** '' is for what the cells say. */
export type ColumnChoice = '' | 'ignore' | ColumnType;

export function columnChanges(
  { types = {}, ignore = [] }: Partial<DataSettingsInput>,
  name: string,
  choice: ColumnChoice,
): Change[] {
  const { [name]: _, ...others } = types;
  const typed = choice === '' || choice === 'ignore' ? others : { ...others, [name]: choice };
  const kept = ignore.filter((one) => one !== name);
  return [
    { path: 'data.types', value: typed },
    { path: 'data.ignore', value: choice === 'ignore' ? [...kept, name] : kept },
  ];
}
