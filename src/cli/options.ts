/**
 * The settings as options. Nothing is listed here: names, types, choices, ranges, defaults and help come from the
 * schema's fields, so a new setting is an option at once. An option is called as the setting is in JSON, without the
 * sections that every setting has: `training.optimizer.learning_rate` is `--learning_rate`, and what would be unclear
 * keeps its group: `--split.seed`, `--early_stopping.patience`. Whole paths and hyphens are understood too.
 */
import { type Command, Option } from 'commander';
import type { Table } from '../data/table/table.ts';
import { cli } from '../messages/en/command-line/cli.ts';
import { checkData, checkTrial } from '../spec/check.ts';
import type { DataSettings } from '../spec/data-settings.ts';
import { helpOf } from '../spec/declare.ts';
import { smallTable, withDefaultsFor } from '../spec/defaults.ts';
import {
  dataFields,
  type Field,
  fieldText,
  fitFields,
  groupOff,
  groupValue,
  parseField,
  settingAt,
  settingName,
  trialFields,
  withoutSections,
  withSetting,
} from '../spec/fields.ts';
import { type TrialInput, trainingSettings } from '../spec/settings.ts';
import { InputError, saidBy } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { list } from '../util/words.ts';

export interface SettingOption {
  /** Without the dashes. */
  name: string;
  field: Field;
  of: 'trial' | 'data' | 'fit';
}

/** What the user gave, by option name. */
export type Given = Record<string, string | boolean | undefined>;

/** Settings that name one column. */
const columnPaths = ['target', 'weights', 'split.group', 'split.time'];

/** The shares of the split in one option. */
const splitShares = ['split.train', 'split.validation', 'split.test'];

export const settingOptions: SettingOption[] = [
  ...dataFields.map((field): SettingOption => ({ name: settingName(field), field, of: 'data' })),
  ...trialFields.map((field): SettingOption => ({ name: settingName(field), field, of: 'trial' })),
];

/** Of `fit`: the plan is in the file of --repeat. */
export const fitOptions: SettingOption[] = fitFields
  .filter(({ group }) => group === undefined)
  .map((field): SettingOption => ({ name: settingName(field), field, of: 'fit' }));

export const groups: string[] = [
  ...new Set(settingOptions.flatMap(({ field }) => (field.group ? [withoutSections(field.group)] : []))),
];

// ---- Declaring them ------------------------------------------------------------------------------------------------

/**
 * Adds every setting to a command, or those of the data alone, under headings.
 * @param defaults of the command, by path, where they are not the schema's
 */
export function addSettingOptions(
  command: Command,
  which: 'all' | 'data' = 'all',
  defaults: Readonly<Record<string, unknown>> = {},
): void {
  const added = new Set<string>();
  for (const { name, field, of } of settingOptions) {
    if (which === 'data' && of !== 'data') continue;
    const group = field.group && withoutSections(field.group);
    if (group && !added.has(group)) command.addOption(groupOption(group));
    if (name.startsWith('split.') && !added.has('split')) command.addOption(splitOption());
    added.add(group ?? name.split('.')[0]);
    const described = field.path in defaults ? { ...field, default: defaults[field.path] } : field;
    command.addOption(new Option(`--${name} <${placeholder(field)}>`, describe(described)).helpGroup(heading(field)));
  }
}

/** Those of `fit` itself. */
export function addFitOptions(command: Command): void {
  for (const { name, field } of fitOptions) {
    command.addOption(new Option(`--${name} <${placeholder(field)}>`, describe(field)).helpGroup('Search:'));
  }
}

function groupOption(group: string): Option {
  const main = groupValue[group];
  const help = helpOf(trainingSettings.shape[group as keyof typeof trainingSettings.shape]);
  const start = groupOff(`training.${group}`) === false ? `on unless --${group} false` : 'off unless given';
  const facts = `${start}${main ? `; a number is its ${main}` : ''}`;
  return new Option(main ? `--${group} [${main}]` : `--${group}`, `${help}\n${facts}`).helpGroup('Stopping:');
}

function splitOption(): Option {
  return new Option('--split <a,b,c>', 'The three shares at once\nwhat is left out shares the rest').helpGroup('Data:');
}

function heading({ path, group }: Field): string {
  if (group) return 'Stopping:';
  if (path.startsWith('model.')) return 'Network:';
  if (path.startsWith('training.optimizer.')) return 'Optimizer:';
  if (path.startsWith('training.schedule.')) return 'Schedule:';
  return path.startsWith('training.') ? 'Training:' : 'Data:';
}

function placeholder({ type, path, perLayer }: Field): string {
  if (columnPaths.includes(path)) return 'column';
  const one = {
    integer: 'n',
    number: 'x',
    boolean: 'true|false',
    text: 'text',
    choice: 'name',
    list: 'a,b,...',
    names: 'column,...',
    choices: 'column=type,...',
  }[type];
  return perLayer ? `${one},...` : one;
}

/** What it is; then, on a line of its own, choices or range, unit and default. */
function describe(field: Field): string {
  const { help, choices, kinds, unit, optional, defaultBy } = field;
  const start = defaultBy ?? defaultOf(field);
  const all = trialFields.find(({ path }) => path === field.kindPath)?.choices;
  const facts = [
    kinds && kinds.length < (all?.length ?? 0) ? `${list(kinds)} only` : '',
    choices ? list(choices) : [range(field), unit].filter(Boolean).join(' '),
    optional ? 'off unless given' : start && `default ${start}`,
  ];
  return `${help}\n${facts.filter(Boolean).join('; ')}`;
}

function range({ minimum, maximum, aboveMinimum, belowMaximum }: Field): string {
  if (minimum === undefined && maximum === undefined) return '';
  if (maximum === undefined) return `${aboveMinimum ? 'above' : 'from'} ${minimum}`;
  const end = belowMaximum ? `below ${plain(maximum)}` : plain(maximum);
  return aboveMinimum ? `above ${minimum} to ${end}` : `${minimum ?? 'up'} to ${end}`;
}

/** A field that several kinds share may start differently in each: `0.01 (sgd, rmsprop) or 0.001 (adam, adamw)`. */
function defaultOf({ default: start, defaults }: Field): string {
  const kindsByStart = new Map<string, string[]>();
  for (const [kind, value] of Object.entries(defaults ?? {})) {
    kindsByStart.set(plain(value), [...(kindsByStart.get(plain(value)) ?? []), kind]);
  }
  if (kindsByStart.size < 2) return plain(start);
  return list([...kindsByStart].map(([value, kinds]) => `${value} (${kinds.join(', ')})`));
}

function plain(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(plain).join(',');
  if (typeof value === 'object') return fieldText(value) || 'none';
  return typeof value === 'number' && value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value);
}

// ---- Reading them --------------------------------------------------------------------------------------------------

/**
 * The settings that were given, checked. Those of the data have all defaults filled in, those of the trial have not: some
 * follow from the table. The target may still be missing: the sentence about it is better once the columns are known.
 * @throws InputError that names the option as it is typed.
 */
export function settingsFrom(given: Given): {
  trial: TrialInput;
  data: Omit<DataSettings, 'target'> & { target?: string };
} {
  const written = { trial: writtenSettings(given, 'trial'), data: writtenSettings(given, 'data') };
  for (const group of groups) written.trial = withGroup(written.trial, group, given[group]);
  refuseOtherKinds(written.trial, given);
  return named(() => {
    checkTrial(withDefaultsFor(smallTable, written.trial));
    const { target = '', ...others } = checkData({ target: 'not yet known', ...written.data });
    return {
      trial: written.trial,
      data: { ...others, ...('target' in written.data ? { target } : {}) },
    };
  });
}

/** The settings that were given, by their paths, unchecked and without defaults. */
export function writtenSettings(given: Given, which: SettingOption['of']): Record<string, unknown> {
  const texts = withSplit(given);
  let written: Record<string, unknown> = {};
  for (const { name, field, of } of [...settingOptions, ...fitOptions]) {
    const text = texts[name];
    if (of === which && typeof text === 'string') written = withSetting(written, field.path, parseField(field, text));
  }
  return written;
}

/** Settings of the data for a table, whose target has to be said. @throws InputError naming its columns */
export function dataSettingsFrom({ data }: ReturnType<typeof settingsFrom>, table: Table): DataSettings {
  return withTarget(data, table);
}

/** @throws InputError naming the columns of the table where no target was given */
export function withTarget<Data extends { target?: string }>(
  data: Data,
  { columns }: Table,
): Data & { target: string } {
  const { target } = data;
  if (target !== undefined) return { ...data, target };
  throw new InputError(message(cli, 'target_missing', { columns: columns.map(({ name }) => name) }), 'target');
}

/** `--split 0.8,0.2` gives the shares in their order; one that is named by itself goes before it. */
function withSplit(given: Given): Given {
  if (typeof given.split !== 'string') return given;
  const shares = given.split.split(',').map((share) => share.trim());
  if (shares.length > splitShares.length || shares.includes('')) {
    throw new InputError(message(cli, 'split_shares'), 'split');
  }
  return { ...Object.fromEntries(shares.map((share, index) => [splitShares[index], share])), ...given };
}

/** `--early_stopping` alone takes the defaults, `--early_stopping 20` is its patience, `false` switches it off. */
function withGroup(trial: Record<string, unknown>, group: string, value: Given[string]): Record<string, unknown> {
  if (value === undefined) return trial;
  const path = `training.${group}`;
  const inside = settingAt(trial, path) as object | undefined;
  if (value === 'false') return withSetting(trial, path, groupOff(path));
  if (value === true || value === 'true') return withSetting(trial, path, inside ?? {});
  return withSetting(trial, path, { [groupValue[group]]: Number(value), ...inside });
}

/** A setting of another optimizer or schedule than the one in use is refused by name. */
function refuseOtherKinds(trial: Record<string, unknown>, given: Given): void {
  for (const { name, field } of settingOptions) {
    if (given[name] === undefined || !field.kinds) continue;
    const choice = settingOptions.find((option) => option.field.path === field.kindPath);
    const kind = String(settingAt(trial, field.kindPath ?? '') ?? choice?.field.default);
    // A kind that there is not is for the check to refuse.
    if (field.kinds.includes(kind) || !choice?.field.choices?.includes(kind)) continue;
    const said = { option: `--${name}`, choice: choice.name, kinds: field.kinds, chosen: kind };
    throw new InputError(message(cli, 'option_of_other_kind', said), field.path);
  }
}

/** Runs something that checks settings; what it refuses is said with the option's name instead of the setting's path. */
export function named<Result>(work: () => Result): Result {
  try {
    const result = work();
    return result instanceof Promise ? (result.catch(throwNamed) as Result) : result;
  } catch (error) {
    throwNamed(error);
  }
}

function throwNamed(error: unknown): never {
  if (!(error instanceof InputError) || !error.where) throw error;
  const { where } = error;
  const option = optionAt(where);
  // Within an option for many columns, the column that it is about: `--types: zip: ...`.
  const setting = `--${option}${where.startsWith(`${option}.`) ? `: ${where.slice(option.length + 1)}` : ''}`;
  const text = error.message.replace(`${where}: `, `${setting}: `);
  const said = saidBy(error);
  if (typeof said === 'string') throw new InputError(text, where);
  const params = said.params.setting === where ? { ...said.params, setting } : said.params;
  throw new InputError({ ...said, params, text }, where);
}

function optionAt(where: string): string {
  const option = settingOptions.find(({ field }) => where === field.path || where.startsWith(`${field.path}.`));
  return option?.name ?? withoutSections(where);
}
