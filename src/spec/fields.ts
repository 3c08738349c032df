/**
 * The settings as a flat list, read off the schema: what a form, a command line or a URL needs to know of each one.
 * Built from JSON Schema (which zod writes) rather than from zod's own insides, so that it survives zod's changes.
 */
import * as z from 'zod/mini';
import { dataSettings } from './data-settings.ts';
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
  default?: unknown;
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
}

interface Schema {
  anyOf?: Schema[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  label?: string;
  help?: string;
  unit?: string;
  scale?: 'linear' | 'log';
  explore?: [number, number];
}

/** Every setting of a trial, in the order of the schema. */
export const trialFields: Field[] = fieldsOf(z.omit(trialSettings, { initial_parameters: true }));
/** Every setting of how a table becomes a data set. */
export const dataFields: Field[] = fieldsOf(dataSettings);

function fieldsOf(schema: z.ZodMiniType): Field[] {
  const fields: Field[] = [];
  collect(z.toJSONSchema(schema, { io: 'input' }) as Schema, [], {}, fields);
  return fields;
}

function collect(schema: Schema, path: string[], inherited: Partial<Field>, fields: Field[]): void {
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const here = [...path, key];
    const optional = property.default === undefined && !(schema.required ?? []).includes(key);
    if (property.oneOf) {
      collectUnion(property, here, fields);
    } else if (property.properties) {
      collect(property, here, { ...inherited, ...(optional ? { group: here.join('.') } : {}) }, fields);
    } else {
      add({ ...describe(property, here), ...(optional ? { optional } : {}), ...inherited }, fields);
    }
  }
}

/** A union told apart by `kind`: one choice, then the fields of each kind. */
function collectUnion(union: Schema, path: string[], fields: Field[]): void {
  const kinds = (union.oneOf ?? []).map((option) => String(option.properties?.kind.const));
  const start = (union.default as { kind: string } | undefined)?.kind;
  const kindPath = [...path, 'kind'];
  add(
    { ...describe(union, kindPath), name: path.at(-1) ?? '', type: 'choice', choices: kinds, default: start },
    fields,
  );
  for (const option of union.oneOf ?? []) {
    const { kind, ...properties } = option.properties ?? {};
    const inherited = { kinds: [String(kind.const)], kindPath: kindPath.join('.') };
    collect({ properties, required: option.required }, path, inherited, fields);
  }
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

function describe(property: Schema, path: string[]): Field {
  // One value or a list of such values: described as the one.
  const perLayer = property.anyOf?.length === 2 && property.anyOf[1].type === 'array';
  const schema = perLayer ? { ...property.anyOf?.[0], ...property } : property;
  const field: Field = {
    path: path.join('.'),
    name: path.at(-1) ?? '',
    type: typeOf(schema),
    label: schema.label ?? path.at(-1) ?? '',
    help: schema.help ?? '',
  };
  if (perLayer) field.perLayer = true;
  if (schema.unit) field.unit = schema.unit;
  if (schema.scale) field.scale = schema.scale;
  if (schema.explore) field.explore = schema.explore;
  const values = schema.enum ?? valuesOf(schema)?.enum;
  if (values) field.choices = values.map(String);
  const minimum = schema.minimum ?? schema.exclusiveMinimum;
  const maximum = schema.maximum ?? schema.exclusiveMaximum;
  if (minimum !== undefined) field.minimum = minimum;
  if (schema.exclusiveMinimum !== undefined) field.aboveMinimum = true;
  if (schema.exclusiveMaximum !== undefined) field.belowMaximum = true;
  if (maximum !== undefined) field.maximum = maximum;
  if (schema.default !== undefined) field.default = schema.default;
  return field;
}

/** What each name of a record may have. */
function valuesOf({ additionalProperties }: Schema): Schema | undefined {
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

function typeOf(schema: Schema): Field['type'] {
  if (schema.enum) return 'choice';
  if (valuesOf(schema)?.enum) return 'choices';
  if (schema.type === 'array') return schema.items?.type === 'string' ? 'names' : 'list';
  if (schema.type === 'integer' || schema.type === 'number' || schema.type === 'boolean') return schema.type;
  return 'text';
}

/**
 * A copy of `settings` with the value at a dotted path replaced; groups on the way are made as needed.
 * Meant for what people write: the result still has to be checked.
 */
export function withSetting(settings: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> {
  const [head, ...rest] = path.split('.');
  const inner =
    rest.length === 0 ? value : withSetting((settings[head] ?? {}) as Record<string, unknown>, rest.join('.'), value);
  return { ...settings, [head]: inner };
}

/** The value at a dotted path, or undefined. */
export function settingAt(settings: unknown, path: string): unknown {
  let value = settings;
  for (const key of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[key];
  return value;
}

/** What the command line and links call a setting: its path without the sections that every setting has. */
export function settingName({ path }: Pick<Field, 'path'>): string {
  return withoutSections(path.replace(/\.kind$/, ''));
}

export function withoutSections(path: string): string {
  return path.replace(/^(model|training)\./, '').replace(/^optimizer\./, '');
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
