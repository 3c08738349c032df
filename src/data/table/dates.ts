/**
 * Dates in text, by a short list of ways to write them, each named by its pattern. A date is a number of days since
 * 1970-01-01 UTC, so that it can be scaled like any other; a time of day is a fraction of one. Everything is arithmetic
 * on the proleptic Gregorian calendar: neither the machine's language nor its time zone changes a result. A time without
 * an offset is taken as UTC.
 */
import { tables } from '../../messages/en/tables/tables.ts';
import { type Message, message } from '../../util/message.ts';
import { saysNoNumber } from './cells.ts';
import { byCode } from './columns.ts';
import type { Column } from './table.ts';

/** A time of day behind any date: "T14:05", " 14:05:30.25Z", " 2:05 PM", " 오후 2:05", "T14:05+09:00". */
const time =
  '(?:(?:T| +)(?:(?<noon>오전|오후) *)?(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}(?:\\.\\d+)?))?(?: ?(?<half>[AP]M))?(?: ?(?:Z|UTC|(?<offset>[+-]\\d{2}:?\\d{2})))?)?';
const year = '(?<year>\\d{4})';
const month = '(?<month>\\d{1,2})';
const day = '(?<day>\\d{1,2})';
const name = '(?<name>[a-z]{3,9})\\.?';
const koreanWeekday = '(?: ?\\([일월화수목금토]\\))?';
const weekday = '(?:[a-z]{3,9}\\.?, *)?';

const patterns: Record<string, string> = {
  'yyyy-mm-dd': `${year}-${month}-${day}`,
  'yyyy/mm/dd': `${year}/${month}/${day}`,
  'yyyy.mm.dd': `${year}\\. ?${month}\\. ?${day}\\.?`,
  'dd.mm.yyyy': `${day}\\.${month}\\.${year}`,
  'mm/dd/yyyy': `${month}/${day}/${year}`,
  'dd/mm/yyyy': `${day}/${month}/${year}`,
  'd mmm yyyy': `${weekday}${day}[ -]${name}[ -]${year}`,
  'mmm d, yyyy': `${weekday}${name} ${day},? ${year}`,
  'yyyy년 m월 d일': `${year}년 *${month}월 *${day}일`,
  yyyymmdd: '(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})',
  excel_serial: '(?<serial>\\d{3,7}(?:\\.\\d+)?)',
};

const expressions = new Map(
  Object.entries(patterns).map(([format, pattern]) => [format, new RegExp(`^${pattern}${koreanWeekday}${time}$`, 'i')]),
);

/** Plain digits are a number more often than a date, so they are read where dates are asked for and never guessed. */
const guessed = Object.keys(patterns).filter((format) => format !== 'yyyymmdd' && format !== 'excel_serial');

export const dateFormats: readonly string[] = Object.keys(patterns);

const monthNames = [
  ['jan', 'january'],
  ['feb', 'february'],
  ['mar', 'march'],
  ['apr', 'april'],
  ['may'],
  ['jun', 'june'],
  ['jul', 'july'],
  ['aug', 'august'],
  ['sep', 'sept', 'september'],
  ['oct', 'october'],
  ['nov', 'november'],
  ['dec', 'december'],
];
const monthOfName = new Map(monthNames.flatMap((names, index) => names.map((word) => [word, index + 1] as const)));

/** Of whole numbers in that range 4 % are days: three of them, by chance, once in 20,000 times. */
const fewestDays = 3;

/** Of a column's levels, those that have to be dates for the column to be one. The others count as missing. */
const shareOfDates = 0.95;

export interface DateGuess {
  /** Several ways of writing are joined by " or ". */
  format: string;
  /** Where the guess was not certain: what was assumed, several ways, and texts that are no dates. */
  unclear?: Message;
}

/** The ways in which texts are dates, the most frequent first, with the rows of each. */
export interface DatesFound {
  formats: { format: string; rows: number }[];
  /** Different texts that are dates, and all but those that say that there is none. */
  dates: number;
  all: number;
  /** Rows with a text that is no date, and one of those texts. */
  others: number;
  other?: string;
  /** Whether day and month could be the other way round in every text that has them with slashes. */
  either: boolean;
}

/**
 * The way or ways in which at least 95 % of the levels are dates, if there are any. Where 03/04/2020 could be read both ways
 * and no level has a day over 12, the month is taken to come first, as spreadsheets and JavaScript do, and `unclear` says so.
 * @param counts rows of each level
 * @param formats what may be found
 */
export function guessDateFormat(
  levels: readonly string[],
  counts: ArrayLike<number> = levels.map(() => 1),
  formats: readonly string[] = guessed,
): DateGuess | undefined {
  const found = findDates(levels, counts, formats);
  if (found.dates === 0 || found.dates < shareOfDates * found.all) return undefined;
  const format = found.formats.map((one) => one.format).join(either);
  const { formats: ways, either: swappable, others: count, other: odd_text } = found;
  if (ways.length === 1 && !swappable && odd_text === undefined) return { format };
  return { format, unclear: message(tables, 'dates_unclear', { formats: ways, either: swappable, count, odd_text }) };
}

export function findDates(
  levels: readonly string[],
  counts: ArrayLike<number>,
  formats: readonly string[] = guessed,
): DatesFound {
  const found: DatesFound = { formats: [], dates: 0, all: levels.length, others: 0, either: false };
  // Most text is no date: the first levels tell, before every level is tried.
  const isDate = (level: string) => formats.some((format) => !Number.isNaN(parseDays(level, format)));
  if (!levels.slice(0, 20).some(isDate)) return found;
  const monthFirst = countDates(levels, 'mm/dd/yyyy');
  const dayFirst = countDates(levels, 'dd/mm/yyyy');
  found.either = monthFirst > 0 && monthFirst === dayFirst;
  const unlikely = dayFirst > monthFirst ? 'mm/dd/yyyy' : 'dd/mm/yyyy';
  const likely = formats.filter((format) => format !== unlikely);
  const rows = new Map<string, number>();
  levels.forEach((level, index) => {
    const format = likely.find((one) => !Number.isNaN(parseDays(level, one)));
    if (format !== undefined) {
      found.dates += 1;
      rows.set(format, (rows.get(format) ?? 0) + counts[index]);
      return;
    }
    if (saysNoNumber(level)) found.all -= 1;
    found.others += counts[index];
    found.other ??= level;
  });
  found.formats = [...rows].map(([format, count]) => ({ format, rows: count })).sort((a, b) => b.rows - a.rows);
  return found;
}

function countDates(levels: readonly string[], format: string): number {
  let count = 0;
  for (const level of levels) if (!Number.isNaN(parseDays(level, format))) count += 1;
  return count;
}

/** Between the formats of a column that has several. */
const either = ' or ';

export function isDateFormat(format: string): boolean {
  return format.split(either).every((one) => expressions.has(one));
}

/** Days since 1970-01-01 UTC, with the time of day as a fraction; NaN where the text is no date of that format. */
export function parseDays(text: string, format: string): number {
  if (format.includes(either)) {
    for (const one of format.split(either)) {
      const days = parseDays(text, one);
      if (!Number.isNaN(days)) return days;
    }
    return Number.NaN;
  }
  const parts = expressions.get(format)?.exec(text)?.groups;
  if (!parts) return Number.NaN;
  if (parts.serial !== undefined) return daysOfSerial(Number(parts.serial));
  const monthNumber = parts.name ? monthOfName.get(parts.name.toLowerCase()) : Number(parts.month);
  if (monthNumber === undefined) return Number.NaN;
  return calendarDays(Number(parts.year), monthNumber, Number(parts.day)) + dayFraction(parts);
}

/** Whether all numbers of a column are days of 1900 to 2100, written yyyymmdd. */
export function areDays(values: Float64Array): boolean {
  const days = new Set<number>();
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (!(value >= 19_000_101 && value <= 21_001_231)) return false;
    days.add(value);
  }
  return days.size >= fewestDays && [...days].every((day) => !Number.isNaN(parseDays(String(day), 'yyyymmdd')));
}

/** Spreadsheets count days from 1899-12-30. Smaller numbers than that of 1901-01-01 are hardly meant as dates. */
function daysOfSerial(serial: number): number {
  return serial >= 367 && serial < 2_958_466 ? serial - 25_569 : Number.NaN;
}

/** Days since 1970-01-01 of each row of a column; NaN where the cell is missing or no date of that format. */
export function daysOfColumn(column: Column, format: string): Float64Array<ArrayBuffer> {
  if (column.kind === 'number') {
    // A missing number is NaN, and "NaN" is no date.
    return column.values.map((value) => parseDays(String(value), format)) as Float64Array<ArrayBuffer>;
  }
  return byCode(
    column.codes,
    column.levels.map((level) => parseDays(level, format)),
  );
}

/** "2020-03-01", or "2020-03-01T14:05:00.000Z" where the day has begun; '' for NaN and days that no date has. */
export function formatIso(days: number): string {
  const date = new Date(Math.round(days * 86_400_000));
  if (Number.isNaN(date.getTime())) return '';
  const text = date.toISOString();
  return Number.isInteger(days) ? text.slice(0, text.indexOf('T')) : text;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** NaN where the calendar has no such day. Counts years from March, so that a leap day ends its year (Hinnant 2013). */
function calendarDays(yearNumber: number, monthNumber: number, dayNumber: number): number {
  const leap = (yearNumber % 4 === 0 && yearNumber % 100 !== 0) || yearNumber % 400 === 0;
  if (monthNumber < 1 || monthNumber > 12 || dayNumber < 1) return Number.NaN;
  if (dayNumber > monthLengths[monthNumber - 1] + (leap && monthNumber === 2 ? 1 : 0)) return Number.NaN;
  const fromMarch = monthNumber > 2 ? yearNumber : yearNumber - 1;
  const era = Math.floor(fromMarch / 400);
  const yearOfEra = fromMarch - era * 400;
  const dayOfYear = Math.floor((153 * ((monthNumber + 9) % 12) + 2) / 5) + dayNumber - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The part of a day that has passed in UTC: 0 without a time, below 0 or above 1 where the offset crosses midnight. */
function dayFraction({ hour, minute, second, offset, ...parts }: Record<string, string | undefined>): number {
  if (hour === undefined) return 0;
  const half = parts.half ?? (parts.noon && (parts.noon === '오후' ? 'PM' : 'AM'));
  const hours = half ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour);
  const seconds = Number(second ?? 0);
  if (hours > 23 || Number(minute) > 59 || seconds >= 60) return Number.NaN;
  if (half && !(Number(hour) >= 1 && Number(hour) <= 12)) return Number.NaN;
  let away = 0;
  if (offset) {
    const [, sign, offsetHours, offsetMinutes] = /([+-])(\d{2}):?(\d{2})/.exec(offset)!;
    if (Number(offsetHours) > 23 || Number(offsetMinutes) > 59) return Number.NaN;
    away = (sign === '-' ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes));
  }
  return ((hours * 60 + Number(minute) - away) * 60 + seconds) / 86_400;
}
