/**
 * What a table holds, before anything is trained on it: each column in figures, rows that repeat, and sentences about what
 * a person should look at. Plain JSON. Everything is counted over all rows, nothing is sampled.
 */
import { preparing } from '../../messages/en/tables/preparing.ts';
import { tables } from '../../messages/en/tables/tables.ts';
import type { ColumnType, DataSettings } from '../../spec/data-settings.ts';
import { type Message, message } from '../../util/message.ts';
import { type NumberStatistics, statisticsOf } from '../../util/statistics/order-statistics.ts';
import { countDistinct, runsOf, sortedValues } from '../../util/statistics/sorted.ts';
import { cellNotices, infiniteCellNotices } from '../table/cell-notices.ts';
import { findColumn, numbersOf } from '../table/columns.ts';
import { daysOfColumn, formatIso } from '../table/dates.ts';
import { duplicateRows } from '../table/duplicates.ts';
import { rareNotices } from '../table/imbalance.ts';
import { leakNotices } from '../table/leakage.ts';
import { critical, info, type Notice, type NoticeTopic, warning } from '../table/notices.ts';
import { type Unit, unitOfStep } from '../table/quantity.ts';
import { type Column, fileRow, type Table } from '../table/table.ts';
import { type TypedTable, typedTable } from '../table/typed.ts';
import type { TypeGuess } from '../table/types.ts';
import { wantsClasses } from './target.ts';

/** What is known of the table already; with a target more can be found. */
export interface SummaryOptions {
  /** With a target, columns that give it away and rare classes are looked for. */
  target?: string;
  /** What is predicted; by the target column unless given. */
  task?: DataSettings['task'];
  /** With `balanced` nobody is told that classes are rare. */
  class_weights?: DataSettings['class_weights'];
  /** What columns are, by their names, where the guess is not right. */
  types?: Record<string, ColumnType>;
  /** Whether spellings of one class are put together; they are unless it is false. */
  merge_spellings?: boolean;
  /** Columns that warnings do not matter for. */
  ignore?: string[];
}

/** What one column holds. */
export interface ColumnSummary extends Omit<TypeGuess, 'why' | 'unclear'> {
  /** As the table has it. */
  name: string;
  /** One sentence in English: what in the cells says that it is of this type. */
  why: string;
  /** The same for any language: see `src/messages`. */
  because: Pick<Message, 'code' | 'params'>;
  /** Where a person should look at the guess. */
  unclear?: string;
  /** Cells without a value. */
  missing: number;
  /** Different values, missing cells left out. */
  distinct: number;
  /** One value at most. */
  constant: boolean;
  /** What numbers are in, where the cells say it. */
  unit?: Unit;
  /** Of columns of numbers, and of dates in days since 1970-01-01; absent where every cell is missing. */
  numbers?: NumberStatistics;
  /** Of dates: the first and the last, as `2026-03-01`. */
  dates?: { earliest: string; latest: string };
  /** Of other columns: the values that most rows have, ten at most, each with its rows. */
  levels?: { text: string; count: number }[];
}

/** What a table holds. Plain JSON; counted over all rows. */
export interface TableSummary {
  /** What the table is called. */
  source: string;
  /** Rows of data. */
  rows: number;
  /** In the order of the table. */
  columns: ColumnSummary[];
  /**
   * Rows that equal an earlier row: how many, and a few as rows of the file, each with the first one that it is the
   * `sameAs`.
   */
  duplicates: { count: number; examples: { row: number; sameAs: number }[] };
  /** What a person should look at before training. */
  warnings: Notice[];
}

const mostLevels = 10;
const muchMissing = 0.5;

/**
 * Looks at a table before anything is trained on it: each column in figures, rows that repeat, and what a person should
 * look at.
 * @param read the table
 * @param options the target and what else is known
 * @throws InputError about a target, type or column to ignore that the table does not have or that cannot be
 * @example
 * ```ts
 * const { columns, warnings } = summarize(await readCsv('age,sex\n31,f\n,m\n'), { target: 'sex' });
 * console.log(columns[0].missing); // 1
 * ```
 */
export function summarize(read: Table, options: SummaryOptions = {}): TableSummary {
  if (options.target !== undefined) findColumn(read, options.target, 'target');
  for (const name of options.ignore ?? []) findColumn(read, name, 'ignore');
  const typed = typedTable(read, options);
  const { table, types } = typed;
  const columns = table.columns.map((column) => summarizeColumn(column, types.get(column.name)!, table.rows));
  const duplicates = duplicateRows(table.columns, table.rows);
  return {
    source: table.source,
    rows: table.rows,
    columns,
    duplicates: {
      count: duplicates.count,
      examples: duplicates.examples.map(({ row, sameAs }) => ({
        row: fileRow(table, row),
        sameAs: fileRow(table, sameAs),
      })),
    },
    warnings: [
      ...collectWarnings(typed, columns, duplicates.count, options),
      ...cellNotices(typed, (name) => !options.ignore?.includes(name), options.target),
    ],
  };
}

function summarizeColumn(column: Column, guess: TypeGuess, rows: number): ColumnSummary {
  const { why, unclear, ...type } = guess;
  const base = {
    name: column.name,
    ...type,
    why: why.text,
    because: { code: why.code, params: why.params },
    ...(unclear ? { unclear: unclear.text } : {}),
  };
  if (isMeasured(column, guess)) {
    const sorted = sortedValues(guess.type === 'date' ? daysOfColumn(column, guess.format!) : numbersOf(column));
    const numbers = statisticsOf(sorted);
    const distinct = countDistinct(sorted);
    const unit = unitOfStep(column);
    const counts = { missing: rows - sorted.length, distinct, constant: distinct <= 1, ...(unit ? { unit } : {}) };
    if (!numbers) return { ...base, ...counts };
    const dates = { earliest: formatIso(numbers.min), latest: formatIso(numbers.max) };
    return { ...base, ...counts, numbers, ...(guess.type === 'date' ? { dates } : {}) };
  }
  const { texts, counts } = countLevels(column);
  const missing = rows - counts.reduce((sum, count) => sum + count, 0);
  const distinct = counts.filter((count) => count > 0).length;
  const levels = largest(counts).map((index) => ({ text: texts(index), count: counts[index] }));
  return { ...base, missing, distinct, constant: distinct <= 1, levels };
}

/** Numbers and dates, and identifiers that are numbers: which values are the most frequent says nothing about them. */
function isMeasured(column: Column, { type }: TypeGuess): boolean {
  if (type === 'number' || type === 'integer' || type === 'date') return true;
  return column.kind === 'number' && type === 'identifier';
}

/** Each level's number of rows, and its text. */
function countLevels(column: Column): { counts: Uint32Array; texts: (index: number) => string } {
  if (column.kind === 'number') {
    const { values, counts } = runsOf(sortedValues(column.values));
    return { counts, texts: (index) => String(values[index]) };
  }
  const counts = new Uint32Array(column.levels.length);
  for (const code of column.codes) if (code !== 0) counts[code - 1] += 1;
  return { counts, texts: (index) => column.levels[index] };
}

/** The indices of the largest counts, largest first, ten at most; of equal ones the first. */
function largest(counts: Uint32Array): number[] {
  const chosen: number[] = [];
  for (let index = 0; index < counts.length; index++) {
    if (counts[index] === 0 || (chosen.length === mostLevels && counts[index] <= counts[chosen[mostLevels - 1]]))
      continue;
    const place = chosen.findIndex((other) => counts[other] < counts[index]);
    chosen.splice(place < 0 ? chosen.length : place, 0, index);
    chosen.length = Math.min(chosen.length, mostLevels);
  }
  return chosen;
}

function collectWarnings(
  { table, types }: TypedTable,
  columns: ColumnSummary[],
  repeated: number,
  options: SummaryOptions,
): Notice[] {
  const { target, ignore = [] } = options;
  const typeOf = ({ name }: Column) => types.get(name)!;
  const at = table.columns.findIndex(({ name }) => name === target);
  const classes = at >= 0 && isClasses(table, table.columns[at], typeOf(table.columns[at]), options.task);
  const warnings = at < 0 ? [] : targetWarnings(table.columns[at], columns[at], table.rows, classes, options);
  const alone = columns.length - ignore.length <= 2;
  table.columns.forEach((column, index) => {
    if (index === at || ignore.includes(column.name)) return;
    warnings.push(...columnWarnings(columns[index], typeOf(column).unclear, table.rows));
    if (at < 0 || alone || columns[index].constant || columns[at].constant) return;
    const { type } = columns[index];
    if (type === 'identifier' || type === 'text') return;
    warnings.push(...leakNotices({ column, type }, { column: table.columns[at], type: columns[at].type }, classes));
  });
  table.columns.forEach(({ name: column, ...cells }) => {
    if (cells.kind !== 'number' || !cells.invalid || ignore.includes(column)) return;
    const { count, examples } = cells.invalid;
    const [first] = examples.map(({ row, text }) => ({ row: fileRow(table, row), text }));
    const said = message(preparing, 'column_invalid', { column, count, first_cell: first });
    warnings.push(warning(said, { topic: 'odd_cells', column }));
  });
  warnings.push(...infiniteCellNotices(table, (name) => !ignore.includes(name)));
  if (repeated > 0) warnings.push(warning(message(preparing, 'rows_repeated', { count: repeated })));
  return warnings;
}

function columnWarnings(
  { name: column, type, distinct, missing, ...summary }: ColumnSummary,
  unclear: Message | undefined,
  rows: number,
): Notice[] {
  const about = (topic?: NoticeTopic) => ({ ...(topic ? { topic } : {}), column });
  if (distinct === 0) return [warning(message(preparing, 'column_empty', { column }), about('empty'))];
  const warnings: Notice[] = [];
  if (summary.constant) {
    warnings.push(info(message(preparing, 'column_constant', { column, gaps: missing > 0 }), about('constant')));
  } else if (type === 'identifier') {
    warnings.push(info(message(preparing, 'column_identifies', { column }), about('identifier')));
  } else if (type === 'text') {
    warnings.push(info(message(preparing, 'column_free_text', { column }), about('text')));
  }
  if (missing > muchMissing * rows) {
    warnings.push(warning(message(preparing, 'column_gaps', { column, share: missing / rows }), about()));
  }
  if (unclear) warnings.push(warning(message(tables, 'type_unclear', { column, why: unclear }), about('unclear')));
  return warnings;
}

/** Whether classes are predicted: as `prepare` decides it, which refuses dates. */
function isClasses(table: Table, column: Column, guess: TypeGuess, task: SummaryOptions['task'] = 'auto'): boolean {
  if (guess.type === 'date' && task === 'auto') return false;
  return wantsClasses(table, column, guess, { task }).asClasses;
}

function targetWarnings(
  column: Column,
  summary: ColumnSummary,
  rows: number,
  classes: boolean,
  options: SummaryOptions,
): Notice[] {
  const about = { column: summary.name };
  const count = summary.missing;
  if (count === rows) return [critical(message(preparing, 'target_no_values', about), about)];
  const warnings: Notice[] = [];
  if (count > 0) {
    warnings.push(
      warning(message(preparing, 'target_gaps', { ...about, count }), { topic: 'missing_target', ...about }),
    );
  }
  if (summary.constant) {
    const code = classes ? 'target_one_class' : 'target_one_value';
    return [...warnings, critical(message(preparing, code, about), about)];
  }
  if (!classes) return warnings;
  const { counts, texts } = countLevels(column);
  return [...warnings, ...rareNotices(summary.name, counts, texts, options)];
}
