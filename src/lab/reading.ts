/**
 * Turns what a person has chosen into a table, on the worker's side: tells how far it is, and stops when asked to or
 * when something else is chosen meanwhile.
 */
import { readCsv } from '../data/csv.ts';
import type { Table } from '../data/table.ts';
import { InputError } from '../spec/errors.ts';
import type { ReadingProgress, Source } from './messages.ts';
import { cancelled } from './refusals.ts';
import { sampleTable } from './sample-tables.ts';
import { contentOf, readingOf } from './table-source.ts';

/** Progress is told ten times a second at most. */
const tellEvery = 100;

export class Reading {
  #current: AbortController | undefined;

  /** @throws InputError, about `cancelled` where the reading was ended */
  async read(source: Source, tell: (progress: ReadingProgress) => void = () => {}): Promise<Table> {
    this.cancel();
    const current = new AbortController();
    this.#current = current;
    try {
      return await tableFrom(source, current.signal, tell);
    } catch (error) {
      if (!current.signal.aborted) throw error;
      throw new InputError('The reading was cancelled.', cancelled);
    } finally {
      if (this.#current === current) this.#current = undefined;
    }
  }

  cancel(): void {
    this.#current?.abort();
  }
}

async function tableFrom(
  source: Source,
  signal: AbortSignal,
  tell: (progress: ReadingProgress) => void,
): Promise<Table> {
  if ('sample' in source) return sampleTable(source.sample, source.generate, signal);
  let rows = 0;
  let told = performance.now();
  const progress = (bytes: number, total = 0) => {
    const now = performance.now();
    if (now - told < tellEvery) return;
    told = now;
    tell({ bytes, total, rows });
  };
  const counting = (read: number) => {
    rows = read;
  };
  const input = contentOf(source);
  const table = await readCsv(input, { ...readingOf(source), source: source.name, signal, progress, counting });
  const size = typeof input === 'string' ? input.length : input.size;
  tell({ bytes: size, total: size, rows: table.rows });
  return table;
}
