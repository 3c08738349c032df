/**
 * JSON to records: a list of objects, JSON lines (objects one after another), or a list of lists. It is cut into rows as the
 * text comes, so that only one of them is parsed at a time. Objects within a row become columns such as "address.city"; a
 * list within a row stays text, as JSON writes it.
 */
import { reading } from '../../../messages/en/tables/reading.ts';
import { endOfText, usualDepth } from '../../../spec/json.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { info, type Notice } from '../../table/notices.ts';
import { type Block, cellsTogether, longestRecord, rowsTogether, type Unread } from './records.ts';

interface Row {
  value: unknown;
  /** Counted from 1. */
  number: number;
}

/** Finds the list in {"count": 2, "results": [{...}, ...]}, where the members before it are plain. */
const wrapper =
  /^\s*\{\s*(?:"(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[\w.+-]+)\s*,\s*)*("(?:[^"\\]|\\.)*")\s*:\s*(?=\[\s*\{)/;

/** @param sample what the text begins with */
export function jsonRecords(portions: AsyncIterable<string>, sample: string, source: string): Unread {
  const isLines = isJsonLines(sample);
  const wrapped = isLines ? null : wrapper.exec(sample);
  const isList = wrapped !== null || (!isLines && /^\s*\[/.test(sample));
  const rows = rowsOf(wrapped ? withoutStart(portions, wrapped[0].length) : portions, {
    isList,
    isPart: !!wrapped,
    source,
  });
  const notices = wrapped ? [info(message(reading, 'json_part', { name: wrapped[1] }))] : [];
  const areLists = isLines ? /^\s*\[/ : /^\s*\[\s*\[/;
  return areLists.test(sample) ? listRecords(rows, source, notices) : objectRecords(rows, isList, source, notices);
}

/** Whether a row ends with the first line, and another begins with the next. */
function isJsonLines(text: string): boolean {
  const [first, next] = text.trimStart().split('\n', 2);
  if (!next || !/^\s*[[{]/.test(next)) return false;
  try {
    JSON.parse(first);
    return true;
  } catch {
    return false;
  }
}

async function* withoutStart(portions: AsyncIterable<string>, length: number): AsyncGenerator<string> {
  let left = length;
  for await (const portion of portions) {
    yield portion.slice(left);
    left = Math.max(0, left - portion.length);
  }
}

interface Shape {
  /** Whether brackets are around all rows. */
  isList: boolean;
  /** Whether something else may follow the list. */
  isPart: boolean;
  source: string;
}

/** Finds where rows begin and end by brackets and quotes alone; what is between is for the parser. */
async function* rowsOf(portions: AsyncIterable<string>, { isList, isPart, source }: Shape): AsyncGenerator<Row> {
  const outside = /["{}[\]]/g;
  const inside = /["\\]/g;
  const base = isList ? 1 : 0;
  let text = '';
  /** How far the text is looked through, and where the row (or what is before it) begins. */
  let at = 0;
  let from = 0;
  let depth = 0;
  let inString = false;
  let number = 0;
  for await (const portion of portions) {
    text = text.slice(from) + portion;
    at -= from;
    from = 0;
    while (at < text.length && depth >= 0) {
      const next = inString ? inside : outside;
      next.lastIndex = at;
      const found = next.exec(text);
      if (!found) {
        at = text.length;
        break;
      }
      const character = found[0];
      at = found.index + 1;
      if (character === '\\') at += 1;
      else if (character === '"') inString = !inString;
      else if (character === '{' || character === '[') {
        if (depth <= base) refuseBetween(text.slice(from, found.index));
        if (depth === base) number += 1;
        if (depth <= base) from = depth === base ? found.index : at;
        depth += 1;
        if (depth > base + usualDepth) {
          throw new InputError(message(reading, 'json_deep', { source, row: Math.max(1, number), most: usualDepth }));
        }
      } else {
        if (depth === base) refuseBetween(text.slice(from, found.index));
        depth -= 1;
        if (depth === base) yield { value: parsed(text.slice(from, at), number), number };
        if (depth <= base) from = at;
        if (depth < base) depth = -1;
      }
    }
    if (depth < 0 && isPart) from = text.length;
    if (text.length - from > longestRecord) {
      throw new InputError(message(reading, 'json_too_long', { source, row: Math.max(1, number) }));
    }
  }
  if (depth > base || inString) {
    throw new InputError(message(reading, 'json_open', { source, row: number }));
  }
  if (isList && depth >= 0) throw new InputError(message(reading, 'json_cut', { source }));
  if (!isPart) refuseBetween(text.slice(from));

  function refuseBetween(between: string): void {
    const odd = between.replace(/[\s,]+/g, (gap) => (gap.includes(',') ? ', ' : ' ')).replace(/^,? |,? $/g, '');
    if (odd === '') return;
    throw new InputError(message(reading, 'json_no_object', { source, row: number + 1, text: odd }));
  }

  function parsed(row: string, place: number): unknown {
    const exact = withLongNumbersAsText(row);
    for (const json of [exact, withoutNaN(exact)]) {
      try {
        return JSON.parse(json);
      } catch {
        // What is no JSON either way is refused below.
      }
    }
    throw new InputError(message(reading, 'json_invalid', { source, row: place }));
  }
}

/** Whole numbers of so many digits that parsing could change the last ones, in quotes: a column tells numbers from codes. */
function withLongNumbersAsText(json: string): string {
  if (!/(?<![.\d])\d{16}/.test(json)) return json;
  return replacedOutsideTexts(json, /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (number) =>
    /^-?\d{16,}$/.test(number) ? `"${number}"` : number,
  );
}

/** Python writes NaN and Infinity, which JSON does not know: the first is no value, the second text of a cell. */
function withoutNaN(json: string): string {
  return replacedOutsideTexts(json, /-?\b(?:NaN|Infinity)\b/g, (part) => (part.endsWith('NaN') ? 'null' : `"${part}"`));
}

/** One pattern for texts and the rest would overflow the stack in a text of megabytes. */
function replacedOutsideTexts(json: string, pattern: RegExp, replace: (part: string) => string): string {
  let result = '';
  let from = 0;
  for (;;) {
    const start = json.indexOf('"', from);
    if (start < 0) return result + json.slice(from).replace(pattern, replace);
    const end = endOfText(json, start);
    result += json.slice(from, start).replace(pattern, replace) + json.slice(start, end);
    from = end;
  }
}

function objectRecords(rows: AsyncGenerator<Row>, isList: boolean, source: string, notices: Notice[]): Unread {
  const names: string[] = [];
  const places = new Map<string, number>();
  const lists = new Set<string>();
  let isNested = false;

  function put(record: string[], value: object, prefix: string): void {
    for (const [key, member] of Object.entries(value)) {
      const name = prefix + key;
      if (isObject(member)) {
        isNested = true;
        put(record, member, `${name}.`);
        continue;
      }
      let place = places.get(name);
      if (place === undefined) {
        place = names.push(name) - 1;
        places.set(name, place);
      }
      if (Array.isArray(member)) lists.add(name);
      while (record.length <= place) record.push('');
      record[place] = formatCell(member);
    }
  }

  async function* blocks(): AsyncGenerator<Block> {
    let records: string[][] = [];
    let done = 0;
    let cells = 0;
    for await (const { value, number } of rows) {
      if (!isObject(value)) throw new InputError(message(reading, 'json_list_row', { source, row: number }));
      const record: string[] = [];
      put(record, value, '');
      records.push(record);
      cells += record.length;
      if (records.length < rowsTogether && cells < cellsTogether) continue;
      yield { records, row: done };
      done += records.length;
      records = [];
      cells = 0;
    }
    if (!isList && done + records.length === 1 && (isNested || lists.size > 0)) {
      throw new InputError(message(reading, 'json_one_object', { source }));
    }
    if (lists.size > 0) notices.push(info(message(reading, 'json_lists', { columns: [...lists] })));
    if (records.length > 0) yield { records, row: done };
  }

  return { kind: 'json', delimiter: ',', blocks: blocks(), names, notices };
}

function listRecords(rows: AsyncGenerator<Row>, source: string, notices: Notice[]): Unread {
  async function* blocks(): AsyncGenerator<Block> {
    let records: string[][] = [];
    let done = 0;
    for await (const { value, number } of rows) {
      if (!Array.isArray(value)) throw new InputError(message(reading, 'json_object_row', { source, row: number }));
      records.push(value.map(formatCell));
      if (records.length < rowsTogether) continue;
      yield { records, row: done };
      records = [];
      done = number;
    }
    if (records.length > 0) yield { records, row: done };
  }
  return { kind: 'json', delimiter: ',', blocks: blocks(), notices };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function formatCell(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
