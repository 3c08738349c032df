/**
 * Large numbers as people read them, on the page, in reports and sentences and in a terminal, in every language: thin spaces
 * between thousands. What programs read has plain digits. A file of its own, as all messages load it.
 */

const thinSpace = '\u202f';

/** Thin spaces between thousands; `least` digits and more are spaced. */
export function grouped(digits: string, least = 4): string {
  const [whole, fraction] = digits.split('.');
  const spaced = whole.length >= least ? whole.replace(/\B(?=(\d{3})+$)/g, thinSpace) : whole;
  return fraction ? `${spaced}.${fraction}` : spaced;
}

/** A whole number, with a real minus sign. */
export function count(value: number): string {
  return grouped(String(Math.round(value)).replace('-', '−'));
}

/** "1 row", "2 rows" */
export function counted(value: number, word: string): string {
  return `${count(value)} ${word}${value === 1 ? '' : 's'}`;
}

/** So many significant digits, zeros in the place of the others, and none at the end: 1 230, 19.2, 10. */
export function rounded(value: number, digits: number): string {
  return grouped(String(Number(value.toPrecision(digits))));
}
