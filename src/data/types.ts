/**
 * What a column is: guessed from its cells, or said by the person. A guess is one word and one sentence why, so that it can
 * be shown, questioned and overridden.
 */
import type { ColumnType } from '../spec/data-settings.ts';
import type { Column } from './table.ts';

export interface TypeGuess {
  type: ColumnType;
  /** One sentence: what in the cells says so. */
  why: string;
  /** For dates: how the cells are read (see `dates.ts`). */
  format?: string;
}

/** Looks at every cell of a number column and every level of a text column. */
export function guessType(column: Column, rows: number): TypeGuess {
  throw new Error(`${column.name} ${rows}: types.ts is being written`);
}
