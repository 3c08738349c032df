/** A Date as a column of texts writes it, in UTC. The formats are those of `data/table/dates.ts`. */

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** @param format that of a model's column, the first where it has several; ISO 8601 where absent */
export function dateText(date: Date, format = 'yyyy-mm-dd'): string {
  const [way] = format.split(' or ');
  const days = date.getTime() / 86_400_000;
  if (way === 'excel_serial') return String(days + 25_569);
  const iso = date.toISOString();
  const end = iso.indexOf('T');
  const [month, day] = [date.getUTCMonth(), date.getUTCDate()];
  const two = (number: number) => String(number).padStart(2, '0');
  const parts: Record<string, string> = {
    yyyy: iso.slice(0, end - 6),
    mmm: months[month],
    mm: two(month + 1),
    m: String(month + 1),
    dd: two(day),
    d: String(day),
  };
  const text = way.replace(/yyyy|mmm|mm|m|dd|d/g, (part) => parts[part]);
  return Number.isInteger(days) ? text : text + iso.slice(end);
}
