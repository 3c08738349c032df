/**
 * One line on standard error while a table is read and prepared, where a person watches: how far it is. It is gone when
 * the work is done, and nothing is written where standard error is no terminal.
 */

import { counted } from '../../util/thousands.ts';
import type { StepWatch } from '../../util/yielding.ts';
import { visible } from './terminal.ts';

/** Milliseconds between two lines: more often, nobody could read them. */
const pause = 100;
const clearLine = '\r\u001b[K';
/** What a terminal adds of its own when Ctrl-C is pressed. */
const echo = '^C'.length;

export interface StatusLine {
  /** Of a table that is read. */
  reading: { progress: (bytes: number, total?: number) => void; counting: (rows: number) => void };
  /** Of a table that is prepared. */
  preparing: StepWatch;
  /** Wipes it away; it may be shown again. */
  clear(): void;
}

/** @param write where lines go; undefined where nobody watches, and then nothing is counted either */
export function statusLine(source: string, doing: string, write: ((text: string) => void) | undefined): StatusLine {
  if (!write) return { reading: { progress: () => {}, counting: () => {} }, preparing: {}, clear: () => {} };
  let rows = 0;
  let shown = Number.NEGATIVE_INFINITY;
  const show = (parts: readonly string[]) => {
    const now = performance.now();
    if (now - shown < pause) return;
    shown = now;
    write(`${clearLine}${visible(parts.join('  ')).slice(0, (process.stderr.columns ?? 80) - 1 - echo)}`);
  };
  show([doing, source]);
  return {
    reading: {
      progress: (bytes, total) => show([doing, source, bytesText(bytes, total), rows > 0 ? counted(rows, 'row') : '']),
      counting(read) {
        rows = read;
      },
    },
    preparing: {
      progress(done, total, { column, doing: step }) {
        const what = { types: 'looking at', comparing: 'comparing', fitting: 'fitting', encoding: 'encoding' }[step];
        show(['preparing', source, `${Math.floor((100 * done) / total)} %`, `${what} column ${column}`]);
      },
    },
    clear() {
      shown = Number.NEGATIVE_INFINITY;
      write(clearLine);
    },
  };
}

/** Standard error, where it is a terminal and is to be written to. */
export function watchedError(quiet: boolean | undefined): ((text: string) => void) | undefined {
  return !quiet && process.stderr.isTTY ? (text) => void process.stderr.write(text) : undefined;
}

function bytesText(bytes: number, total: number | undefined): string {
  const inMb = (count: number) => (count / 1e6).toFixed(1);
  return total === undefined ? `${inMb(bytes)} MB` : `${inMb(bytes)} of ${inMb(total)} MB`;
}
