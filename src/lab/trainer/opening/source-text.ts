/** Where a table comes from, in a link: samples can be opened from it, a file can only be named. */
import type { GenerateSettings } from '../../../data/prepare/generate.ts';

import { type ReadingInput, readingFields } from '../../../spec/reading-settings.ts';
import type { Source } from '../../protocol/messages.ts';
import { samples } from '../../shared/samples.ts';
import { readingOf, readingWords, typedReading } from '../../shared/table-source.ts';

export type LinkedSource = { kind: 'here'; source: Source } | { kind: 'file'; name: string; reading: ReadingInput };

/** Settings of a sample's formula, and what a link calls them. */
const names: [keyof GenerateSettings, string][] = [
  ['rows', 'rows'],
  ['noise', 'noise'],
  ['seed', 'data_seed'],
];

export function sourceWords(source: Source): [string, string][] {
  if (!('sample' in source)) return [['file', source.name], ...readingWords(readingOf(source))];
  const { sample, generate = {} } = source;
  const usual = samples.find(({ name }) => name === sample)?.generate;
  const words = names
    .filter(([key]) => generate[key] !== undefined && generate[key] !== usual?.[key])
    .map(([key, name]): [string, string] => [name, String(generate[key])]);
  return [['data', sample], ...words];
}

/** Takes its words out. */
export function readSource(words: Map<string, string>): LinkedSource | undefined {
  const take = (name: string) => {
    const word = words.get(name);
    words.delete(name);
    return word;
  };
  const [data, file] = [take('data'), take('file')];
  const reading = typedReading(readingFields.map((field) => [field.name, take(field.name) ?? '']));
  const generate: Partial<GenerateSettings> = {};
  for (const [key, name] of names) {
    const word = take(name);
    if (word !== undefined) generate[key] = Number(word);
  }
  if (data !== undefined && samples.some(({ name }) => name === data)) {
    const changed = Object.keys(generate).length > 0;
    return { kind: 'here', source: { sample: data, ...(changed ? { generate } : {}) } };
  }
  const name = file ?? data;
  return name === undefined ? undefined : { kind: 'file', name, reading };
}
