/** What every report says of its data. */
import type { DataSet } from '../data/prepare/dataset.ts';
import { summarize } from '../data/prepare/summary.ts';
import type { Notice } from '../data/table/notices.ts';
import type { Table } from '../data/table/table.ts';
import type { DataSettings } from '../spec/data-settings.ts';
import type { DataFacts } from './data-section.ts';

export function dataFacts(
  file: string,
  rows: Table,
  data: DataSet,
  { target, task, types, ignore, class_weights, merge_spellings }: DataSettings,
  notices: Notice[],
): DataFacts {
  const { train, validation, test } = data.sets;
  return {
    file: file === '-' ? 'standard input' : file,
    summary: summarize(rows, { target, task, types, ignore, class_weights, merge_spellings }),
    preprocessing: data.preprocessing,
    rows: { total: data.rows, train: train.length, validation: validation.length, test: test.length },
    inputs: data.columns,
    notices,
  };
}
