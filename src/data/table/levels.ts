/** The cells of a column as texts, and which of a category's levels a text is. */
import { quantityReader } from './quantity.ts';
import { levelFinder } from './spellings.ts';
import type { Column, TextColumn } from './table.ts';
import { plainFormat } from './units.ts';

/**
 * The place of a cell of a column among levels, if that is certain; else -1. A cell with a unit is also looked for without
 * it: levels are bare where training read the column as numbers.
 */
export function cellFinder(
  levels: readonly string[],
  { numbers = plainFormat }: Pick<TextColumn, 'numbers'>,
): (cell: string) => number {
  const find = levelFinder(levels);
  const read = quantityReader(numbers);
  return (cell) => {
    const place = find(cell);
    const quantity = read(cell);
    return place < 0 && quantity?.unit ? find(String(quantity.value)) : place;
  };
}

/** A column of numbers as one of their texts, in order of first appearance. */
export function asText(column: Column): TextColumn {
  if (column.kind === 'text') return column;
  const { name, values } = column;
  const codeOf = new Map<number, number>();
  const codes = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (Number.isNaN(value)) continue;
    let code = codeOf.get(value);
    if (code === undefined) {
      code = codeOf.size + 1;
      codeOf.set(value, code);
    }
    codes[row] = code;
  }
  return { name, kind: 'text', codes, levels: Array.from(codeOf.keys(), String) };
}
