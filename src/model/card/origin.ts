/** What a model's file may say of where it comes from. It is free-form: another program may have written it, so all is checked. */
import * as z from 'zod/mini';
import type { ModelData } from '../model-data.ts';

/** The table and its split: see `src/train/recorded-data.ts`. */
const data = z.object({
  file: z.optional(z.string()),
  rows: z.number(),
  sets: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
  fold: z.optional(z.object({ number: z.number(), count: z.number() })),
  fingerprint: z.optional(z.string()),
  settings: z.record(z.string(), z.unknown()),
});

/** Scores of each set, by name; what is no number is something else. */
const metrics = z.record(z.string(), z.nullable(z.record(z.string(), z.unknown())));

/** How good single networks of an average were, over seeds and folds. */
const estimate = z.object({
  set: z.string(),
  metrics: z.record(
    z.string(),
    z.object({ n: z.number(), mean: z.number(), sd: z.number(), low: z.number(), high: z.number() }),
  ),
});

/** The model that it went on from: see `src/train/base-model.ts`. */
const from = z.object({ name: z.string(), parameters: z.optional(z.string()) });

const parts = {
  data,
  from,
  metrics,
  engine: z.string(),
  adapter: z.string(),
  plan: z.string(),
  epochs_run: z.number(),
  kept_epoch: z.number(),
  refit: z.object({ epochs: z.number(), rows: z.number() }),
  fit: z.object({ seed: z.number() }),
  average: z.object({ rows: z.number(), epochs: z.array(z.number()), estimate: z.nullish(estimate) }),
};

export type Scores = Record<string, unknown>;
export type KnownOrigin = { [Name in keyof typeof parts]?: z.output<(typeof parts)[Name]> };

/** The parts of it that are what they are called. */
export function knownOrigin({ origin }: Pick<ModelData, 'origin'>): KnownOrigin {
  const known = Object.entries(parts).flatMap(([name, schema]) => {
    const read = z.safeParse(schema as z.ZodMiniType, origin[name]);
    return read.success ? [[name, read.data]] : [];
  });
  return Object.fromEntries(known);
}
