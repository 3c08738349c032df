/**
 * What is predicted: a number or one of a few classes, by the settings or by the column itself. Rows without a value
 * cannot be learned from and are left out. The list of classes is part of the task, so it is that of all rows; everything
 * that is fitted, such as a scale, is fitted on the training rows alone.
 */

import { preparing } from '../../messages/en/tables/preparing.ts';
import type { Task } from '../../spec/answers.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import { rowsByCode } from '../../util/arrays.ts';
import { InputError } from '../../util/errors.ts';
import { type Message, message } from '../../util/message.ts';
import { shown } from '../../util/words.ts';
import { cellAt, numbersOf } from '../table/columns.ts';
import { asText } from '../table/levels.ts';
import { info, type Notice, type NoticeFix, warning } from '../table/notices.ts';
import { parseNumber } from '../table/numbers.ts';
import { type Column, fileRow, isMissing, type Table, textOf } from '../table/table.ts';
import type { TypeGuess } from '../table/types.ts';
import { countNumbers } from '../table/units.ts';
import type { TargetStep, TrainingRange } from './dataset.ts';
import { tooFar } from './encode.ts';
import { finiteScale, gatherNumbers, unitOf } from './fit.ts';
import { fitScale, isConstantAsFloat32 } from './scaling.ts';

/** More than these are no classes, but most likely a number or an identifier. */
const mostClasses = 1000;
/** Whole numbers of so few different values, each this often, may well be classes. */
const fewValues = 10;
const manyRows = 10;
/** What columns of classes are called whose classes are numbers, as in tables of handwritten digits. */
const namesClasses = /(^|_)(class|label|digit|category|species|cluster)(_?id)?$/i;

interface Plan {
  column: Column;
  /** Rows of the table with a value, rising. */
  rows: Uint32Array;
  notices: Notice[];
}

export interface NumberPlan extends Plan {
  kind: 'number';
  /** Of every row of the table, log(1 + value) where that is what is learned. */
  values: Float64Array;
}

export interface ClassPlan extends Plan {
  kind: 'classes';
  classes: string[];
  /** The class of each of `rows`. */
  codes: Uint32Array;
}

export type TargetPlan = NumberPlan | ClassPlan;

/** @throws InputError where there is nothing to learn, or the settings do not fit the column */
export function planTarget(table: Table, column: Column, guess: TypeGuess, settings: DataSettings): TargetPlan {
  const { rows, notices } = answeredRows(table, [column]);
  const { asClasses, notice } = wantsClasses(table, column, guess, settings);
  if (notice) notices.push(notice);
  if (!asClasses) return { kind: 'number', column, rows, notices, values: targetNumbers(table, column, settings) };
  if (settings.target_transform !== 'none') {
    const about = { column: column.name, transform: settings.target_transform };
    throw new InputError(message(preparing, 'target_transformed', about), 'target_transform');
  }
  const classes = findClasses(table, column, rows);
  // Whoever asks for classes gets them, as long as any has two rows.
  const refused = settings.task === 'auto' || classes.classes.length === rows.length;
  const problem = classProblem(table, column, classes.classes.length, rows.length, refused ? 'target' : '');
  if (problem && refused) throw new InputError(problem, 'target');
  if (problem) notices.push(warning(problem, { column: column.name }));
  return { kind: 'classes', column, rows, notices, ...classes };
}

/** In smaller tables a class may well have a single row. */
const fewRows = 20;

/** What to say where most classes cannot have a second row: as scikit-learn does, where classes are over half of the rows. */
function classProblem(
  { source }: Table,
  column: Column,
  count: number,
  total: number,
  setting: string,
): Message | undefined {
  if (total <= fewRows || count * 2 <= total) return undefined;
  const found = column.kind === 'text' ? countNumbers(column).numbers : 0;
  const numbers = found * 2 < total ? 0 : found;
  const about = { setting, source, column: column.name, count, total, numbers };
  return message(preparing, 'classes_single', { ...about, mend: mendOf(column) });
}

function mendOf({ kind }: Column): 'regression' | 'target' {
  return kind === 'number' ? 'regression' : 'target';
}

/** Two classes are one output, more are one output each. */
export function inferTask(step: Pick<ClassPlan, 'classes'> | undefined): Task {
  if (!step) return 'regression';
  return step.classes.length === 2 ? 'binary' : 'multiclass';
}

export function outputCount(targets: readonly TargetStep[]): number {
  const [first] = targets;
  if (first?.kind !== 'classes') return targets.length;
  return first.classes.length === 2 ? 1 : first.classes.length;
}

/**
 * The step of a number and the scaled targets of the plan's rows, written to `into[index * stride + at]`.
 * @param train rows of the table
 * @throws InputError when the training rows all have the same value, or have it as float32 once scaled, or one does not fit
 */
export function scaleTarget(
  table: Table,
  { column, rows, values }: NumberPlan,
  train: Uint32Array,
  settings: DataSettings,
  into: Float32Array,
  at = 0,
  stride = 1,
): TargetStep {
  const { name } = column;
  const trained = gatherNumbers(table, name, values, train);
  if (trained.every((value) => value === trained[0])) {
    throw nothingToLearn(table, name, textOf(column, train[0]));
  }
  const scale = finiteScale(table, name, fitScale(trained, settings.scaling));
  if (isConstantAsFloat32(trained, scale)) {
    const about = { source: table.source, column: name, value: Math.fround((trained[0] - scale.offset) / scale.scale) };
    throw new InputError(message(preparing, 'target_constant_float32', about), 'scaling');
  }
  for (let i = 0; i < rows.length; i++) {
    const scaled = Math.fround((values[rows[i]] - scale.offset) / scale.scale);
    if (!Number.isFinite(scaled)) throw tooFar(table, rows[i], name, values[rows[i]]);
    into[i * stride + at] = scaled;
  }
  const log = settings.target_transform === 'log';
  const range = rangeOf(log ? trained.map(Math.expm1) : trained);
  const limits = settings.clip_predictions ? { limits: limitsOf(range) } : {};
  return { column: name, kind: 'number', ...unitOf(column), log, range, ...limits, ...scale };
}

/** Beyond the training range by this share of it, predictions are more likely wrong than the next rows as far away. */
const widening = 0.1;

function limitsOf({ least, largest }: TrainingRange): TrainingRange {
  // Halves of numbers at both ends of float64 are finite, their difference is not.
  const room = widening * largest - widening * least;
  const most = Number.MAX_VALUE;
  return { least: Math.max(-most, least - room), largest: Math.min(most, largest + room) };
}

function rangeOf(values: Float64Array): TrainingRange {
  let least = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }
  return { least, largest };
}

/**
 * Targets of 0 and 1 [row, output].
 * @param train indices into the plan's rows
 * @throws InputError when the training rows are all of one class
 */
export function classTargets(table: Table, { column, classes, codes }: ClassPlan, train: Uint32Array): Float32Array {
  const first = codes[train[0]];
  if (train.every((index) => codes[index] === first)) throw nothingToLearn(table, column.name, shown(classes[first]));
  if (classes.length === 2) return Float32Array.from(codes);
  const targets = new Float32Array(codes.length * classes.length);
  for (let i = 0; i < codes.length; i++) targets[i * classes.length + codes[i]] = 1;
  return targets;
}

function nothingToLearn({ source }: Table, column: string, value_text: string): InputError {
  return new InputError(message(preparing, 'target_constant', { source, column, value_text }), 'target');
}

/**
 * Rows with a value in all target columns, rising; a notice says how many others there are, and where.
 * @throws InputError where there is no such row
 */
export function answeredRows(table: Table, columns: readonly Column[]): { rows: Uint32Array; notices: Notice[] } {
  const rows = new Uint32Array(table.rows);
  const first: number[] = [];
  let count = 0;
  for (let row = 0; row < table.rows; row++) {
    if (!columns.some((column) => isMissing(column, row))) rows[count++] = row;
    else if (first.length < 5) first.push(fileRow(table, row));
  }
  const names = columns.map(({ name }) => name);
  if (count === 0) {
    throw new InputError(message(preparing, 'target_empty', { source: table.source, columns: names }), 'target');
  }
  return { rows: rows.slice(0, count), notices: unansweredNotices(names, table.rows - count, first) };
}

/** @param rows the first of them */
function unansweredNotices(columns: readonly string[], count: number, rows: readonly number[]): Notice[] {
  if (count === 0) return [];
  return [
    warning(message(preparing, 'targets_missing', { columns, count, rows }), {
      topic: 'missing_target',
      ...(columns.length === 1 ? { column: columns[0] } : {}),
    }),
  ];
}

/**
 * Whether classes are predicted: what `task` says; `auto` goes by the type of the column, and says so where it could have
 * been meant otherwise.
 * @throws InputError for dates, which are neither
 */
export function wantsClasses(
  table: Table,
  column: Column,
  guess: TypeGuess,
  { task }: Pick<DataSettings, 'task'>,
): { asClasses: boolean; notice?: Notice } {
  if (task !== 'auto') return { asClasses: task === 'classification' };
  if (guess.type === 'date') {
    throw new InputError(message(preparing, 'target_dates', { source: table.source, column: column.name }), 'target');
  }
  if (column.kind === 'text') return { asClasses: guess.type !== 'number' && guess.type !== 'integer' };
  if (guess.type === 'category') return { asClasses: true };
  const values = fewWhole(column.values);
  if (!values) return { asClasses: false };
  const taken = (code: 'target_two_numbers' | 'target_named_classes' | 'target_of_numbers') => {
    const asClasses = code !== 'target_of_numbers';
    const fix: NoticeFix = { setting: 'task', value: asClasses ? 'regression' : 'classification' };
    const { name } = column;
    return { asClasses, notice: info(message(preparing, code, { column: name, values }), { column: name, fix }) };
  };
  if (values.length === 2) return taken('target_two_numbers');
  if (values.length < 3 || table.rows < manyRows * values.length) return { asClasses: false };
  return taken(namesClasses.test(column.name) ? 'target_named_classes' : 'target_of_numbers');
}

/** The different values, rising, where all are whole and they are few. */
function fewWhole(values: Float64Array): number[] | undefined {
  const distinct = new Set<number>();
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) return undefined;
    if (!distinct.has(value) && distinct.size === fewValues) return undefined;
    distinct.add(value);
  }
  return [...distinct].sort((a, b) => a - b);
}

/** @throws InputError about the first cell that is no number, or for which there is no logarithm */
function targetNumbers(table: Table, column: Column, { target_transform }: DataSettings): Float64Array {
  const values = numbersOf(column);
  const log = target_transform === 'log';
  for (let row = 0; row < table.rows; row++) {
    if (isMissing(column, row)) continue;
    const cell = () => ({ ...cellAt(table, row, column.name), text: textOf(column, row) });
    if (Number.isNaN(values[row])) throw new InputError(message(preparing, 'target_not_number', cell()), 'task');
    if (log && values[row] < 0) {
      throw new InputError(message(preparing, 'target_negative', cell()), 'target_transform');
    }
  }
  return log ? values.map(Math.log1p) : values;
}

/** Classes that are numbers in their order, others by the alphabet (by the numbers of their characters). */
function findClasses(table: Table, column: Column, rows: Uint32Array): Pick<ClassPlan, 'classes' | 'codes'> {
  const text = asText(column);
  const counts = rowsByCode(text.codes, undefined, text.levels.length + 1);
  const classes = text.levels.filter((_, index) => counts[index + 1] > 0);
  if (classes.length > mostClasses) {
    const about = { source: table.source, column: column.name, count: classes.length, most: mostClasses };
    throw new InputError(message(preparing, 'classes_too_many', { ...about, mend: mendOf(column) }), 'target');
  }
  const numeric = classes.every((level) => !Number.isNaN(parseNumber(level)));
  classes.sort((a, b) => (numeric && parseNumber(a) - parseNumber(b)) || (a < b ? -1 : 1));
  const classOf = new Map(classes.map((level, index) => [level, index]));
  const codeOf = ['', ...text.levels].map((level) => classOf.get(level) ?? 0);
  return { classes, codes: rows.map((row) => codeOf[text.codes[row]]) };
}
