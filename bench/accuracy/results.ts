/** What has been measured, a line of JSON for each training, so that a run that was cut off goes on where it was. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Trained } from './training.ts';

export interface Measured extends Trained {
  table: string;
  split: number;
}

export interface ResultLine extends Measured {
  /** A hash of the rows, the words and the engine: whatever is changed of them is measured anew. */
  key: string;
  method: string;
  /** Which state of the sources was measured. */
  build: string;
}

/** The same for the same values. */
export function hashOf(...values: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}

export class ResultFile {
  readonly #lines = new Map<string, ResultLine>();
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    for (const text of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const line = JSON.parse(text) as ResultLine;
      this.#lines.set(line.key, line);
    }
  }

  get(key: string): ResultLine | undefined {
    return this.#lines.get(key);
  }

  add(line: ResultLine): void {
    this.#lines.set(line.key, line);
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}
