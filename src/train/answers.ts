/**
 * What a model says of many rows: the network is asked for some thousand at a time, so that a long table neither needs the
 * memory of all its activations nor holds up whoever else has work on the thread.
 */
import { labelsOf } from '../data/labels.ts';
import type { Notice } from '../data/notices.ts';
import { applyFeatures, undoTargets } from '../data/preprocessing.ts';
import { type Sheet, sheetText } from '../data/sheet.ts';
import { type Column, type Table, textOf } from '../data/table.ts';
import { nextTask } from '../engine/next-task.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';
import { InputError } from '../spec/errors.ts';
import type { Metrics } from './metrics.ts';
import { type Model, outputsFor, scoreOutputs } from './model.ts';
import { lossFor } from './trials.ts';

/** Milliseconds of work before others have a turn. */
const turn = 12;
const fewestRows = 16;
/** More digits than float32 holds would be noise. */
const digits = 9;

export interface AnswerOptions {
  /** Called now and then with the rows that are done. */
  progress?: (rows: number) => void;
  /** Stops the answering. */
  signal?: AbortSignal;
  /** Whether answers are held against those that the table has; they are unless it is false. */
  score?: boolean;
}

export interface Answers {
  /** As of `Model.predict`. */
  columns: Column[];
  /** On the rows whose answers are known; absent where the table does not have the target. */
  scored?: { rows: number; metrics: Metrics; notices: Notice[] };
  /** Why a target that is there could not be held against the answers. */
  unscored?: string;
  /** Sentences about cells that training had not seen. */
  notices: Notice[];
}

/** @throws InputError as `Model.predict`; the signal's reason where that stops it */
export async function answerTable(
  model: Model,
  table: Table,
  { progress, signal, score = true }: AnswerOptions = {},
): Promise<Answers> {
  const { preprocessing, settings } = model;
  const { features, findings } = applyFeatures(preprocessing, table);
  const { notices } = findings;
  const width = features.length / Math.max(1, table.rows);
  const outputs = new Float32Array(table.rows * (model.layers.at(-1)?.outputs ?? 1));
  const each = outputs.length / Math.max(1, table.rows);
  for (let first = 0, rows = fewestRows; first < table.rows; ) {
    signal?.throwIfAborted();
    const begun = performance.now();
    const part = features.subarray(first * width, (first + rows) * width);
    outputs.set(outputsFor(model, part, part.length / width), first * each);
    first += part.length / width;
    progress?.(Math.min(first, table.rows));
    const took = performance.now() - begun;
    rows = Math.max(fewestRows, Math.min(4 * rows, 8192, Math.round((rows * turn) / Math.max(took, 0.1))));
    await nextTask();
  }
  const columns = undoTargets(preprocessing, outputs, table.rows, lossFor(settings.training.loss, preprocessing.task));
  const known = preprocessing.targets.every(({ column }) => table.columns.some(({ name }) => name === column));
  if (!score || !known || table.rows === 0) return { columns, notices };
  try {
    const labels = labelsOf(preprocessing, table);
    const own = gatherRows(outputs, each, labels.rows);
    const metrics = scoreOutputs(model, own, labels.targets);
    return { columns, notices, scored: { rows: labels.rows.length, metrics, notices: labels.notices } };
  } catch (error) {
    // The answers are wanted whether or not those that are there can be held against them.
    if (!(error instanceof InputError)) throw error;
    return { columns, notices, unscored: error.message };
  }
}

/** The columns that answers add to a sheet. */
export interface AnswerColumn {
  name: string;
  values: (string | number)[];
}

/** @throws InputError where the sheet has a column of that name already */
export function answerColumns(sheet: Sheet, columns: readonly Column[]): AnswerColumn[] {
  for (const { name } of columns) {
    if (sheet.header.includes(name)) {
      throw new InputError(
        `${sheet.source} has a column ${JSON.stringify(name)} already; rename it or leave it out.`,
        name,
      );
    }
  }
  return columns.map((column) => ({ name: column.name, values: cellsOf(column, sheet.records.length) }));
}

/** The sheet as it was typed with the columns added, as CSV text in parts. */
export function answeredText(sheet: Sheet, added: readonly AnswerColumn[]): Generator<string> {
  return sheetText(withColumns(sheet, added), sheet.delimiter);
}

function cellsOf(column: Column, rows: number): (string | number)[] {
  if (column.kind === 'number') return Array.from(column.values, (value) => Number(value.toPrecision(digits)));
  return Array.from({ length: rows }, (_, row) => textOf(column, row));
}

function* withColumns({ header, records }: Sheet, added: readonly AnswerColumn[]): Generator<(string | number)[]> {
  yield [...header, ...added.map(({ name }) => name)];
  for (const [row, record] of records.entries()) yield [...record, ...added.map(({ values }) => values[row])];
}
