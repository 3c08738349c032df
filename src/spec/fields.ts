/**
 * The settings as a flat list, read off the schema: what a form, a command line or a URL needs to know of each one.
 * Read from the definitions that zod keeps for whoever reads schemas (zod.dev/packages/core). The JSON Schema that zod writes
 * says the same, and a test holds the fields to it; but with what writes it, all would load 7 kB more.
 */
import * as z from 'zod/mini';
import { dataSettings } from './data-settings.ts';
import { fitSettings } from './fit-settings.ts';
import { trialSettings } from './settings.ts';

export interface Field {
  /** Dotted path in the settings, such as `training.optimizer.learning_rate`. */
  path: string;
  /** The last word of the path, or the word before it for `kind`: what the command line and the URL call it. */
  name: string;
  /** `names` is a list of names, `choices` a choice for each of some names, as in `zip=category,when=date`. */
  type: 'integer' | 'number' | 'boolean' | 'text' | 'choice' | 'list' | 'names' | 'choices';
  label: string;
  help: string;
  unit?: string;
  scale?: 'linear' | 'log';
  explore?: [number, number];
  /** One value for all hidden layers, or a list with one for each. */
  perLayer?: boolean;
  /** Legal values of a choice, or of each of several. */
  choices?: string[];
  minimum?: number;
  maximum?: number;
  /** The minimum itself is not legal. */
  aboveMinimum?: boolean;
  /** The maximum itself is not legal. */
  belowMaximum?: boolean;
  /** That of a small table where `defaultBy` says that it follows from the table. */
  default?: unknown;
  defaultBy?: string;
  /** The default under each kind; present where the kinds differ, and then `default` is that of the first. */
  defaults?: Record<string, unknown>;
  /** Where a setting belongs to one kind or several of something, such as an optimizer or a schedule: those kinds. */
  kinds?: string[];
  /** Path of the choice among those kinds, such as `training.optimizer.kind`; there when `kinds` is. */
  kindPath?: string;
  /** Without a value, what the field is about is off. */
  optional?: boolean;
  /** Path of the optional group that the field switches on, such as `training.early_stopping`. */
  group?: string;
  /** The group is on when it is left out, and off where it is `false`. */
  groupIsOn?: boolean;
}

type Schema = z.core.$ZodType;
type Definition = z.core.$ZodTypes['_zod']['def'];
type Shape = Readonly<Record<string, Schema>>;

/** Every setting of a trial, in the order of the schema. */
export const trialFields: Field[] = fieldsOf(z.omit(trialSettings, { initial_parameters: true }).shape);
/** Every setting of how a table becomes a data set. */
export const dataFields: Field[] = fieldsOf(dataSettings.shape);
/** Every setting of a fit, its plan among them. */
export const fitFields: Field[] = fieldsOf(fitSettings.shape);

export function fieldsOf(shape: Shape): Field[] {
  const fields: Field[] = [];
  collect(shape, [], {}, fields);
  return fields;
}

function collect(shape: Shape, path: string[], inherited: Partial<Field>, fields: Field[]): void {
  for (const [key, schema] of Object.entries(shape)) {
    const here = [...path, key];
    const { definition, optional, isOn } = unwrapped(schema);
    if (definition.type === 'union' && 'discriminator' in definition) {
      collectKinds(schema, definition.options, here, fields);
    } else if (definition.type === 'object') {
      const group = { ...(optional ? { group: here.join('.') } : {}), ...(isOn ? { groupIsOn: true } : {}) };
      collect(definition.shape, here, { ...inherited, ...group }, fields);
    } else {
      add({ ...describe(schema, here), ...(optional ? { optional } : {}), ...inherited }, fields);
    }
  }
}

function definitionOf(schema: Schema): Definition {
  return (schema as z.core.$ZodTypes)._zod.def;
}

interface Unwrapped {
  definition: Definition;
  default?: unknown;
  optional?: boolean;
  /** It is optional, and on when it is left out. */
  isOn?: boolean;
}

/** What is declared within a default, `optional` or `switchable`. */
function unwrapped(schema: Schema): Unwrapped {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'default':
    case 'prefault':
      return { ...unwrapped(definition.innerType), default: definition.defaultValue };
    case 'optional':
      return { ...unwrapped(definition.innerType), optional: true };
    case 'union': {
      const [on, off] = definition.options;
      if (definitionOf(off).type !== 'literal') return { definition };
      return { ...unwrapped(on), optional: true, isOn: true };
    }
    default:
      return { definition };
  }
}

/** A union told apart by `kind`: one choice, then the fields of each kind. */
function collectKinds(union: Schema, options: readonly Schema[], path: string[], fields: Field[]): void {
  const kindPath = [...path, 'kind'];
  const field = describe(union, kindPath);
  const start = (field.default as { kind: string } | undefined)?.kind;
  const shapes = options.map((option) => (option as z.ZodMiniObject).shape);
  const kinds = shapes.map(({ kind }) => String((kind as z.ZodMiniLiteral)._zod.def.values[0]));
  add({ ...field, name: path.at(-1) ?? '', type: 'choice', choices: kinds, default: start }, fields);
  shapes.forEach(({ kind: _, ...others }, i) => {
    collect(others, path, { kinds: [kinds[i]], kindPath: kindPath.join('.') }, fields);
  });
}

/** The same path under two kinds is one field that belongs to both. */
function add(field: Field, fields: Field[]): void {
  const known = fields.find((other) => other.path === field.path);
  if (!known) {
    fields.push(field);
    return;
  }
  if (known.defaults || JSON.stringify(field.default) !== JSON.stringify(known.default)) {
    known.defaults = { ...(known.defaults ?? defaultByKind(known)), ...defaultByKind(field) };
  }
  known.kinds = [...(known.kinds ?? []), ...(field.kinds ?? [])];
}

function defaultByKind(field: Field): Record<string, unknown> {
  return Object.fromEntries((field.kinds ?? []).map((kind) => [kind, field.default]));
}

function describe(schema: Schema, path: string[]): Field {
  const { definition: declared, default: value } = unwrapped(schema);
  // One value or a list of such values: described as the one.
  const perLayer = declared.type === 'union' && definitionOf(declared.options[1]).type === 'array';
  const definition = perLayer ? definitionOf(declared.options[0]) : declared;
  const { label = path.at(-1) ?? '', help = '', ...meta } = (z.globalRegistry.get(schema) ?? {}) as z.core.GlobalMeta;
  const field: Field = { path: path.join('.'), name: path.at(-1) ?? '', label, help, ...meta, ...valuesOf(definition) };
  if (perLayer) field.perLayer = true;
  if (value !== undefined) field.default = value;
  return field;
}

/** What a field takes: the kind of values, which of them, within which bounds. */
function valuesOf(definition: Definition): Pick<Field, 'type'> & Partial<Field> {
  switch (definition.type) {
    case 'number':
      // Of zod's numbers the whole ones have a format.
      return { type: 'format' in definition ? 'integer' : 'number', ...boundsOf(definition.checks) };
    case 'boolean':
      return { type: 'boolean' };
    case 'enum':
      return { type: 'choice', choices: Object.values(definition.entries).map(String) };
    case 'record':
      return { ...valuesOf(definitionOf(definition.valueType)), type: 'choices' };
    case 'array':
      return { type: definitionOf(definition.element).type === 'string' ? 'names' : 'list' };
    case 'tuple':
      return { type: 'list' };
    default:
      return { type: 'text' };
  }
}

function boundsOf(checks: readonly z.core.$ZodCheck[] = []): Partial<Field> {
  const bounds: Partial<Field> = {};
  for (const check of checks) {
    const { def } = (check as z.core.$ZodChecks)._zod;
    if (def.check === 'greater_than') {
      bounds.minimum = Number(def.value);
      if (!def.inclusive) bounds.aboveMinimum = true;
    } else if (def.check === 'less_than') {
      bounds.maximum = Number(def.value);
      if (!def.inclusive) bounds.belowMaximum = true;
    }
  }
  return bounds;
}

/**
 * A copy of `settings` with the value at a dotted path replaced; groups on the way are made as needed.
 * Meant for what people write: the result still has to be checked.
 */
export function withSetting(settings: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> {
  const [head, ...rest] = path.split('.');
  const inner =
    rest.length === 0
      ? value
      : withSetting((settingAt(settings, head) ?? {}) as Record<string, unknown>, rest.join('.'), value);
  return { ...settings, [head]: inner };
}

/** The value at a dotted path, or undefined; what every object inherits is no setting. */
export function settingAt(settings: unknown, path: string): unknown {
  let value = settings;
  for (const key of path.split('.')) {
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    value = isThere ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

/** What the command line and links call a setting: its path without the sections that every setting has. */
export function settingName({ path }: Pick<Field, 'path'>): string {
  return withoutSections(path.replace(/\.kind$/, ''));
}

export function withoutSections(path: string): string {
  return path.replace(/^(model|training)\./, '').replace(/^optimizer\./, '');
}

/** What an optional group is where it is off. */
export function groupOff(group: string): false | undefined {
  return trialFields.some((field) => field.group === group && field.groupIsOn) ? false : undefined;
}

/** Where a group is switched on by its name, the setting that a value beside the name is of: `early_stopping=20`. */
export const groupValue: Record<string, string> = { early_stopping: 'patience', loss_plateau: 'tolerance' };

/** A setting as `parseField` reads it again: with `none` for a list without anything in it, and a comma after a name like that. */
export function settingText(value: unknown): string {
  const text = fieldText(value);
  if (Array.isArray(value) && text === 'none') return 'none,';
  return text || 'none';
}

/**
 * Turns what a person typed into the type of a field; what cannot be turned is left for the check to refuse. `none` is a
 * list without anything in it, such as no hidden layers.
 */
export function parseField(field: Field, text: string): unknown {
  const empty = ['list', 'names', 'choices'].includes(field.type) && text.trim() === 'none';
  const trimmed = empty ? '' : text.trim();
  if (field.perLayer && /[\s,]/.test(trimmed)) {
    return partsOf(trimmed).map((part) => parseField({ ...field, perLayer: false }, part));
  }
  switch (field.type) {
    case 'integer':
    case 'number':
      return numberOr(trimmed);
    case 'boolean':
      return trimmed === 'true' ? true : trimmed === 'false' ? false : trimmed;
    case 'list':
      return partsOf(trimmed).map(numberOr);
    case 'names':
      return namesOf(trimmed);
    case 'choices':
      return Object.fromEntries(namesOf(trimmed).map(choiceOf));
    default:
      return trimmed;
  }
}

/** A setting's value as `parseField` takes it: 0.9,0.999 or zip=category,when=date; empty for nothing and for an empty list. */
export function fieldText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(fieldText).join(',');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([name, choice]) => `${name}=${choice}`)
    .join(',');
}

/** Names may have blanks in them, but no commas. */
function namesOf(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

/** `zip=category`; a name may have equals signs in it. Without one the choice is missing, which the check says. */
function choiceOf(text: string): [string, string] {
  const at = text.lastIndexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function partsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

function numberOr(text: string): unknown {
  return text === '' || Number.isNaN(Number(text)) ? text : Number(text);
}
