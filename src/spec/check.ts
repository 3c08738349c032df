/**
 * Turns what a schema refuses into one sentence: which setting, what was given, what is allowed, what the default
 * is. The page, the command line and the library all call these functions, so a person reads the same words
 * everywhere.
 */
import type * as z from 'zod/mini';
import { InputError } from '../util/errors.ts';
import { nearest } from '../util/nearest.ts';
import { list } from '../util/words.ts';
import { activationNames, activationTable } from './activations.ts';
import { type DataSettings, dataSettings } from './data-settings.ts';
import { dataFields, type Field, settingAt, trialFields, withSetting } from './fields.ts';
import { type Trial, trialSettings } from './settings.ts';

/** @throws InputError whose `where` is the setting's dotted path, such as `training.optimizer.learning_rate`. */
export function checkTrial(input: unknown): Trial {
  return check(trialSettings, kindPaths.reduce(withKind, input));
}

const kindPaths = trialFields.map(({ path }) => path).filter((path) => path.endsWith('.kind'));

/** `{ optimizer: { learning_rate: 0.01 } }` means the default optimizer; so with every group that has kinds. */
function withKind(input: unknown, kindPath: string): unknown {
  const path = kindPath.replace(/\.kind$/, '');
  const group = settingAt(input, path);
  if (typeof group !== 'object' || group === null || Array.isArray(group) || 'kind' in group) return input;
  const kind = trialFields.find((field) => field.path === kindPath)?.default;
  return withSetting(input as Record<string, unknown>, path, { kind, ...group });
}

/** Shares of the split that are left out divide what the given ones leave. @throws InputError */
export function checkData(input: unknown): DataSettings {
  return check(dataSettings, completeSplit(input));
}

/** `{ train: 0.8, validation: 0.2 }` leaves nothing for test: its default would make the shares add up to 1.2. */
function completeSplit(input: unknown): unknown {
  const split = settingAt(input, 'split');
  if (typeof split !== 'object' || split === null) return input;
  const shares = { ...split } as Record<string, unknown>;
  const parts = dataFields.filter(({ path }) => ['split.train', 'split.validation', 'split.test'].includes(path));
  const given = parts.map(({ name }) => shares[name]).filter((share) => share !== undefined);
  const missing = parts.filter(({ name }) => shares[name] === undefined);
  if (given.length === 0 || !given.every((share) => typeof share === 'number')) return input;
  const left = Math.max(0, 1 - given.reduce((sum, share) => sum + share, 0));
  const defaults = missing.reduce((sum, field) => sum + Number(field.default), 0);
  // Rounded, so that 1 - 0.8 - 0.2 is 0 and not 5e-17.
  for (const { name, default: share } of missing) {
    shares[name] = Number(((left * Number(share)) / defaults).toFixed(12));
  }
  return { ...(input as object), split: shares };
}

export function check<Schema extends z.ZodMiniType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  const issue = innermost(result.error.issues[0]);
  const where = issue.path.map(String).join('.');
  const said = sentence(issue);
  const ending = said.endsWith('?)') ? '' : defaultOf(where, input);
  throw new InputError(`${where ? `${where}: ` : ''}${said}${ending}.`, where || undefined);
}

/** Where one value or a list of values is legal, what is wrong with the one that was meant. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union' || issue.errors.length !== 2) return issue;
  const [inner] = issue.errors[Array.isArray(issue.input) ? 1 : 0];
  return { ...inner, path: [...issue.path, ...inner.path] };
}

/** " (default 0.001)", where the setting has one; what is off without a value has none. */
function defaultOf(path: string, input: unknown): string {
  const field: Field | undefined = [...trialFields, ...dataFields].find((other) => other.path === path);
  const kind = settingAt(input, path.replace(/[^.]*$/, 'kind'));
  const value = field?.defaults?.[String(kind)] ?? field?.default;
  if (field?.optional) return ' (off when left out)';
  return value === undefined ? '' : ` (default ${typeof value === 'string' ? value : show(value)})`;
}

function sentence(issue: z.core.$ZodIssue): string {
  const given = show(issue.input);
  switch (issue.code) {
    case 'too_small': {
      if (issue.origin === 'array') return `give at least ${values(issue.minimum)}`;
      if (issue.origin === 'string') return 'give a value that is not empty';
      return `${given} is too small; give a value ${issue.inclusive ? 'of at least' : 'above'} ${issue.minimum}`;
    }
    case 'too_big': {
      if (issue.origin === 'array') return `give at most ${values(issue.maximum)}`;
      return `${given} is too large; give a value ${issue.inclusive ? 'of at most' : 'below'} ${issue.maximum}`;
    }
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing; give ${article(issue.expected)}`
        : `${given} is not ${typeof issue.input === 'number' && !Number.isFinite(issue.input) ? 'a finite number' : article(issue.expected)}`;
    case 'invalid_value':
      return `${given} is not known; choose ${list(issue.values.map(String))}${suggestion(issue.input, issue.values)}`;
    case 'invalid_union': {
      const kinds = (issue as { options?: readonly unknown[] }).options?.map(String) ?? [];
      const kind = (issue.input as { kind?: unknown } | undefined)?.kind;
      if (kind === undefined) return `is missing; choose ${list(kinds)}`;
      return kinds.length > 0
        ? `${show(kind)} is not known; choose ${list(kinds)}${suggestion(kind, kinds)}`
        : `${given} is not known`;
    }
    case 'unrecognized_keys': {
      const elsewhere = trialFields.find(({ path }) => path === [...issue.path, issue.keys[0]].join('.'));
      if (elsewhere?.kinds) {
        const { kind } = issue.input as { kind: unknown };
        return `${kind} has no setting \`${issue.keys[0]}\`; it belongs to ${list(elsewhere.kinds)}`;
      }
      const known = [...trialFields, ...dataFields].flatMap((field) => field.path.split('.'));
      const close = nearest(issue.keys[0], known);
      return `there is no setting \`${issue.keys[0]}\`${close && close !== issue.keys[0] ? ` (did you mean ${close}?)` : ' here'}`;
    }
    default:
      return issue.message;
  }
}

function values(count: number | bigint): string {
  return `${count} value${Number(count) === 1 ? '' : 's'}`;
}

function suggestion(input: unknown, values: readonly unknown[]): string {
  const meant = activationNames.find((name) => activationTable[name].alias === input && values.includes(name));
  const close = meant ?? (typeof input === 'string' ? nearest(input, values.map(String)) : undefined);
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
    Float32Array: 'a Float32Array',
  };
  return names[type] ?? type;
}

function show(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
