/**
 * A table as it is trained on: every column with its type, columns that are said to be numbers read as such, and the
 * spellings of classes put together. What a file holds is not changed, and what is made of it here is said.
 */
import type { ColumnType, DataSettings } from '../../spec/data-settings.ts';
import { allSteps, type Steps } from '../../util/yielding.ts';
import { findColumn } from './columns.ts';
import { mergeSpellings, type SpellingGroup } from './spellings.ts';
import type { Column, Table } from './table.ts';
import { type TypeGuess, typeOfColumn } from './types.ts';
import { numbersOfText } from './units.ts';

export interface TypedTable {
  table: Table;
  types: Map<string, TypeGuess>;
  /** Of each column with classes that are written in several ways. */
  spellings: Map<string, SpellingGroup[]>;
}

export type Typing = Partial<Pick<DataSettings, 'target' | 'task' | 'merge_spellings'>> & {
  types?: Record<string, ColumnType>;
};

/** @throws InputError about a type whose column is not there, or cannot be of it */
export function typedTable(table: Table, typing: Typing): TypedTable {
  return allSteps(typedTableSteps(table, typing));
}

/** The same in steps, one for each column. */
export function* typedTableSteps(
  table: Table,
  { target, task, types: given = {}, merge_spellings = true }: Typing,
): Steps<TypedTable> {
  for (const name of Object.keys(given)) findColumn(table, name, 'types');
  const types = new Map<string, TypeGuess>();
  const spellings = new Map<string, SpellingGroup[]>();
  const typed = (column: Column): Column => {
    const { name } = column;
    const type = Object.hasOwn(given, name) ? given[name] : undefined;
    const isTarget = name === target;
    const asNumbers = type === 'number' || type === 'integer' || (isTarget && task === 'regression');
    const read = asNumbers ? withNumbers(column) : column;
    const merged = read.kind === 'text' && merge_spellings ? mergeSpellings(read) : undefined;
    if (merged) {
      const guess = typeOfColumn(table, merged.column, type);
      if (isTarget || guess.type === 'category' || guess.type === 'boolean') {
        types.set(name, guess);
        spellings.set(name, merged.groups);
        return merged.column;
      }
    }
    types.set(name, typeOfColumn(table, read, type));
    return read;
  };
  const columns: Column[] = [];
  for (const column of table.columns) {
    yield { doing: 'types', column: column.name };
    columns.push(typed(column));
  }
  return { table: { ...table, columns }, types, spellings };
}

/** A column of text as numbers, where most of its cells are: else it is not what was meant. */
function withNumbers(column: Column): Column {
  if (column.kind === 'number') return column;
  const numbers = numbersOfText(column);
  let read = 0;
  let texts = 0;
  for (let row = 0; row < column.codes.length; row += 1) {
    if (column.codes[row] > 0) texts += 1;
    if (!Number.isNaN(numbers.values[row])) read += 1;
  }
  return read * 2 > texts ? numbers : column;
}
