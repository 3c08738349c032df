/** Puts a text on the clipboard. Pages that are not served safely (plain http) have none: the text is selected there. */

/** @param shown holds the text, to be selected where there is no clipboard; false there */
export async function copy(text: string, shown: Node | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (shown) getSelection()?.selectAllChildren(shown);
    return false;
  }
}
