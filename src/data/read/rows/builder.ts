/**
 * Cells to columns, block by block: numbers go into typed arrays and texts into codes at once, so that no more text is
 * kept than a column has distinct texts. What a column is gets decided from its counts at the end, and so does not depend
 * on where its odd cells stand or on how the file was cut.
 */
import { reading } from '../../../messages/en/tables/reading.ts';
import { withoutApostrophe } from '../../../util/csv.ts';
import { InputError } from '../../../util/errors.ts';
import { machineMemory } from '../../../util/machine-memory.ts';
import { message } from '../../../util/message.ts';
import { trimCell } from '../../table/cells.ts';
import { isCode, isLong, type NumberFormat, numberReader } from '../../table/numbers.ts';
import type { Column, NumberColumn, TableKind, TextColumn } from '../../table/table.ts';
import { type NumbersRead, numbersOfText, readNumbers, withTexts } from '../../table/units.ts';

/** Rows of the first page and of a full-grown one: small for a table of thousands of columns, large for millions of rows. */
const firstPage = 64;
const largestPage = 65_536;
/** Bytes that need no look at what the machine has left. */
const alwaysThere = 2 ** 28;

interface Draft {
  /** A page holds nothing where it has no number (no text). Numbers are NaN elsewhere, codes 0. */
  numberPages: (Float64Array | undefined)[];
  codePages: (Uint32Array | undefined)[];
  /** The code of each text; 0 for what marks a missing cell. */
  codeOf: Map<string, number>;
  levels: string[];
  numbers: number;
  texts: number;
  /** The first text that `isCode`. */
  code: string | undefined;
  /** Cells with each of the texts that mark them as missing. */
  markers: Map<string, number>;
}

export interface BuiltColumn {
  column: Column;
  /** A cell such as 007 or 12345678901234567, where it decided that the column is text. */
  code: string | undefined;
}

export interface Builder {
  rows: () => number;
  /** Makes room for more columns, in which the rows so far have nothing. */
  widen: (width: number) => void;
  /** Adds records; cells that are lacking at the end of one are empty. @throws InputError where memory has no room for them */
  add: (records: readonly string[][]) => void;
  /** True where no cell of a column holds anything, not even a marker. */
  isEmpty: (index: number) => boolean;
  /** The columns that have a name, once; their pages are given up on the way. */
  finish: (names: readonly string[]) => BuiltColumn[];
}

/**
 * @param source for messages
 * @param kinds what columns are, by their places, where that is settled, or else 'guessed': the others are left out then
 */
export function columnBuilder(
  width: number,
  format: NumberFormat & { kind: TableKind },
  missing: readonly string[],
  source: string,
  kinds?: ReadonlyMap<number, Column['kind'] | 'guessed'>,
): Builder {
  const readNumber = numberReader(format);
  const drafts: Draft[] = [];
  const marked: boolean[] = [];
  const markerReadsAsNumber = missing.some((marker) => !Number.isNaN(readNumber(marker)));
  const isMarker = new Set(missing);
  const sizes: number[] = [];
  let size = 0;
  let used = 0;
  let rows = 0;
  /** Of all pages. */
  let bytes = 0;
  let limit: number | undefined;

  function widen(to: number): void {
    while (drafts.length < to) {
      marked.push(false);
      drafts.push({
        numberPages: sizes.map(() => undefined),
        codePages: sizes.map(() => undefined),
        codeOf: new Map(missing.map((marker) => [marker, 0])),
        levels: [],
        numbers: 0,
        texts: 0,
        code: undefined,
        markers: new Map(),
      });
    }
  }

  widen(width);

  function addPage(): void {
    size = Math.min(largestPage, size === 0 ? firstPage : size * 2);
    used = 0;
    sizes.push(size);
    for (const draft of drafts) {
      draft.numberPages.push(undefined);
      draft.codePages.push(undefined);
    }
  }

  /** Before a page is taken: one row of many columns may take a page for each. */
  function requireRoom(more: number): number {
    bytes += more;
    if (bytes > alwaysThere) limit ??= machineMemory();
    if (limit === undefined || bytes <= limit) return more;
    const about = { source, total: rows, width: drafts.length, bytes, limit };
    throw new InputError(message(reading, 'table_too_large', about));
  }

  function fill(index: number, records: readonly string[][], from: number, count: number): void {
    const draft = drafts[index];
    const page = sizes.length - 1;
    let numbers = draft.numberPages[page];
    let found = 0;
    for (let offset = 0; offset < count; offset += 1) {
      const cell = records[from + offset][index];
      if (!cell) continue;
      let value = readNumber(cell);
      if (Number.isNaN(value) || markerReadsAsNumber) {
        const text = trimCell(cell);
        if (text === '') continue;
        marked[index] = true;
        if (text !== cell) value = readNumber(text);
        if (markerReadsAsNumber && isMarker.has(text)) {
          countMarker(draft, text);
          continue;
        }
        if (Number.isNaN(value)) {
          addText(draft, page, used + offset, text);
          continue;
        }
      }
      // Kept as it is written until it is known whether the column is one of codes.
      if (Math.abs(value) > Number.MAX_SAFE_INTEGER && isLong(trimCell(cell))) {
        addText(draft, page, used + offset, trimCell(cell));
        continue;
      }
      numbers ??= new Float64Array(requireRoom(8 * size) / 8).fill(Number.NaN);
      numbers[used + offset] = value;
      found += 1;
    }
    draft.numberPages[page] = numbers;
    draft.numbers += found;
  }

  function addText(draft: Draft, page: number, place: number, cell: string): void {
    const text = format.kind === 'csv' ? withoutApostrophe(cell) : cell;
    let code = draft.codeOf.get(text);
    if (code === 0) {
      countMarker(draft, text);
      return;
    }
    const kept = code === undefined ? copied(text) : draft.levels[code - 1];
    if (code === undefined) {
      code = draft.levels.push(kept);
      draft.codeOf.set(kept, code);
      if (draft.code === undefined && isCode(kept)) draft.code = kept;
    }
    let codes = draft.codePages[page];
    if (!codes) {
      codes = new Uint32Array(requireRoom(4 * size) / 4);
      draft.codePages[page] = codes;
    }
    codes[place] = code;
    draft.texts += 1;
  }

  function buildColumn(name: string, draft: Draft, read: NumbersRead | undefined): Column {
    if (read?.plain && draft.code === undefined) return numberColumn(name, draft, read, sizes, rows);
    const text = textColumn(name, draft, format, sizes, rows);
    // Numbers without the unit do not count, and are cells like the others that do not.
    return read && draft.code === undefined ? numbersOfText(text) : text;
  }

  /** Whoever settled what columns are reads numbers among texts, as it may know their unit. */
  function columnOfKind(kind: Column['kind'], name: string, draft: Draft): Column {
    return kind === 'number' && draft.texts === 0
      ? numberColumn(name, draft, plainNumbers, sizes, rows)
      : textColumn(name, draft, format, sizes, rows);
  }

  return {
    rows: () => rows,
    widen,
    add(records) {
      for (let from = 0; from < records.length; ) {
        if (used === size) addPage();
        const count = Math.min(size - used, records.length - from);
        let widest = 0;
        for (let offset = 0; offset < count; offset += 1) widest = Math.max(widest, records[from + offset].length);
        for (let index = 0; index < Math.min(widest, drafts.length); index += 1) {
          if (!kinds || kinds.has(index)) fill(index, records, from, count);
        }
        used += count;
        rows += count;
        from += count;
      }
    },
    isEmpty: (index) => drafts[index].numbers === 0 && !marked[index],
    finish(names) {
      return drafts.slice(0, names.length).flatMap((draft, index) => {
        const kind = kinds?.get(index);
        if (kinds && !kind) return [];
        if (kind && kind !== 'guessed') return [{ column: columnOfKind(kind, names[index], draft), code: undefined }];
        const counts = draft.texts > 0 ? levelCounts(draft, sizes, rows) : [];
        const read = draft.texts > 0 ? readNumbers({ ...draft, counts }, format) : plainNumbers;
        const column = buildColumn(names[index], draft, read);
        // Among texts "-" is usual, and "#REF!" is not.
        const markers = [...draft.markers].filter(([text]) => column.kind === 'number' || text.startsWith('#'));
        if (markers.length > 0) column.markers = markers.map(([text, count]) => ({ text, count }));
        draft.numberPages = [];
        draft.codePages = [];
        draft.codeOf.clear();
        return [{ column, code: read ? draft.code : undefined }];
      });
    },
  };
}

const plainNumbers: NumbersRead = { values: [], plain: true };

function countMarker(draft: Draft, text: string): void {
  draft.markers.set(text, (draft.markers.get(text) ?? 0) + 1);
}

/** Rows of each level. */
function levelCounts({ codePages, levels }: Draft, sizes: number[], rows: number): Uint32Array {
  const counts = new Uint32Array(levels.length);
  eachPage(sizes, rows, (page, _, count) => {
    const codes = codePages[page];
    for (let offset = 0; codes && offset < count; offset += 1) if (codes[offset] > 0) counts[codes[offset] - 1] += 1;
  });
  return counts;
}

function eachPage(
  sizes: readonly number[],
  rows: number,
  work: (page: number, start: number, count: number) => void,
): void {
  let start = 0;
  sizes.forEach((size, page) => {
    work(page, start, Math.min(size, rows - start));
    start += size;
  });
}

function numberColumn(name: string, draft: Draft, read: NumbersRead, sizes: number[], rows: number): NumberColumn {
  const values = new Float64Array(rows);
  const codes = draft.texts > 0 ? new Uint32Array(rows) : undefined;
  eachPage(sizes, rows, (page, start, count) => {
    const numbers = draft.numberPages[page];
    if (numbers) values.set(numbers.subarray(0, count), start);
    else values.fill(Number.NaN, start, start + count);
    draft.numberPages[page] = undefined;
    const texts = draft.codePages[page];
    if (texts) codes?.set(texts.subarray(0, count), start);
  });
  return codes
    ? withTexts({ name, kind: 'number', values }, codes, draft.levels, read)
    : { name, kind: 'number', values };
}

/** Numbers among texts become text as the language writes them: 1.50 is "1.5". Levels stand in order of appearance. */
function textColumn(name: string, draft: Draft, format: NumberFormat, sizes: number[], rows: number): TextColumn {
  const codes = new Uint32Array(rows);
  const mixed = draft.numbers > 0;
  const levels: string[] = mixed ? [] : draft.levels;
  const codeOf = new Map<string, number>();
  const place = (text: string) => {
    const known = codeOf.get(text);
    if (known !== undefined) return known;
    codeOf.set(text, levels.push(text));
    return levels.length;
  };
  eachPage(sizes, rows, (page, start, count) => {
    const texts = draft.codePages[page];
    const numbers = draft.numberPages[page];
    if (texts && !mixed) codes.set(texts.subarray(0, count), start);
    for (let offset = 0; mixed && offset < count; offset += 1) {
      if (texts && texts[offset] > 0) codes[start + offset] = place(draft.levels[texts[offset] - 1]);
      else if (numbers && !Number.isNaN(numbers[offset])) codes[start + offset] = place(String(numbers[offset]));
    }
  });
  const plain = format.decimal === '.' && format.thousands === '';
  return { name, kind: 'text', codes, levels, ...(plain ? {} : { numbers: format }) };
}

/**
 * The same text in memory of its own. Engines make a cut-out of a longer text a view of it, and a thousand levels would
 * keep the whole file alive.
 */
function copied(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}
