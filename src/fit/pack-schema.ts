/** A pack as it is kept in a folder, or travels: what was written by another process is checked by it. */
import * as z from 'zod/mini';
import { networkSchema } from '../model/model-data-schema.ts';

const whole = z.int().check(z.minimum(0));

const candidateSchema = z.object({
  networks: z.array(networkSchema).check(z.minLength(1)),
  outputs: z.instanceof(Float32Array),
  inputs: z.enum(['all', 'values']),
});

export const packSchema = z.object({
  candidates: z.array(candidateSchema),
  networks: whole,
  diverged: whole,
  whole: z.boolean(),
  epochs: whole,
  engine: z.looseObject({
    kind: z.enum(['webgpu', 'cpu', 'reference']),
    adapter: z.string(),
    software: z.boolean(),
    why: z.union([z.string(), z.looseObject({ text: z.string(), code: z.string() })]),
  }),
  seconds: z.number().check(z.minimum(0)),
  machine: z.optional(z.string()),
});
