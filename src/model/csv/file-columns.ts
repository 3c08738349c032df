/** What a model reads of a file, and what reading it says. */
import type { FeatureStep, Preprocessing } from '../../data/prepare/dataset.ts';
import type { RawCsv } from '../../data/read/raw-csv.ts';
import { findColumn } from '../../data/table/columns.ts';
import type { Notice } from '../../data/table/notices.ts';
import type { Column, Table } from '../../data/table/table.ts';

export function targetNames({ targets }: Preprocessing): string[] {
  return targets.map(({ column }) => column);
}

/** What the columns that a model reads hold: what they held in training. */
export function featureKinds({ features }: Preprocessing): Map<string, Column['kind']> {
  const kindOf = ({ kind }: FeatureStep) => (kind === 'number' ? 'number' : 'text');
  return new Map(features.map((step) => [step.column, kindOf(step)]));
}

/** @throws InputError listing the columns that there are; `where` is the column's name unless given */
export function requireColumns(csv: RawCsv, names: readonly string[], where?: string): void {
  const header = emptyTable(csv);
  for (const name of names) findColumn(header, name, where);
}

/** For messages about columns that are not there. */
function emptyTable({ source, names }: RawCsv): Table {
  const columns = names.map((name): Column => ({ name, kind: 'number', values: new Float64Array() }));
  return { source, rows: 0, columns, rowsBefore: 0, notices: [] };
}

/** About a file whose columns a model knows, which has settled which row holds the names. */
export function fileNotices(csv: RawCsv): Notice[] {
  return csv.notices().filter(({ code }) => code !== 'header_unclear');
}
