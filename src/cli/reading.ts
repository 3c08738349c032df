/** How a table is read, as options: what `readCsv` guesses can be said instead. */
import { type Command, Option } from 'commander';
import { type CsvOptions, readCsv } from '../data/csv.ts';
import type { Table } from '../data/table.ts';
import { InputError } from '../spec/errors.ts';
import type { Input } from './files.ts';

export interface ReadingFlags {
  header?: string;
  delimiter?: string;
  decimal?: string;
  encoding?: string;
  missing?: string;
}

export function addReadingOptions(command: Command): void {
  for (const option of [
    new Option('--header <yes|no>', 'Whether the first row holds the column names\nguessed'),
    new Option('--delimiter <text>', 'What separates cells; tab for a tab\nguessed'),
    new Option('--decimal <mark>', 'The decimal mark, a point or a comma\nguessed'),
    new Option('--encoding <name>', 'Such as utf-8, cp949 (euc-kr) or windows-1252\nguessed'),
    new Option('--missing <a,b,...>', 'Texts that mean "no value"\ninstead of NA, NaN, null and the like'),
  ]) {
    command.addOption(option.helpGroup('Reading:'));
  }
}

/** @throws InputError as `readCsv`, and where there is no such file */
export async function readTable({ source, bytes, size }: Input, options: CsvOptions): Promise<Table> {
  return readCsv(bytes, { ...options, source, size });
}

/** @throws InputError that names the option */
export function readingFrom({ header, delimiter, decimal, encoding, missing }: ReadingFlags): CsvOptions {
  if (header !== undefined && !['yes', 'no', 'true', 'false'].includes(header)) {
    throw new InputError(`--header: "${header}" is not known; give yes or no.`, 'header');
  }
  if (decimal !== undefined && decimal !== '.' && decimal !== ',') {
    throw new InputError(`--decimal: "${decimal}" is not known; give . or , (a point or a comma).`, 'decimal');
  }
  return {
    ...(header === undefined ? {} : { header: header === 'yes' || header === 'true' }),
    ...(delimiter === undefined ? {} : { delimiter: /^(tab|\\t)$/i.test(delimiter) ? '\t' : delimiter }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(missing === undefined ? {} : { missing: missing.split(',').map((text) => text.trim()) }),
  };
}
