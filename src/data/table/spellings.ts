/**
 * One class, written in several ways: Yes, yes and YES; full-width letters; two blanks for one; accents and Hangul in parts,
 * as some file systems leave them. The most frequent spelling stands for all.
 *
 * Case is given up where it can hardly mean anything: in words of three letters and more, in yes and no and the like, and
 * where one spelling has 90 % of the rows. "Co" and "CO" stay two classes.
 */
import { groupBy } from '../../util/arrays.ts';
import type { TextColumn } from './table.ts';
import { saysTruth } from './types.ts';

/** Columns of more texts hold no classes. */
const mostLevels = 1000;
const leastLetters = 3;
const dominant = 0.9;

export interface Spelling {
  text: string;
  rows: number;
}

/** The spellings of one class, the most frequent first; `apart` where they stay classes of their own. */
export interface SpellingGroup {
  spellings: Spelling[];
  apart: boolean;
}

/** Blanks and the width and parts of characters do not matter. */
function plainForm(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200d\ufeff]+/g, ' ')
    .trim();
}

/** The column with one level for each class, and what was found. Undefined where no class is written in two ways. */
export function mergeSpellings(column: TextColumn): { column: TextColumn; groups: SpellingGroup[] } | undefined {
  const { codes, levels } = column;
  if (levels.length > mostLevels || levels.length < 2) return undefined;
  const alike = groupBy(levels, (level) => plainForm(level).toLowerCase());
  if (alike.length === levels.length) return undefined;
  const rows = new Uint32Array(levels.length);
  for (const code of codes) if (code > 0) rows[code - 1] += 1;
  const spellingOf = (text: string): Spelling => ({ text, rows: rows[levels.indexOf(text)] });
  const standsFor = new Map<string, string>();
  const groups: SpellingGroup[] = [];
  for (const texts of alike) {
    if (texts.length < 2) continue;
    const spellings = texts.map(spellingOf).sort((a, b) => b.rows - a.rows);
    const forms = groupBy(spellings, ({ text }) => plainForm(text));
    const apart = forms.length > 1 && !isOneWord(spellings, forms);
    for (const form of apart ? forms : [spellings]) {
      for (const { text } of form) standsFor.set(text, form[0].text);
      if (form.length > 1) groups.push({ spellings: form, apart: false });
    }
    if (apart) groups.push({ spellings: forms.map(([first]) => first), apart });
  }
  const kept = levels.filter((level) => (standsFor.get(level) ?? level) === level);
  const place = new Map(kept.map((level, index) => [level, index + 1]));
  const codeOf = [0, ...levels.map((level) => place.get(standsFor.get(level) ?? level) ?? 0)];
  return { column: { ...column, codes: codes.map((code) => codeOf[code]), levels: kept }, groups };
}

function isOneWord(spellings: Spelling[], forms: Spelling[][]): boolean {
  const { text } = spellings[0];
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters >= leastLetters || saysTruth(text)) return true;
  const sum = (some: Spelling[]) => some.reduce((rows, one) => rows + one.rows, 0);
  return sum(forms[0]) >= dominant * sum(spellings);
}

/** The place of a text among levels, however it is written, if that is certain; else -1. */
export function levelFinder(levels: readonly string[]): (text: string) => number {
  const exact = new Map(levels.map((level, index) => [level, index]));
  const keys = [plainForm, (text: string) => plainForm(text).toLowerCase()];
  const others = keys.map((key) => {
    const places = new Map<string, number>();
    // Of two levels with the same key neither is meant.
    for (const [index, level] of levels.entries()) places.set(key(level), places.has(key(level)) ? -1 : index);
    return (text: string) => places.get(key(text)) ?? -1;
  });
  return (text) => {
    const place = exact.get(text);
    if (place !== undefined) return place;
    const plain = others[0](text);
    return plain >= 0 ? plain : others[1](text);
  };
}
