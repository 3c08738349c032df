/** Which format a text has, told by how it begins, never by the file's name: people rename files. */

import { reading } from '../../../messages/en/tables/reading.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import type { TableKind } from '../../table/table.ts';

/** @throws InputError for a text that holds no table that can be read */
export function detectKind(sample: string, source: string): TableKind {
  const text = sample.trimStart();
  // A header such as [id],[name] is no list.
  if (/^\[\s*(?:[[{\]"\d-]|null\b|true\b|false\b|NaN\b)|^\{\s*["}]/.test(text)) return 'json';
  if (/^(?:%[^\n]*\n\s*)*@relation\b/i.test(text)) return 'arff';
  if (text.startsWith('<')) {
    const tag = firstTag(text);
    if (htmlTags.has(tag)) return 'html';
    if (text.startsWith('<?xml') || tag === 'svg' || tag === 'stata_dta') {
      throw new InputError(message(reading, 'file_xml', { source }));
    }
  }
  const [first = '', second = ''] = text.split('\n', 2);
  const isYaml = /^(?:%YAML|---\s*$)/.test(first) || (/^- [\w.-]+: /.test(first) && /^ {2}[\w.-]+:/.test(second));
  if (isYaml) throw new InputError(message(reading, 'file_yaml', { source }));
  return 'csv';
}

/** What an HTML file, or a table that was copied out of one, begins with. */
const htmlTags = new Set(['doctype', 'html', 'head', 'meta', 'body', 'style', 'div', 'table']);

/** The name of the first element or declaration, after comments and processing instructions. */
function firstTag(text: string): string {
  let rest = text;
  for (;;) {
    const before = /^(?:<!--[\s\S]*?-->|<\?[^>]*\?>)\s*/.exec(rest);
    if (!before) return /^<!?([\w:-]+)/.exec(rest)?.[1].toLowerCase() ?? '';
    rest = rest.slice(before[0].length);
  }
}
