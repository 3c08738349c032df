/** What a shard's folder says of itself, from before it trains: what it is a part of, and the command that trains it. */
import { hostname } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import type { DataSet } from '../../data/prepare/dataset.ts';
import { shards } from '../../messages/en/command-line/shards.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import { commandOf } from '../../spec/shell.ts';
import { readStored } from '../../sweep/store/read-store.ts';
import { type SweepStore, storeVersion, type UnusableValue } from '../../sweep/store/store.ts';
import { rowsDigest } from '../../train/fingerprint.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { Shard } from '../../util/shard.ts';
import { shardName } from './option.ts';

/** How the engine was asked for. */
const engineSchema = z.object({
  kind: z.string(),
  reproducible: z.optional(z.boolean()),
  threads: z.optional(z.number()),
});

const record = z.object({
  command: z.enum(['sweep', 'fit']),
  /** Version of the program. */
  program: z.string(),
  shard: z.object({ part: z.int().check(z.positive()), of: z.int().check(z.positive()) }),
  machine: z.string(),
  /** The words of the command, and the folder that it ran in. */
  words: z.array(z.string()),
  folder: z.string(),
  /** The table, as it was named. */
  file: z.string(),
  reading: z.record(z.string(), z.unknown()),
  data: z.looseObject({ target: z.string() }),
  /** Of the table as it was prepared, fold by fold. */
  rows: z.string(),
  /** The sweep, or the settings of the fit. */
  job: z.record(z.string(), z.unknown()),
  engine: engineSchema,
  /** Whether all of it has trained. */
  done: z.optional(z.boolean()),
});

export interface ShardRecord extends Omit<z.infer<typeof record>, 'data'> {
  data: DataSettings;
}

/** What `newRecord` knows by itself is left out. */
export type NewRecord = Omit<ShardRecord, 'program' | 'machine' | 'words' | 'folder' | 'rows'> & {
  folds: readonly DataSet[];
};

export async function newRecord({ folds, ...given }: NewRecord): Promise<ShardRecord> {
  const own = { program: __VERSION__, machine: hostname(), words: process.argv.slice(2), folder: process.cwd() };
  return { ...given, ...own, rows: await rowsDigest(folds) };
}

/** Its name in the store: of a sweep, of a fit. */
const names = { sweep: 'shard', fit: 'fit' } as const;
/** The same of a fit whose packs come from a queue. */
export const queuedName = 'fit queued';

export async function writeRecord(store: SweepStore, own: ShardRecord): Promise<void> {
  await store.write(names[own.command], { version: storeVersion, ...own });
}

/** Undefined where there is none, or it is damaged: that is added to `unusable`. */
export async function readRecord(store: SweepStore, unusable: UnusableValue[]): Promise<ShardRecord | undefined> {
  const kept = await store.list();
  const name = Object.values(names).find((one) => kept.includes(one));
  return name && readStored<ShardRecord>(store, name, record, unusable);
}

/**
 * Begins a shard, or goes on with the one that the folder has, which is handed back.
 * @throws InputError where that is another, or of a fit whose packs are others
 */
export async function beginShard(
  store: SweepStore & { path: string },
  own: ShardRecord,
): Promise<ShardRecord | undefined> {
  const held = await readRecord(store, []);
  if (held && (shardName(held.shard) !== shardName(own.shard) || held.command !== own.command)) {
    const said = { folder: store.path, held: shardName(held.shard), shard: shardName(own.shard) };
    throw new InputError(message(shards, 'shard_other', said), 'resume');
  }
  // Trials are known by their settings and rows, packs by their numbers.
  const isOther = held?.command === 'fit' && !isDeepStrictEqual(packsBy(held), packsBy(own));
  if (isOther || (await store.list()).includes(queuedName)) {
    throw new InputError(message(shards, 'fit_other', { folder: store.path }), 'resume');
  }
  await writeRecord(store, own);
  return held;
}

/** What a fit's packs follow from. */
function packsBy({ program, rows, job: { seed, plan } }: ShardRecord) {
  return { program, rows, seed, plan };
}

/** The command that goes on with a shard. @param folder where the shard lies now: it may have been moved or copied */
export function resumingCommand({ words }: ShardRecord, folder: string): string {
  const others = without(words, ['out']).filter((word) => word !== '--overwrite' && word !== '--resume');
  return commandOf([...others, '--resume', '--out', folder]);
}

/** The command of another shard, made of that of one which is there. */
export function commandOfShard({ words }: ShardRecord, shard: Shard): string {
  const others = without(words, ['shard', 'out']).filter((word) => word !== '--resume');
  return `${commandOf([...others, '--shard', shardName(shard)])} --out FOLDER`;
}

/** @param options with a value each */
function without(words: readonly string[], options: readonly string[]): string[] {
  const others: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const [name, value] = words[at].split('=', 2);
    if (!options.some((option) => name === `--${option}`)) others.push(words[at]);
    else if (value === undefined) at += 1;
  }
  return others;
}
