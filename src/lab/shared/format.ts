/** Numbers as the page writes them; how they look is settled in `util/format.ts`, for the reports too. */
import { fieldText } from '../../spec/fields.ts';

export {
  type Cell,
  columnText,
  count,
  counted,
  duration,
  figure,
  grouped,
  isNumeric,
  scientific,
} from '../../util/format.ts';

/** A number as somebody would type it into a field. */
export function typed(value: unknown): string {
  if (Array.isArray(value)) return value.map(typed).join(', ');
  return fieldText(value);
}
