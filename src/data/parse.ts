/**
 * Text to records by the rules of RFC 4180: a cell that begins with a quote goes on to the next single quote, whatever is
 * in between, and two quotes are one. Beyond them: blanks between a closing quote and what ends the cell do not matter.
 * The rules are few enough for a file of their own; papaparse, which `csv-properties.test.ts` holds this against, would
 * bring 7 kB of what is not needed here.
 */

export interface Parsed {
  records: string[][];
  /** Characters up to the end of the last of them, its line end included. */
  end: number;
  /** For each quote that is never closed, or followed by more of its cell, the index of its record, finished or not. */
  misquoted: number[];
}

/**
 * Up to `most` records of a text whose line ends are all \n. What comes after the last line end is a record, maybe an empty
 * one, where the text is `whole`; else it is left out.
 */
export function parseRecords(text: string, delimiter: string, whole: boolean, most = Number.POSITIVE_INFINITY): Parsed {
  if (text === '') return { records: [], end: 0, misquoted: [] };
  return (text.includes('"') ? quotedRecords : plainRecords)(text, delimiter, whole, most);
}

function plainRecords(text: string, delimiter: string, whole: boolean, most: number): Parsed {
  const lines = text.split('\n');
  if (!whole) lines.pop();
  const taken = lines.slice(0, most);
  const characters = taken.reduce((sum, line) => sum + line.length + 1, 0);
  // The last line of a whole text has no line end.
  const end = Math.min(characters, text.length);
  return { records: taken.map((line) => line.split(delimiter)), end, misquoted: [] };
}

function quotedRecords(text: string, delimiter: string, whole: boolean, most: number): Parsed {
  const records: string[][] = [];
  const misquoted: number[] = [];
  const lineEnd = nextOf(text, '\n');
  const cellEnd = nextOf(text, delimiter);
  let cells: string[] = [];
  let end = 0;
  let at = 0;
  while (records.length < most) {
    let stop: number;
    if (text[at] === '"') {
      const closed = closing(text, delimiter, at, () => misquoted.push(records.length));
      if (!closed && whole) misquoted.push(records.length);
      cells.push(closed ? text.slice(at + 1, closed.quote).replaceAll('""', '"') : text.slice(at + 1));
      stop = closed?.stop ?? text.length;
    } else {
      stop = Math.min(cellEnd(at), lineEnd(at));
      cells.push(text.slice(at, stop));
    }
    if (stop < text.length && text[stop] !== '\n') {
      at = stop + delimiter.length;
      continue;
    }
    if (stop === text.length && !whole) break;
    records.push(cells);
    cells = [];
    at = end = Math.min(stop + 1, text.length);
    if (stop === text.length) break;
  }
  return { records, end, misquoted };
}

/**
 * The quote that closes the cell whose opening one is at `open`, and where what ends the cell begins; nothing where there
 * is none. `misquoted` is called for each quote on the way that cannot be it, not being doubled either.
 */
function closing(text: string, delimiter: string, open: number, misquoted: () => void) {
  const ends = (at: number) => text[at] === '\n' || text.startsWith(delimiter, at);
  for (let quote = text.indexOf('"', open + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let stop = quote + 1;
    if (stop === text.length) return { quote, stop };
    if (text[stop] === '"') {
      quote = stop;
      continue;
    }
    while (!ends(stop) && /\s/.test(text.charAt(stop))) stop += 1;
    if (ends(stop)) return { quote, stop };
    misquoted();
  }
  return undefined;
}

/** Finds the next `part` from a place that only moves on, the text's end where there is none; each is searched for once. */
function nextOf(text: string, part: string): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) {
      found = text.indexOf(part, from);
      if (found < 0) found = text.length;
    }
    return found;
  };
}
