/** Known answers of new rows, as the targets a model was trained on: what evaluating a saved model needs. */
import { InputError } from '../spec/errors.ts';
import { shown, some } from '../spec/words.ts';
import { cellPlace, findColumn, numbersOf } from './columns.ts';
import type { Preprocessing, TargetStep } from './dataset.ts';
import { asText } from './encode.ts';
import { isMissing, type Table } from './table.ts';
import { outputCount } from './target.ts';

export interface Labels {
  /** Rows of the table that have an answer, rising. */
  rows: Uint32Array;
  /** [row of `rows`, output], scaled; for classes 0 or 1. */
  targets: Float32Array;
  notices: string[];
}

/**
 * Rows without an answer are left out with a notice.
 * @throws InputError about a missing column, a cell that cannot be an answer, a class that the model does not know, or a
 * table without any answer
 */
export function labelsOf({ targets: steps }: Preprocessing, table: Table): Labels {
  const columns = steps.map(({ column }) => findColumn(table, column, 'target'));
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row).filter((row) =>
    columns.every((column) => !isMissing(column, row)),
  );
  const name = steps.map(({ column }) => JSON.stringify(column)).join(' and ');
  if (rows.length === 0) {
    throw new InputError(`${table.source}: no row has a value of the target ${name}; give rows with known answers.`);
  }
  const outputs = outputCount(steps);
  const targets = new Float32Array(rows.length * outputs);
  steps.forEach((step, output) => {
    if (step.kind === 'classes') encodeClasses(table, step, rows, outputs, targets);
    else encodeNumbers(table, step, rows, outputs, output, targets);
  });
  const without = table.rows - rows.length;
  const notices =
    without > 0
      ? [
          `${without} ${without === 1 ? 'row has' : 'rows have'} no value of the target ${name} and ${without === 1 ? 'is' : 'are'} left out.`,
        ]
      : [];
  return { rows, targets, notices };
}

function encodeNumbers(
  table: Table,
  { column: name, log, offset, scale }: Extract<TargetStep, { kind: 'number' }>,
  rows: Uint32Array,
  outputs: number,
  output: number,
  targets: Float32Array,
): void {
  const column = findColumn(table, name, 'target');
  const values = numbersOf(column);
  rows.forEach((row, index) => {
    const value = log ? Math.log1p(values[row]) : values[row];
    const scaled = Math.fround((value - offset) / scale);
    if (!Number.isFinite(scaled)) {
      const given = column.kind === 'text' ? shown(column.levels[column.codes[row] - 1]) : String(values[row]);
      throw new InputError(
        `${cellPlace(table, row, name)}: ${given} is no answer the model could give; correct the cell.`,
        name,
      );
    }
    targets[index * outputs + output] = scaled;
  });
}

function encodeClasses(
  table: Table,
  { column: name, classes }: Extract<TargetStep, { kind: 'classes' }>,
  rows: Uint32Array,
  outputs: number,
  targets: Float32Array,
): void {
  const { codes, levels } = asText(findColumn(table, name, 'target'));
  const places = levels.map((level) => classes.indexOf(level));
  rows.forEach((row, index) => {
    const place = places[codes[row] - 1];
    if (place < 0) {
      throw new InputError(
        `${cellPlace(table, row, name)}: ${shown(levels[codes[row] - 1])} is not a class of the model, which knows ${some(classes, 10)}; leave the row out or correct it.`,
        name,
      );
    }
    if (outputs === 1) targets[index] = place;
    else targets[index * outputs + place] = 1;
  });
}
