/** Where a table comes from: what is in a source that was chosen, and how somebody wants it to be read. */
import { type Field, fieldText, parseField } from '../../spec/fields.ts';
import { type ReadingInput, readingFields } from '../../spec/reading-settings.ts';
import type { SampleSource, Source } from '../protocol/messages.ts';

/** What a file dialog offers; whatever the name, its contents decide. */
export const tableFiles =
  '.csv,.tsv,.txt,.data,.json,.jsonl,.ndjson,.htm,.html,.xls,.xlsx,.parquet,.arrow,.feather,.arff,.gz';

export function contentOf(source: Exclude<Source, SampleSource>): File | string {
  if (source instanceof File) return source;
  return 'file' in source ? source.file : source.text;
}

/** Nothing where all is guessed. */
export function readingOf(source: Source): ReadingInput {
  return source instanceof File || 'sample' in source ? {} : (source.reading ?? {});
}

/** The same file or text, to be read in another way; a sample is always read as it is. */
export function withReading(source: Source, reading: ReadingInput): Source {
  if ('sample' in source) return source;
  const { name } = source;
  const content = contentOf(source);
  if (typeof content === 'string') return { name, text: content, reading };
  return Object.keys(reading).length === 0 ? content : { name, file: content, reading };
}

/** What is said of the reading, as options of the command line and words of a link. */
export function readingWords(reading: ReadingInput): [name: string, text: string][] {
  return readingFields.flatMap((field): [string, string][] => {
    const value = reading[field.name as keyof ReadingInput];
    return value === undefined || value === field.default ? [] : [[field.name, readingText(field, value)]];
  });
}

/** A setting as it is typed: what cannot be seen has a name. */
export function readingText(field: Field, value: unknown): string {
  if (field.name === 'delimiter' && value === '\t') return 'tab';
  return field.name === 'delimiter' && value === ' ' ? 'space' : fieldText(value);
}

/** What was typed for each setting; nothing stands for a guess. */
export function typedReading(texts: Iterable<[name: string, text: string]>): ReadingInput {
  const given = new Map(texts);
  const values = readingFields.flatMap((field): [string, unknown][] => {
    const text = given.get(field.name)?.trim() ?? '';
    return text === '' ? [] : [[field.name, parseField(field, text)]];
  });
  return Object.fromEntries(values);
}
