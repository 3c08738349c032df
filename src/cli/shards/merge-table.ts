/** The table of shards that are put together, and what else `merge` is told. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkReading } from '../../data/read/csv-options.ts';
import type { Table } from '../../data/table/table.ts';
import { shards } from '../../messages/en/command-line/shards.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { FolderFlags } from '../checkpoints/kept-folder.ts';
import { openInput } from '../files/read.ts';
import type { EngineFlags } from '../headless.ts';
import { readTable } from '../reading.ts';
import type { EndingFlags } from '../sweeps/ending.ts';
import type { ShardRecord } from './record.ts';

export interface MergeFlags extends EngineFlags, FolderFlags, EndingFlags {
  table?: string;
}

export interface ShardTable {
  path: string;
  read: Table;
}

/** Where the shards had it, or where it is now. @throws InputError where it is not */
export async function readShardTable(record: ShardRecord, { table, quiet }: MergeFlags): Promise<ShardTable> {
  const known = [record.file, resolve(record.folder, record.file)].find((path) => path !== '-' && existsSync(path));
  const path = table ?? known;
  if (path === undefined) {
    throw new InputError(message(shards, 'shards_table_missing', { file: record.file }), 'table');
  }
  const read = await readTable(await openInput(path), checkReading(record.reading), quiet);
  return { path, read };
}

/** As the shards asked for it, where nothing else is said. */
export function engineFlags(flags: EngineFlags, { kind, reproducible, threads }: ShardRecord['engine']): EngineFlags {
  if (flags.engine !== undefined) return flags;
  return { engine: kind, reproducible, threads: threads?.toString(), ...flags };
}
