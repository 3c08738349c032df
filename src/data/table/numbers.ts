/**
 * What counts as a number in a cell, and how a file writes its numbers: decimal point or comma, separators between
 * thousands. Numbers are decimal, finite in float64, and bare (units are read by `quantity.ts`): hexadecimal is text, and so is a
 * whole part that begins with a needless zero (007), which is a code; what is infinite is no value (`isInfinite`). So are whole numbers of more digits than
 * float64 holds, but that is for who reads a column to find (`losesDigits`).
 */

/**
 * How numbers are written: `decimal` is the decimal sign, `thousands` what stands between thousands, and empty where
 * nothing does; a blank stands for no-break spaces too, an apostrophe for the curly one.
 */
export interface NumberFormat {
  decimal: '.' | ',';
  thousands: '' | ',' | '.' | ' ' | "'";
}

/** The number that a cell without blanks around it holds, or NaN. */
export type ReadNumber = (cell: string) => number;

/** The formats that are told apart, the likelier first; a file separated by semicolons rather has decimal commas. */
export const numberFormats: NumberFormat[] = [
  { decimal: '.', thousands: '' },
  { decimal: '.', thousands: ',' },
  { decimal: ',', thousands: '' },
  { decimal: ',', thousands: '.' },
  { decimal: '.', thousands: ' ' },
  { decimal: ',', thousands: ' ' },
  { decimal: '.', thousands: "'" },
  { decimal: ',', thousands: "'" },
];

/** The characters of each separator. */
const marks = { '': '', ',': ',', '.': '.', ' ': ' \u00a0\u202f', "'": "'’" };

/** Powers of ten that float64 holds exactly. */
const powers = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

export function numberReader({ decimal, thousands }: NumberFormat): ReadNumber {
  const mark = `[${decimal}]`;
  const plain = new RegExp(`^[+-]?((0|[1-9]\\d*)(${mark}\\d*)?|${mark}\\d+)(e[+-]?\\d+)?$`, 'i');
  const separator = `[${marks[thousands]}]`;
  const grouped = new RegExp(`^[+-]?[1-9]\\d{0,2}(${separator}\\d{3})+(${mark}\\d*)?(e[+-]?\\d+)?$`, 'i');
  const allSeparators = new RegExp(separator, 'g');
  const point = decimal.charCodeAt(0);
  /** What may stand in a number besides digits and the first decimal mark. */
  const goesOn = new Set(Array.from(`eE${marks[thousands]}`, (mark) => mark.charCodeAt(0)));

  /** Any form: by pattern, then by the engine's own conversion, which rounds correctly. */
  function readSlowly(cell: string): number {
    let digits = cell;
    if (!plain.test(cell)) {
      if (thousands === '' || !grouped.test(cell)) return Number.NaN;
      digits = cell.replace(allSeparators, '');
    }
    const value = Number(decimal === ',' ? digits.replace(',', '.') : digits);
    return Number.isFinite(value) ? value : Number.NaN;
  }

  /**
   * Up to 15 digits and one decimal mark, which is nearly every cell, without a pattern: both the digits and the power of
   * ten are exact then, so their quotient is the correctly rounded number.
   */
  return function readNumber(cell) {
    const length = cell.length;
    if (length > 17) return readSlowly(cell);
    let at = 0;
    let code = cell.charCodeAt(0);
    const negative = code === 45;
    if (negative || code === 43) {
      at = 1;
      code = cell.charCodeAt(1);
    }
    const first = at;
    // Whole numbers of 32 bits are twice as fast to gather as float64, and hold nine digits.
    let digits = 0;
    let mark = length;
    for (; at < length; at += 1) {
      code = cell.charCodeAt(at);
      if (code >= 48 && code <= 57) digits = (Math.imul(digits, 10) + (code - 48)) | 0;
      else if (code === point && mark === length) mark = at;
      else return at > first && goesOn.has(code) ? readSlowly(cell) : Number.NaN;
    }
    const places = mark === length ? 0 : length - mark - 1;
    const count = mark - first + places;
    if (count === 0) return Number.NaN;
    if (count > 15) return readSlowly(cell);
    if (mark - first > 1 && cell.charCodeAt(first) === 48) return Number.NaN;
    const value = (count > 9 ? readDigits(cell, first) : digits) / powers[places];
    return negative ? -value : value;
  };
}

/** All digits of a number of up to 15 of them, its decimal mark left out. */
function readDigits(cell: string, first: number): number {
  let digits = 0;
  for (let at = first; at < cell.length; at += 1) {
    const code = cell.charCodeAt(at);
    if (code >= 48 && code <= 57) digits = digits * 10 + (code - 48);
  }
  return digits;
}

/** Decimal numbers as people and programs write them: 12, -.5, +3., 1e5. Not hexadecimal, not "Infinity". */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * NaN where the text is no decimal number that float64 can hold. Leading zeros are allowed: here it is settled that the
 * text is meant as a number, which `numberReader` has to find out.
 */
export function parseNumber(text: string): number {
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}

const infinity = /^[+-]?(inf(inity)?|∞|1\.?#inf)$/i;

/** Infinity as programs write it (inf, -Infinity, 1.#INF), and numbers beyond float64 (1e999): they are no values. */
export function isInfinite(text: string): boolean {
  if (infinity.test(text)) return true;
  const written = text.replace(',', '.');
  return decimal.test(written) && !Number.isFinite(Number(written));
}

/** A code, which a number would spoil: with a needless zero in front, such as 007 or 00501, or too long. */
export function isCode(cell: string): boolean {
  return /^[+-]?0\d+([.,]\d+)?$/.test(cell) || losesDigits(cell);
}

/** A whole number whose last digits float64 cannot hold, such as 12345678901234567; programs write none of these for a float64. */
export function losesDigits(cell: string): boolean {
  if (!isLong(cell)) return false;
  const value = Number(cell);
  return BigInt(cell) !== BigInt(value) && cell.replace('+', '') !== String(value);
}

/** A whole number of so many digits that `losesDigits` may hold of it. */
export function isLong(cell: string): boolean {
  return /^[+-]?\d{16,300}$/.test(cell);
}

/**
 * Whether a column of so many numbers and other texts is one of numbers: at least 95 % of its cells are, or all but one of
 * up to 20 (and not one of two). A column without any cell is.
 */
export function isNumberColumn(numbers: number, texts: number): boolean {
  const all = numbers + texts;
  return all === 0 || texts * 20 <= all || (all <= 20 && texts === 1 && numbers > 1);
}
