/** Tables that runs were trained on, kept so that they open again: files as they are, and made ones as what makes them. */
import type { Source } from '../messages.ts';
import { contentOf, readingOf, readingWords } from '../table-source.ts';
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
  if ('sample' in source) return `sample ${JSON.stringify([source.sample, source.generate ?? {}])}`;
  const content = contentOf(source);
  const words = readingWords(readingOf(source)).flat();
  const reading = words.length > 0 ? ` ${JSON.stringify(words)}` : '';
  return typeof content === 'string'
    ? `text ${source.name} ${content.length} ${hashOf(content)}${reading}`
    : `file ${content.name} ${content.size} ${content.lastModified}${reading}`;
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
