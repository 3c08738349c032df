/**
 * What a column is: guessed from its cells, or said by the person. A guess is one word and one sentence why, so that it can
 * be shown, questioned and overridden.
 */

import { tables } from '../../messages/en/tables/tables.ts';
import type { ColumnType } from '../../spec/data-settings.ts';
import { rowsByCode } from '../../util/arrays.ts';
import { InputError } from '../../util/errors.ts';
import { type Message, message } from '../../util/message.ts';
import { cellAt } from './columns.ts';
import { type DatesFound, dateFormats, findDates, guessDateFormat, parseDays } from './dates.ts';
import { parseNumber } from './numbers.ts';
import { type Column, isMissing, type NumberColumn, type Table, type TextColumn, textOf } from './table.ts';

/** What a column is taken for, and why. */
export interface TypeGuess {
  /** What it is; identifiers and text are not trained on. */
  type: ColumnType;
  /** What in the cells says so. */
  why: Message;
  /** Of dates: how the cells are written, such as `YYYY-MM-DD`. */
  format?: string;
  /** Where a person should look at the guess. */
  unclear?: Message;
}

/** A numbering of fewer rows than this is as likely a quantity. */
const leastIdentified = 10;
/** A category has its levels in at least this many rows each, on average. */
const leastRowsPerLevel = 2;
/** Texts longer than this, on average, are sentences: a category only if there are few of them. */
const longText = 40;
const fewSentences = 20;
/** Of the cells, those that have to be different for a column of text to be one of names. */
const nearlyAll = 0.9;

/** A word of a column's name that says the column identifies. */
const identifying = /^(id|ids|idx|index|no|nr|uuid|guid|pk|key|rowid|rownum|번호|순번|일련번호|아이디)$/;
/** Names of quantities that are often whole and evenly spaced: x of a curve, years of a series. */
const quantity = /^([xyzt]\d*|time|year|month|week|day|hour|minute|second|step|epoch|age|연도|년도|년|월|일|나이)$/;

const whole: TypeGuess = { type: 'integer', why: message(tables, 'type_whole') };

/** Falsehood and truth, in lower case. */
const truths = [
  ['no', 'yes'],
  ['false', 'true'],
  ['n', 'y'],
  ['f', 't'],
  ['off', 'on'],
  ['아니오', '예'],
  ['아니요', '예'],
  ['아니오', '네'],
  ['아니요', '네'],
  ['거짓', '참'],
];

/** Looks at every cell of a number column and every level of a text column. */
export function guessType(column: Column, rows: number): TypeGuess {
  return column.kind === 'number' ? guessOfNumbers(column, rows) : guessOfText(column);
}

/**
 * The type of a column of the table: guessed, unless `given` says it.
 * @throws InputError about a given type that the column cannot have
 */
export function typeOfColumn(table: Table, column: Column, given?: ColumnType): TypeGuess {
  if (given) return ofGivenType(table, column, given);
  const guess = guessType(column, table.rows);
  // Of two columns one is predicted from the other, however evenly spaced it is.
  return guess.why.code === 'type_numbering' && table.columns.length <= 2 ? whole : guess;
}

/**
 * The two values of a column of yes and no, as text: by what they say, else the one that comes first in the alphabet (or
 * is smaller) is the falsehood. Undefined where there are not exactly two.
 */
export function findTruthValues(column: Column): { truth: string; falsehood: string } | undefined {
  if (column.kind === 'text') {
    if (column.levels.length !== 2) return undefined;
    const [falsehood, truth] = saidTruth(column.levels) ?? column.levels.toSorted();
    return { truth, falsehood };
  }
  let low = Number.NaN;
  let high = Number.NaN;
  for (const value of column.values) {
    if (Number.isNaN(value) || value === low || value === high) continue;
    if (Number.isNaN(low)) low = value;
    else if (Number.isNaN(high)) high = value;
    else return undefined;
  }
  if (Number.isNaN(high)) return undefined;
  return { truth: String(Math.max(low, high)), falsehood: String(Math.min(low, high)) };
}

/** Whether a text says yes or no, in any case. */
export function saysTruth(text: string): boolean {
  return truths.some((pair) => pair.includes(text.toLowerCase()));
}

function saidTruth(levels: string[]): string[] | undefined {
  for (const order of [levels, levels.toReversed()]) {
    if (truths.some((pair) => pair.every((word, index) => word === order[index].toLowerCase()))) return order;
  }
  return undefined;
}

function guessOfNumbers(column: NumberColumn, rows: number): TypeGuess {
  const { values, name } = column;
  let present = 0;
  let allWhole = true;
  let bits = true;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    present += 1;
    if (value < low) low = value;
    if (value > high) high = value;
    if (value !== 0 && value !== 1) bits = false;
    if (!Number.isSafeInteger(value)) allWhole = false;
  }
  if (present === 0) return { type: 'number', why: message(tables, 'type_empty') };
  if (bits && low < high) return { type: 'boolean', why: message(tables, 'type_two_values', { names: ['0', '1'] }) };
  if (!allWhole) return { type: 'number', why: message(tables, 'type_numbers') };
  if (present >= leastIdentified) {
    const words = splitWords(name);
    // Consecutive numbers are a numbering only where every row has one; a name that says "id" may have gaps.
    if (present === rows && high - low === rows - 1 && !quantity.test(name.toLowerCase()) && allDistinct(values)) {
      return { type: 'identifier', why: message(tables, 'type_numbering') };
    }
    if (words.some((word) => identifying.test(word)) && allDistinct(values)) {
      return { type: 'identifier', why: message(tables, 'type_identifying') };
    }
  }
  return whole;
}

/** The words of a column's name: orderId, order_id and "order id" have the same. */
function splitWords(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
}

/** NaN aside. */
function allDistinct(values: Float64Array): boolean {
  const sorted = values.toSorted();
  for (let index = 1; index < sorted.length; index++) if (sorted[index] === sorted[index - 1]) return false;
  return true;
}

function guessOfText(column: TextColumn): TypeGuess {
  const { codes, levels } = column;
  const { counts } = countTexts(column);
  const date = guessDateFormat(levels, counts);
  if (date) return { type: 'date', why: message(tables, 'type_dates', { format: date.format }), ...date };
  const found = findDates(levels, counts);
  if (found.dates * 2 < found.all || found.dates === 0) return guessOfWords(codes, levels);
  const unclear = message(tables, 'dates_few', { formats: found.formats, text: found.other ?? '' });
  return { ...guessOfWords(codes, levels), unclear };
}

function guessOfWords(codes: Uint32Array, levels: string[]): TypeGuess {
  if (levels.length === 0) return { type: 'text', why: message(tables, 'type_empty') };
  if (levels.length === 2 && saidTruth(levels)) {
    return { type: 'boolean', why: message(tables, 'type_two_values', { names: levels }) };
  }

  let present = 0;
  for (const code of codes) if (code !== 0) present += 1;
  let characters = 0;
  let spaced = 0;
  for (const level of levels) {
    characters += level.length;
    if (/\s/.test(level)) spaced += 1;
  }
  const repeated = levels.length * leastRowsPerLevel <= present;
  const counted = { texts: levels.length, cells: present };
  if (characters > longText * levels.length && !(repeated && levels.length <= fewSentences)) {
    const length = Math.round(characters / levels.length);
    return { type: 'text', why: message(tables, 'type_long_texts', { length, ...counted }) };
  }
  if (repeated) return { type: 'category', why: message(tables, 'type_repeated', counted) };
  if (present < leastIdentified || levels.length < nearlyAll * present) {
    return { type: 'category', why: message(tables, 'type_short', counted) };
  }
  return spaced * 10 > levels.length
    ? { type: 'text', why: message(tables, 'type_words', counted) }
    : { type: 'identifier', why: message(tables, 'type_codes', counted) };
}

/** @throws InputError where the cells do not allow it */
function ofGivenType(table: Table, column: Column, type: ColumnType): TypeGuess {
  const why = message(tables, 'type_given');
  if (type === 'boolean' && !findTruthValues(column)) {
    throw new InputError(message(tables, 'column_not_boolean', { source: table.source, column: column.name }), 'types');
  }
  // Text that has been tried already: see `typed.ts`.
  if (type === 'number') refuseOther(table, column, 'number', (text) => !Number.isNaN(parseNumber(text)));
  if (type === 'integer') refuseOther(table, column, 'integer', (text) => Number.isInteger(parseNumber(text)));
  if (type === 'date') {
    const { levels, counts } = countTexts(column);
    if (levels.length === 0) return { type, why, format: 'yyyy-mm-dd' };
    const guess = guessDateFormat(levels, counts, dateFormats);
    if (guess) return { type, why, ...guess };
    const found = findDates(levels, counts, dateFormats);
    const known = found.formats.map(({ format }) => format);
    const isDate = (text: string) => known.some((format) => !Number.isNaN(parseDays(text, format)));
    const row = firstRow(column, (text) => !isDate(text));
    throw notOfType(table, column, row, 'date', found.formats);
  }
  return { type, why };
}

/** The first row with a value whose text is `wanted`; -1 if there is none. Asks once for each level. */
function firstRow(column: Column, wanted: (text: string) => boolean): number {
  if (column.kind === 'number') {
    return column.values.findIndex((value, row) => !isMissing(column, row) && wanted(String(value)));
  }
  const isWanted = column.levels.map(wanted);
  return column.codes.findIndex((code) => code !== 0 && isWanted[code - 1]);
}

/** The different texts of a column, and the rows of each. */
function countTexts(column: Column): { levels: string[]; counts: ArrayLike<number> } {
  if (column.kind === 'text') {
    const rows = rowsByCode(column.codes, undefined, column.levels.length + 1);
    return { levels: column.levels, counts: rows.subarray(1) };
  }
  const counts = new Map<string, number>();
  for (const value of column.values) {
    if (!Number.isNaN(value)) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  return { levels: [...counts.keys()], counts: [...counts.values()] };
}

type Checked = 'number' | 'integer' | 'date';

function refuseOther(table: Table, column: Column, type: Checked, fits: (text: string) => boolean): void {
  const row = firstRow(column, (text) => !fits(text));
  if (row >= 0) throw notOfType(table, column, row, type);
}

function notOfType(
  table: Table,
  column: Column,
  row: number,
  column_type: Checked,
  formats: DatesFound['formats'] = [],
): InputError {
  const text = textOf(column, row);
  return new InputError(
    message(tables, 'cell_of_other_type', { ...cellAt(table, row, column.name), text, column_type, formats }),
    column.name,
  );
}
