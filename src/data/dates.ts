/**
 * Dates in text, by a short list of ways to write them, each named by its pattern. A date is a number of days since
 * 1970-01-01 UTC, so that it can be scaled like any other; a time of day is a fraction of one. Everything is arithmetic
 * on the proleptic Gregorian calendar: neither the machine's language nor its time zone changes a result. A time without
 * an offset is taken as UTC.
 */
import { byCode } from './columns.ts';
import type { Column } from './table.ts';

/** A time of day behind any date: "T14:05", " 14:05:30.25Z", " 2:05 PM", "T14:05+09:00". */
const time =
  '(?:(?:T| +)(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}(?:\\.\\d+)?))?(?: ?(?<half>[AP]M))?(?: ?(?:Z|UTC|(?<offset>[+-]\\d{2}:?\\d{2})))?)?';
const year = '(?<year>\\d{4})';
const month = '(?<month>\\d{1,2})';
const day = '(?<day>\\d{1,2})';
const name = '(?<name>[a-z]{3,9})\\.?';
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
};

const expressions = new Map(
  Object.entries(patterns).map(([format, pattern]) => [format, new RegExp(`^${pattern}${time}$`, 'i')]),
);

/** Eight digits are a number more often than a date, so `yyyymmdd` is read where it is asked for and never guessed. */
const guessed = Object.keys(patterns).filter((format) => format !== 'yyyymmdd');

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

/** Of a column's levels, those that have to be dates for the column to be one. The others count as missing. */
const shareOfDates = 0.95;

export interface DateGuess {
  format: string;
  /** A sentence, where the guess was not certain: about what was assumed, or about levels that are no dates. */
  unclear?: string;
}

/**
 * The way in which at least 95 % of the levels are dates, if there is one. Where 03/04/2020 could be read both ways and no
 * level has a day over 12, the month is taken to come first, as spreadsheets and JavaScript do, and `unclear` says so.
 */
export function guessDateFormat(levels: readonly string[]): DateGuess | undefined {
  // Most text is no date: the first levels tell, before every level is tried.
  const first = levels.slice(0, 20);
  const counted = guessed
    .filter((format) => first.some((level) => !Number.isNaN(daysOf(level, format))))
    .map((format) => ({ format, count: countDates(levels, format) }));
  // Formats are in order of preference: a later one has to fit more levels.
  const best = counted.reduce<(typeof counted)[number] | undefined>(
    (chosen, next) => (chosen && chosen.count >= next.count ? chosen : next),
    undefined,
  );
  if (!best || best.count < shareOfDates * levels.length) return undefined;
  const { format, count } = best;
  const either =
    format === 'mm/dd/yyyy' && counted.some((other) => other.format === 'dd/mm/yyyy' && other.count === count);
  const odd = count < levels.length && levels.find((level) => Number.isNaN(daysOf(level, format)));
  const sentences = [
    either ? 'The dates could be month/day or day/month, as no day is over 12; month/day is assumed.' : '',
    odd
      ? `Of ${levels.length} different texts ${levels.length - count} are no dates, such as ${JSON.stringify(odd)}; they count as missing.`
      : '',
  ].filter(Boolean);
  return sentences.length ? { format, unclear: sentences.join(' ') } : { format };
}

function countDates(levels: readonly string[], format: string): number {
  let count = 0;
  for (const level of levels) if (!Number.isNaN(daysOf(level, format))) count += 1;
  return count;
}

/** Days since 1970-01-01 UTC, with the time of day as a fraction; NaN where the text is no date of that format. */
export function daysOf(text: string, format: string): number {
  const parts = expressions.get(format)?.exec(text)?.groups;
  if (!parts) return Number.NaN;
  const monthNumber = parts.name ? monthOfName.get(parts.name.toLowerCase()) : Number(parts.month);
  if (monthNumber === undefined) return Number.NaN;
  return calendarDays(Number(parts.year), monthNumber, Number(parts.day)) + dayFraction(parts);
}

/** Days since 1970-01-01 of each row of a column; NaN where the cell is missing or no date of that format. */
export function daysOfColumn(column: Column, format: string): Float64Array<ArrayBuffer> {
  if (column.kind === 'number') {
    // A missing number is NaN, and "NaN" is no date.
    return column.values.map((value) => daysOf(String(value), format)) as Float64Array<ArrayBuffer>;
  }
  return byCode(
    column.codes,
    column.levels.map((level) => daysOf(level, format)),
  );
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
function dayFraction({ hour, minute, second, half, offset }: Record<string, string | undefined>): number {
  if (hour === undefined) return 0;
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
