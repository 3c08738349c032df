/** Numbers as the page and the reports write them: 3 significant digits, thin spaces in thousands, a real minus sign. */
import { count, grouped } from './thousands.ts';

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 3 significant digits; powers of ten outside [1e-4, 1e6). */
export function figure(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return scientific(value, digits);
  const rounded = Number(size.toPrecision(digits));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(rounded)));
  return sign(value) + grouped(rounded.toFixed(decimals));
}

/**
 * A number that was read from a file: whole numbers whole, others with so many digits at most, and without zeros at the end. Four
 * digits stay together, since they may be years.
 */
export function plainFigure(value: number, digits: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return sign(value) + grouped(size.toFixed(0), 5);
  if (!(size < 1e6 && size >= 1e-4)) return figure(value, digits);
  return sign(value) + grouped(String(Number(size.toPrecision(digits))), 5);
}

/** A cell of a table: words, a number, or nothing. */
export type Cell = string | number | null | undefined;

/** Whether a column holds numbers, which are aligned. */
export function isNumeric(cells: readonly Cell[]): boolean {
  return cells.some((cell) => typeof cell === 'number') && !cells.some((cell) => typeof cell === 'string');
}

/**
 * The cells of a column as they are written: whole numbers whole where all are, points below each other.
 * @param plain for what was read from a file
 */
export function columnText(cells: readonly Cell[], digits = 3, plain = false): string[] {
  const whole = cells.every((cell) => typeof cell !== 'number' || Number.isInteger(cell));
  const texts = cells.map((cell) => {
    if (typeof cell === 'string') return cell;
    if (plain && typeof cell === 'number') return plainFigure(cell, digits);
    return whole && cell ? count(cell) : figure(cell, digits);
  });
  return isNumeric(cells) ? aligned(texts) : texts;
}

const figureSpace = '\u2007';
const punctuationSpace = '\u2008';

/** Numbers of one column as they are written, with points below each other: filled up with spaces as wide as digits and points. */
export function aligned(texts: string[]): string[] {
  const fractions = texts.map((text) => (/[^\d.\u202f−]/.test(text) ? 0 : (text.split('.')[1]?.length ?? 0)));
  const longest = Math.max(0, ...fractions);
  if (longest === 0) return texts;
  return texts.map((text, index) => {
    const missing = longest - fractions[index];
    return text + (fractions[index] === 0 ? punctuationSpace : '') + figureSpace.repeat(missing);
  });
}

/** "12.3 s", "2 min 05 s", "1 h 02 min" */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.floor(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}

/** One that is estimated: "3.4 s", "42 s", "1 min 30 s", "12 min", "1 h 20 min" */
export function roughDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  if (seconds < 595) {
    const tens = Math.round(seconds / 10);
    return `${Math.floor(tens / 6)} min${tens % 6 === 0 ? '' : ` ${tens % 6}0 s`}`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** The value with so many digits, as a power of ten: 3.35×10¹⁵. */
export function scientific(value: number, digits: number): string {
  const [mantissa, exponent] = Math.abs(value)
    .toExponential(digits - 1)
    .split('e');
  return `${sign(value)}${mantissa}×${raised(Number(exponent))}`;
}

/** 10 to a whole power: 10⁻⁵, and 1 and 10 as they are. */
export function powerOfTen(power: number): string {
  return power === 0 ? '1' : power === 1 ? '10' : raised(power);
}

function raised(power: number): string {
  const digits = [...String(Math.abs(power))].map((digit) => superscripts[Number(digit)]).join('');
  return `10${power < 0 ? '⁻' : ''}${digits}`;
}

function sign(value: number): string {
  return value < 0 ? '−' : '';
}
