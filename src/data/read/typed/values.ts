/** Values of typed columns as the texts that stand for them in CSV. */

/** '' where there is no value. Numbers are written as the language writes them, whole ones of 64 bits with all digits. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.includes('\r') ? value.replace(/\r\n?/g, '\n') : value;
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value);
  return value instanceof Date ? dateText(value) : String(value);
}

/** 2024-01-05, with a time of day where there is one: 2024-01-05T14:05:00. */
function dateText(date: Date): string {
  // Beyond the calendar, which no table of dates is.
  if (Number.isNaN(date.getTime())) return '';
  const text = date.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, -14) : text.replace(/(\.000)?Z$/, '');
}

/** 14:05:00, with its fraction where it has one. */
export function timeText(seconds: number): string {
  if (!(seconds >= 0 && seconds < 86_400)) return '';
  return new Date(Math.round(seconds * 1000))
    .toISOString()
    .slice(11, -1)
    .replace(/\.000$/, '');
}

/** 12.50 of 1250 and two decimals. */
export function decimalText(value: bigint | number, scale: number): string {
  const digits = String(value);
  if (scale <= 0) return scale === 0 ? digits : `${digits}e${-scale}`;
  const sign = digits.startsWith('-') ? '-' : '';
  const plain = digits.slice(sign.length).padStart(scale + 1, '0');
  return `${sign}${plain.slice(0, -scale)}.${plain.slice(-scale)}`;
}
