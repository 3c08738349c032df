/**
 * Cells to columns, block by block: numbers go into typed arrays and texts into codes at once, so that no more text is
 * kept than a column has distinct texts. What a column is gets decided from its counts at the end, and so does not depend
 * on where its odd cells stand or on how the file was cut.
 */
import { tidy } from './cells.ts';
import { isCode, isNumberColumn, type ReadNumber } from './numbers.ts';
import type { Column, NumberColumn } from './table.ts';

const mostExamples = 20;

/** Rows of the first page and of a full-grown one: small for a table of thousands of columns, large for millions of rows. */
const firstPage = 64;
const largestPage = 65_536;

interface Draft {
  /** A page holds nothing where it has no number (no text). Numbers are NaN elsewhere, codes 0. */
  numberPages: (Float64Array | undefined)[];
  codePages: (Uint32Array | undefined)[];
  /** The code of each text; 0 for what marks a missing cell. */
  codeOf: Map<string, number>;
  levels: string[];
  numbers: number;
  texts: number;
  /** The first text with a needless zero in front. */
  code: string | undefined;
  examples: { row: number; text: string }[];
}

export interface BuiltColumn {
  column: Column;
  /** A cell such as 007, where it decided that the column is text. */
  code: string | undefined;
}

export interface Builder {
  rows: () => number;
  /** Adds records, each with a cell for every column. */
  add: (records: readonly string[][]) => void;
  /** True where no cell of a column holds anything, not even a marker. */
  isEmpty: (index: number) => boolean;
  /** The columns that have a name, once; their pages are given up on the way. */
  finish: (names: readonly string[]) => BuiltColumn[];
}

export function columnBuilder(width: number, readNumber: ReadNumber, missing: readonly string[]): Builder {
  const drafts = Array.from(
    { length: width },
    (): Draft => ({
      numberPages: [],
      codePages: [],
      codeOf: new Map(missing.map((marker) => [marker, 0])),
      levels: [],
      numbers: 0,
      texts: 0,
      code: undefined,
      examples: [],
    }),
  );
  const marked = new Array<boolean>(width).fill(false);
  const markerReadsAsNumber = missing.some((marker) => !Number.isNaN(readNumber(marker)));
  const isMarker = new Set(missing);
  const sizes: number[] = [];
  let size = 0;
  let used = 0;
  let rows = 0;

  function addPage(): void {
    size = Math.min(largestPage, size === 0 ? firstPage : size * 2);
    used = 0;
    sizes.push(size);
    for (const draft of drafts) {
      draft.numberPages.push(undefined);
      draft.codePages.push(undefined);
    }
  }

  function fill(index: number, records: readonly string[][], from: number, count: number): void {
    const draft = drafts[index];
    const page = sizes.length - 1;
    let numbers = draft.numberPages[page];
    let found = 0;
    for (let offset = 0; offset < count; offset += 1) {
      const cell = records[from + offset][index];
      if (cell.length === 0) continue;
      let value = readNumber(cell);
      if (Number.isNaN(value) || markerReadsAsNumber) {
        const text = tidy(cell);
        if (text === '') continue;
        marked[index] = true;
        if (text !== cell) value = readNumber(text);
        if (markerReadsAsNumber && isMarker.has(text)) continue;
        if (Number.isNaN(value)) {
          addText(draft, page, used + offset, rows + offset, text);
          continue;
        }
      }
      numbers ??= new Float64Array(size).fill(Number.NaN);
      numbers[used + offset] = value;
      found += 1;
    }
    draft.numberPages[page] = numbers;
    draft.numbers += found;
  }

  function addText(draft: Draft, page: number, place: number, row: number, text: string): void {
    let code = draft.codeOf.get(text);
    if (code === 0) return;
    const kept = code === undefined ? copied(text) : draft.levels[code - 1];
    if (code === undefined) {
      code = draft.levels.push(kept);
      draft.codeOf.set(kept, code);
      if (draft.code === undefined && isCode(kept)) draft.code = kept;
    }
    if (draft.examples.length < mostExamples) draft.examples.push({ row, text: kept });
    let codes = draft.codePages[page];
    if (!codes) {
      codes = new Uint32Array(size);
      draft.codePages[page] = codes;
    }
    codes[place] = code;
    draft.texts += 1;
  }

  return {
    rows: () => rows,
    add(records) {
      for (let from = 0; from < records.length; ) {
        if (used === size) addPage();
        const count = Math.min(size - used, records.length - from);
        for (let index = 0; index < width; index += 1) fill(index, records, from, count);
        used += count;
        rows += count;
        from += count;
      }
    },
    isEmpty: (index) => drafts[index].numbers === 0 && !marked[index],
    finish(names) {
      return drafts.slice(0, names.length).map((draft, index) => {
        const numeric = isNumberColumn(draft.numbers, draft.texts);
        const column =
          numeric && draft.code === undefined
            ? numberColumn(names[index], draft, sizes, rows)
            : textColumn(names[index], draft, sizes, rows);
        draft.numberPages = [];
        draft.codePages = [];
        draft.codeOf.clear();
        return { column, code: numeric ? draft.code : undefined };
      });
    },
  };
}

function numberColumn(name: string, draft: Draft, sizes: number[], rows: number): NumberColumn {
  const values = new Float64Array(rows).fill(Number.NaN);
  let start = 0;
  sizes.forEach((size, page) => {
    const numbers = draft.numberPages[page];
    if (numbers) values.set(numbers.subarray(0, rows - start), start);
    draft.numberPages[page] = undefined;
    start += size;
  });
  if (draft.texts === 0) return { name, kind: 'number', values };
  return { name, kind: 'number', values, odd: { count: draft.texts, examples: draft.examples } };
}

/** Numbers among texts become text as the language writes them: 1.50 is "1.5". Levels stand in order of appearance. */
function textColumn(name: string, draft: Draft, sizes: number[], rows: number): Column {
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
  let start = 0;
  sizes.forEach((size, page) => {
    const texts = draft.codePages[page];
    const numbers = draft.numberPages[page];
    const count = Math.min(size, rows - start);
    if (texts && !mixed) codes.set(texts.subarray(0, count), start);
    for (let offset = 0; mixed && offset < count; offset += 1) {
      if (texts && texts[offset] > 0) codes[start + offset] = place(draft.levels[texts[offset] - 1]);
      else if (numbers && !Number.isNaN(numbers[offset])) codes[start + offset] = place(String(numbers[offset]));
    }
    start += size;
  });
  return { name, kind: 'text', codes, levels };
}

/**
 * The same text in memory of its own. Engines make a cut-out of a longer text a view of it, and a thousand levels would
 * keep the whole file alive.
 */
function copied(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}
