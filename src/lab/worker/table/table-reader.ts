/**
 * Turns what a person has chosen into a table, on the worker's side: tells how far it is, and stops when asked to or
 * when something else is chosen meanwhile.
 */
import { readCsv } from '../../../data/read/csv.ts';
import type { Table } from '../../../data/table/table.ts';
import { page } from '../../../messages/en/page.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import type { StepWatch } from '../../../util/yielding.ts';
import type { ReadingProgress, Source } from '../../protocol/messages.ts';
import { cancelled } from '../../shared/refusals.ts';
import { contentOf, readingOf } from '../../shared/table-source.ts';
import { sampleTable } from './sample-tables.ts';

/** Progress is told ten times a second at most. */
const tellEvery = 100;

type Tell = (progress: ReadingProgress) => void;

export class Reading {
  readonly #working = new Set<AbortController>();

  /** @throws InputError, about `cancelled` where the reading was ended */
  read(source: Source, tell: Tell = () => {}): Promise<Table> {
    this.cancel();
    return this.#untilCancelled((signal) => tableFrom(source, signal, tell));
  }

  /** What is made of a table that was read, which can be ended likewise. @throws InputError likewise */
  prepare<Made>({ rows }: Table, tell: Tell = () => {}, make: (watch: StepWatch) => Promise<Made>): Promise<Made> {
    const paced = pacedTell(tell);
    const progress = (done: number, total: number) => paced({ bytes: 1, total: 1, rows, preparing: done / total });
    return this.#untilCancelled((signal) => make({ signal, progress }));
  }

  cancel(): void {
    for (const working of this.#working) working.abort();
  }

  async #untilCancelled<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const current = new AbortController();
    this.#working.add(current);
    try {
      return await work(current.signal);
    } catch (error) {
      if (!current.signal.aborted) throw error;
      throw new InputError(message(page, 'reading_cancelled'), cancelled);
    } finally {
      this.#working.delete(current);
    }
  }
}

function pacedTell(tell: Tell): Tell {
  let told = performance.now();
  return (progress) => {
    const now = performance.now();
    if (now - told < tellEvery) return;
    told = now;
    tell(progress);
  };
}

async function tableFrom(source: Source, signal: AbortSignal, tell: Tell): Promise<Table> {
  if ('sample' in source) return sampleTable(source.sample, source.generate, signal);
  let rows = 0;
  const paced = pacedTell(tell);
  const progress = (bytes: number, total = 0) => paced({ bytes, total, rows });
  const counting = (read: number) => {
    rows = read;
  };
  const input = contentOf(source);
  const table = await readCsv(input, { ...readingOf(source), source: source.name, signal, progress, counting });
  const size = typeof input === 'string' ? input.length : input.size;
  tell({ bytes: size, total: size, rows: table.rows });
  return table;
}
