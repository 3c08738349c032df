/** What `fit` takes of the data's settings where nothing else is given; apart from the schema, which every page loads. */
import type { DataSettingsInput } from './data-settings.ts';

/** Columns of a table whose numbers are cut into pieces: of more, the first layer would be all that there is time for. */
const mostPieced = 200;

/** What `fit` takes of the data's settings where nothing else is given. @param columns of the table */
export function fitDataDefaults(columns: number): Pick<DataSettingsInput, 'numeric'> {
  return { numeric: columns > mostPieced ? 'robust' : 'piecewise_linear' };
}

/** Where no share is given there is no test part: scores are of rows that are held out in turns. */
const fitShares = { train: 0.8, validation: 0.2, test: 0 };

export function fitSplit(given: DataSettingsInput['split'] = {}): DataSettingsInput['split'] {
  const { train, validation, test } = given;
  return [train, validation, test].some((share) => share !== undefined) ? given : { ...given, ...fitShares };
}

/** These defaults by the paths of their settings, for a table that is not very wide. */
export const fitDefaultsByPath: Readonly<Record<string, unknown>> = {
  ...fitDataDefaults(0),
  ...Object.fromEntries(Object.entries(fitShares).map(([part, share]) => [`split.${part}`, share])),
};
