/** Numbers as the page writes them; how they look is settled in `util/format.ts`, for the reports too. */
import { fieldText } from '../../spec/fields.ts';

export {
  aligned,
  type Cell,
  columnText,
  duration,
  figure,
  isNumeric,
  plainFigure,
  roughDuration,
  scientific,
} from '../../util/format.ts';
export { count, counted, grouped } from '../../util/thousands.ts';

/** A number as somebody would type it into a field. */
export function typed(value: unknown): string {
  if (Array.isArray(value)) return value.map(typed).join(', ');
  return fieldText(value);
}

/** A moment, in milliseconds, as one would write it in a list. */
export function dateTime(milliseconds: number): string {
  const at = new Date(milliseconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
