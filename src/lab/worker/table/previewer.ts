/**
 * What a person is shown of a table before (and after) training on it: its first rows, what each column is taken for and
 * holds, and what becomes of it. Plain data, made on the worker's side.
 */

import type { DataSet, FeatureStep } from '../../../data/prepare/dataset.ts';
import { featureCount } from '../../../data/prepare/features.ts';
import { type SummaryOptions, summarize, type TableSummary } from '../../../data/prepare/summary.ts';
import { formatIso } from '../../../data/table/dates.ts';
import { unitOfStep, withUnit } from '../../../data/table/quantity.ts';
import { type Column, fileRow, type Table, textOf } from '../../../data/table/table.ts';
import { guessType } from '../../../data/table/types.ts';
import type { DataSettings } from '../../../spec/data-settings.ts';
import type { Said } from '../../../util/errors.ts';
import { plainFigure } from '../../../util/format.ts';
import type { NumberStatistics } from '../../../util/statistics/order-statistics.ts';
import type { ColumnPreview, Fate, TablePreview } from '../../protocol/preview.ts';

const shownRows = 20;

/** Looks at every cell, which takes a while for millions of rows; only what the summary goes by makes it do so again. */
export class Previewer {
  #known: { table: Table; by: string; summary: TableSummary } | undefined;

  /** @throws InputError about a type that a column cannot have */
  preview(table: Table, settings: DataSettings, set: DataSet | undefined, problem: Said | null): TablePreview {
    const summary = this.#summary(table, settings);
    const fates = set ? fatesOf(set) : undefined;
    return {
      name: table.source,
      rows: table.rows,
      columns: table.columns.map((column, index) => columnOf(table, column, summary.columns[index], settings, fates)),
      head: Array.from({ length: Math.min(shownRows, table.rows) }, (_, row) => ({
        row: fileRow(table, row),
        cells: table.columns.map((column) => withUnit(textOf(column, row), unitOfStep(column))),
      })),
      warnings:
        settings.class_weights === 'balanced'
          ? summary.warnings.filter(({ topic }) => topic !== 'rare_classes')
          : summary.warnings,
      problem,
    };
  }

  #summary(table: Table, { target, task, types, ignore, merge_spellings }: DataSettings): TableSummary {
    const options: SummaryOptions = { target, task, types, ignore, merge_spellings };
    const by = JSON.stringify(options);
    if (this.#known?.table !== table || this.#known.by !== by) {
      this.#known = { table, by, summary: summarize(table, options) };
    }
    return this.#known.summary;
  }
}

function columnOf(
  table: Table,
  column: Column,
  summary: TableSummary['columns'][number],
  { types }: DataSettings,
  fates: Map<string, Fate> | undefined,
): ColumnPreview {
  const { name, type, why, because, missing, distinct, numbers, dates, unit, levels = [] } = summary;
  const written = type === 'date' ? formatIso : (value: number) => withUnit(plainFigure(value, 4), unit);
  return {
    name,
    guess: Object.hasOwn(types, name) ? guessType(column, table.rows).type : type,
    type,
    why: { ...because, text: why },
    missing,
    distinct,
    bars: numbers ? numbers.histogram.counts : levels.map(({ count }) => count),
    levels: numbers ? [] : levels,
    range: numbers
      ? {
          least: dates?.earliest ?? written(numbers.min),
          median: written(numbers.quartiles[1]),
          most: dates?.latest ?? written(numbers.max),
          bins: binsOf(numbers).map(([low, high]) => [written(low), written(high)]),
        }
      : null,
    fate: fates?.get(name) ?? null,
  };
}

/** Bins of whole numbers have their edges between them, the first half a step before the least. */
function binsOf({ min, histogram: { edges } }: NumberStatistics): [number, number][] {
  const inset = min - edges[0];
  return edges.slice(1).map((edge, bin) => [edges[bin] + inset, edge - inset]);
}

function fatesOf({ preprocessing }: DataSet): Map<string, Fate> {
  const { features, targets, dropped } = preprocessing;
  return new Map([
    ...features.map((step): [string, Fate] => [step.column, fateOf(step)]),
    ...dropped.map(({ column, reason }): [string, Fate] => [column, { kind: 'out', reason }]),
    ...targets.map(({ column }): [string, Fate] => [column, { kind: 'target' }]),
  ]);
}

function fateOf(step: FeatureStep): Fate {
  switch (step.kind) {
    case 'number': {
      const { value, indicator } = step.missing;
      const fill = withUnit(plainFigure(value, 4), step.unit);
      return { kind: 'number', features: featureCount([step]), fill, indicator };
    }
    case 'date': {
      const { value, indicator } = step.missing;
      return { kind: 'date', features: featureCount([step]), fill: formatIso(value), indicator };
    }
    case 'category':
      return {
        kind: 'category',
        features: featureCount([step]),
        other: step.other,
        fill: step.missing,
      };
    case 'boolean':
      return { kind: 'boolean', truth: step.truth, fill: step.missing };
  }
}
