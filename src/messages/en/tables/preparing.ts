/** What was done to prepare a table or arrays, what is unusual about cells that a model is given, and why it cannot be. */

import { inEnglish, type Said } from '../../../util/message.ts';
import { counted, count as whole } from '../../../util/thousands.ts';
import { list, percent, shown, some } from '../../../util/words.ts';
import { gigabytes } from '../engines/engines.ts';
import { type Cell, type CellText, cell, inRow, inRows, of, theCell } from './tables.ts';

interface Target {
  source: string;
  column: string;
}

interface Column {
  column: string;
}

interface FeaturesBeyond extends Column {
  total: number;
  count: number;
  bytes: number;
  limit: number;
  /** Features of the column that has the most. */
  most: number;
}

const quoted = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ');
const columnOf = ({ source, column }: Target) => `column ${JSON.stringify(column)} of ${source}`;
const has = (count: number) => (count === 1 ? 'has' : 'have');
const is = (count: number) => (count === 1 ? 'is' : 'are');
const rowOrRows = (count: number) => (count === 1 ? 'row' : 'rows');
const toRegression = 'set task to regression to predict a number';
const wholeNumbers = (values: readonly number[]) => `${values.slice(0, -1).join(', ')} and ${values.at(-1)}`;
const weight = 'is not a weight; give 0 or more.';
const parts = { train: 'training', validation: 'validation', test: 'test' };

/** What to do about a target with too many classes. */
const mends = { regression: toRegression, target: 'choose another target' };

export const preparing = {
  targets_several: ({ columns }: { columns: readonly string[] }) =>
    `The model predicts ${columns.length} columns (${columns.join(', ')}); of a table only one can be learned from.`,
  columns_of_model: ({
    source,
    columns,
    names,
  }: {
    source: string;
    columns: readonly string[];
    names: readonly string[];
  }) =>
    `${source} lacks ${columns.length === 1 ? 'a column' : 'columns'} of the model: ${some(columns.map(shown), 10)}; it has ${some(names, 20)}.`,
  // Columns and rows
  column_length: (p: Target & { count: number; total: number }) =>
    `${p.source}, column ${JSON.stringify(p.column)}: has ${p.count} values; the table has ${p.total} rows.`,
  column_is_target: ({ setting, column }: Column & { setting: string }) =>
    `${setting}: ${JSON.stringify(column)} is the target; name another column.`,
  column_not_time: (p: Target & { text: string }) =>
    `split.time: ${columnOf(p)} holds neither dates nor numbers (${shown(p.text)}); choose another column.`,
  row_without_time: ({ source, row }: { source: string; row: number }) =>
    `${source ? `${source}, row` : 'Data row'} ${row}: has no time to split by; fill the cell in, or leave the row out.`,
  rows_too_few: ({ source, count }: { source: string; count: number }) =>
    `${source}: has too few rows to train on (${count}); give at least 2 training rows.`,
  features_beyond: (p: FeaturesBeyond) =>
    `${whole(p.total)} rows of ${whole(p.count)} features take ${gigabytes(p.bytes)} of memory, ` +
    `more than the ${gigabytes(p.limit)} that there are; ignore columns (${JSON.stringify(p.column)} makes ` +
    `${whole(p.most)} features), lower max_levels, or give fewer rows.`,
  features_none: (p: Target & { names: readonly string[] }) =>
    `${p.source}: has no column to predict ${JSON.stringify(p.column)} from; give at least one other column whose values differ between rows${p.names.length ? `, or give ${p.names.join(', ')}, taken for identifiers or free text, another type` : ''}.`,
  balance_of_number:
    'class_weights: balanced is for classes, and the target is a number; set it to none, or task to classification.',
  weight_invalid: (p: Cell & { text: string }) =>
    `${cell(p)}: ${p.text === '' ? 'an empty cell' : shown(p.text)} ${weight}`,
  weights_zero: (p: Target) =>
    `weights: ${columnOf(p)} is 0 in every training row, so nothing would be learned; choose another column.`,
  folds_too_many: ({ folds, total, most }: { folds: number; total: number; most: number }) =>
    `folds: ${folds} folds cannot be made of ${total} rows; choose a whole number from 2 to ${most}.`,
  folds_beyond_groups: ({ folds, groups }: { folds: number; groups: number }) =>
    `folds: ${folds} folds need a group each, and the rows have ${groups}; choose fewer folds or another group column.`,
  generated_whole: (p: { setting: string; value: number; least: number; most: number }) =>
    `${p.setting}: ${p.value} is not a whole number from ${p.least} to ${p.most}.`,
  generated_number: (p: { setting: string; value: number; least: number; most: number }) =>
    `${p.setting}: ${p.value} is not a number from ${p.least} to ${p.most}.`,

  // The target
  target_constant: (p: Target & { value_text: string }) =>
    `target: ${columnOf(p)} is ${p.value_text} in every training row, so there is nothing to learn; choose another target.`,
  target_constant_float32: (p: Target & { value: number }) =>
    `scaling: ${columnOf(p)} differs between rows by less than float32 holds, in which networks are trained: unscaled it is ${p.value} in every training row; set scaling to standardize.`,
  target_empty: ({ source, columns }: { source: string; columns: readonly string[] }) =>
    `target: column ${quoted(columns)} of ${source} has no value in any row; choose another target, or a table with answers in it.`,
  targets_missing: ({ columns, count, rows }: { columns: readonly string[]; count: number; rows: readonly number[] }) =>
    `${counted(count, 'row')} ${has(count)} no value of the target ${quoted(columns)} and ${is(count)} left out: ${count > rows.length ? 'the first are rows' : rowOrRows(count)} ${rows.join(', ')}.`,
  target_dates: (p: Target) =>
    `target: ${columnOf(p)} holds dates, which are neither numbers nor classes; choose another target, or set task to classification.`,
  target_transformed: ({ column, transform }: Column & { transform: string }) =>
    `target_transform: ${transform} is for numbers, and column ${JSON.stringify(column)} holds classes; set it to none, or task to regression.`,
  target_not_number: (p: Cell & { text: string }) =>
    `${cell(p)}: ${shown(p.text)} is no number, and regression predicts numbers; correct the cell, or set task to classification.`,
  target_negative: (p: Cell & { text: string }) =>
    `${cell(p)}: ${shown(p.text)} is below 0, and target_transform log takes numbers from 0 up; correct the cell, or set target_transform to none.`,
  target_two_numbers: ({ column, values }: Column & { values: readonly number[] }) =>
    `The target ${JSON.stringify(column)} holds two whole numbers, ${wholeNumbers(values)}, which are taken as classes; ${toRegression}.`,
  target_named_classes: ({ column, values }: Column & { values: readonly number[] }) =>
    `The target ${JSON.stringify(column)} holds the whole numbers ${wholeNumbers(values)}, which are taken as classes by its name; ${toRegression}.`,
  target_of_numbers: ({ column, values }: Column & { values: readonly number[] }) =>
    `The target ${JSON.stringify(column)} holds the whole numbers ${wholeNumbers(values)} and is predicted as a number; set task to classification if they are classes.`,
  /** @param numbers cells of text that are numbers, where these are most */
  classes_single: (
    p: Target & { setting: string; count: number; total: number; mend: keyof typeof mends; numbers: number },
  ) =>
    `${p.setting && `${p.setting}: `}${columnOf(p)} has ${counted(p.count, 'value')} in ${counted(p.total, 'row')}, too many to be classes; ${p.numbers ? `give it the type number to predict the numbers in ${counted(p.numbers, 'cell')}` : mends[p.mend]}.`,
  classes_too_many: (p: Target & { count: number; most: number; mend: keyof typeof mends }) =>
    `target: ${columnOf(p)} has ${whole(p.count)} different values, and at most ${whole(p.most)} can be classes; ${p.mend === 'target' ? 'it looks like names or numbers of single rows, so choose another target' : toRegression}.`,
  class_absent: (p: { name: string; count: number; sets: readonly (keyof typeof parts)[] }) =>
    `Class ${JSON.stringify(p.name)} has ${p.count} ${rowOrRows(p.count)}, none of them among the ${list(p.sets.map((part) => parts[part]))} rows.`,
  classes_absent: ({ count }: { count: number }) => `The same is true of ${count} more classes.`,
  part_empty: ({ part }: { part: keyof typeof parts }) => `There are too few rows for a ${parts[part]} set.`,
  rows_all_train: ({ count }: { count: number }) =>
    `${count} rows are too few to hold any back: all of them train, and are what is scored.`,

  // Features
  left_out_text: ({ why, ...p }: Column & { why: Said }) =>
    `${of(p)} is left out as free text. ${inEnglish(why)} Give it another type to learn from it.`,
  left_out_identifier: ({ why, ...p }: Column & { why: Said }) =>
    `${of(p)} is left out as an identifier. ${inEnglish(why)} Give it another type to learn from it.`,
  left_out_empty: (p: Column) => `${of(p)} is left out: no training row has a value in it.`,
  left_out_constant: (p: Column & { value_text: string; gaps: boolean }) =>
    `${of(p)} is left out: it is ${p.value_text} in every training row${p.gaps ? ' that has a value' : ''}.`,
  feature_constant_float32: (p: Column & { value: number }) =>
    `${of(p)} differs between rows by less than float32 holds, in which networks are trained: unscaled it is ${p.value} in every training row; set scaling to standardize.`,
  left_out_constants: ({ columns }: { columns: readonly string[] }) =>
    `${counted(columns.length, 'column')} are left out, each with one value in every training row: ${some(columns.map(shown), 3)}.`,
  cell_not_finite: (p: Cell & { value: number }) =>
    `${cell(p)}: ${p.value} is not a finite number; correct ${theCell(p)} or leave the row out.`,
  cell_too_far: (p: Cell & { value: number }) =>
    `${cell(p)}: ${p.value} is too far from the other values; correct ${theCell(p)} or leave the row out.`,
  column_too_far: (p: Target) =>
    `${p.source}, column ${JSON.stringify(p.column)}: its values are too far apart for any scale; correct them, or ignore the column.`,

  // What a model is given
  cell_not_number: (p: Cell & { text: string }) =>
    `${cell(p)}: ${shown(p.text)} is not a number, as in training; correct ${theCell(p)} or leave it empty.`,
  cell_not_date: (p: Cell & { text: string; format: string }) =>
    `${cell(p)}: ${shown(p.text)} is not a date written ${p.format}, as in training; correct ${theCell(p)} or leave it empty.`,
  units_differ: (p: Column & { unit: string; trained: string; ignored: boolean }) =>
    `${of(p)}: its numbers are in ${shown(p.unit)}, and those of training in ${shown(p.trained)}; they are not converted${p.ignored ? ', and count as missing' : ''}.`,
  unit_new: (p: Column & { unit: string }) =>
    `${of(p)}: its numbers are in ${shown(p.unit)}, and those of training had no unit; they are taken as they are.`,
  numbers_invalid: (p: Column & { count: number; examples: readonly CellText[] }) =>
    `${of(p)}: ${counted(p.count, 'cell')} without a number, taken as missing, such as ${inRows(p.examples)}.`,
  dates_invalid: (p: Column & { count: number; format: string; examples: readonly CellText[] }) =>
    `${of(p)}: ${counted(p.count, 'cell')} without a date written ${p.format}, taken as missing, such as ${inRows(p.examples)}.`,
  cells_imputed: (p: Column & { count: number; value_text: string; rows: readonly number[] }) =>
    `${of(p)}: ${p.value_text} stands in for ${counted(p.count, 'cell')} without a value: ${rowOrRows(p.count)} ${p.rows.join(', ')}${p.count > p.rows.length ? ` and ${whole(p.count - p.rows.length)} more` : ''}.`,
  values_outside: (p: Column & { count: number; from: string; to: string; outside: readonly CellText[] }) =>
    `${of(p)}: ${counted(p.count, 'value')} outside the training range, ${p.from} to ${p.to}, such as ${p.outside.map(({ row, text }) => `${text} in row ${row}`).join(', ')}.`,
  /** @param missing what they are taken for; else they are none of the levels */
  texts_unknown: (p: Column & { count: number; row: number; text: string; missing: string | undefined }) =>
    `${of(p)}: ${counted(p.count, 'cell')} ${p.count === 1 ? 'holds' : 'hold'} what training rows did not have (${inRow(p)}): they ${p.missing === undefined ? 'are none of its levels in training and count as none' : `count as missing, which is ${shown(p.missing)}`}.`,
  answer_impossible: (p: Cell & { value_text: string }) =>
    `${cell(p)}: ${p.value_text} is no answer the model could give; correct the cell.`,
  class_unknown: (p: Cell & { text: string; names: readonly string[] }) =>
    `${cell(p)}: ${shown(p.text)} is not a class of the model, which knows ${some(p.names, 10)}; leave the row out or correct it.`,

  // A look at a table
  column_empty: (p: Column) => `${of(p)} has no values.`,
  column_constant: (p: Column & { gaps: boolean }) =>
    `${of(p)} has the same value in every row${p.gaps ? ' that has one' : ''}.`,
  column_identifies: (p: Column) => `${of(p)} identifies rows: it is not trained on.`,
  column_free_text: (p: Column) => `${of(p)} is free text: it is not trained on.`,
  column_gaps: (p: Column & { share: number }) => `${of(p)} is missing in ${percent(p.share)} of the rows.`,
  column_invalid: (p: Column & { count: number; first_cell: CellText | undefined }) =>
    `${of(p)} has ${counted(p.count, 'cell')} with no number${p.first_cell ? `, such as ${inRow(p.first_cell)}` : ''}; they count as missing.`,
  rows_repeated: ({ count }: { count: number }) =>
    `${counted(count, 'row')} ${is(count)} the same as an earlier row, so that testing may see what training saw.`,
  target_no_values: ({ column }: Column) => `The target ${JSON.stringify(column)} has no values; choose another.`,
  target_gaps: ({ column, count }: Column & { count: number }) =>
    `The target ${JSON.stringify(column)} is missing in ${counted(count, 'row')}, which cannot be trained or tested on.`,
  target_one_class: ({ column }: Column) =>
    `The target ${JSON.stringify(column)} has a single class, so there is nothing to learn; choose another.`,
  target_one_value: ({ column }: Column) =>
    `The target ${JSON.stringify(column)} has the same value in every row, so there is nothing to learn; choose another.`,

  // Arrays
  array_count: ({ setting, value }: { setting: string; value: number }) =>
    `${setting}: ${value} is not a whole number of at least 1.`,
  array_length: (p: { setting: string; count: number; total: number; each: number }) =>
    `${p.setting}: has ${p.count} values; ${p.total} rows of ${p.each} make ${p.total * p.each}.`,
  array_not_finite: ({ row, column, value }: Column & { row: number; value: number }) =>
    `arrays, data row ${row}, column ${JSON.stringify(column)}: ${value} is not a finite number; correct it or leave the row out.`,
  array_weight: ({ row, value }: { row: number; value: number }) => `weights, data row ${row}: ${value} ${weight}`,
  array_split: ({ setting }: { setting: string }) => `${setting}: arrays have no column to split by; prepare a table.`,
  array_transform: 'target_transform: is for numbers, and the task is classification; set it to none.',
  array_constant: 'arrays: every feature is the same in all training rows; give one whose values differ.',
  array_negative: ({ row, column, value }: Column & { row: number; value: number }) =>
    `arrays, data row ${row}, column ${JSON.stringify(column)}: ${value} is below 0, and target_transform log takes numbers from 0 up; set target_transform to none.`,
  array_two_outputs: 'outputs: two classes are one target of 0 or 1, not two; give one output.',
  array_no_class: ({ row, values }: { row: number; values: readonly number[] }) =>
    `targets, data row ${row}: is ${values.join(', ')}; for classification give ${values.length === 1 ? '0 or 1' : '1 for its class and 0 for the others'}.`,
  array_balance: 'class_weights: balanced is for classes; set task to classification.',
};
