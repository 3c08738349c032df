/**
 * What the files that declare settings share: how a setting describes itself to people, and kinds of values. The schemas
 * are zod's small ones, made of functions, so that the page and its worker load no more of zod than they use.
 */
import * as z from 'zod/mini';
import type { settings } from '../messages/en/training/settings.ts';

/** What a setting says of itself to people; carried in the schema's metadata. */
declare module 'zod/v4/core' {
  interface GlobalMeta {
    /** Two or three words, for a label. */
    label?: string;
    /** One line: what it is. */
    help?: string;
    unit?: string;
    /** How a control should step through the values. */
    scale?: 'linear' | 'log';
    /** What a slider explores; a field beside it accepts the whole legal range. */
    explore?: [number, number];
    /** Where the default follows from the table: by what rule (`defaults.ts`). The schema's own is that of a small table. */
    defaultBy?: string;
  }
}

/** A setting that takes `value` when it is left out. */
export function setting<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: z.core.util.NoUndefined<z.output<Schema>>,
  meta: z.core.GlobalMeta,
) {
  return described(z._default(schema, value), meta);
}

/** A setting that is off when it is left out. */
export function optional<Schema extends z.ZodMiniType>(schema: Schema, meta: z.core.GlobalMeta) {
  return described(z.optional(schema), meta);
}

/** A group of settings that is on with its defaults when it is left out, and off by `false`. */
export function switchable<Schema extends z.ZodMiniType>(schema: Schema, meta: z.core.GlobalMeta) {
  const onOrOff = z.union([schema, z.literal(false)]);
  return described(z.prefault(onOrOff, {} as z.input<typeof onOrOff>), meta);
}

/** A group of settings of which any may be left out, and all with `value`: the rest takes its defaults. */
export function group<Schema extends z.ZodMiniType>(schema: Schema, value: z.input<Schema>, meta: z.core.GlobalMeta) {
  return described(z.prefault(schema, value), meta);
}

/** A copy of the schema that says this of itself; a setting that has to be given needs no more. */
export function described<Schema extends z.ZodMiniType>(schema: Schema, meta: z.core.GlobalMeta): Schema {
  const own = schema.clone();
  z.globalRegistry.add(own, meta);
  return own;
}

export const helpOf = (schema: z.ZodMiniType): string => z.globalRegistry.get(schema)?.help ?? '';

type Settings = typeof settings;

/** Codes of messages that mention the setting and what was given, and no more. */
export type OwnRefusal = {
  [Code in keyof Settings]: { setting: string; input: string } extends Parameters<Settings[Code]>[0] ? Code : never;
}[keyof Settings];

/** A check of a schema's own, and the code of what is said where it fails: `check` makes the message. */
export function holds<Value>(test: (value: NoInfer<Value>) => boolean, code: OwnRefusal, path?: string[]) {
  return z.refine<Value>(test, { error: code, ...(path ? { path } : {}) });
}

/** A whole number between two bounds, both allowed. */
export const count = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));

/** A number between two bounds, both allowed. */
export const between = (least: number, most: number) => z.number().check(z.minimum(least), z.maximum(most));

/** A number from a bound up, which is allowed. */
export const atLeast = (least: number) => z.number().check(z.minimum(least));

/** A number above 0, and up to a bound. */
export const positive = (most?: number) =>
  most === undefined ? z.number().check(z.positive()) : z.number().check(z.positive(), z.maximum(most));

/** A part of a whole that leaves something over: from 0 up to, but not, 1. */
export const share = z.number().check(z.minimum(0), z.lt(1));

/** A text that is not empty. */
export const name = z.string().check(z.minLength(1));
