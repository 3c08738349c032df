/** What a model card says of columns: what becomes of their cells. */
import type { FeatureStep, NumericEncoding, Preprocessing, Scale, TargetStep } from '../../data/prepare/dataset.ts';
import { featureWidth } from '../../data/prepare/encode.ts';
import { formatIso } from '../../data/table/dates.ts';
import type { Unit } from '../../data/table/quantity.ts';
import { plainFigure } from '../../util/format.ts';
import { plain, table } from './markdown.ts';

/** Levels and classes that are named; there may be hundreds. */
const mostNames = 20;

export function columnsTable(features: readonly FeatureStep[]): string {
  return table(
    ['column', 'kind', 'becomes', 'features', 'a missing cell is', 'in the training rows'],
    features.map((step) => [
      `${plain(step.column)}${'unit' in step ? inUnit(step.unit) : ''}`,
      step.kind === 'boolean' ? 'yes or no' : step.kind,
      becomes(step),
      String(featureWidth(step)),
      missingOf(step),
      seen(step),
    ]),
  );
}

export function targetsTable(targets: readonly TargetStep[]): string {
  return table(
    ['target', 'kind', 'trained as', 'predictions are', 'in the training rows'],
    targets.map((step) => {
      if (step.kind === 'classes') {
        const count = step.classes.length;
        return [
          plain(step.column),
          `${count} classes`,
          count === 2 ? '1 output' : `${count} outputs`,
          names(step.classes),
          '',
        ];
      }
      const { column, unit, offset, scale, log, limits, range } = step;
      const value = log ? 'log(1 + value)' : 'value';
      return [
        `${plain(column)}${inUnit(unit)}`,
        'number',
        scaled(value, { offset, scale }),
        limits ? `held within ${number(limits.least)} and ${number(limits.largest)}` : 'of any size',
        range ? `${number(range.least)} to ${number(range.largest)}` : '',
      ];
    }),
  );
}

export function droppedTable(dropped: Preprocessing['dropped']): string {
  return table(
    ['column', 'why it is not used'],
    dropped.map(({ column, reason }) => [plain(column), plain(reason)]),
  );
}

export const number = (value: number): string => plainFigure(value, 5);

export function names(texts: readonly string[]): string {
  const more = texts.length > mostNames ? ` and ${texts.length - mostNames} more` : '';
  return texts.slice(0, mostNames).map(plain).join(', ') + more;
}

function scaled(value: string, { offset, scale }: Scale): string {
  return `(${value} ${offset < 0 ? '+' : '−'} ${number(Math.abs(offset))}) / ${number(scale)}`;
}

function inUnit(unit: Unit | undefined): string {
  const sign = unit ? (unit.before + unit.after).trim() : '';
  return sign === '' ? '' : ` (${plain(sign)})`;
}

function becomes(step: FeatureStep): string {
  if (step.kind === 'boolean') return `1 for ${plain(step.truth)}, 0 for ${plain(step.falsehood)}`;
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
  if (step.kind === 'boolean') return plain(step.missing);
  if (step.kind === 'category') return step.missing === null ? 'no level' : plain(step.missing);
  return step.kind === 'date' ? formatIso(Math.floor(step.missing.value)) : number(step.missing.value);
}

function seen(step: FeatureStep): string {
  if (step.kind === 'boolean') return `${plain(step.truth)}, ${plain(step.falsehood)}`;
  if (step.kind === 'category') return names(step.levels);
  if (!step.range) return '';
  const { least, largest } = step.range;
  const written = step.kind === 'date' ? formatIso : number;
  return `${written(least)} to ${written(largest)}`;
}
