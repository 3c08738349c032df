/** What is found in the columns of a table, and why they cannot be what they are said to be. */

import { inEnglish, type Said } from '../../../util/message.ts';
import { counted, count as whole } from '../../../util/thousands.ts';
import { percent, shown, some } from '../../../util/words.ts';

/** A cell of a file, by the row as a spreadsheet numbers it; without a source it is of the only row that somebody typed. */
export interface Cell {
  source: string;
  row: number;
  column: string;
}

/** A cell and what it holds. */
export interface CellText {
  row: number;
  text: string;
}

interface Column {
  column: string;
}

/** Texts that differ, and the cells with one. */
interface Texts {
  texts: number;
  cells: number;
}

/** Ways to write a date, with the rows of each. */
type Formats = readonly { format: string; rows: number }[];

export const cell = ({ source, row, column }: Cell) =>
  source ? `${source}, row ${row}, column ${JSON.stringify(column)}` : column;
/** The same where it has been named. */
export const theCell = ({ source }: { source: string }) => (source ? 'the cell' : 'it');
export const of = ({ column }: Column) => `Column ${JSON.stringify(column)}`;
export const inRow = ({ row, text }: CellText) => `${shown(text)} in row ${row}`;
export const inRows = (cells: readonly CellText[]) => cells.map(inRow).join(', ');

const rowsOf = (text: string, rows: number) => `${text} in ${counted(rows, 'row')}`;
const dated = (formats: Formats) =>
  some(
    formats.map(({ format, rows }) => rowsOf(format, rows)),
    5,
  );
const spelt = (spellings: readonly { text: string; rows: number }[]) =>
  some(
    spellings.map(({ text, rows }) => rowsOf(shown(text), rows)),
    4,
  );
const textsIn = ({ texts, cells }: Texts) => `${counted(texts, 'different text')} in ${counted(cells, 'cell')}.`;
const unlessKnown = 'leave it out unless it is known before the target is';

/** What a cell is not. */
const types = { number: 'number', integer: 'whole number', date: 'date' };

export const tables = {
  column_unknown: (p: { setting: string; source: string; column: string; columns: readonly string[]; near?: string }) =>
    `${p.setting && `${p.setting}: `}${p.source} has no column ${JSON.stringify(p.column)}, only ${some(p.columns, 20)}${p.near ? ` (did you mean ${p.near}?)` : ''}.`,
  column_not_boolean: ({ source, column }: Column & { source: string }) =>
    `types: column ${JSON.stringify(column)} of ${source} does not have exactly two different values, so it cannot be boolean; choose category or another type.`,
  cell_of_other_type: (p: Cell & { text: string; column_type: keyof typeof types; formats: Formats }) =>
    `${cell(p)}: ${shown(p.text)} is no ${types[p.column_type]}, as types says it is; correct the cell${p.column_type === 'date' ? ', written like 2020-03-01' : ''}, or give the column another type${p.formats.length ? ` (found: ${dated(p.formats)})` : ''}.`,

  unit_percent: (p: Column & { example: string }) =>
    `${of(p)}: numbers in percent, such as ${shown(p.example)}; 12% is read as 12, not 0.12.`,
  unit_of_all: (p: Column & { unit: string; example: string }) =>
    `${of(p)}: numbers with the unit ${shown(p.unit)}, such as ${shown(p.example)}.`,
  unit_of_some: (p: Column & { count: number; cells: number; unit: string; example: string }) =>
    `${of(p)}: ${counted(p.count, 'cell')} of ${counted(p.cells, 'cell')} have the unit ${shown(p.unit)}, such as ${shown(p.example)}; the others are taken to be in it too.`,
  numbers_as_days: (p: Column & { example: number }) =>
    `${of(p)} is read as numbers that could be dates, such as ${p.example} (yyyymmdd); read it as dates if they are.`,
  numbers_in_brackets: (p: Column & { count: number; example: string }) =>
    `${of(p)}: numbers in brackets are negative, such as ${shown(p.example)} (${counted(p.count, 'cell')}).`,
  units_mixed: (p: Column & { units: readonly { name: string; rows: number }[] }) =>
    `${of(p)} is text, as its numbers have different units, which are not converted: ${some(
      p.units.map(({ name, rows }) => rowsOf(shown(name), rows)),
      3,
    )}; write all in one unit.`,
  numbers_few: (p: Column & { count: number; cells: number }) =>
    `${of(p)} is text: ${counted(p.count, 'cell')} of ${counted(p.cells, 'cell')} are numbers, too few by themselves; with the type number the others count as missing.`,
  markers: (p: Column & { markers: readonly { text: string; count: number }[] }) =>
    `${of(p)}: missing values are written ${some(
      p.markers.map(({ text, count }) => `${shown(text)} in ${counted(count, 'cell')}`),
      3,
    )}.`,
  markers_of_columns: (p: { names: readonly string[]; columns: readonly string[]; cells: number }) =>
    `Missing values are written ${some(p.names.map(shown), 3)} in columns ${some(p.columns.map(shown), 3)} (${counted(p.cells, 'cell')}).`,
  spellings_apart: (p: Column & { spellings: readonly { text: string; rows: number }[] }) =>
    `${of(p)}: ${spelt(p.spellings)} differ in case alone and are kept apart; write them alike if they mean the same.`,
  spellings_merged: (p: Column & { spellings: readonly { text: string; rows: number }[] }) =>
    `${of(p)}: ${spelt(p.spellings)} are taken as one class, ${shown(p.spellings[0].text)}; merge_spellings false keeps them apart.`,
  cells_without_number: (p: Column & { count: number; examples: readonly CellText[] }) =>
    `${of(p)}: ${counted(p.count, 'cell')} ${p.count === 1 ? 'is no number and counts' : 'are no numbers and count'} as missing, such as ${inRows(p.examples)}.`,
  cells_infinite: (p: Column & CellText & { count: number }) =>
    `${of(p)}: ${counted(p.count, 'cell')} ${p.count === 1 ? 'is infinite and counts' : 'are infinite and count'} as missing (${p.count === 1 ? '' : 'the first is '}${inRow(p)}); write a number, or leave the cell empty.`,

  class_rare: ({ name, share }: { name: string; share: number }) =>
    `Class ${shown(name)} is ${percent(share)} of the rows. Predictions may never name it, which accuracy would not show; balance the classes.`,
  classes_rare: ({ classes }: { classes: readonly { name: string; share: number }[] }) =>
    `${classes.length} classes have few rows: ${some(
      classes.map(({ name, share }) => `${shown(name)} (${percent(share)})`),
      3,
    )}. Predictions may never name them, which accuracy would not show; balance the classes.`,
  leak_equal: (p: Column) => `${of(p)} equals the target in every row; ${unlessKnown}.`,
  leak_codes: (p: Column) => `${of(p)} has a value of its own for each class of the target; ${unlessKnown}.`,
  leak_scaled: (p: Column & { correlation: number }) =>
    `${of(p)} is the target on another scale (their correlation is ${p.correlation}); ${unlessKnown}.`,

  type_given: 'The settings say so.',
  type_empty: 'It has no cell with a value.',
  type_two_values: ({ names }: { names: readonly string[] }) => `Its only values are ${names.join(' and ')}.`,
  type_numbers: 'Its values are numbers, not all of them whole.',
  type_whole: 'Its values are whole numbers.',
  type_numbering: 'It numbers the rows: whole, consecutive, every number once.',
  type_identifying: 'By its name it identifies rows, and every whole number is there only once.',
  type_dates: ({ format }: { format: string }) => `Its texts are dates, written ${format}.`,
  type_long_texts: (p: Texts & { length: number }) =>
    `Its texts are ${p.length} characters long on average, ${textsIn(p)}`,
  type_repeated: (p: Texts) => `Its texts repeat: ${textsIn(p)}`,
  type_short: (p: Texts) => `Its texts are short, and some repeat: ${textsIn(p)}`,
  type_words: (p: Texts) => `Its texts have several words and hardly repeat: ${textsIn(p)}`,
  type_codes: (p: Texts) => `Its texts are single words or codes and hardly repeat: ${textsIn(p)}`,
  type_unclear: (p: Column & { why: Said }) => `${of(p)}: ${inEnglish(p.why)}`,
  dates_few: ({ formats, text }: { formats: Formats; text: string }) =>
    `Many of its cells are dates, but too few for a column of dates: ${dated(formats)}; no date is such as ${shown(text)}.`,
  /** What was assumed: about texts that are no dates, of `count` rows; and, where `either`, about days and months. */
  dates_unclear: (p: { formats: Formats; either: boolean; count: number; odd_text: string | undefined }) =>
    [
      p.formats.length > 1 ? `Dates are written in several ways: ${dated(p.formats)}.` : '',
      p.either ? 'The dates could be month/day or day/month, as no day is over 12; month/day is assumed.' : '',
      p.odd_text === undefined
        ? ''
        : `Cells without a date count as missing: ${whole(p.count)}, such as ${shown(p.odd_text)}.`,
    ]
      .filter(Boolean)
      .join(' '),
};
