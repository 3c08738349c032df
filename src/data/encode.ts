/**
 * Carries out the steps of preparation: the cells of a column become features, for the rows of training and for new rows
 * by the same code. What the steps are is in `dataset.ts`, how they are fitted in `fit.ts`.
 */
import { InputError } from '../spec/errors.ts';
import { shown } from '../spec/words.ts';
import { saysNoNumber } from './cells.ts';
import { cellPlace, findColumn } from './columns.ts';
import type { FeatureStep } from './dataset.ts';
import { daysOf, daysOfColumn } from './dates.ts';
import { critical, type Notice, warning } from './notices.ts';
import { type Unit, unitName } from './quantity.ts';
import { levelFinder } from './spellings.ts';
import { type Column, fileRow, type NumberColumn, type Table, type TextColumn, textOf } from './table.ts';
import { numbersOfText } from './units.ts';

/** Features of rows [row, column], and sentences about cells that training had not seen. */
export interface Encoded {
  features: Float32Array<ArrayBuffer>;
  notices: Notice[];
}

type Step<Kind extends FeatureStep['kind']> = Extract<FeatureStep, { kind: Kind }>;

/** Days in one turn of each cycle. */
const turns = { year: 365.2425, week: 7, day: 1 };

/** The name of each feature of a step, in their order. */
export function featureNamesOf(step: FeatureStep): string[] {
  const { column } = step;
  switch (step.kind) {
    case 'number':
      return [column, ...(step.missing.indicator ? [`${column} is missing`] : [])];
    case 'date':
      return [
        column,
        ...(step.missing.indicator ? [`${column} is missing`] : []),
        ...step.cycles.flatMap((cycle) => [`${column}, sine of the ${cycle}`, `${column}, cosine of the ${cycle}`]),
      ];
    case 'category':
      return [...step.levels, ...(step.other ? ['other'] : [])].map((level) => `${column} = ${level}`);
    case 'boolean':
      return [column];
  }
}

export function featureCount(steps: readonly FeatureStep[]): number {
  return steps.reduce((count, step) => count + featureNamesOf(step).length, 0);
}

/**
 * @param rows of the table
 * @param strict whether text that is no date is refused; where a column is fitted, it counts as missing
 * @throws InputError naming a column that is missing, or the place of a cell that cannot be used
 */
export function encodeFeatures(
  table: Table,
  rows: Uint32Array,
  steps: readonly FeatureStep[],
  strict: boolean,
): Encoded {
  const stride = featureCount(steps);
  const features = new Float32Array(rows.length * stride);
  const notices: Notice[] = [];
  let at = 0;
  for (const step of steps) {
    const column = findColumn(table, step.column);
    const target: Target = { table, rows, features, stride, at };
    const strange = encodeColumn(target, step, column, strict);
    if (strange) notices.push(strange);
    at += featureNamesOf(step).length;
  }
  return { features, notices };
}

interface Target {
  table: Table;
  rows: Uint32Array;
  features: Float32Array;
  stride: number;
  at: number;
}

/** A notice of values that training did not know, if there are any. */
function encodeColumn(target: Target, step: FeatureStep, column: Column, strict: boolean): Notice | undefined {
  switch (step.kind) {
    case 'number':
      return encodeNumber(target, step, column);
    case 'date':
      return encodeDate(target, step, column, strict);
    case 'boolean':
      return encodeBoolean(target, step, column);
    case 'category':
      return encodeCategory(target, step, column);
  }
}

function encodeNumber(target: Target, step: Step<'number'>, column: Column): Notice | undefined {
  const numbers = column.kind === 'text' ? numbersOfText(column) : column;
  if (column.kind === 'text') {
    const { codes, levels } = column;
    const read = new Set<string>();
    codes.forEach((code, row) => {
      if (!Number.isNaN(numbers.values[row])) read.add(levels[code - 1]);
    });
    refuseUnless(target, column, 'a number, as in training', (text) => saysNoNumber(text) || read.has(text));
  }
  writeScaled(target, step, numbers.values);
  return otherUnit(numbers, step.unit);
}

/** Where new rows have a unit that training did not have: nothing is converted. */
export function otherUnit({ name, unit }: NumberColumn, trained: Unit | undefined): Notice | undefined {
  if (!unit || (trained && unitName(unit) === unitName(trained))) return undefined;
  const column = `Column ${JSON.stringify(name)}`;
  const own = shown(unitName(unit));
  return critical(
    trained
      ? `${column}: its numbers are in ${own}, and those of training in ${shown(unitName(trained))}; they are not converted.`
      : `${column}: its numbers are in ${own}, and those of training had no unit; they are taken as they are.`,
    { column: name },
  );
}

/** Where a day is in its year, its week, or in the day itself: sine and cosine, so that the end is beside the beginning. */
export function cycleFeatures(cycle: keyof typeof turns, day: number): [number, number] {
  const angle = (2 * Math.PI * (day % turns[cycle])) / turns[cycle];
  return [Math.sin(angle), Math.cos(angle)];
}

function encodeDate(target: Target, step: Step<'date'>, column: Column, strict: boolean): undefined {
  const { rows, features, stride, at } = target;
  if (strict) {
    refuseUnless(
      target,
      column,
      `a date written ${step.format}, as in training`,
      (text) => !Number.isNaN(daysOf(text, step.format)),
    );
  }
  const days = daysOfColumn(column, step.format);
  writeScaled(target, step, days);
  let cycleAt = at + (step.missing.indicator ? 2 : 1);
  for (const cycle of step.cycles) {
    for (let i = 0; i < rows.length; i++) {
      const day = Number.isNaN(days[rows[i]]) ? step.missing.value : days[rows[i]];
      const place = i * stride + cycleAt;
      [features[place], features[place + 1]] = cycleFeatures(cycle, day);
    }
    cycleAt += 2;
  }
}

/** (value - offset) / scale, then the indicator where there is one. */
function writeScaled(
  { table, rows, features, stride, at }: Target,
  { column, missing, offset, scale }: Step<'number'> | Step<'date'>,
  values: Float64Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    const absent = Number.isNaN(value);
    const scaled = Math.fround(((absent ? missing.value : value) - offset) / scale);
    if (!Number.isFinite(scaled)) throw tooFar(table, rows[i], column, value);
    features[i * stride + at] = scaled;
    if (missing.indicator && absent) features[i * stride + at + 1] = 1;
  }
}

/** About a value that does not fit float32 once scaled. */
export function tooFar(table: Table, row: number, column: string, value: number): InputError {
  const problem = Number.isFinite(value) ? 'is too far from the other values' : 'is not a finite number';
  return new InputError(
    `${cellPlace(table, row, column)}: ${value} ${problem}; correct the cell or leave the row out.`,
    column,
  );
}

function encodeBoolean({ table, rows, features, stride, at }: Target, step: Step<'boolean'>, column: Column) {
  const text = asText(column);
  const answers = [step.truth, step.falsehood];
  const find = levelFinder(answers);
  const known = (level: string): string | undefined => answers[find(level)];
  const featureOf = ['', ...text.levels]
    .map((level, code) => (code > 0 && known(level)) || step.missing)
    .map((answer) => (answer === step.truth ? 1 : 0));
  for (let i = 0; i < rows.length; i++) features[i * stride + at] = featureOf[text.codes[rows[i]]];
  const strange = text.levels.map((level) => !known(level));
  return strangeNotice(table, rows, text, strange, `count as missing, which is ${shown(step.missing)}`);
}

function encodeCategory({ table, rows, features, stride, at }: Target, step: Step<'category'>, column: Column) {
  const text = asText(column);
  const places = text.levels.map(levelFinder(step.levels));
  const rest = step.other ? step.levels.length : -1;
  const missing = step.missing === null ? -1 : step.levels.indexOf(step.missing);
  const absent = step.missing !== null && missing < 0 ? rest : missing;
  const placeOf = Int32Array.from([absent, ...places.map((place) => (place < 0 ? rest : place))]);
  for (let i = 0; i < rows.length; i++) {
    const index = placeOf[text.codes[rows[i]]];
    if (index >= 0) features[i * stride + at + index] = 1;
  }
  const strange = places.map((place) => place < 0);
  // Levels too rare for a feature of their own were not kept, so nothing is strange where there is one for the others.
  return step.other
    ? undefined
    : strangeNotice(table, rows, text, strange, 'are none of its levels in training and count as none');
}

/** A sentence about cells of these levels, with the first of them. */
function strangeNotice(
  table: Table,
  rows: Uint32Array,
  { name, codes, levels }: TextColumn,
  strange: boolean[],
  what: string,
): Notice | undefined {
  if (!strange.includes(true)) return undefined;
  let count = 0;
  let first = -1;
  for (const row of rows) {
    if (codes[row] === 0 || !strange[codes[row] - 1]) continue;
    if (count === 0) first = row;
    count += 1;
  }
  if (count === 0) return undefined;
  const cells = count === 1 ? '1 cell holds what' : `${count.toLocaleString('en-US')} cells hold what`;
  return warning(
    `Column ${JSON.stringify(name)}: ${cells} training rows did not have (${shown(levels[codes[first] - 1])} in row ${fileRow(table, first)}): they ${what}.`,
    { column: name },
  );
}

/** @throws InputError about the first row whose text does not fit */
function refuseUnless({ table, rows }: Target, column: Column, what: string, fits: (text: string) => boolean): void {
  const text = asText(column);
  const unfit = text.levels.map((level) => !fits(level));
  if (!unfit.includes(true)) return;
  for (const row of rows) {
    if (text.codes[row] === 0 || !unfit[text.codes[row] - 1]) continue;
    throw new InputError(
      `${cellPlace(table, row, column.name)}: ${shown(textOf(column, row))} is not ${what}; correct the cell or leave it empty.`,
      column.name,
    );
  }
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
