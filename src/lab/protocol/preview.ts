/**
 * What a person is shown of a table before (and after) training on it: its first rows, what each column is taken for and
 * holds, and what becomes of it.
 */
import type { Notice } from '../../data/table/notices.ts';
import type { ColumnType } from '../../spec/data-settings.ts';
import type { Said } from '../../util/errors.ts';
import type { Message } from '../../util/message.ts';

/** What becomes of a column on its way to the network. */
export type Fate =
  | { kind: 'target' }
  | { kind: 'number' | 'date'; features: number; fill: string; indicator: boolean }
  | { kind: 'category'; features: number; other: boolean; fill: string | null }
  | { kind: 'boolean'; truth: string; fill: string }
  | { kind: 'out'; reason: string };

export interface ColumnPreview {
  name: string;
  /** What its cells say it is, and what it is taken for. */
  guess: ColumnType;
  type: ColumnType;
  /** What in its cells says so. */
  why: Message;
  missing: number;
  distinct: number;
  /** Rows for each bar, of a histogram or of the most frequent values. */
  bars: number[];
  /** The values of the bars; of a histogram, the two ends and the middle. */
  levels: { text: string; count: number }[];
  range: {
    least: string;
    median: string;
    most: string;
    /** Between which values the rows of a bar lie; of whole numbers the least and the largest that it counts. */
    bins: [string, string][];
  } | null;
  /** Absent where the settings cannot be trained. */
  fate: Fate | null;
}

export interface TablePreview {
  name: string;
  rows: number;
  columns: ColumnPreview[];
  /** The first rows as text, with their numbers in the file. */
  head: { row: number; cells: string[] }[];
  warnings: Notice[];
  /** Why the settings cannot be trained. */
  problem: Said | null;
}
