/** What the page says of a setting beside its help: which values are legal, what it is unless chosen, when a change counts. */
import { liveNames } from '../../spec/changes.ts';
import type { Field } from '../../spec/fields.ts';
import { text } from '../i18n/text.ts';
import { type FormPath, livePath } from '../shared/form.ts';
import { figure, grouped, typed } from '../shared/format.ts';

/** Empty where there is nothing to say: a choice shows all it may be. */
export function rangeWords({ type, choices, minimum, maximum, aboveMinimum, belowMaximum }: Field): string {
  if (choices || (type !== 'integer' && type !== 'number')) return '';
  const low = minimum === undefined ? undefined : bound(minimum);
  const high = maximum === undefined ? undefined : bound(maximum);
  const least = low && (aboveMinimum ? text.settings.above(low) : text.settings.from(low));
  const most = high && (belowMaximum ? text.settings.below(high) : text.settings.upTo(high));
  if (least && most) return text.settings.bounds({ least, most });
  return least ?? most ?? '';
}

/** Which values are worth a try, where fewer are than are legal. */
export function usualWords({ explore, minimum, maximum }: Field): string {
  if (!explore || (explore[0] === minimum && explore[1] === maximum)) return '';
  return text.settings.usual({ least: typed(explore[0]), most: typed(explore[1]) });
}

/** What it is unless chosen; under the kind that is chosen, where kinds differ. */
export function defaultWords(field: Field, kind: string | undefined): string {
  const value = kind !== undefined && field.defaults && kind in field.defaults ? field.defaults[kind] : field.default;
  if (value === undefined) return field.optional ? text.settings.offUnlessGiven : '';
  if (field.type === 'boolean') return value ? text.settings.onUnlessChanged : text.settings.offUnlessChanged;
  if (field.defaultBy) return text.settings.followsFromRows;
  const words = typed(value);
  return words === '' ? '' : text.settings.unlessChanged(words);
}

const livePaths: string[] = liveNames.map(livePath);

/** When a change counts. */
export function effectWords(path: FormPath): string {
  if (path === 'data.target') return text.settings.startsNewRun;
  return livePaths.includes(path) ? text.settings.appliesAtOnce : text.settings.needsRestart;
}

function bound(value: number): string {
  return Number.isInteger(value) && Math.abs(value) >= 1000
    ? grouped(String(value))
    : figure(value, 6)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '');
}
