/** What a person should know about how the cells of a table were taken: units, markers of missing values, spellings. */
import { counted, shown, some } from '../../util/words.ts';
import { info, type Notice, warning } from './notices.ts';
import { isCode } from './numbers.ts';
import { unitName } from './quantity.ts';
import type { SpellingGroup } from './spellings.ts';
import { type Column, fileRow, type NumberColumn, type Table, type TextColumn } from './table.ts';
import type { TypedTable } from './typed.ts';
import { countNumbers, mixedUnits } from './units.ts';

/** More columns than these are named together. */
const mostNamed = 3;

/** @param isUsed whether a column matters, by its name */
export function cellNotices({ table, spellings }: TypedTable, isUsed: (name: string) => boolean): Notice[] {
  const used = table.columns.filter(({ name }) => isUsed(name));
  return [
    ...used.flatMap((column) => (column.kind === 'number' ? unitNotices(column) : textNotices(column))),
    ...markerNotices(used),
    ...used.flatMap(({ name }) => (spellings.get(name) ?? []).map((group) => spellingNotice(name, group))),
  ];
}

function unitNotices({ name, values, unit, withUnit }: NumberColumn): Notice[] {
  if (!unit || !withUnit) return [];
  const column = `Column ${JSON.stringify(name)}`;
  const example = shown(withUnit.example);
  if (unitName(unit) === '%') {
    return [info(`${column}: numbers in percent, such as ${example}; 12% is read as 12, not 0.12.`, { column: name })];
  }
  const numbers = values.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
  const what = `the unit ${shown(unitName(unit))}, such as ${example}`;
  if (numbers === withUnit.count) return [info(`${column}: numbers with ${what}.`, { column: name })];
  return [
    warning(
      `${column}: ${counted(withUnit.count, 'cell')} of ${counted(numbers, 'cell')} have ${what}; the others are taken to be in it too.`,
      { column: name },
    ),
  ];
}

function textNotices(column: TextColumn): Notice[] {
  const { name, codes, levels } = column;
  const units = mixedUnits(codes, levels);
  if (units.length === 0) return fewNumbers(column);
  const named = units.map((unit) => `${shown(unit.name)} in ${counted(unit.rows, 'row')}`);
  return [
    warning(
      `Column ${JSON.stringify(name)} is text, as its numbers have different units, which are not converted: ${some(named, 3)}; write all in one unit.`,
      { column: name },
    ),
  ];
}

/** Where most cells are numbers, the others may be what is not meant. */
function fewNumbers(column: TextColumn): Notice[] {
  const { name, levels } = column;
  if (levels.some(isCode)) return [];
  const { all, numbers } = countNumbers(column);
  if (numbers * 2 < all || numbers === all) return [];
  return [
    warning(
      `Column ${JSON.stringify(name)} is text: ${counted(numbers, 'cell')} of ${counted(all, 'cell')} are numbers, too few by themselves; with the type number the others count as missing.`,
      { column: name, fix: { setting: 'types', column: name, value: 'number' } },
    ),
  ];
}

function markerNotices(columns: Column[]): Notice[] {
  const marked = columns.flatMap(({ name, markers }) => (markers ? [{ name, markers }] : []));
  if (marked.length > mostNamed) {
    const names = marked.map(({ name }) => shown(name));
    const texts = [...new Set(marked.flatMap(({ markers }) => markers.map(({ text }) => shown(text))))];
    const cells = marked.flatMap(({ markers }) => markers).reduce((sum, { count }) => sum + count, 0);
    return [
      info(`Missing values are written ${some(texts, 3)} in columns ${some(names, 3)} (${counted(cells, 'cell')}).`),
    ];
  }
  return marked.map(({ name, markers }) => {
    const texts = markers
      .toSorted((a, b) => b.count - a.count)
      .map(({ text, count }) => `${shown(text)} in ${counted(count, 'cell')}`);
    return info(`Column ${JSON.stringify(name)}: missing values are written ${some(texts, 3)}.`, { column: name });
  });
}

function spellingNotice(column: string, { spellings, apart }: SpellingGroup): Notice {
  const named = spellings.map(({ text, rows }) => `${shown(text)} in ${counted(rows, 'row')}`);
  const listed = some(named, 4);
  const name = `Column ${JSON.stringify(column)}`;
  if (apart) {
    return warning(
      `${name}: ${listed} differ in case alone and are kept apart; write them alike if they mean the same.`,
      {
        column,
      },
    );
  }
  return info(
    `${name}: ${listed} are taken as one class, ${shown(spellings[0].text)}; merge_spellings false keeps them apart.`,
    {
      column,
    },
  );
}

/** Cells that are not numbers in numeric columns, which count as missing. */
export function invalidCellNotices(table: Table, used: string[]): Notice[] {
  const names = new Set(used);
  return table.columns.flatMap((column) => {
    if (column.kind !== 'number' || !column.invalid?.count || !names.has(column.name)) return [];
    const { count, examples } = column.invalid;
    const named = examples.slice(0, 3).map(({ row, text }) => `${shown(text)} in row ${fileRow(table, row)}`);
    const cells =
      count === 1
        ? '1 cell is no number and counts'
        : `${count.toLocaleString('en-US')} cells are no numbers and count`;
    return [
      warning(`Column ${JSON.stringify(column.name)}: ${cells} as missing, such as ${named.join(', ')}.`, {
        topic: 'odd_cells',
        column: column.name,
      }),
    ];
  });
}
