/**
 * Writing CSV. A spreadsheet calculates a text that begins as a formula, quoted or not: the name of a class could run a
 * command. Such a text gets an apostrophe in front (OWASP, "CSV injection"), which our own reader takes off again. Numbers are
 * left alone: -1.5 is no formula that does any harm.
 */

const asFormula = /^[=+\-@\t\r\n＝＋－＠]/;
const asNumber = /^[+-]?[.,]?\d[\d.,'’ \u00a0\u202f]*(e[+-]?\d+)?\s*%?$/i;

/** Whether it begins as a formula once the apostrophes in front are off: one of ours cannot be told from one of its own. */
function isCalculated(text: string): boolean {
  const bare = text.startsWith("'") ? text.replace(/^'+/, '') : text;
  return asFormula.test(bare) && !asNumber.test(bare);
}

/** A text as cells of files have it: `withoutApostrophe` gives the text back. */
export function withApostrophe(text: string): string {
  return isCalculated(text) ? `'${text}` : text;
}

export function withoutApostrophe(cell: string): string {
  return cell.startsWith("'") && isCalculated(cell) ? cell.slice(1) : cell;
}

/** A cell as CSV has it. */
export function quoted(cell: string, delimiter: string): string {
  const plain = !cell.includes(delimiter) && !/["\r\n]|^\s|\s$/.test(cell);
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`;
}

/** A text of ours as CSV has it. */
export function quotedText(text: string, delimiter = ','): string {
  return quoted(withApostrophe(text), delimiter);
}

/** A line of CSV, without its end; what is null or undefined is empty. */
export function csvLine(cells: readonly unknown[]): string {
  return cells
    .map((cell) =>
      typeof cell === 'string' ? quotedText(cell) : cell === null || cell === undefined ? '' : String(cell),
    )
    .join(',');
}
