/**
 * Applies what `prepare` fitted to other tables: raw columns to features, outputs back to original units. Needs the
 * plain `Preprocessing` object and nothing else, so a loaded model does exactly what training did.
 */
import { z } from 'zod';
import { check } from '../spec/check.ts';
import { scalingNames } from '../spec/data-settings.ts';
import { InputError } from '../spec/errors.ts';
import { nearest } from '../spec/nearest.ts';
import type { Preprocessing } from './dataset.ts';
import { scaleInto } from './scaling.ts';
import type { Column, Table } from './table.ts';

const columnScaling = z.strictObject({ column: z.string(), offset: z.number(), scale: z.number().positive() });

const preprocessing = z.strictObject({
  version: z.literal(1),
  task: z.literal('regression'),
  scaling: z.enum(scalingNames),
  features: z.array(columnScaling).min(1),
  targets: z.array(columnScaling).min(1),
  dropped: z.array(z.strictObject({ column: z.string(), reason: z.string() })),
}) satisfies z.ZodType<Preprocessing>;

/** Checks what was read from a file. @throws InputError */
export function checkPreprocessing(input: unknown): Preprocessing {
  return check(preprocessing, input);
}

/**
 * Features of a table, scaled: [row, column]. Columns are found by name; others are ignored.
 * @throws InputError naming a column that is missing, or the place of a value that cannot be used
 */
export function applyFeatures({ features }: Preprocessing, table: Table): Float32Array<ArrayBuffer> {
  const scaled = new Float32Array(table.rows * features.length);
  features.forEach((scaling, index) => {
    const { values } = findColumn(table, scaling.column);
    scaleInto(scaled, index, features.length, values, scaling, placeIn(table));
  });
  return scaled;
}

/** Outputs [row, output] in original units: one column `predicted_<target>` per target. */
export function undoTargets({ targets }: Preprocessing, outputs: Float32Array, rows: number): Column[] {
  return targets.map(({ column, offset, scale }, output) => ({
    name: `predicted_${column}`,
    values: Float64Array.from({ length: rows }, (_, row) => outputs[row * targets.length + output] * scale + offset),
  }));
}

/**
 * The target columns of a table with known answers, in original units, one per target in the model's order.
 * @throws InputError naming a column that is missing
 */
export function targetValues({ targets }: Preprocessing, table: Table): Column[] {
  return targets.map(({ column }) => findColumn(table, column));
}

/** @throws InputError listing the columns there are; `where` is the column's name unless given. */
export function findColumn(table: Table, name: string, where = name): Column {
  const found = table.columns.find((column) => column.name === name);
  if (found) return found;
  const names = table.columns.map((column) => column.name);
  const close = nearest(name, names);
  const shown = names.length > 20 ? `${names.slice(0, 20).join(', ')} and ${names.length - 20} more` : names.join(', ');
  throw new InputError(
    `${where === name ? '' : `${where}: `}${table.source} has no column ${JSON.stringify(name)}, only ${shown}${close ? ` (did you mean ${close}?)` : ''}.`,
    where,
  );
}

/** "curve.csv, data row 3, column "x"": rows of a table are counted below the header, from 1. */
export function placeIn(table: { source: string }): (row: number, column: string) => string {
  return (row, column) => `${table.source}, data row ${row + 1}, column ${JSON.stringify(column)}`;
}
