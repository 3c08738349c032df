/**
 * The sample tables, on the worker's side. Those made by a formula are made here; the measured ones are files beside
 * the page, fetched when somebody asks for them, so that the first load carries none.
 */
import digits from '../../../../data/digits.csv.gz?url';
import penguins from '../../../../data/penguins.csv?url';
import weather from '../../../../data/seattle-weather.csv?url';
import { type GenerateSettings, generate } from '../../../data/prepare/generate.ts';
import { readCsv } from '../../../data/read/csv.ts';
import type { Table } from '../../../data/table/table.ts';
import { page } from '../../../messages/en/page.ts';
import { InputError, saidBy } from '../../../util/errors.ts';
import { message, type Said } from '../../../util/message.ts';
import { sampleOf } from '../../shared/samples.ts';

const files: Record<string, string> = { penguins, 'seattle-weather': weather, digits };

/** @throws InputError about a setting of the formula, and where a file cannot be fetched */
export async function sampleTable(
  name: string,
  changes: Partial<GenerateSettings> = {},
  signal?: AbortSignal,
): Promise<Table> {
  const { file, generate: from } = sampleOf(name);
  if (from) {
    const { kind, ...settings } = from;
    return { ...generate(kind, { ...settings, ...changes }), source: file };
  }
  const blob = await fetched(new URL(files[name], import.meta.url), file, signal);
  return readCsv(blob, { source: file, signal });
}

async function fetched(url: URL, file: string, signal: AbortSignal | undefined): Promise<Blob> {
  const failed = (why: Said) => new InputError(message(page, 'sample_unfetched', { file, why }));
  /** The connection may break at any time. */
  const within = <Value>(work: Promise<Value>) =>
    work.catch((error: unknown): never => {
      signal?.throwIfAborted();
      // Which words a browser has for it differs.
      throw failed(error instanceof TypeError ? message(page, 'server_unreached') : saidBy(error));
    });
  const response = await within(fetch(url, { signal }));
  if (!response.ok) throw failed(message(page, 'response_status', { status: response.status }));
  return within(response.blob());
}
