/**
 * Turns what a schema refuses into one sentence: which setting, what was given, what is allowed, what the default
 * is. The page, the command line and the library all call these functions, so a person reads the same words
 * everywhere.
 */
import type * as z from 'zod/mini';
import { settings } from '../messages/en/training/settings.ts';
import { InputError } from '../util/errors.ts';
import { type Message, message } from '../util/message.ts';
import { nearest } from '../util/nearest.ts';
import { activationNames, activationTable } from './activations.ts';
import { type DataSettings, dataSettings } from './data-settings.ts';
import type { OwnRefusal } from './declare.ts';
import { dataFields, type Field, fitFields, settingAt, trialFields, withSetting } from './fields.ts';
import { type FitSettings, fitSettings } from './fit-settings.ts';
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

function completeSplit(input: unknown): unknown {
  const split = settingAt(input, 'split');
  if (typeof split !== 'object' || split === null) return input;
  return { ...(input as object), split: completeShares(split, defaultShares) };
}

type Shares = Record<'train' | 'validation' | 'test', number>;

const defaultShares = Object.fromEntries(
  dataFields
    .filter(({ path }) => ['split.train', 'split.validation', 'split.test'].includes(path))
    .map(({ name, default: share }) => [name, share]),
) as Shares;

/**
 * `{ train: 0.8, validation: 0.2 }` leaves nothing for test: its default would make the shares add up to 1.2. What is left
 * out divides the rest as the defaults do.
 */
export function completeShares<Split extends Partial<Shares>>(split: Split, defaults: Shares): Split {
  const given = Object.keys(defaults).flatMap((name) => split[name as keyof Shares] ?? []);
  if (given.length === 0) return { ...defaults, ...split };
  if (!given.every((share) => typeof share === 'number')) return split;
  const missing = Object.entries(defaults).filter(([name]) => split[name as keyof Shares] === undefined);
  const left = Math.max(0, 1 - given.reduce((sum, share) => sum + share, 0));
  const sum = missing.reduce((total, [, share]) => total + share, 0);
  // Rounded, so that 1 - 0.8 - 0.2 is 0 and not 5e-17.
  const shares = missing.map(([name, share]) => [name, Number(((left * share) / sum).toFixed(12))]);
  return { ...split, ...Object.fromEntries(shares) };
}

/** @throws InputError */
export function checkFit(input: unknown): FitSettings {
  return check(fitSettings, input);
}

/**
 * @param names that there are, of which one was probably meant where another is found
 * @param aliases what other programs call some of them
 */
export function check<Schema extends z.ZodMiniType>(
  schema: Schema,
  input: unknown,
  names?: readonly string[],
  aliases?: Readonly<Record<string, string>>,
): z.output<Schema> {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  const issue = innermost(foremost(result.error.issues));
  const where = issue.path.map(String).join('.');
  throw new InputError(refusal(issue, where, input, names, aliases), where || undefined);
}

/** Whoever misspells a name has left another out, but does not know it. */
function foremost(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  const [first] = issues;
  const isMissing = first.code === 'invalid_type' && first.input === undefined;
  return (isMissing && issues.find(({ code }) => code === 'unrecognized_keys')) || first;
}

/** Where one value or a list or group of values is legal, what is wrong with the one that was meant. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union' || issue.errors.length !== 2) return issue;
  const [one, many] = issue.errors;
  const groupMeant = typeof issue.input === 'object' && isOfType(many) && !isOfType(one);
  const inner = foremost(Array.isArray(issue.input) || groupMeant ? many : one);
  return { ...inner, path: [...issue.path, ...inner.path] };
}

function isOfType([issue]: z.core.$ZodIssue[]): boolean {
  return issue.code !== 'invalid_type' || issue.path.length > 0;
}

/** The default of a setting, where it has one: null where it is off without a value. */
function defaultOf(path: string, input: unknown): string | null | undefined {
  const field: Field | undefined = [...trialFields, ...dataFields, ...fitFields].find((other) => other.path === path);
  const kind = settingAt(input, path.replace(/[^.]*$/, 'kind'));
  const value = field?.defaults?.[String(kind)] ?? field?.default;
  if (field?.optional) return null;
  return value === undefined || typeof value === 'string' ? value : show(value);
}

function refusal(
  issue: z.core.$ZodIssue,
  setting: string,
  input: unknown,
  names?: readonly string[],
  aliases?: Readonly<Record<string, string>>,
): Message {
  const about = { setting, default: defaultOf(setting, input) };
  const given = { ...about, input: show(issue.input) };
  switch (issue.code) {
    case 'too_small':
    case 'too_big': {
      const small = issue.code === 'too_small';
      const bound = Number(small ? issue.minimum : issue.maximum);
      if (issue.origin === 'array') {
        return message(settings, small ? 'list_too_short' : 'list_too_long', { ...about, count: bound });
      }
      if (issue.origin === 'string') {
        return small
          ? message(settings, 'setting_empty', about)
          : message(settings, 'text_too_long', { ...about, count: bound });
      }
      const bounds = { ...given, bound, inclusive: issue.inclusive === true };
      return message(settings, small ? 'setting_too_small' : 'setting_too_large', bounds);
    }
    case 'invalid_type': {
      const { input: value, expected: type } = issue;
      if (value === undefined) return message(settings, 'setting_missing', { ...about, type });
      const infinite = typeof value === 'number' && !Number.isFinite(value);
      return message(settings, 'setting_of_kind', { ...given, type: infinite ? 'finite' : type });
    }
    case 'invalid_value':
      return message(settings, 'choice_unknown', { ...given, ...choiceOf(issue.input, issue.values.map(String)) });
    case 'invalid_union': {
      const choices = (issue as { options?: readonly unknown[] }).options?.map(String) ?? [];
      const kind = (issue.input as { kind?: unknown } | undefined)?.kind;
      if (kind === undefined) return message(settings, 'choice_missing', { ...about, choices });
      if (choices.length === 0) return message(settings, 'setting_unknown', given);
      return message(settings, 'choice_unknown', { ...about, input: show(kind), ...choiceOf(kind, choices) });
    }
    case 'unrecognized_keys': {
      const [name] = issue.keys;
      const elsewhere = trialFields.find(({ path }) => path === [...issue.path, name].join('.'));
      if (elsewhere?.kinds) {
        const { kind } = issue.input as { kind: unknown };
        return message(settings, 'name_of_others', { ...about, name, chosen: String(kind), choices: elsewhere.kinds });
      }
      const near = aliases?.[name] ?? nearest(name, names ?? settingNames());
      return message(settings, 'name_unknown', { ...about, name, ...(near && near !== name ? { near } : {}) });
    }
    default:
      // A check of a schema's own: see `holds`.
      return message(settings, issue.message as OwnRefusal, { ...given, ...(issue as z.core.$ZodIssueCustom).params });
  }
}

function settingNames(): string[] {
  return [...trialFields, ...dataFields, ...fitFields].flatMap((field) => field.path.split('.'));
}

/** What there is to choose from, and which of it was probably meant. */
function choiceOf(input: unknown, choices: string[]): { choices: string[]; near?: string } {
  const alias = activationNames.find((name) => activationTable[name].alias === input && choices.includes(name));
  const near = alias ?? (typeof input === 'string' ? nearest(input, choices) : undefined);
  return near ? { choices, near } : { choices };
}

function show(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
