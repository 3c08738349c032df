/** Known answers of new rows, as the targets a model was trained on: what evaluating a saved model needs. */
import { preparing } from '../../messages/en/tables/preparing.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { shown } from '../../util/words.ts';
import { cellAt, findColumn } from '../table/columns.ts';
import { asText, cellFinder } from '../table/levels.ts';
import type { Notice } from '../table/notices.ts';
import type { Column, Table } from '../table/table.ts';
import { numbersOfText } from '../table/units.ts';
import type { Preprocessing, TargetStep } from './dataset.ts';
import { otherUnit } from './encode.ts';
import { answeredRows, outputCount } from './target.ts';

export interface Labels {
  /** Rows of the table that have an answer, rising. */
  rows: Uint32Array;
  /** [row of `rows`, output], scaled; for classes 0 or 1. */
  targets: Float32Array;
  notices: Notice[];
}

/**
 * Rows without an answer are left out with a notice.
 * @throws InputError about a missing column, a cell that cannot be an answer, a class that the model does not know, or a
 * table without any answer
 */
export function readLabels({ targets: steps }: Preprocessing, table: Table): Labels {
  const columns = steps.map(({ column }) => findColumn(table, column, 'target'));
  const { rows, notices } = answeredRows(table, columns);
  const { targets, notices: said } = encodeTargets(steps, table, columns, rows);
  return { rows, targets, notices: [...notices, ...said] };
}

/** Targets of rows that have an answer. @throws InputError about a cell that cannot be one, or is of an unknown class */
export function encodeTargets(
  steps: readonly TargetStep[],
  table: Table,
  columns: readonly Column[],
  rows: Uint32Array,
): Pick<Labels, 'targets' | 'notices'> {
  const notices: Notice[] = [];
  steps.forEach((step, index) => {
    const column = columns[index];
    const notice = step.kind === 'number' && column.kind === 'number' ? otherUnit(column, step.unit) : undefined;
    if (notice) notices.push(notice);
  });
  const outputs = outputCount(steps);
  const targets = new Float32Array(rows.length * outputs);
  steps.forEach((step, output) => {
    if (step.kind === 'classes') encodeClasses(table, columns[output], step, rows, outputs, targets);
    else encodeNumbers(table, columns[output], step, rows, outputs, output, targets);
  });
  return { targets, notices };
}

function encodeNumbers(
  table: Table,
  column: Column,
  { log, offset, scale, unit, numbers }: Extract<TargetStep, { kind: 'number' }>,
  rows: Uint32Array,
  outputs: number,
  output: number,
  targets: Float32Array,
): void {
  const { values } = column.kind === 'text' ? numbersOfText(column, { unit, numbers }) : column;
  rows.forEach((row, index) => {
    const value = log ? Math.log1p(values[row]) : values[row];
    const scaled = Math.fround((value - offset) / scale);
    if (!Number.isFinite(scaled)) {
      const value_text = column.kind === 'text' ? shown(column.levels[column.codes[row] - 1]) : String(values[row]);
      throw new InputError(
        message(preparing, 'answer_impossible', { ...cellAt(table, row, column.name), value_text }),
        column.name,
      );
    }
    targets[index * outputs + output] = scaled;
  });
}

function encodeClasses(
  table: Table,
  column: Column,
  { classes }: Extract<TargetStep, { kind: 'classes' }>,
  rows: Uint32Array,
  outputs: number,
  targets: Float32Array,
): void {
  const texts = asText(column);
  const { codes, levels } = texts;
  const places = levels.map(cellFinder(classes, texts));
  rows.forEach((row, index) => {
    const place = places[codes[row] - 1];
    if (place < 0) {
      const text = levels[codes[row] - 1];
      throw new InputError(
        message(preparing, 'class_unknown', { ...cellAt(table, row, column.name), text, names: classes }),
        column.name,
      );
    }
    if (outputs === 1) targets[index] = place;
    else targets[index * outputs + place] = 1;
  });
}
