/** What a model card says of columns: what becomes of their cells. */
import type { FeatureStep, NumericEncoding, Preprocessing, Scale, TargetStep } from '../../data/prepare/dataset.ts';
import { featureWidth } from '../../data/prepare/features.ts';
import { formatIso } from '../../data/table/dates.ts';
import type { Unit } from '../../data/table/quantity.ts';
import { plainFigure } from '../../util/format.ts';
import { some } from '../../util/words.ts';
import type { CardTable } from './parts.ts';

/** Levels and classes that are named; there may be hundreds. */
const mostNames = 20;

export function columnsTable(features: readonly FeatureStep[]): CardTable {
  return {
    kind: 'table',
    caption: 'Columns that the model is given, and what becomes of their cells.',
    columns: ['column', 'kind', 'becomes', 'features', 'a missing cell is', 'in the training rows'],
    rows: features.map((step) => [
      `${step.column}${'unit' in step ? inUnit(step.unit) : ''}`,
      step.kind === 'boolean' ? 'yes or no' : step.kind,
      becomes(step),
      String(featureWidth(step)),
      missingOf(step),
      seen(step),
    ]),
  };
}

export function targetsTable(targets: readonly TargetStep[]): CardTable {
  return {
    kind: 'table',
    caption: 'What it predicts.',
    columns: ['target', 'kind', 'trained as', 'predictions are', 'in the training rows'],
    rows: targets.map((step) => {
      if (step.kind === 'classes') {
        const count = step.classes.length;
        return [
          step.column,
          `${count} classes`,
          count === 2 ? '1 output' : `${count} outputs`,
          names(step.classes),
          '',
        ];
      }
      const { column, unit, offset, scale, log, limits, range } = step;
      const value = log ? 'log(1 + value)' : 'value';
      return [
        `${column}${inUnit(unit)}`,
        'number',
        scaled(value, { offset, scale }),
        limits ? `held within ${number(limits.least)} and ${number(limits.largest)}` : 'of any size',
        range ? `${number(range.least)} to ${number(range.largest)}` : '',
      ];
    }),
  };
}

export function droppedTable(dropped: Preprocessing['dropped']): CardTable {
  return {
    kind: 'table',
    caption: 'Columns of its table that it does not use.',
    columns: ['column', 'why it is not used'],
    rows: dropped.map(({ column, reason }) => [column, reason]),
  };
}

const number = (value: number): string => plainFigure(value, 5);

export const names = (texts: readonly string[]): string => some(texts, mostNames);

function scaled(value: string, { offset, scale }: Scale): string {
  return `(${value} ${offset < 0 ? '+' : '−'} ${number(Math.abs(offset))}) / ${number(scale)}`;
}

function inUnit(unit: Unit | undefined): string {
  const sign = unit ? (unit.before + unit.after).trim() : '';
  return sign === '' ? '' : ` (${sign})`;
}

function becomes(step: FeatureStep): string {
  if (step.kind === 'boolean') return `1 for ${step.truth}, 0 for ${step.falsehood}`;
  if (step.kind === 'category')
    return step.other ? '0 or 1 for each level, and for any other' : '0 or 1 for each level';
  const cycles = step.kind === 'date' && step.cycles.length > 0 ? `; sine and cosine of ${step.cycles.join(', ')}` : '';
  return `${encoded(step.encoding)}${step.missing.indicator ? '; 1 where it was missing' : ''}${cycles}`;
}

function encoded(encoding: NumericEncoding): string {
  switch (encoding.kind) {
    case 'scale':
      return scaled('value', encoding);
    case 'robust':
      return `${scaled('value', encoding)}, squashed to −3 to 3`;
    case 'quantile':
      return `its normal quantile among ${encoding.quantiles.length} quantiles`;
    case 'piecewise_linear':
      return `how far it is through each of ${encoding.edges.length - 1} pieces`;
  }
}

function missingOf(step: FeatureStep): string {
  if (step.kind === 'boolean') return step.missing;
  if (step.kind === 'category') return step.missing === null ? 'no level' : step.missing;
  return step.kind === 'date' ? formatIso(Math.floor(step.missing.value)) : number(step.missing.value);
}

function seen(step: FeatureStep): string {
  if (step.kind === 'boolean') return `${step.truth}, ${step.falsehood}`;
  if (step.kind === 'category') return names(step.levels);
  if (!step.range) return '';
  const { least, largest } = step.range;
  const written = step.kind === 'date' ? formatIso : number;
  return `${written(least)} to ${written(largest)}`;
}
