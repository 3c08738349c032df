/**
 * Numbers with a unit in one cell: $1,234.50, 12%, 35,062원, (1,200), 37.5 kg. A unit is a currency in front or a few letters
 * or signs behind; percent stays percent (12% is 12). Codes, dates, times, ranges, telephone numbers and versions hold
 * digits in other places, and are no numbers.
 */
import { type NumberFormat, numberReader } from './numbers.ts';

/**
 * How the unit stands around a number, blanks included: the text `before` it and the one `after` it, of which one is
 * empty unless both are written ($1.5M).
 */
export interface Unit {
  before: string;
  after: string;
}

export interface Quantity {
  value: number;
  /** Absent for a bare number. */
  unit?: Unit;
}

/** The quantity that a cell without blanks around it holds. */
export type ReadQuantity = (cell: string) => Quantity | undefined;

const currencies =
  'USD|EUR|KRW|JPY|CNY|RMB|GBP|CHF|AUD|CAD|NZD|HKD|SGD|TWD|INR|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|RUB|TRY|THB|IDR|VND|PHP|MYR|ILS|AED|SAR';
const sign = '[+\\-\u2212\u2013]';
const digits = "(?:\\d(?:[\\d.,'’ \\u00a0\\u202f]*\\d)?|[.,]\\d+)";
/** A currency sign (with letters: US$), or the code of a currency. */
const before = `[A-Z]{0,3}\\p{Sc}|${currencies}|Rs\\.?`;
const after = '[\\p{L}\\p{Sc}\\p{So}%‰°′″"\'][\\p{L}\\p{M}\\p{Sc}\\p{So}%‰°′″"\'/·.*^²³⁻¹ ()-]*';
/** Exponents in plain digits. */
const power = '(?<=(?:m|ft|in|s|sec))[23]';

const written = new RegExp(
  `^(?<first>${sign})?\\s*(?<before>(?:${before})\\s*)?(?<second>${sign})?(?<digits>${digits})(?<after>\\s*${after}(?:${power})?)?$`,
  'u',
);
/** Negative as accountants write it. */
const inBrackets = /^([^\d()]*)\(([^()]*\d[^()]*)\)([^\d()]*)$/;

/** Longer than this, or of more words, a unit would be a sentence. */
const longestUnit = 20;
const mostWords = 3;
/** Single Latin letters right behind a number that are units; others rather make codes and seats: 12A, 9C. */
const letterUnits = 'gmshlLKkMtdy';
/** What follows a number without being its unit: 3rd, 5th Ave, 5 PM, 5 Jan. */
const month =
  'jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?';
const noUnit = new RegExp(`^((st|nd|rd|th)\\b.*|[ap]\\.?m\\.?|오전|오후|(${month})\\.?)$`, 'i');

/** @param format of the number inside the cell */
export function quantityReader(format: NumberFormat): ReadQuantity {
  const readNumber = numberReader(format);
  return (cell) => {
    const parts = splitQuantity(cell);
    if (!parts) return undefined;
    const value = readNumber(parts.digits);
    if (Number.isNaN(value)) return undefined;
    return { value: parts.negative ? -value : value, ...(parts.unit ? { unit: parts.unit } : {}) };
  };
}

/** The digits of a cell, and what stands around them, whatever the format of its number. */
export function splitQuantity(cell: string): { digits: string; negative: boolean; unit?: Unit } | undefined {
  if (cell.length > 60) return undefined;
  const text = halfWidth(cell);
  const bracketed = inBrackets.exec(text);
  const found = written.exec(bracketed ? bracketed.slice(1).join('').trim() : text)?.groups;
  if (!found || (found.second !== undefined && (found.first !== undefined || found.before === undefined))) {
    return undefined;
  }
  const minus = found.first ?? found.second;
  if (bracketed && minus !== undefined) return undefined;
  const unit = { before: found.before ?? '', after: (found.after ?? '').trimEnd() };
  if (unit.after !== '' && !isUnit(unit.after)) return undefined;
  return {
    digits: found.digits,
    negative: bracketed !== null || (minus !== undefined && minus !== '+'),
    ...(unit.before || unit.after ? { unit: spaced(unit) } : {}),
  };
}

/** Whether a negative number is so because it stands in brackets: (1,200). */
export function isBracketed(cell: string): boolean {
  return inBrackets.test(halfWidth(cell));
}

function isUnit(text: string): boolean {
  const word = text.trim();
  if (word.length > longestUnit || word.split(/\s+/).length > mostWords || noUnit.test(word)) return false;
  return !/^[a-z]$/i.test(text) || letterUnits.includes(text);
}

/** Full-width characters as plain ones, and the backslash, which Korean fonts draw as ₩, as that. */
function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e\uffe5\uffe6\u3000]/g, (character) => character.normalize('NFKC'))
    .replace(/\\/g, '₩');
}

/** At most one plain blank between the number and the unit. */
function spaced({ before, after }: Unit): Unit {
  return { before: before.replace(/\s+$/, ' '), after: after.replace(/^\s+/, ' ') };
}

const multiplier = new RegExp(`^([KkMB]|bn|mn|천만|백만|[천만억조])\\s*(원|명|개|\\p{Sc}|${currencies})?$`, 'u');

/** Whether numbers without the unit may be meant in it or not: percent, and multiples, as 2K is 2000 of something. */
export function isAmbiguous({ before, after }: Unit): boolean {
  return before + after.trim() === '%' || multiplier.test(after.trim());
}

/** Whether a number may be in the unit; without one, 0.5 beside 50% and 900 beside 2K rather are not. */
export function fits({ value, unit: own }: Quantity, unit: Unit): boolean {
  if (own) return unitName(own) === unitName(unit);
  return value === 0 || !isAmbiguous(unit) || (unit.after.trim() === '%' && Math.abs(value) > 1);
}

/** What the unit is called: "원", "US$". */
export function unitName({ before, after }: Unit): string {
  return before.trim() + after.trim();
}

/** A column as figures in its unit are titled: "price (원)". */
export function columnLabel({ column, unit }: { column: string; unit?: Unit }): string {
  return unit ? `${column} (${unitName(unit)})` : column;
}

/** The unit of a step or a target, which only numbers have. */
export function unitOfStep(step: { unit?: Unit } | object): Unit | undefined {
  return 'unit' in step ? step.unit : undefined;
}

/** A number that is already text, with its unit: "37.5 kg", "-$5". */
export function withUnit(text: string, unit: Unit | undefined): string {
  if (!unit || text === '') return text;
  const negative = unit.before !== '' && /^[-\u2212]/.test(text);
  return `${negative ? text[0] : ''}${unit.before}${negative ? text.slice(1) : text}${unit.after}`;
}
