/** What the worker refuses: which control says so, and for how long it holds. */
import { dataFields, trialFields } from '../../spec/fields.ts';
import type { Problem } from '../protocol/messages.ts';
import type { Form } from './form.ts';

/** What a problem is about when a person, or another choice, has ended the reading of a table. */
export const cancelled = 'cancelled';

/** What a problem is about when a start that nobody has asked for would take much memory. */
export const memoryAsked = 'memory';

/** The control that a sentence from the worker belongs to: a setting's, or of a column the one that speaks of it. */
export function placeOf({ where = '' }: Problem, { data }: Pick<Form, 'data'>): string {
  if (where === 'engine' || where === 'from') return where;
  if (trialFields.some(({ path }) => path === where)) return `trial.${where}`;
  if (dataFields.some(({ path }) => path === where)) return `data.${where}`;
  if (where.startsWith('split')) return 'data.split';
  return where !== data.target && Object.hasOwn(data.types ?? {}, where) ? 'data.types' : 'data.target';
}

/**
 * All that a refusal of the worker can be about: it holds for as long as this is the same.
 * @param path of the control that says so: what a network or an engine is refused for can be any setting
 */
export function subjectOf({ data, trial, engine, from }: Form, path = ''): string {
  const whole = path === 'engine' || path.startsWith('trial.model.');
  return JSON.stringify([data, whole ? trial : trial.training?.loss, engine, from?.key]);
}
