/**
 * Adds a model's predictions to a file: reads, predicts and writes block by block, so that memory does not grow with the
 * file, and yields to the event loop between time slices.
 */

import type { ColumnFindings } from '../../data/prepare/findings.ts';
import { applyFeatures } from '../../data/prepare/preprocessing.ts';
import type { RawCsv, RawCsvLine } from '../../data/read/raw-csv.ts';
import type { Notice } from '../../data/table/notices.ts';
import { type Column, textOf } from '../../data/table/table.ts';
import { models } from '../../messages/en/models/models.ts';
import { quoted, quotedText } from '../../util/csv.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { FiniteCheck } from '../finite.ts';
import { intervalsAt } from '../intervals.ts';
import { answerColumns, type Model } from '../model.ts';
import type { Predictor } from '../predictor.ts';
import { featureKinds, fileNotices, requireColumns, targetNames } from './file-columns.ts';
import { PartFindings } from './part-findings.ts';
import { FileScorer, type FileScores } from './score-file.ts';
import { timeSlicedForward } from './sliced-forward.ts';

/** Characters that are kept back while a column has nothing usable: a file of the wrong columns is refused before its first row. */
const mostHeld = 2 ** 20;
/** More digits than float32 holds would be noise. */
const digits = 9;

export interface PredictOptions {
  /** Called now and then with the rows that are done. */
  progress?: (rows: number) => void;
  /** Stops the prediction. */
  signal?: AbortSignal;
  /** Computes the outputs; the reference unless given. */
  predictor?: Pick<Predictor, 'outputs'>;
  /** Share of answers that intervals are to hold: 0.9 unless given. */
  level?: number;
  /** Whether predictions are scored against the targets in the file. */
  score?: boolean;
  /** Called with the predictions of each block and its lines; an empty row has null. */
  each?: (columns: PredictedColumn[], lines: readonly RawCsvLine[]) => void;
}

export interface PredictedColumn {
  name: string;
  values: (string | number | null)[];
}

export interface PredictedFile {
  /** The columns that are added. */
  added: string[];
  /** Of the intervals that are among them. */
  level?: number;
  /** Rows that are answered, and those without any cell, which are kept as they are. */
  rows: number;
  empty: number;
  /** What is unusual about the cells that the model read, by column. */
  findings: ColumnFindings[];
  notices: Notice[];
  /** Where it was asked for, and the file has the target. */
  scores?: FileScores;
}

/**
 * The file with columns of answers, as text: one row for each of its own, its delimiter, decimal mark, line ends and byte
 * order mark. A file that was not UTF-8 has the mark as well, by which spreadsheets know that it is now.
 * @returns what there is to say once the text has been gone through
 * @throws InputError where a column is missing or cannot be used, or stands where answers go
 */
export async function* predictFile(
  model: Model,
  csv: RawCsv,
  { progress, signal, predictor, level, score = false, each }: PredictOptions = {},
): AsyncGenerator<string, PredictedFile> {
  const { preprocessing } = model;
  requireColumns(
    csv,
    preprocessing.features.map(({ column }) => column),
  );
  const intervals = intervalsAt(model, level);
  const added = answerColumns(model, new Float32Array(), 0, intervals).map(({ name }) => name);
  checkNewNames(csv, added);
  const known = score && targetNames(preprocessing).every((name) => csv.names.includes(name));
  const scorer = known ? new FileScorer(model, csv, intervals) : undefined;
  const findings = new PartFindings();
  const finite = new FiniteCheck(model);
  const forward = timeSlicedForward(model, predictor, signal);
  const { delimiter, form } = csv;
  const names = added.map((name) => delimiter + quotedText(name, delimiter)).join('');
  let rows = 0;
  let empty = 0;
  let started = false;
  let held = '';
  if (form.bom) held += '\ufeff';
  if (csv.header !== undefined) held += csv.header + names + form.newline;
  for await (const { lines, table } of csv.blocks(featureKinds(preprocessing))) {
    const { features } = applyFeatures(preprocessing, table, findings);
    const outputs = await forward(features, table.rows);
    scorer?.add(outputs);
    finite.add(table, outputs);
    const cells = answerColumns(model, outputs, table.rows, intervals).map(valuesOf);
    let text = '';
    let row = 0;
    const values = added.map((): PredictedColumn['values'] => []);
    for (const line of lines) {
      text += line.text;
      if (line.role === 'header') text += names;
      else if (line.role === 'row') {
        for (const [index, column] of cells.entries()) {
          text += delimiter + cellText(column[row], csv);
          if (each) values[index].push(column[row]);
        }
        row += 1;
      } else if (started) {
        // Cells without anything in them stay as many in every row; a line without cells stays empty.
        if (line.text !== '') text += delimiter.repeat(added.length);
        if (each) for (const column of values) column.push(null);
        empty += 1;
      }
      if (line.role !== 'blank') started = true;
      text += form.newline;
    }
    rows += table.rows;
    each?.(
      added.map((name, index) => ({ name, values: values[index] })),
      lines,
    );
    progress?.(rows);
    held += text;
    if (findings.inDoubt && held.length < mostHeld) continue;
    yield held;
    held = '';
  }
  findings.refuseUnusable();
  const notices: Notice[] = [];
  finite.tell(csv.source, notices);
  return {
    added,
    ...(intervals ? { level: intervals.level } : {}),
    rows,
    empty,
    findings: findings.columns,
    notices: [...notices, ...fileNotices(csv), ...findings.notices],
    ...(scorer ? { scores: scorer.scores() } : {}),
  };
}

function checkNewNames({ source, names }: RawCsv, added: readonly string[]): void {
  const taken = added.find((name) => names.includes(name));
  if (taken === undefined) return;
  throw new InputError(message(models, 'answers_there', { source, column: taken }), taken);
}

function valuesOf(column: Column): (string | number)[] {
  if (column.kind === 'number') return Array.from(column.values, (value) => Number(value.toPrecision(digits)));
  return Array.from(column.codes, (_, row) => textOf(column, row));
}

function cellText(value: string | number, { delimiter, decimal }: RawCsv): string {
  if (typeof value === 'string') return quotedText(value, delimiter);
  const text = String(value);
  return decimal === ',' ? quoted(text.replace('.', ','), delimiter) : text;
}
