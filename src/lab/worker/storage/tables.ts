/** Tables that runs were trained on, kept so that they open again: files as they are, and made ones as what makes them. */
import type { Source } from '../../protocol/messages.ts';
import { mostBytes, tableKey } from '../../shared/table-key.ts';
import { contentOf } from '../../shared/table-source.ts';
import { readAll, readOne } from './readable.ts';
import type { Change, Store } from './store.ts';

export interface KeptTable {
  source: Source;
  bytes: number;
  opened: number;
}

export function bytesOf(source: Source): number {
  if ('sample' in source) return 0;
  const content = contentOf(source);
  return typeof content === 'string' ? 2 * content.length : content.size;
}

/** What to write so that the table is kept; undefined where it is too large. */
export async function keepTable(store: Store, source: Source, inUse: Set<string>): Promise<Change[] | undefined> {
  const bytes = bytesOf(source);
  if (bytes > mostBytes) return undefined;
  const key = tableKey(source);
  const others = (await readAll(store, 'tables')).sound.filter(([other]) => other !== key);
  others.sort(([, a], [, b]) => b.opened - a.opened);
  let room = mostBytes - bytes;
  const forgotten = others.filter(([other, table]) => {
    room -= table.bytes;
    return room < 0 && !inUse.has(other);
  });
  const value: KeptTable = { source, bytes, opened: Date.now() };
  return [...forgotten.map(([other]): Change => ({ shelf: 'tables', key: other })), { shelf: 'tables', key, value }];
}

export async function tableOf(store: Store, key: string): Promise<Source | undefined> {
  return (await readOne(store, 'tables', key))?.source;
}

/** The newest table by this name: what a link that names a file may mean. */
export async function tableNamed(store: Store, name: string): Promise<Source | undefined> {
  const { sound: all } = await readAll(store, 'tables');
  const named = all.map(([, table]) => table).filter(({ source }) => 'name' in source && source.name === name);
  return named.sort((a, b) => b.opened - a.opened)[0]?.source;
}
