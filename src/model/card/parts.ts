/** What a model card is made of, whoever writes it: Markdown or a report. Texts are plain, names of columns among them. */

/** A text, with what is code in it. */
export type Words = string | readonly (string | { code: string })[];

export interface CardTable {
  kind: 'table';
  /** What it shows, for writers that number their tables. */
  caption: string;
  columns: readonly string[];
  /** Columns from here on are numbers. */
  numbersFrom?: number;
  rows: readonly (readonly Words[])[];
}

export type CardPart =
  | { kind: 'words'; words: Words }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'code'; text: string; language: string }
  | CardTable;

/** Names and facts in two columns; facts that are not known are left out. */
export function facts(caption: string, rows: readonly (readonly [name: string, fact: Words | undefined])[]): CardTable {
  const known = rows.flatMap(([name, fact]) => (fact === undefined ? [] : [[name, fact]]));
  return { kind: 'table', caption, columns: ['fact', 'value'], rows: known };
}

export const words = (text: Words): CardPart => ({ kind: 'words', words: text });
