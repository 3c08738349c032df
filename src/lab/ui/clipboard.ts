/** Text from the clipboard, which may be a table, and text for it. */
import { text } from '../i18n/text.ts';

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

/**
 * Puts a text on the clipboard. Pages that are not served safely (plain http) have none: the text is selected there.
 * @param shown holds the text; false where it is only selected
 */
export async function copy(text: string, shown: Node | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (shown) getSelection()?.selectAllChildren(shown);
    return false;
  }
}
