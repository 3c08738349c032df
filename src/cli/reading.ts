/** How a table is read, as options: what `readCsv` guesses can be said instead. */
import { type Command, Option } from 'commander';
import type { DataSet } from '../data/prepare/dataset.ts';
import { prepareWatched } from '../data/prepare/prepare.ts';
import { readCsv } from '../data/read/csv.ts';
import { type CsvOptions, checkReading } from '../data/read/csv-options.ts';
import type { Table } from '../data/table/table.ts';
import type { DataSettings, DataSettingsInput } from '../spec/data-settings.ts';
import { type Field, parseField } from '../spec/fields.ts';
import { type ReadingInput, readingFields } from '../spec/reading-settings.ts';
import type { Input } from './files/read.ts';
import { named } from './options.ts';
import { statusLine, watchedError } from './output/status-line.ts';

export type ReadingFlags = { [Name in keyof ReadingInput]?: string };

const placeholders: Partial<Record<Field['type'], string>> = {
  boolean: 'yes|no',
  integer: 'n',
  names: 'a,b,...',
  choice: 'mark',
};

export function addReadingOptions(command: Command): void {
  for (const field of readingFields) {
    const start = field.default === undefined ? 'guessed unless given' : `default ${field.default}`;
    const option = new Option(`--${field.name} <${placeholders[field.type] ?? 'text'}>`, `${field.help}\n${start}`);
    command.addOption(option.helpGroup('Reading:'));
  }
}

/**
 * @param quiet whether nobody is to be told how far it is, not even at a terminal
 * @throws InputError as `readCsv`, and where there is no such file
 */
export async function readTable(
  { source, bytes, size }: Input,
  options: CsvOptions,
  quiet: boolean | undefined = false,
): Promise<Table> {
  const status = statusLine(source, 'reading', watchedError(quiet));
  try {
    return await readCsv(bytes, { ...status.reading, ...options, source, size });
  } finally {
    status.clear();
  }
}

/** One data set for each fold. @throws InputError that names the option */
export async function prepareTable(
  table: Table,
  settings: DataSettingsInput,
  folds: number,
  quiet: boolean | undefined,
): Promise<DataSet[]> {
  const status = statusLine(table.source, 'preparing', watchedError(quiet));
  try {
    return await named(() => prepareWatched(table, settings, folds, status.preparing));
  } finally {
    status.clear();
  }
}

/** All rows as training rows, for what is trained again. */
export async function prepareWhole(table: Table, settings: DataSettings, quiet: boolean | undefined): Promise<DataSet> {
  const split = { ...settings.split, train: 1, validation: 0, test: 0 };
  const [whole] = await prepareTable(table, { ...settings, split }, 1, quiet);
  return whole;
}

/** Says what is done with a file that has been read, where that may take long and a person watches. */
export async function withStatus<T>(
  source: string,
  doing: string,
  work: () => T | Promise<T>,
  quiet: boolean | undefined = false,
): Promise<T> {
  const status = statusLine(source, doing, watchedError(quiet));
  try {
    return await work();
  } finally {
    status.clear();
  }
}

/** The options that were given, as they are typed. */
export function readingWords(flags: ReadingFlags): string[] {
  return readingFields.flatMap(({ name }) => {
    const text = flags[name as keyof ReadingFlags];
    return text === undefined ? [] : [`--${name}`, text];
  });
}

/** @throws InputError that names the option */
export function readingFrom(flags: ReadingFlags): CsvOptions {
  const given: Record<string, unknown> = {};
  for (const field of readingFields) {
    const text = flags[field.name as keyof ReadingFlags];
    if (text === undefined) continue;
    const word = field.type === 'boolean' ? ({ yes: 'true', no: 'false' }[text] ?? text) : text;
    // A delimiter may be a blank, and a missing value nothing but.
    given[field.name] = field.type === 'text' || field.type === 'choice' ? text : parseField(field, word);
  }
  return named(() => checkReading(given));
}
