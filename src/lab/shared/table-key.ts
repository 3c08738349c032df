/** The name of a table among those that are kept. */
import type { Source } from '../protocol/messages.ts';
import { contentOf, readingOf, readingWords } from './table-source.ts';

/** Of all kept tables together; beyond that the oldest that no tab has open are forgotten. */
export const mostBytes = 64 * 2 ** 20;

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

/** FNV-1a; tells versions of a text apart, no more. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16);
}
