/** The folders that `merge` is given: what each is a part of, and whether they are parts of one whole. */

import type { ShardDifference } from '../../messages/en/command-line/shards.ts';
import { shards } from '../../messages/en/command-line/shards.ts';
import type { SweepStore, UnusableValue } from '../../sweep/store/store.ts';
import { groupBy } from '../../util/arrays.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { Shard } from '../../util/shard.ts';
import { keptFolder } from '../checkpoints/kept-folder.ts';
import { refuseLocked } from '../files/lock.ts';
import { shardName } from './option.ts';
import { commandOfShard, readRecord, resumingCommand, type ShardRecord } from './record.ts';

export interface ShardFolder {
  folder: string;
  store: SweepStore;
  record: ShardRecord;
}

/** @throws InputError where one is no shard, is being trained, or belongs to something else than the first */
export async function readShards(folders: readonly string[]): Promise<ShardFolder[]> {
  const found: ShardFolder[] = [];
  for (const folder of folders) found.push(await readShard(folder));
  const [first, ...others] = found;
  for (const { folder, record } of others) {
    const difference = differenceOf(first.record, record);
    if (!difference) continue;
    throw new InputError(message(shards, 'shards_foreign', { folder, other: first.folder, difference }));
  }
  return found;
}

async function readShard(folder: string): Promise<ShardFolder> {
  refuseLocked(folder);
  const store = keptFolder({ out: folder }) as SweepStore;
  const unusable: UnusableValue[] = [];
  const record = await readRecord(store, unusable);
  if (record) return { folder, store, record };
  const [damaged] = unusable;
  if (!damaged) throw new InputError(message(shards, 'folder_without_shard', { folder }));
  throw new InputError(message(shards, 'shard_unreadable', { file: damaged.place, damage: damaged.problem }));
}

/** What keeps two shards from being of one whole. */
function differenceOf(one: ShardRecord, other: ShardRecord): ShardDifference | undefined {
  const parts = ['command', 'program', 'job', 'data', 'rows'] as const;
  return parts.find((part) => JSON.stringify(one[part]) !== JSON.stringify(other[part]));
}

export interface Part {
  shard: ShardFolder;
  /** Trials or packs of it that no folder has. */
  left: number;
  /** Files of it that are damaged. */
  damaged: readonly UnusableValue[];
}

/**
 * Says what is not there: of shards that have not ended, or of shards that have no folder.
 * @param parts of the shards, which lack something together
 * @throws InputError
 */
export function refuseIncomplete(parts: readonly Part[], what: 'trial' | 'pack'): never {
  const [{ shard: first }] = parts;
  const unfinished = parts.filter(({ left }) => left > 0);
  if (unfinished.length > 0) {
    const [{ shard }] = unfinished;
    const said = {
      unfinished: unfinished.map(({ shard: { folder, record } }) => ({ folder, shard: shardName(record.shard) })),
      what,
      left: unfinished.reduce((sum, { left }) => sum + left, 0),
      damaged: unfinished.flatMap(({ damaged }) => damaged.map(({ place }) => place)),
      command: resumingCommand(shard.record, shard.folder),
    };
    throw new InputError(message(shards, 'shards_unfinished', said));
  }
  const there = new Set(parts.map(({ shard }) => shardName(shard.record.shard)));
  // Of shards that were cut in several ways, the way that lacks the fewest.
  const [missing] = groupBy(parts, ({ shard }) => shard.record.shard.of)
    .map(([{ shard }]) => absent(shard.record.shard.of, there))
    .sort((a, b) => a.length - b.length);
  const said = { missing: missing.map(shardName), command: commandOfShard(first.record, missing[0]) };
  throw new InputError(message(shards, 'shards_missing', said));
}

function absent(of: number, there: ReadonlySet<string>): Shard[] {
  const all = Array.from({ length: of }, (_, index) => ({ part: index + 1, of }));
  return all.filter((shard) => !there.has(shardName(shard)));
}
