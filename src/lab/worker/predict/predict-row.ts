/** From what a model was trained on to the fields that ask for a row of it, and from what was typed to that row. */

import type { FeatureStep, Preprocessing } from '../../../data/prepare/dataset.ts';
import { decodeValue } from '../../../data/prepare/numeric.ts';
import { numbersOf } from '../../../data/table/columns.ts';
import { formatIso } from '../../../data/table/dates.ts';
import { type Column, type Table, textOf } from '../../../data/table/table.ts';
import { numbersOfText } from '../../../data/table/units.ts';
import type { PredictedAnswer, PredictField } from '../../protocol/predict.ts';

/** @param table what it was trained on, where that is there: it says what is usual */
export function fieldsOf({ features, scaling }: Preprocessing, table: Table | undefined): PredictField[] {
  return features.map((step) => fieldOf(step, scaling, table));
}

function fieldOf(step: FeatureStep, scaling: Preprocessing['scaling'], table: Table | undefined): PredictField {
  const { column } = step;
  const found = table?.columns.find(({ name }) => name === column);
  switch (step.kind) {
    case 'number':
      return numberField(step, found, scaling === 'min_max' ? [0, 1] : [-2, 2]);
    case 'category': {
      const { levels, other, missing } = step;
      return {
        column,
        kind: 'category',
        levels,
        other,
        missing,
        start: commonest(found, levels) ?? missing ?? levels[0],
      };
    }
    case 'boolean': {
      const { truth, falsehood, missing } = step;
      const start = commonest(found, [falsehood, truth]) ?? missing;
      return { column, kind: 'boolean', truth, falsehood, missing, start };
    }
    case 'date':
      return dateField(step, found, table?.rows ?? 0);
  }
}

type Step<Kind extends FeatureStep['kind']> = Extract<FeatureStep, { kind: Kind }>;

/** @param usual range in scaled units, where neither a table nor the model says it */
function numberField(step: Step<'number'>, found: Column | undefined, usual: [number, number]): PredictField {
  const { column, missing, range, unit } = step;
  const values = found
    ? numbersOf(found)
        .filter((value) => Number.isFinite(value))
        .sort()
    : new Float64Array();
  const known = range ? [range.least, range.largest] : usual.map((at) => decodeValue(step, [at]));
  const [low, high] = values.length > 0 ? [values[0], values[values.length - 1]] : known;
  const middle = values.length > 0 ? values[Math.floor(values.length / 2)] : (low + high) / 2;
  const whole = values.length > 0 && values.every(Number.isInteger);
  const start = String(Number(middle.toPrecision(4)));
  return { column, kind: 'number', ...(unit ? { unit } : {}), low, high, whole, missing, start };
}

function dateField(step: Step<'date'>, found: Column | undefined, rows: number): PredictField {
  const { column, format, missing, range } = step;
  const of = (days: number) => formatIso(days).slice(0, 10);
  let start = '';
  for (let row = Math.floor(rows / 2); found && row < rows && start === ''; row++) start = textOf(found, row);
  return {
    column,
    kind: 'date',
    format,
    earliest: of(range?.least ?? decodeValue(step, [-2])),
    latest: of(range?.largest ?? decodeValue(step, [2])),
    missing: of(missing.value),
    start: start || (format === 'yyyy-mm-dd' ? of(missing.value) : ''),
  };
}

/** The one of these that most rows have. */
function commonest(column: Column | undefined, levels: readonly string[]): string | undefined {
  if (!column) return undefined;
  const rows = column.kind === 'text' ? column.codes.length : column.values.length;
  const counts = new Map(levels.map((level) => [level, 0]));
  for (let row = 0; row < rows; row++) {
    const text = textOf(column, row);
    const count = counts.get(text);
    if (count !== undefined) counts.set(text, count + 1);
  }
  const best = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  return best[1] > 0 ? best[0] : undefined;
}

/** A table of the one row that was typed: without a source, so that its cells are named by their columns alone. */
export function rowTable({ features }: Preprocessing, row: Record<string, string>): Table {
  const columns = features.map(({ column }): Column => {
    const text = (row[column] ?? '').trim();
    return {
      name: column,
      kind: 'text',
      codes: Uint32Array.of(text === '' ? 0 : 1),
      levels: text === '' ? [] : [text],
    };
  });
  return { source: '', rows: 1, columns, rowsBefore: 0, notices: [] };
}

/** The row as the model takes it. */
export function takenRow({ features }: Preprocessing, table: Table): Record<string, number | string | null> {
  return Object.fromEntries(
    features.map((step, index): [string, number | string | null] => {
      const text = textOf(table.columns[index], 0);
      if (step.kind === 'number') {
        const column = table.columns[index];
        const [value] = column.kind === 'text' ? numbersOfText(column, step).values : column.values;
        return [step.column, Number.isNaN(value) ? step.missing.value : value];
      }
      if (text !== '') return [step.column, text];
      if (step.kind === 'date') return [step.column, formatIso(step.missing.value).slice(0, 10)];
      return [step.column, step.missing];
    }),
  );
}

/**
 * What columns with the answers for one row say.
 * @param level of the intervals that follow each number, where there are any
 */
export function answersOf({ targets }: Preprocessing, columns: readonly Column[], level?: number): PredictedAnswer[] {
  const value = (column: Column) => (column.kind === 'number' ? column.values[0] : Number.NaN);
  let at = 0;
  return targets.map((step): PredictedAnswer => {
    const own = columns[at++];
    if (step.kind === 'number') {
      const interval =
        level === undefined ? {} : { interval: { level, low: value(columns[at++]), high: value(columns[at++]) } };
      const unit = step.unit ? { unit: step.unit } : {};
      return { kind: 'number', target: step.column, value: value(own), ...unit, ...interval };
    }
    const classes = step.classes.map((name) => ({ name, probability: value(columns[at++]) }));
    return { kind: 'classes', target: step.column, chosen: textOf(own, 0), classes };
  });
}
