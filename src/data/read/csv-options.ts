/** What `readCsv` takes: how the table is to be read, and who is told of it on the way. */
import { reading } from '../../messages/en/tables/reading.ts';
import { check } from '../../spec/check.ts';
import { type ReadingInput, type ReadingSettings, readingSettings } from '../../spec/reading-settings.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { Watch } from '../../util/yielding.ts';

/** How `readCsv` reads: what is left out is guessed from the first rows, and a notice says what was not certain. */
export interface CsvOptions extends Watch, Omit<ReadingInput, 'missing'> {
  /** What messages call the input; by default the file's name, or "text". */
  source?: string;
  /** Texts that say "no value here" instead of `missingMarkers`; an empty cell always does. */
  missing?: readonly string[];
  /** Bytes of the input, where that is known and the input is no `Blob`, which knows its own. */
  size?: number;
  /** Called now and then with the bytes read (characters, of a string), and with all of them where that is known. */
  progress?: (bytes: number, total?: number) => void;
  /** Called now and then with the rows of the file read so far, the header and blank ones among them. */
  counting?: (rows: number) => void;
  /** Stops the reading. */
  signal?: AbortSignal;
  /** Characters parsed at a time; the table does not depend on it. */
  blockSize?: number;
}

/** Whose messages name the input. */
export type Reading = CsvOptions & { source: string };

/** What is called by a name because it cannot be seen, or typed. */
const delimiters: Record<string, string> = { tab: '\t', '\\t': '\t', space: ' ' };

/** @throws InputError that names the setting */
export function checkReading(options: CsvOptions): ReadingSettings {
  const { blockSize } = options;
  if (blockSize !== undefined && !(Number.isInteger(blockSize) && blockSize > 0)) {
    throw new InputError(message(reading, 'block_size', { size: blockSize }), 'blockSize');
  }
  const given = Object.entries(options).filter(([key, value]) => key in readingSettings.shape && value !== undefined);
  const settings = check(readingSettings, Object.fromEntries(given));
  const { delimiter = '' } = settings;
  return Object.hasOwn(delimiters, delimiter) ? { ...settings, delimiter: delimiters[delimiter] } : settings;
}
