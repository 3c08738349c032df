/** Text from the clipboard: whether it is a table, and what it is called. */
import { text } from './text/text.ts';

/**
 * Two rows or more, the first two of which are cut into as many cells, and more than one, by the same mark; or what begins
 * as a list of rows in JSON, or a table in HTML, does.
 */
export function looksLikeTable(text: string): boolean {
  if (/^\s*(?:\[\s*[[{]|\{\s*"[^"]*"\s*:|<table\b)/i.test(text)) return true;
  const [first, second] = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  if (second === undefined) return false;
  return ['\t', ',', ';', '|'].some((mark) => {
    const cells = first.split(mark).length;
    return cells > 1 && second.split(mark).length === cells;
  });
}

export function pastedName(): string {
  return text.data.pastedText;
}
