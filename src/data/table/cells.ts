/** What the text of a cell is before anything is made of it: trimmed, missing or blank. */

/** What says "no value here" unless the `missing` option of `readCsv` gives other markers; an empty cell always does. */
export const missingMarkers = [
  'NA',
  'N/A',
  'n/a',
  '#N/A',
  '#DIV/0!',
  '#REF!',
  '#VALUE!',
  '#NAME?',
  '#NUM!',
  '#NULL!',
  'NaN',
  'nan',
  'null',
  'NULL',
  'None',
  '?',
  '-',
  '.',
] as const;

/**
 * What says "no value here" among numbers, in any case: it does not keep a column from being one of numbers. In a column of
 * text it may be a level like any other.
 */
const noNumber = new Set([
  ...['tbd', 'tba', 'tbc', 'na', 'n/a', 'n.a.', 'nil', 'none', 'unknown', 'missing', '--', '---', '–', '—'],
  ...['nan', '-nan'],
  ...['없음', '미상', '미정', '해당없음', '해당 없음', '모름', '무응답', '결측'],
]);

export function saysNoNumber(text: string): boolean {
  return noNumber.has(text.toLowerCase());
}

/** Without blanks around it; quotes after a blank, as in `x, "y"`, are no part of the cell either. */
export function trimCell(cell: string): string {
  const trimmed = cell.trim();
  if (trimmed.length === cell.length || trimmed.charCodeAt(0) !== 34 || cell.charCodeAt(0) === 34) return trimmed;
  return /^"(.*)"$/s.exec(trimmed)?.[1].trim() ?? trimmed;
}

/** True where no cell holds anything. */
export function isBlank(record: readonly string[]): boolean {
  for (const cell of record) {
    // Most rows are settled by one character of their first cell.
    const code = cell.charCodeAt(0);
    if ((code > 32 && code < 127) || cell.trim() !== '') return false;
  }
  return true;
}
