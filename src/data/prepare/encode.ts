/**
 * Carries out the steps of preparation: the cells of a column become features, for the rows of training and for new rows
 * by the same code. What the steps are is in `dataset.ts`, how they are fitted in `fit.ts`.
 */
import { preparing } from '../../messages/en/tables/preparing.ts';
import { InputError } from '../../util/errors.ts';
import { machineMemory } from '../../util/machine-memory.ts';
import { message } from '../../util/message.ts';
import { allSteps, type Steps } from '../../util/yielding.ts';
import { saysNoNumber } from '../table/cells.ts';
import { cellAt, findColumn } from '../table/columns.ts';
import { daysOfColumn } from '../table/dates.ts';
import { asText, cellFinder } from '../table/levels.ts';
import { critical, type Notice } from '../table/notices.ts';
import { fits, splitQuantity, type Unit, unitName } from '../table/quantity.ts';
import { type Column, isMissing, type NumberColumn, type Table, type TextColumn, textOf } from '../table/table.ts';
import { numbersOfText } from '../table/units.ts';
import type { FeatureStep } from './dataset.ts';
import { categoryPlaces, featureCount, featureWidth } from './features.ts';
import { Findings } from './findings.ts';
import { encodeValue, numericWidth } from './numeric.ts';

type Step<Kind extends FeatureStep['kind']> = Extract<FeatureStep, { kind: Kind }>;

/** Days in one turn of each cycle. */
export const turns = { year: 365.2425, week: 7, day: 1 };

/**
 * Features of rows [row, column].
 * @param rows of the table
 * @param findings are told what is unusual about the cells
 * @throws InputError naming a column that is missing or holds nothing that can be used, or the place of a cell
 */
export function encodeFeatures(
  table: Table,
  rows: Uint32Array,
  steps: readonly FeatureStep[],
  findings = new Findings(),
): Float32Array<ArrayBuffer> {
  return allSteps(encodeSteps(table, rows, steps, findings));
}

/** The same in steps, one for each column. */
export function* encodeSteps(
  table: Table,
  rows: Uint32Array,
  steps: readonly FeatureStep[],
  findings: Findings,
): Steps<Float32Array<ArrayBuffer>> {
  const stride = featureCount(steps);
  requireRoom(rows.length, stride, steps);
  const features = new Float32Array(rows.length * stride);
  let at = 0;
  for (const step of steps) {
    yield { doing: 'encoding', column: step.column };
    const column = findColumn(table, step.column);
    encodeColumn({ table, rows, features, stride, at, findings }, step, column);
    at += featureWidth(step);
  }
  return features;
}

/** Bytes that need no look at what the machine has left. */
const alwaysThere = 2 ** 24;

/** @throws InputError when there is no memory for as many features, naming the column that has the most */
function requireRoom(rows: number, stride: number, steps: readonly FeatureStep[]): void {
  const bytes = 4 * rows * stride;
  const limit = bytes < alwaysThere ? bytes : machineMemory();
  if (bytes <= limit) return;
  const counts = steps.map(featureWidth);
  const most = counts.indexOf(Math.max(...counts));
  const { column } = steps[most];
  throw new InputError(
    message(preparing, 'features_beyond', { total: rows, count: stride, bytes, limit, column, most: counts[most] }),
    column,
  );
}

interface Target {
  table: Table;
  rows: Uint32Array;
  features: Float32Array;
  stride: number;
  at: number;
  findings: Findings;
}

function encodeColumn(target: Target, step: FeatureStep, column: Column): void {
  if (step.kind === 'number') encodeNumber(target, step, column);
  else if (step.kind === 'date') encodeDate(target, step, column);
  else if (step.kind === 'boolean') encodeBoolean(target, step, column);
  else encodeCategory(target, step, column);
}

function encodeNumber(target: Target, step: Step<'number'>, column: Column): void {
  const { table, findings } = target;
  const tally = findings.of(step);
  const numbers = column.kind === 'text' ? numbersOfText(column, step) : column;
  const { count, examples } = numbers.invalid ?? { count: 0, examples: [] };
  examples.forEach(({ row, text }, index) => {
    tally.invalid(table, row, text, index === 0 ? count - examples.length + 1 : 1);
  });
  if (numbers.infinite)
    tally.invalid(table, numbers.infinite.first.row, numbers.infinite.first.text, numbers.infinite.count);
  writeNumbers(target, step, fittingNumbers(numbers, step.unit));
  const other = otherUnit(numbers, step.unit, true);
  if (other) findings.say(other);
  const odd = examples.find(({ text }) => !saysNoNumber(text) && !splitQuantity(text));
  if (!odd) return;
  const cell = { ...cellAt(table, odd.row, column.name), text: odd.text };
  findings.doubt(step, message(preparing, 'cell_not_number', cell));
}

/** The numbers that may be in the unit of training: each cell is judged by itself, so that no other row matters. */
function fittingNumbers({ values, unit: own }: NumberColumn, unit: Unit | undefined): Float64Array {
  return unit ? values.map((value) => (fits({ value, unit: own }, unit) ? value : Number.NaN)) : values;
}

/**
 * Where new rows have a unit that training did not have: nothing is converted.
 * @param ignored whether they count as missing
 */
export function otherUnit(column: NumberColumn, trained: Unit | undefined, ignored = false): Notice | undefined {
  const own = column.otherUnit ?? column.unit;
  if (!own || (trained && unitName(own) === unitName(trained))) return undefined;
  const about = { column: column.name, unit: unitName(own) };
  return critical(
    trained
      ? message(preparing, 'units_differ', { ...about, trained: unitName(trained), ignored })
      : message(preparing, 'unit_new', about),
    { column: column.name },
  );
}

/** Where a day is in its year, its week, or in the day itself: sine and cosine, so that the end is beside the beginning. */
export function cycleFeatures(cycle: keyof typeof turns, day: number): [number, number] {
  const angle = (2 * Math.PI * (day % turns[cycle])) / turns[cycle];
  return [Math.sin(angle), Math.cos(angle)];
}

function encodeDate(target: Target, step: Step<'date'>, column: Column): void {
  const { table, rows, features, stride, at, findings } = target;
  const tally = findings.of(step);
  const days = daysOfColumn(column, step.format);
  let odd = -1;
  for (const row of rows) {
    if (!Number.isNaN(days[row]) || isMissing(column, row)) continue;
    if (odd < 0) odd = row;
    tally.invalid(table, row, textOf(column, row));
  }
  writeNumbers(target, step, days);
  if (odd >= 0) {
    const cell = { ...cellAt(table, odd, column.name), text: textOf(column, odd), format: step.format };
    findings.doubt(step, message(preparing, 'cell_not_date', cell));
  }
  let cycleAt = at + numericWidth(step.encoding) + (step.missing.indicator ? 1 : 0);
  for (const cycle of step.cycles) {
    for (let i = 0; i < rows.length; i++) {
      const day = Number.isNaN(days[rows[i]]) ? step.missing.value : days[rows[i]];
      const place = i * stride + cycleAt;
      [features[place], features[place + 1]] = cycleFeatures(cycle, day);
    }
    cycleAt += 2;
  }
}

/** The encoded value, then the indicator where there is one. */
function writeNumbers(
  { table, rows, features, stride, at, findings }: Target,
  step: Step<'number'> | Step<'date'>,
  values: Float64Array,
): void {
  const { column, missing, encoding } = step;
  const { least, largest } = step.range ?? { least: Number.NEGATIVE_INFINITY, largest: Number.POSITIVE_INFINITY };
  const tally = findings.of(step);
  const indicator = at + numericWidth(encoding);
  let absents = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    const absent = Number.isNaN(value);
    const filled = absent ? missing.value : value;
    encodeValue(encoding, filled, features, i * stride + at);
    const checked = encoding.kind === 'scale' ? features[i * stride + at] : filled;
    if (!Number.isFinite(checked)) throw tooFar(table, rows[i], column, value);
    if (absent) {
      absents += 1;
      tally.imputed(table, rows[i]);
      if (missing.indicator) features[i * stride + indicator] = 1;
    } else if (value < least || value > largest) tally.outside(table, rows[i], value);
  }
  tally.usable += rows.length - absents;
}

/** About a value that does not fit float32 once scaled. */
export function tooFar(table: Table, row: number, column: string, value: number): InputError {
  const code = Number.isFinite(value) ? 'cell_too_far' : 'cell_not_finite';
  return new InputError(message(preparing, code, { ...cellAt(table, row, column), value }), column);
}

function encodeBoolean(target: Target, step: Step<'boolean'>, column: Column): void {
  const { rows, features, stride, at } = target;
  const text = asText(column);
  const answers = [step.truth, step.falsehood];
  const find = cellFinder(answers, text);
  const known = (level: string): string | undefined => answers[find(level)];
  const featureOf = ['', ...text.levels]
    .map((level, code) => (code > 0 && known(level)) || step.missing)
    .map((answer) => (answer === step.truth ? 1 : 0));
  for (let i = 0; i < rows.length; i++) features[i * stride + at] = featureOf[text.codes[rows[i]]];
  findTexts(
    target,
    step,
    text,
    text.levels.map((level) => known(level) === undefined),
    true,
  );
}

function encodeCategory(target: Target, step: Step<'category'>, column: Column): void {
  const { rows, features, stride, at } = target;
  const text = asText(column);
  const places = text.levels.map(cellFinder(step.levels, text));
  const { missing, unknown } = categoryPlaces(step);
  const placeOf = Int32Array.from([missing, ...places.map((place) => (place < 0 ? unknown : place))]);
  for (let i = 0; i < rows.length; i++) {
    const index = placeOf[text.codes[rows[i]]];
    if (index >= 0) features[i * stride + at + index] = 1;
  }
  // Levels too rare for a feature of their own were not kept, so nothing is strange where there is one for the others. The
  // most frequent level stands in for missing cells, unless training had such cells and learned from them.
  findTexts(
    target,
    step,
    text,
    places.map((place) => place < 0 && !step.other),
    step.missing === step.levels[0],
  );
}

/** Tells of the texts that training did not have, and of missing cells where another text stands in for them. */
function findTexts(
  { table, rows, findings }: Target,
  step: FeatureStep,
  { codes, levels }: TextColumn,
  unknown: readonly boolean[],
  imputes: boolean,
): void {
  const tally = findings.of(step);
  for (const row of rows) {
    const code = codes[row];
    if (code > 0 && unknown[code - 1]) tally.unknown(table, row, levels[code - 1]);
    else if (code === 0 && imputes) tally.imputed(table, row);
  }
}
