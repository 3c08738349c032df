/** Whether a column of texts is one of numbers with one unit, and the numbers that it then holds. */
import { saysNoNumber } from './cells.ts';
import { isInfinite, isNumberColumn, type NumberFormat, numberFormats, parseNumber } from './numbers.ts';
import { fits, isAmbiguous, isBracketed, quantityReader, splitQuantity, type Unit, unitName } from './quantity.ts';
import type { NumberColumn, TextColumn } from './table.ts';

/** The distinct texts of a column, how many rows have each, and how many more hold plain numbers. */
export interface CountedTexts {
  levels: readonly string[];
  counts: ArrayLike<number>;
  numbers: number;
}

export interface NumbersRead {
  /** Of each level; NaN where it counts as missing. */
  values: number[];
  /** What they agree on, how many cells have it, and one that does. */
  unit?: { unit: Unit; rows: number; example: string };
  /** Another unit of some cells, where it was known what they should have. */
  other?: Unit;
  /** How the numbers are written. */
  format?: NumberFormat;
  /** Whether plain numbers of the column count. */
  plain: boolean;
}

const mostExamples = 20;
export const plainFormat: NumberFormat = { decimal: '.', thousands: '' };

/** What is known of a column: that it is one of numbers, and perhaps its unit and how it writes them. */
interface Given {
  unit?: Unit;
  numbers?: NumberFormat;
}

/** So many levels tell whether it is worth trying all of them, and so many how their numbers are written. */
const promisingLevels = 50;
const formatLevels = 1000;

/**
 * Undefined where fewer than 95 % of the cells agree on a number and its unit. Cells without a unit agree with any, except
 * percent and multiples: 0.5 and 50% may be the same, 2 is no 2K, and the first does not count.
 * @param format how the file writes numbers; a column of its own way, such as 1.000,00 € among 2.5, is found out
 * @param given where they are known to be numbers, written as the language does or with units: then what most cells agree
 * on decides
 */
export function readNumbers(texts: CountedTexts, format: NumberFormat, given?: Given): NumbersRead | undefined {
  if (!given && (!isPromising(texts) || areCodes(texts))) return undefined;
  // The file's own decimal mark is known: 1.250 kg is no 1.25 among 1,5.
  const likelier = ({ decimal }: NumberFormat) => Number(decimal === format.decimal);
  const others = [...numberFormats].sort((a, b) => likelier(b) - likelier(a));
  const sample = { ...texts, levels: texts.levels.slice(0, formatLevels) };
  let best = { format, agreement: measureAgreement(sample, format, given) };
  // Another way to write numbers is looked for only where what stands around them has hidden it.
  for (const other of given || isMarked(sample.levels) ? others : []) {
    if (best.agreement.rows === best.agreement.all) break;
    const agreement = measureAgreement(sample, other, given);
    if (agreement.rows > best.agreement.rows) best = { format: other, agreement };
  }
  const { rows, all, read } =
    texts.levels.length > formatLevels ? measureAgreement(texts, best.format, given) : best.agreement;
  const found = given?.unit !== undefined || (rows > 0 && (given || isNumberColumn(rows, all - rows)));
  return found ? { ...read, format: best.format } : undefined;
}

/** Neither keeps a column from being one of numbers. */
function saysNoValue(text: string): boolean {
  return saysNoNumber(text) || isInfinite(text);
}

/** (1), (2), (3): brackets mean negative numbers where others have none, or more than digits in them. */
function areCodes({ levels, numbers }: CountedTexts): boolean {
  return numbers === 0 && levels.every((level) => /^\(\d+\)$/.test(level) || !splitQuantity(level));
}

/** Whether most cells may be numbers, by the first texts: most columns of text are none, and have no time to lose. */
function isPromising({ levels, counts, numbers }: CountedTexts): boolean {
  let cells = 0;
  let hopeful = 0;
  let texts = 0;
  for (let index = 0; index < levels.length; index += 1) {
    texts += counts[index];
    if (index >= promisingLevels) continue;
    cells += counts[index];
    if (splitQuantity(levels[index]) || saysNoValue(levels[index])) hopeful += counts[index];
  }
  return numbers + (cells > 0 ? (hopeful / cells) * texts : 0) > (numbers + texts) / 2;
}

function isMarked(levels: readonly string[]): boolean {
  return levels.some((level) => {
    const parts = splitQuantity(level);
    return parts !== undefined && (parts.unit !== undefined || parts.negative);
  });
}

interface Agreement {
  read: NumbersRead;
  /** Cells that agree, and all that do not say that there is no number. */
  rows: number;
  all: number;
}

function measureAgreement({ levels, counts, numbers }: CountedTexts, format: NumberFormat, given?: Given): Agreement {
  const read = quantityReader(format);
  const quantities = levels.map((level) => {
    const value = given ? parseNumber(level) : Number.NaN;
    return Number.isNaN(value) ? read(level) : { value };
  });
  const units = new Map<string, { name: string; unit: Unit; rows: number; example: string }>();
  let bare = numbers;
  let all = numbers;
  levels.forEach((level, index) => {
    const quantity = quantities[index];
    if (!quantity && saysNoValue(level)) return;
    all += counts[index];
    if (!quantity?.unit) {
      bare += quantity ? counts[index] : 0;
      return;
    }
    const name = unitName(quantity.unit);
    const known = units.get(name) ?? { name, unit: quantity.unit, rows: 0, example: level };
    known.rows += counts[index];
    units.set(name, known);
  });
  const frequent = [...units.values()].sort((a, b) => b.rows - a.rows);
  const unit = given?.unit ?? frequent[0]?.unit;
  const ambiguous = unit !== undefined && isAmbiguous(unit);
  const guessed = !given?.unit;
  if (!unit || (guessed && (isNumberColumn(bare, all - bare) || (ambiguous && bare > frequent[0].rows)))) {
    const values = quantities.map((quantity) => (quantity && !quantity.unit ? quantity.value : Number.NaN));
    return { read: { values, plain: true }, rows: bare, all };
  }
  const values = quantities.map((quantity) => (quantity && fits(quantity, unit) ? quantity.value : Number.NaN));
  const found = units.get(unitName(unit));
  const other = guessed ? undefined : frequent.find((one) => one !== found)?.unit;
  return {
    read: { values, unit: found, other, plain: !ambiguous },
    rows: (found?.rows ?? 0) + (guessed && ambiguous ? 0 : bare),
    all,
  };
}

/**
 * A column of text whose cells are said to be numbers; what is none counts as missing, and is named.
 * @param given what is known of them: then a cell is read by itself, whatever the others are
 */
export function numbersOfText(column: TextColumn, given: Given = {}): NumberColumn {
  const { name, codes, levels } = column;
  const format = given.numbers ?? column.numbers ?? plainFormat;
  const read = readNumbers({ levels, counts: countRows(codes, levels), numbers: 0 }, format, given);
  const values = new Float64Array(codes.length).fill(Number.NaN);
  return withTexts({ name, kind: 'number', values }, codes, levels, read ?? { values: [], plain: true });
}

function countRows(codes: Uint32Array, levels: readonly string[]): Uint32Array {
  const counts = new Uint32Array(levels.length);
  for (const code of codes) if (code > 0) counts[code - 1] += 1;
  return counts;
}

/** Fills in the numbers of the rows that have a text. */
export function withTexts(
  column: NumberColumn,
  codes: Uint32Array,
  levels: readonly string[],
  read: NumbersRead,
): NumberColumn {
  const examples: { row: number; text: string }[] = [];
  const bracketed = levels.map((level, index) => read.values[index] < 0 && isBracketed(level));
  const infinite = levels.map((level, index) => Number.isNaN(read.values[index] ?? Number.NaN) && isInfinite(level));
  let count = 0;
  for (let row = 0; row < codes.length; row += 1) {
    if (codes[row] === 0) continue;
    const value = read.values[codes[row] - 1] ?? Number.NaN;
    column.values[row] = value;
    if (bracketed[codes[row] - 1]) {
      column.inBrackets ??= { count: 0, example: levels[codes[row] - 1] };
      column.inBrackets.count += 1;
    }
    if (!Number.isNaN(value)) continue;
    if (infinite[codes[row] - 1]) {
      column.infinite ??= { count: 0, first: { row, text: levels[codes[row] - 1] } };
      column.infinite.count += 1;
      continue;
    }
    count += 1;
    if (examples.length < mostExamples) examples.push({ row, text: levels[codes[row] - 1] });
  }
  if (count > 0) column.invalid = { count, examples };
  if (read.unit) {
    column.unit = read.unit.unit;
    column.withUnit = { count: read.unit.rows, example: read.unit.example };
    const { decimal, thousands } = read.format ?? plainFormat;
    if (decimal !== '.' || thousands !== '') column.numbers = { decimal, thousands };
  }
  if (read.other) column.otherUnit = read.other;
  return column;
}

/** Of a column of text: all its cells, and how many are numbers, of one unit where they have one. */
export function countNumbers(column: TextColumn): { all: number; numbers: number } {
  const counts = countRows(column.codes, column.levels);
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (!isPromising({ levels: column.levels, counts, numbers: 0 })) return { all, numbers: 0 };
  return { all, numbers: numbersOfText(column).values.filter((value) => !Number.isNaN(value)).length };
}

/** More are no units but words, as in addresses. */
const mostUnits = 5;

/** The units of a column of text, where nearly all of its cells are numbers of two or a few: the most frequent first. */
export function mixedUnits(codes: Uint32Array, levels: readonly string[]): { name: string; rows: number }[] {
  const counts = countRows(codes, levels);
  if (!isPromising({ levels, counts, numbers: 0 })) return [];
  const found = new Map<string, { name: string; rows: number }>();
  let all = 0;
  let read = 0;
  levels.forEach((level, index) => {
    const unit = splitQuantity(level)?.unit;
    all += saysNoValue(level) ? 0 : counts[index];
    if (!unit) return;
    read += counts[index];
    const name = unitName(unit);
    const known = found.get(name) ?? { name, rows: 0 };
    known.rows += counts[index];
    found.set(name, known);
  });
  if (found.size < 2 || found.size > mostUnits || !isNumberColumn(read, all - read)) return [];
  return [...found.values()].sort((a, b) => b.rows - a.rows);
}
