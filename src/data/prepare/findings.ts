/**
 * What is unusual about the cells that a model is given: those without a value, those that hold none that training could
 * have had, and numbers that training did not reach. Counted by column over any number of tables, with the first of each.
 */
import { preparing } from '../../messages/en/tables/preparing.ts';
import { InputError } from '../../util/errors.ts';
import { type Message, message } from '../../util/message.ts';
import { shown } from '../../util/words.ts';
import { formatIso } from '../table/dates.ts';
import { info, type Notice, warning } from '../table/notices.ts';
import { fileRow, type Table } from '../table/table.ts';
import type { FeatureStep, TrainingRange } from './dataset.ts';

export interface FoundText {
  /** Of the file, as a spreadsheet numbers it. */
  row: number;
  text: string;
}

/** Counts are of all cells, the lists hold the first of them. */
export interface ColumnFindings {
  column: string;
  /** Cells that `as` stands in for: they are missing, or hold no number (no date). */
  imputed: { count: number; as: number | string | null; rows: number[] };
  /** Of these, those that hold something else. */
  invalid: { count: number; cells: FoundText[] };
  /** Numbers and dates below the least or above the largest of the training rows; null where the model does not know them. */
  outside: { count: number; range: TrainingRange | null; cells: { row: number; value: number }[] };
  /** Texts that no training row had. */
  unknown: { count: number; cells: FoundText[] };
}

const mostListed = 5;

/** The findings of one column, while they are made. */
export interface Tally {
  /** Cells with a number or a date in them. */
  usable: number;
  imputed(table: Table, row: number): void;
  /** @param count may be more than the one cell */
  invalid(table: Table, row: number, text: string, count?: number): void;
  outside(table: Table, row: number, value: number): void;
  unknown(table: Table, row: number, text: string): void;
}

export class Findings {
  readonly #columns = new Map<string, { step: FeatureStep; tally: Tally; found: ColumnFindings }>();
  readonly #said = new Map<string, Notice>();

  of(step: FeatureStep): Tally {
    const known = this.#columns.get(step.column);
    if (known) return known.tally;
    const found = nothingFound(step);
    const tally = createTally(found);
    this.#columns.set(step.column, { step, tally, found });
    return tally;
  }

  /**
   * A cell that holds something else than the numbers or dates of its column, whose table has been gone through.
   * @throws InputError with what is said, unless the column has a usable cell
   */
  doubt(step: FeatureStep, said: Message): void {
    if (this.of(step).usable === 0) throw new InputError(said, step.column);
  }

  /** About a column as a whole; the same sentence is kept once. */
  say(notice: Notice): void {
    this.#said.set(notice.text, notice);
  }

  /** Columns with anything unusual, in the order of the model's. */
  get columns(): ColumnFindings[] {
    return [...this.#columns.values()].map(({ found }) => found).filter(isUnusual);
  }

  get notices(): Notice[] {
    const sentences = [...this.#columns.values()].flatMap(({ step, found }) => [
      ...invalidNotice(step, found),
      ...imputedNotice(step, found),
      ...outsideNotice(step, found),
      ...unknownNotice(step, found),
    ]);
    return [...this.#said.values(), ...sentences];
  }

  /** Those about texts that no training row had. */
  get unknownNotices(): Notice[] {
    return [...this.#columns.values()].flatMap(({ step, found }) => unknownNotice(step, found));
  }
}

function nothingFound(step: FeatureStep): ColumnFindings {
  const scaled = step.kind === 'number' || step.kind === 'date';
  return {
    column: step.column,
    imputed: { count: 0, as: scaled ? step.missing.value : step.missing, rows: [] },
    invalid: { count: 0, cells: [] },
    outside: { count: 0, range: (scaled && step.range) || null, cells: [] },
    unknown: { count: 0, cells: [] },
  };
}

function createTally({ imputed, invalid, outside, unknown }: ColumnFindings): Tally {
  return {
    usable: 0,
    imputed(table, row) {
      if (imputed.count++ < mostListed) imputed.rows.push(fileRow(table, row));
    },
    invalid(table, row, text, count = 1) {
      if (invalid.cells.length < mostListed) invalid.cells.push({ row: fileRow(table, row), text });
      invalid.count += count;
    },
    outside(table, row, value) {
      if (outside.count++ < mostListed) outside.cells.push({ row: fileRow(table, row), value });
    },
    unknown(table, row, text) {
      if (unknown.count++ < mostListed) unknown.cells.push({ row: fileRow(table, row), text });
    },
  };
}

function isUnusual({ imputed, invalid, outside, unknown }: ColumnFindings): boolean {
  return imputed.count + invalid.count + outside.count + unknown.count > 0;
}

function invalidNotice(step: FeatureStep, { column, invalid: { count, cells } }: ColumnFindings): Notice[] {
  if (count === 0) return [];
  const found = { column, count, examples: cells.slice(0, 3) };
  const said =
    step.kind === 'date'
      ? message(preparing, 'dates_invalid', { ...found, format: step.format })
      : message(preparing, 'numbers_invalid', found);
  return [warning(said, { column })];
}

function imputedNotice(step: FeatureStep, { column, imputed: { count, as, rows } }: ColumnFindings): Notice[] {
  if (count === 0 || as === null) return [];
  const value_text = typeof as === 'string' ? shown(as) : valueText(step, as);
  return [info(message(preparing, 'cells_imputed', { column, count, value_text, rows }), { column })];
}

function outsideNotice(step: FeatureStep, { column, outside: { count, range, cells } }: ColumnFindings): Notice[] {
  if (count === 0 || !range) return [];
  const [from, to] = [range.least, range.largest].map((value) => valueText(step, value));
  const outside = cells.slice(0, 3).map(({ row, value }) => ({ row, text: valueText(step, value) }));
  return [warning(message(preparing, 'values_outside', { column, count, from, to, outside }), { column })];
}

function unknownNotice(step: FeatureStep, { column, unknown: { count, cells } }: ColumnFindings): Notice[] {
  if (count === 0 || step.kind === 'number' || step.kind === 'date') return [];
  const missing = step.kind === 'boolean' ? step.missing : undefined;
  return [warning(message(preparing, 'texts_unknown', { column, count, ...cells[0], missing }), { column })];
}

function valueText(step: FeatureStep, value: number): string {
  return step.kind === 'date' ? formatIso(value) : String(Number(value.toPrecision(6)));
}
