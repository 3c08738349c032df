/** What every command's report says of its data, its engine and itself. */
import type { DataSet } from '../data/dataset.ts';
import { summarize } from '../data/summary.ts';
import type { Table } from '../data/table.ts';
import type { Engine } from '../engine/engine.ts';
import { commandOf } from '../export/html/appendix.ts';
import type { DataFacts } from '../export/html/data-section.ts';
import type { DataSettings } from '../spec/data-settings.ts';

export function madeBy({ kind, adapter, software, why }: Engine) {
  return {
    command: commandOf(process.argv.slice(2)),
    version: __VERSION__,
    runtime: `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
    made: new Date(),
    engine: { kind, adapter, software, why },
  };
}

export function dataFacts(
  file: string,
  rows: Table,
  data: DataSet,
  { target, task, types, ignore }: DataSettings,
  notices: string[],
): DataFacts {
  const { train, validation, test } = data.sets;
  return {
    file: file === '-' ? 'standard input' : file,
    summary: summarize(rows, { target, task, types, ignore }),
    preprocessing: data.preprocessing,
    rows: { total: data.rows, train: train.length, validation: validation.length, test: test.length },
    inputs: data.columns,
    notices,
  };
}
