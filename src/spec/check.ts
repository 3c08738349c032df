/**
 * Turns what a schema refuses into one sentence: which setting, what was given, what is allowed, what the default
 * is. The page, the command line and the library all call these functions, so a person reads the same words
 * everywhere.
 */
import type { z } from 'zod';
import { InputError } from './errors.ts';
import { dataFields, trialFields } from './fields.ts';
import { nearest } from './nearest.ts';
import { type DataSettings, dataSettings, type Trial, trialSettings } from './settings.ts';

/** @throws InputError whose `where` is the setting's dotted path, such as `training.optimizer.learning_rate`. */
export function checkTrial(input: unknown): Trial {
  return check(trialSettings, input);
}

/** @throws InputError */
export function checkData(input: unknown): DataSettings {
  return check(dataSettings, input);
}

export function check<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue.path.map(String).join('.');
  throw new InputError(`${where ? `${where}: ` : ''}${sentence(issue)}.`, where || undefined);
}

function sentence(issue: z.core.$ZodIssue): string {
  const given = show(issue.input);
  switch (issue.code) {
    case 'too_small': {
      if (issue.origin === 'array') return `give at least ${issue.minimum} values`;
      if (issue.origin === 'string') return 'give a value that is not empty';
      return `${given} is too small; give a value ${issue.inclusive ? 'of at least' : 'above'} ${issue.minimum}`;
    }
    case 'too_big': {
      if (issue.origin === 'array') return `give at most ${issue.maximum} values`;
      return `${given} is too large; give a value ${issue.inclusive ? 'of at most' : 'below'} ${issue.maximum}`;
    }
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing; give ${article(issue.expected)}`
        : `${given} is not ${article(issue.expected)}`;
    case 'invalid_value':
      return `${given} is not known; choose ${list(issue.values.map(String))}${suggestion(issue.input, issue.values)}`;
    case 'invalid_union': {
      const kinds = (issue as { options?: readonly unknown[] }).options?.map(String) ?? [];
      const kind = (issue.input as { kind?: unknown } | undefined)?.kind;
      return kinds.length > 0
        ? `${show(kind)} is not known; choose ${list(kinds)}${suggestion(kind, kinds)}`
        : `${given} is not known`;
    }
    case 'unrecognized_keys': {
      const known = [...trialFields, ...dataFields].flatMap((field) => field.path.split('.'));
      const close = nearest(issue.keys[0], known);
      return `there is no setting \`${issue.keys[0]}\`${close && close !== issue.keys[0] ? ` (did you mean ${close}?)` : ' here'}`;
    }
    default:
      return issue.message;
  }
}

function suggestion(input: unknown, values: readonly unknown[]): string {
  const close = typeof input === 'string' ? nearest(input, values.map(String)) : undefined;
  return close ? ` (did you mean ${close}?)` : '';
}

function article(type: string): string {
  const names: Record<string, string> = {
    int: 'a whole number',
    number: 'a number',
    string: 'a text',
    boolean: 'true or false',
    array: 'a list',
    tuple: 'a list',
    object: 'a group of settings',
  };
  return names[type] ?? type;
}

function show(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** "a, b or c" */
export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
