/** Cells that a model takes, to show in the comments of files how it is called. */
import type { InputDescription } from './description.ts';

/** Of so many columns; rows may have hundreds. */
const most = 6;

export function exampleCells(inputs: readonly InputDescription[]): [column: string, cell: string | number][] {
  return inputs.slice(0, most).map((input) => [input.column, exampleCell(input)]);
}

function exampleCell(input: InputDescription): string | number {
  if (input.kind === 'category') return input.levels[0];
  if (input.kind === 'boolean') return input.truth;
  if (input.kind === 'date') return new Date(Math.floor(input.missing) * 86_400_000).toISOString().slice(0, 10);
  return Number(input.missing.toPrecision(4));
}
