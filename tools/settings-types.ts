/**
 * The types of settings as plain TypeScript, with what the schema says of each as its comment: what an editor shows who writes
 * `{ epochs: 50 }`. Types that zod infers carry no comments, and whoever uses them needs zod's own. Written to
 * `src/spec/types/` by `npm run settings-types`; a test fails where the files are not what the schemas make now.
 */
import * as z from 'zod/mini';
import { activationNames } from '../src/spec/activations.ts';
import { dataSettings, splitSettings } from '../src/spec/data-settings.ts';
import { embeddingSettings } from '../src/spec/embedding-settings.ts';
import { fitPlanSettings, fitSettings } from '../src/spec/fit-settings.ts';
import { optimizerSettings, scheduleSettings } from '../src/spec/optimizer-settings.ts';
import { readingSettings } from '../src/spec/reading-settings.ts';
import {
  earlyStoppingSettings,
  lossPlateauSettings,
  modelSettings,
  trainingSettings,
  trialSettings,
} from '../src/spec/settings.ts';
import { halvingSettings, rangeSettings, sweepSettings } from '../src/spec/sweep-settings.ts';

/** A type of the files, by the schema of which it is: as a person writes it, and with every default filled in. */
interface Named {
  schema: z.core.$ZodType;
  input: string;
  output: string;
  /** Of what it is the settings. */
  about: string;
}

const named = (schema: z.core.$ZodType, output: string, about: string, input = `${output}Input`): Named => ({
  schema,
  input,
  output,
  about,
});

/** The files of `src/spec/types/`, each with its types in the order in which they stand there. */
const files: Record<string, Named[]> = {
  model: [
    named(embeddingSettings, 'EmbeddingSettings', 'What numbers and dates have beside themselves as inputs'),
    named(modelSettings, 'ModelSettings', 'The network'),
  ],
  optimizer: [named(optimizerSettings, 'OptimizerSettings', 'How a gradient becomes a step')],
  schedule: [named(scheduleSettings, 'ScheduleSettings', 'How the learning rate changes over the epochs')],
  trial: [
    named(earlyStoppingSettings, 'EarlyStoppingSettings', 'When to stop because a loss no longer improves'),
    named(lossPlateauSettings, 'LossPlateauSettings', 'When to stop because the training loss stands still'),
    named(trainingSettings, 'TrainingSettings', 'How the network is trained'),
    named(trialSettings, 'Trial', 'A network and how it is trained'),
  ],
  data: [
    named(splitSettings, 'SplitSettings', 'Which rows train, validate and test'),
    named(dataSettings, 'DataSettings', 'How a table becomes a data set'),
  ],
  reading: [named(readingSettings, 'ReadingSettings', 'How a file is read', 'ReadingInput')],
  fit: [
    named(fitPlanSettings, 'FitPlan', 'What a fit decided: with its seed, it repeats the fit', 'FitPlan'),
    named(fitSettings, 'FitSettings', 'How long a fit searches, and with which random numbers'),
  ],
  sweep: [
    named(rangeSettings, 'SweepRange', 'Values that are drawn from'),
    named(halvingSettings, 'HalvingSettings', 'How successive halving stops the trials that do worse'),
    named(sweepSettings, 'Sweep', 'What a sweep tries'),
  ],
};

/** What settings are that no form or option has. */
const unshown: Record<string, string> = {
  initial_parameters:
    'All parameters to start from, in one flat array: each layer its weight [out, in], then its bias [out]',
};

/** Lists of choices with a name of their own, and where that is. */
const choices = [{ name: 'ActivationName', values: activationNames, from: '../activations.ts' }];

const aboutOf = new Map(Object.values(files).flatMap((all) => all.map(({ input, about }) => [input, about] as const)));
const nameOf = new Map(Object.values(files).flatMap((all) => all.map((one) => [one.schema, one] as const)));

/** What zod writes of a schema, and the metadata of `declare.ts`. */
interface Schema {
  /** In place of the rest, where the schema has a name or is of a class. */
  called?: string;
  type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  const?: unknown;
  enum?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  prefixItems?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | false;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  default?: unknown;
  label?: string;
  help?: string;
  unit?: string;
  defaultBy?: string;
}

type Direction = 'input' | 'output';

/** The text of each file, by its name; biome lays it out. */
export function settingsTypes(): Record<string, string> {
  return Object.fromEntries(Object.keys(files).map((file) => [`${file}.ts`, fileOf(file)]));
}

function fileOf(file: string): string {
  const types = files[file].flatMap((one) => {
    if (one.input !== one.output) return [declaration(one, 'input'), declaration(one, 'output')];
    return [declaration(one, 'output')];
  });
  const text = types.join('\n');
  const opening =
    '// Made by tools/settings-types.ts from the schemas of src/spec: change those, then `npm run settings-types`.\n';
  return `${opening}${importsOf(file, text)}\n${text}`;
}

function importsOf(file: string, text: string): string {
  const others = Object.entries(files).flatMap(([other, all]) =>
    all.flatMap(({ input, output }) => [input, output].map((name) => ({ name, from: `./${other}.ts` }))),
  );
  const used = [...choices, ...others].filter(
    ({ name, from }) => from !== `./${file}.ts` && new RegExp(`\\b${name}\\b`).test(text),
  );
  const places = [...new Set(used.map(({ from }) => from))].sort();
  return places
    .map((place) => {
      const names = used.filter(({ from }) => from === place).map(({ name }) => name);
      return `import type { ${names.sort().join(', ')} } from '${place}';\n`;
    })
    .join('');
}

function declaration(one: Named, direction: Direction): string {
  const schema = read(one.schema, direction);
  const isBoth = one.input === one.output;
  const about = isBoth
    ? `/** ${one.about}. Nothing in it has a default. */\n`
    : direction === 'input'
      ? `/** ${one.about}; what is left out takes its default. */\n`
      : `/** Complete: every default filled in. {@link ${one.input}} says what each is. */\n`;
  const left = one.schema === readingSettings ? 'guessed' : 'none';
  const body = (object: Schema) => objectType(object, direction === 'input' || isBoth ? left : undefined);
  const kinds = schema.oneOf?.map((kind) => `| ${body(kind)}`).join('\n');
  // No interface: a sweep's base is a record, which an interface cannot be taken for.
  return `${about}export type ${one[direction]} = ${kinds ?? body(schema)};\n`;
}

function read(schema: z.core.$ZodType, direction: Direction): Schema {
  return z.toJSONSchema(schema, {
    io: direction,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const known = nameOf.get(zodSchema);
      const { Class } = zodSchema._zod.bag as { Class?: { name: string } };
      if (known && zodSchema !== schema) Object.assign(jsonSchema, { called: known[direction] });
      else if (Class) Object.assign(jsonSchema, { called: `${Class.name}<ArrayBuffer>` });
    },
  }) as Schema;
}

/** @param left what an optional setting is when it is left out; without it there are no comments */
function objectType({ properties = {}, required = [] }: Schema, left: string | undefined): string {
  const members = Object.entries(properties).map(([name, schema]) => {
    const mark = required.includes(name) ? '' : '?';
    const start = 'default' in schema ? defaultOf(schema) : mark && `@defaultValue ${left}`;
    return `${left ? comment(name, schema, start) : ''}${name}${mark}: ${typeOf(schema)};\n`;
  });
  return `{\n${members.join('')}}`;
}

function typeOf(schema: Schema): string {
  const { called, type, enum: values, anyOf, items, prefixItems, additionalProperties } = schema;
  if (called) return called;
  if ('const' in schema) return typeof schema.const === 'string' ? quoted(schema.const) : String(schema.const);
  if (values) {
    const choice = choices.find((one) => one.values.join() === values.join());
    return choice?.name ?? values.map(quoted).join(' | ');
  }
  if (anyOf) return anyOf.map(typeOf).join(' | ');
  if (prefixItems) return `[${prefixItems.map(typeOf).join(', ')}]`;
  if (items) return listOf(typeOf(items));
  if (type === 'object' && additionalProperties) return `Record<string, ${typeOf(additionalProperties)}>`;
  if (type === 'integer') return 'number';
  return type ?? 'unknown';
}

/** In the quotes that the formatter takes. */
const quoted = (value: unknown) => (/^[^'"\\]*$/.test(String(value)) ? `'${value}'` : JSON.stringify(value));
const listOf = (type: string) => (type.includes(' ') ? `(${type})[]` : `${type}[]`);

/** What it is, in which unit and range, and what it is when it is left out. */
function comment(name: string, schema: Schema, start: string): string {
  const { called, label = aboutOf.get(called ?? '') ?? unshown[name], help = label } = schema;
  if (!help) return '';
  const range = called ? '' : rangeOf(schema);
  const says = range !== 'number' && range;
  const lines = [`${help}.`, says && `${says[0].toUpperCase()}${says.slice(1)}.`, start].filter(Boolean);
  if (lines.length === 1) return `/** ${lines[0]} */\n`;
  return `/**\n${lines.map((line) => ` * ${line}\n`).join('')} */\n`;
}

/** "whole number of rows from 1 to 1,048,576"; nothing where it is no number. */
function rangeOf(schema: Schema, unit = schema.unit): string {
  const { type, anyOf, items, prefixItems = [] } = schema;
  if (anyOf) {
    const [one, list] = anyOf.map((each) => rangeOf(each, unit));
    if (!one || !list) return '';
    return boundsOf(anyOf[0]) === boundsOf(anyOf[1].items ?? {}) ? `${one}, or a list of such` : `${one}, or ${list}`;
  }
  const [each] = items ? [items] : prefixItems;
  const { type: kind } = each ?? schema;
  if (kind !== 'integer' && kind !== 'number') return '';
  const word = `${kind === 'integer' ? 'whole ' : ''}number${type === 'array' ? 's' : ''}${unit ? ` of ${unit}` : ''}`;
  return each ? `${word}, each${boundsOf(each)}` : `${word}${boundsOf(schema)}`;
}

function boundsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const above = exclusiveMinimum !== undefined;
  const from = above ? ` above ${written(exclusiveMinimum)}` : isBound(minimum) ? ` from ${written(minimum)}` : '';
  if (exclusiveMaximum !== undefined) return `${from}${above ? ',' : ' to'} below ${written(exclusiveMaximum)}`;
  return isBound(maximum) ? `${from}${above ? ', up' : ''} to ${written(maximum)}` : from;
}

/** Every whole number is one that is safe: that is no bound of a setting. */
const isBound = (value: number | undefined): value is number =>
  value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
const written = (value: number) => value.toLocaleString('en');

function defaultOf({ default: value, defaultBy, anyOf }: Schema): string {
  if (defaultBy) return `@defaultValue by the table: ${defaultBy}`;
  const isSwitch = anyOf?.some((one) => one.const === false);
  return `@defaultValue ${isSwitch ? 'on; `false` is off' : `\`${JSON.stringify(value)}\``}`;
}
