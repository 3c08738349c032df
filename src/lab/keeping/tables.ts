/** Tables that runs were trained on, kept so that they open again: files as they are, and made ones as what makes them. */
import type { Source } from '../messages.ts';
import type { Change, Store } from './store.ts';

/** Together; beyond that the oldest that no tab has open are forgotten. */
export const mostBytes = 64 * 2 ** 20;

interface KeptTable {
  source: Source;
  bytes: number;
  opened: number;
}

/** The same table has the same key. */
export function tableKey(source: Source): string {
  if (source instanceof File) return `file ${source.name} ${source.size} ${source.lastModified}`;
  if ('text' in source) return `text ${source.name} ${source.text.length} ${hashOf(source.text)}`;
  return `sample ${JSON.stringify([source.sample, source.generate ?? {}])}`;
}

export function bytesOf(source: Source): number {
  if (source instanceof File) return source.size;
  return 'text' in source ? 2 * source.text.length : 0;
}

/** What to write so that the table is kept; undefined where it is too large. */
export async function keepTable(store: Store, source: Source, inUse: Set<string>): Promise<Change[] | undefined> {
  const bytes = bytesOf(source);
  if (bytes > mostBytes) return undefined;
  const key = tableKey(source);
  const others = ((await store.all('tables')) as [string, KeptTable][]).filter(([other]) => other !== key);
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
  return ((await store.get('tables', key)) as KeptTable | undefined)?.source;
}

/** The newest table by this name: what a link that names a file may mean. */
export async function tableNamed(store: Store, name: string): Promise<Source | undefined> {
  const all = (await store.all('tables')) as [string, KeptTable][];
  const named = all.map(([, table]) => table).filter(({ source }) => 'name' in source && source.name === name);
  return named.sort((a, b) => b.opened - a.opened)[0]?.source;
}

/** FNV-1a; tells versions of a text apart, no more. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16);
}
