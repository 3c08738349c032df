/** What is predicted: tables whose test rows are fixed, as every source of tables gives them. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';

export type Task = 'regression' | 'classification';

/** A table as it is typed. */
export interface Cells {
  names: string[];
  rows: string[][];
}

/** For each row the probabilities of the classes; of a number the number alone, and no classes. */
export interface Predictions {
  classes: string[];
  rows: number[][];
}

export interface BenchTable {
  name: string;
  task: Task;
  /** The column that is predicted. */
  target: string;
  /** Where anyone gets the table. */
  source: string;
  /** Columns that are categories although their cells may look like numbers. */
  categorical: string[];
  /** Words that the command line needs for this table, beside the target. */
  options: string[];
  /** For each split its test rows, counted from 0. */
  splits: number[][];
  /** What the formula that made the table expects of each row, where there is one: nothing predicts better. */
  expected?: Predictions;
  read(): Cells;
}

export function readCells(file: string): Cells {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return parseCells(text);
}

export function parseCells(text: string): Cells {
  const [names, ...rows] = Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
  return { names, rows };
}

export function textOfCells({ names, rows }: Cells): string {
  return `${Papa.unparse([names, ...rows], { newline: '\n' })}\n`;
}

export function columnOf({ names, rows }: Cells, name: string): string[] {
  const at = names.indexOf(name);
  if (at < 0) throw new Error(`there is no column ${name}; there are ${names.join(', ')}`);
  return rows.map((row) => row[at]);
}
