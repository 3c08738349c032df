/** What a person should know about how the cells of a table were taken: units, markers of missing values, spellings. */
import { tables } from '../../messages/en/tables/tables.ts';
import { message } from '../../util/message.ts';
import { areDays } from './dates.ts';
import { info, type Notice, type NoticeFix, warning } from './notices.ts';
import { isCode } from './numbers.ts';
import { unitName } from './quantity.ts';
import type { SpellingGroup } from './spellings.ts';
import { type Column, fileRow, type NumberColumn, type Table, type TextColumn } from './table.ts';
import type { TypedTable } from './typed.ts';
import type { TypeGuess } from './types.ts';
import { countNumbers, mixedUnits } from './units.ts';

/** More columns than these are named together. */
const mostNamed = 3;

/**
 * @param isUsed whether a column matters, by its name
 * @param target which is no date, whatever its numbers look like
 */
export function cellNotices(
  { table, types, spellings }: TypedTable,
  isUsed: (name: string) => boolean,
  target: string | undefined,
): Notice[] {
  const used = table.columns.filter(({ name }) => isUsed(name));
  return [
    ...used.flatMap((column) => (column.name === target ? [] : dayNotices(column, types.get(column.name)))),
    ...used.flatMap((column) => (column.kind === 'number' ? numberNotices(column) : textNotices(column))),
    ...markerNotices(used),
    ...used.flatMap(({ name }) => (spellings.get(name) ?? []).map((group) => spellingNotice(name, group))),
  ];
}

/** Plain digits are a number more often than a date: a person says which. */
function dayNotices(numbers: Column, guess: TypeGuess | undefined): Notice[] {
  if (numbers.kind !== 'number' || guess?.why.code !== 'type_whole' || !areDays(numbers.values)) return [];
  const { name: column, values } = numbers;
  const example = values.find((value) => !Number.isNaN(value)) ?? Number.NaN;
  const fix: NoticeFix = { setting: 'types', column, value: 'date' };
  return [warning(message(tables, 'numbers_as_days', { column, example }), { column, fix })];
}

function numberNotices(numbers: NumberColumn): Notice[] {
  const { name: column, inBrackets } = numbers;
  const bracketed = inBrackets
    ? [info(message(tables, 'numbers_in_brackets', { column, ...inBrackets }), { column })]
    : [];
  return [...unitNotices(numbers), ...bracketed];
}

function unitNotices({ name: column, values, unit: found, withUnit }: NumberColumn): Notice[] {
  if (!found || !withUnit) return [];
  const unit = unitName(found);
  const { count, example } = withUnit;
  if (unit === '%') return [info(message(tables, 'unit_percent', { column, example }), { column })];
  const cells = values.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + 1), 0);
  return count === cells
    ? [info(message(tables, 'unit_of_all', { column, unit, example }), { column })]
    : [warning(message(tables, 'unit_of_some', { column, count, cells, unit, example }), { column })];
}

function textNotices(text: TextColumn): Notice[] {
  const { name: column, codes, levels } = text;
  const units = mixedUnits(codes, levels);
  if (units.length === 0) return fewNumbers(text);
  return [warning(message(tables, 'units_mixed', { column, units }), { column })];
}

/** Where most cells are numbers, the others may be what is not meant. */
function fewNumbers(text: TextColumn): Notice[] {
  const { name: column, levels } = text;
  if (levels.some(isCode)) return [];
  const { all: cells, numbers: count } = countNumbers(text);
  if (count * 2 < cells || count === cells) return [];
  return [
    warning(message(tables, 'numbers_few', { column, count, cells }), {
      column,
      fix: { setting: 'types', column, value: 'number' },
    }),
  ];
}

function markerNotices(columns: Column[]): Notice[] {
  const marked = columns.flatMap(({ name, markers }) => (markers ? [{ name, markers }] : []));
  if (marked.length > mostNamed) {
    const all = marked.flatMap(({ markers }) => markers);
    const names = [...new Set(all.map(({ text }) => text))];
    const cells = all.reduce((sum, { count }) => sum + count, 0);
    return [info(message(tables, 'markers_of_columns', { names, columns: marked.map(({ name }) => name), cells }))];
  }
  return marked.map(({ name: column, markers }) => {
    const sorted = markers.toSorted((a, b) => b.count - a.count);
    return info(message(tables, 'markers', { column, markers: sorted }), { column });
  });
}

function spellingNotice(column: string, { spellings, apart }: SpellingGroup): Notice {
  return apart
    ? warning(message(tables, 'spellings_apart', { column, spellings }), { column })
    : info(message(tables, 'spellings_merged', { column, spellings }), { column });
}

/** Cells that are not numbers in numeric columns, which count as missing. */
export function invalidCellNotices(table: Table, used: string[]): Notice[] {
  const names = new Set(used);
  const invalid = table.columns.flatMap(({ name: column, ...cells }) => {
    if (cells.kind !== 'number' || !cells.invalid?.count || !names.has(column)) return [];
    const { count, examples } = cells.invalid;
    const first = examples.slice(0, 3).map(({ row, text }) => ({ row: fileRow(table, row), text }));
    const said = message(tables, 'cells_without_number', { column, count, examples: first });
    return [warning(said, { topic: 'odd_cells', column })];
  });
  return [...invalid, ...infiniteCellNotices(table, (name) => names.has(name))];
}

/** Cells that hold infinity in numeric columns, which count as missing too. */
export function infiniteCellNotices(table: Table, isUsed: (name: string) => boolean): Notice[] {
  return table.columns.flatMap(({ name: column, ...cells }) => {
    if (cells.kind !== 'number' || !cells.infinite || !isUsed(column)) return [];
    const { count, first } = cells.infinite;
    const said = message(tables, 'cells_infinite', { column, count, text: first.text, row: fileRow(table, first.row) });
    return [warning(said, { topic: 'infinite_cells', column })];
  });
}
