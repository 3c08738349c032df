/**
 * A folder of tables: `tables.json` (of each table its task, source and the test rows of its splits), `tables/NAME.csv` with
 * the column `target`, and `peers.json`, what other methods reached on the same test rows, if there is such a file.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type BenchTable, readCells } from './tables.ts';

const tableSchema = z.object({
  task: z.enum(['regression', 'classification']),
  source: z.string().min(1),
  target: z.string().default('target'),
  categorical: z.array(z.string()).default([]),
  options: z.array(z.string()).default([]),
  splits: z.array(z.array(z.int().min(0)).min(1)).min(1),
});

const peerSchema = z.object({
  table: z.string(),
  split: z.int().min(0),
  metrics: z.object({ rmse: z.number().optional(), log_loss: z.number().optional(), accuracy: z.number().optional() }),
  wall: z.number().optional(),
  cpu: z.number().optional(),
});

/** One stored result of a peer. */
export type PeerResult = z.infer<typeof peerSchema>;
/** By the peer's name. */
export type Peers = Record<string, PeerResult[]>;

export function readFolder(folder: string): { tables: BenchTable[]; peers: Peers } {
  const described = parse(join(folder, 'tables.json'), z.record(z.string(), tableSchema));
  const tables = Object.entries(described).map(
    ([name, table]): BenchTable => ({ name, ...table, read: () => readCells(join(folder, 'tables', `${name}.csv`)) }),
  );
  const stored = join(folder, 'peers.json');
  return { tables, peers: existsSync(stored) ? parse(stored, z.record(z.string(), z.array(peerSchema))) : {} };
}

/** @throws Error that names the file, and what of it is wrong */
export function parse<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  if (!existsSync(file)) throw new Error(`${file}: no such file`);
  const { data, error } = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (error) throw new Error(`${file}: ${z.prettifyError(error)}`);
  return data as z.infer<Schema>;
}
