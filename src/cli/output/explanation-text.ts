/** What `predict --explain` prints. */
import { fileRow, isMissing, type Table, textOf } from '../../data/table/table.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import type { Model } from '../../model/model.ts';
import type { ModelExplanations } from '../../train/explain/explain.ts';
import type { AnswerExplanation } from '../../train/explain/shapley.ts';
import { message } from '../../util/message.ts';
import { inLanguage } from '../language.ts';
import { duration, heading, significant, table, wrapped } from './output.ts';

export interface ExplainedRows {
  found: ModelExplanations;
  /** Of the table, those that are explained. */
  rows: readonly number[];
  table: Table;
  /** Where the rows are from that they are compared with. */
  source: string;
}

/** Columns with a line of their own. */
const mostColumns = 12;

export function explanationsText(
  { preprocessing }: Model,
  { found, rows, table: read, source }: ExplainedRows,
): string {
  const { background, predictions, seconds } = found;
  const facts = { rows: background.rows, of: background.of, file: source, predictions, time: duration(seconds) };
  const left = read.rows - rows.length;
  return [
    wrapped(inLanguage(message(summary, 'explanations', facts))),
    ...found.rows.flatMap((answers, index) => {
      const classes = preprocessing.task !== 'regression';
      const shown = classes ? [answers.reduce((a, b) => (b.prediction > a.prediction ? b : a))] : answers;
      return shown.map((answer) => answerText(read, rows[index], answer, classes));
    }),
    ...(left > 0 ? [wrapped(inLanguage(message(summary, 'explained_first', { rows: rows.length, left })))] : []),
  ].join('\n\n');
}

function answerText(
  read: Table,
  row: number,
  { name, prediction, base, columns }: AnswerExplanation,
  classes: boolean,
) {
  const ordered = columns.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const rest = ordered.slice(ordered.length > mostColumns + 1 ? mostColumns : ordered.length);
  const lines = ordered
    .slice(0, ordered.length - rest.length)
    .map(({ column, contribution, standard_error }) => [
      column,
      cellText(read, column, row),
      signed(contribution),
      significant(standard_error),
    ]);
  if (rest.length > 0) {
    const sum = rest.reduce((total, { contribution }) => total + contribution, 0);
    lines.push([inLanguage(message(summary, 'other_columns', { count: rest.length })), '', signed(sum), '']);
  }
  const facts = { row: fileRow(read, row), name, prediction: significant(prediction), base: significant(base) };
  const said = message(summary, classes ? 'explained_class' : 'explained_number', facts);
  return `${wrapped(inLanguage(said))}\n${table([heading('column'), heading('value'), heading('contribution'), '±'], lines)}`;
}

const signed = (value: number) => (value > 0 ? `+${significant(value)}` : significant(value));

function cellText(read: Table, column: string, row: number): string {
  const found = read.columns.find(({ name }) => name === column);
  return (found && textOf(found, row)) || '–';
}

/** Rows as the file numbers them, and their cells as they were read; null where one is missing. */
export function explanationsJson({ found, rows, table: read, source }: ExplainedRows) {
  const { background, predictions, seconds } = found;
  return {
    background: { file: source, ...background },
    predictions,
    seconds,
    rows: found.rows.map((answers, index) => ({
      row: fileRow(read, rows[index]),
      answers: answers.map(({ columns, ...answer }) => ({
        ...answer,
        columns: columns.map(({ column, ...known }) => ({
          column,
          value: cellOf(read, column, rows[index]),
          ...known,
        })),
      })),
    })),
  };
}

function cellOf(read: Table, name: string, row: number): number | string | null {
  const column = read.columns.find((one) => one.name === name);
  if (!column || isMissing(column, row)) return null;
  return column.kind === 'number' ? column.values[row] : textOf(column, row);
}
