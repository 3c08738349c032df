/**
 * What a column becomes, decided on the training rows alone: the step that turns its cells into features, or the reason
 * why it has none. `encode.ts` carries the steps out.
 */
import { preparing } from '../../messages/en/tables/preparing.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import { rowsByCode } from '../../util/arrays.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { sortedValues } from '../../util/statistics/sorted.ts';
import { cellAt, numbersOf } from '../table/columns.ts';
import { daysOfColumn } from '../table/dates.ts';
import { asText } from '../table/levels.ts';
import { info, type Notice, warning } from '../table/notices.ts';
import type { NumberFormat } from '../table/numbers.ts';
import type { Unit } from '../table/quantity.ts';
import type { Column, Table, TextColumn } from '../table/table.ts';
import { findTruthValues, type TypeGuess } from '../table/types.ts';
import type { DropReason, FeatureStep, Imputation, NumericEncoding, Scale } from './dataset.ts';
import { fitNumeric } from './fit-numeric.ts';
import { isConstantAsFloat32, unscaled } from './scaling.ts';

/** A step, and what is wrong with it; or why there is none: `reason` in a few words for the record, `notice` for a person. */
export type Fitted = { step: FeatureStep; notice?: Notice } | { reason: DropReason; notice: Notice; constant?: true };

/** Cycles are worth features where the training dates go through them: once round, or twice for the short one. */
const leastDays = { year: 365, week: 14 };

/**
 * @param train rows of the table
 * @throws InputError about a value that is not finite
 */
export function fitFeature(
  table: Table,
  column: Column,
  guess: TypeGuess,
  train: Uint32Array,
  settings: DataSettings,
): Fitted {
  switch (guess.type) {
    case 'number':
    case 'integer':
      return fitNumber(table, column, train, settings);
    case 'date':
      return fitDate(table, column, guess.format ?? '', train, settings);
    case 'boolean':
      return fitBoolean(column, train) ?? fitCategory(column, train, settings);
    case 'category':
      return fitCategory(column, train, settings);
    default: {
      const { type, why } = guess;
      const code = type === 'text' ? 'left_out_text' : 'left_out_identifier';
      return {
        reason: type,
        notice: info(message(preparing, code, { column: column.name, why }), {
          topic: type,
          column: column.name,
          fix: { setting: 'types', column: column.name, value: column.kind === 'number' ? 'number' : 'category' },
        }),
      };
    }
  }
}

function fitNumber(table: Table, column: Column, train: Uint32Array, settings: DataSettings): Fitted {
  const { name } = column;
  const fitted = fitNumbers(table, name, numbersOf(column), train, settings);
  if (!fitted) return empty(name);
  // Numbers that are to be left alone are all kept.
  const alone = settings.numeric === 'scale' && settings.scaling === 'none';
  const informs = fitted.least < fitted.largest || alone || fitted.missing.indicator;
  if (!informs) return constant(name, String(fitted.least), fitted.gaps);
  const { missing, encoding, least, largest } = fitted;
  const unit = unitOf(column);
  const step: FeatureStep = { column: name, kind: 'number', ...unit, missing, range: { least, largest }, encoding };
  const isLost = alone && least < largest && isConstantAsFloat32(Float64Array.of(least, largest), unscaled);
  return isLost
    ? {
        step,
        notice: warning(message(preparing, 'feature_constant_float32', { column: name, value: Math.fround(least) }), {
          column: name,
        }),
      }
    : { step };
}

/** The unit of a step and how its numbers are written, where the column has one. */
export function unitOf(column: Column): { unit?: Unit; numbers?: NumberFormat } {
  if (column.kind !== 'number' || !column.unit) return {};
  const { unit, numbers } = column;
  return numbers ? { unit, numbers } : { unit };
}

function fitDate(table: Table, column: Column, format: string, train: Uint32Array, settings: DataSettings): Fitted {
  const { name } = column;
  const days = daysOfColumn(column, format);
  const fitted = fitNumbers(table, name, days, train, settings);
  if (!fitted) return empty(name);
  const { least, largest, missing, encoding, gaps } = fitted;
  if (least === largest && !missing.indicator) return constant(name, dateText(least), gaps);
  let times = false;
  const weekdays = new Set<number>();
  for (const row of train) {
    if (Number.isNaN(days[row])) continue;
    const day = Math.floor(days[row]);
    if (day !== days[row]) times = true;
    weekdays.add(((day % 7) + 7) % 7);
  }
  const covered = largest - least;
  const cycles = (['year', 'week', 'day'] as const).filter((cycle) => {
    if (cycle === 'day') return times;
    return covered >= leastDays[cycle] && (cycle === 'year' || weekdays.size > 1);
  });
  return { step: { column: name, kind: 'date', format, missing, cycles, range: { least, largest }, encoding } };
}

function fitBoolean(column: Column, train: Uint32Array): Fitted | undefined {
  const truths = findTruthValues(column);
  if (!truths) return undefined;
  const { name } = column;
  const { codes, levels } = asText(column);
  const counts = rowsByCode(codes, train, levels.length + 1);
  const countRows = (level: string) => counts[levels.indexOf(level) + 1];
  const [yes, no] = [countRows(truths.truth), countRows(truths.falsehood)];
  if (yes + no === 0) return empty(name);
  if (yes === 0 || no === 0) return constant(name, yes > 0 ? truths.truth : truths.falsehood, counts[0] > 0);
  return { step: { column: name, kind: 'boolean', ...truths, missing: yes > no ? truths.truth : truths.falsehood } };
}

/** A level of fewer training rows has no feature of its own, in a small table one of fewer than one row in `fewRowsIn`. */
const fewRows = 5;
const fewRowsIn = 50;

function fitCategory(column: Column, train: Uint32Array, { max_levels }: DataSettings): Fitted {
  const { name } = column;
  const text = asText(column);
  const counts = rowsByCode(text.codes, train, text.levels.length + 1);
  const present = byFrequency(text, counts);
  if (present.length === 0) return empty(name);
  const gaps = counts[0] > 0;
  if (present.length === 1 && !gaps) return constant(name, JSON.stringify(present[0].level), gaps);
  const few = Math.min(fewRows, train.length / fewRowsIn);
  const common = present.filter(({ rows }) => rows >= few);
  const levels = (common.length > 0 ? common : present).slice(0, max_levels).map(({ level }) => level);
  const other = present.length > levels.length;
  if (!gaps) return { step: { column: name, kind: 'category', levels, other, missing: levels[0] } };
  let missing = '(missing)';
  while (text.levels.includes(missing)) missing = `(${missing})`;
  return { step: { column: name, kind: 'category', levels: [...levels, missing], other, missing } };
}

/** Levels that training rows have, most frequent first; equally frequent ones by the alphabet. */
function byFrequency({ levels }: TextColumn, counts: Uint32Array): { level: string; rows: number }[] {
  return levels
    .map((level, index) => ({ level, rows: counts[index + 1] }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows || (a.level < b.level ? -1 : 1));
}

interface FittedNumbers {
  missing: Imputation;
  encoding: NumericEncoding;
  least: number;
  largest: number;
  /** Whether a training row has no value. */
  gaps: boolean;
}

function fitNumbers(
  table: Table,
  name: string,
  values: Float64Array,
  train: Uint32Array,
  settings: DataSettings,
): FittedNumbers | undefined {
  const { impute, missing_indicator } = settings;
  const trained = gatherNumbers(table, name, values, train);
  const sorted = sortedValues(trained);
  if (sorted.length === 0) return undefined;
  const gaps = sorted.length < trained.length;
  const value = impute === 'median' ? medianOfSorted(sorted) : mostFrequent(sorted);
  for (let i = 0; i < trained.length; i++) if (Number.isNaN(trained[i])) trained[i] = value;
  const least = sorted[0];
  const largest = sorted[sorted.length - 1];
  const encoding = fitNumeric(trained, sorted, settings);
  // The others need no more than the range.
  finiteScale(table, name, encoding.kind === 'scale' ? encoding : { offset: least, scale: largest - least });
  return { missing: { value, indicator: missing_indicator && gaps }, encoding, least, largest, gaps };
}

/** The values of some rows. @throws InputError about one that is infinite */
export function gatherNumbers(table: Table, name: string, values: Float64Array, rows: Uint32Array): Float64Array {
  const gathered = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    if (Math.abs(value) === Number.POSITIVE_INFINITY) {
      throw new InputError(message(preparing, 'cell_not_finite', { ...cellAt(table, rows[i], name), value }), name);
    }
    gathered[i] = value;
  }
  return gathered;
}

export function finiteScale(table: Table, name: string, scale: Scale): Scale {
  if (Number.isFinite(scale.scale) && Number.isFinite(scale.offset)) return scale;
  throw new InputError(message(preparing, 'column_too_far', { source: table.source, column: name }), name);
}

function medianOfSorted(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
}

/** Of equally frequent values the smallest, as in scikit-learn. */
function mostFrequent(sorted: Float64Array): number {
  let best = sorted[0];
  let bestRun = 0;
  let start = 0;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[start]) continue;
    if (i - start > bestRun) {
      bestRun = i - start;
      best = sorted[start];
    }
    start = i;
  }
  return best;
}

function empty(column: string): Fitted {
  return {
    reason: 'no value in the training rows',
    notice: warning(message(preparing, 'left_out_empty', { column }), { topic: 'empty', column }),
  };
}

function constant(column: string, value_text: string, gaps: boolean): Fitted {
  return {
    constant: true,
    reason: 'constant on the training rows',
    notice: info(message(preparing, 'left_out_constant', { column, value_text, gaps }), { topic: 'constant', column }),
  };
}

function dateText(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}
