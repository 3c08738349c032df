/** What plain data has to be to be a model that was stored as it is, and not as a file. */
import * as z from 'zod/mini';
import type { Preprocessing } from '../data/prepare/dataset.ts';
import { featureCount } from '../data/prepare/features.ts';
import { checkPreprocessing } from '../data/prepare/preprocessing.ts';
import { outputCount } from '../data/prepare/target.ts';
import { type LayerShape, layerKinds } from '../engine/layers.ts';
import { parameterCount } from '../engine/parameters.ts';
import { activationNames } from '../spec/activations.ts';
import { checkStoredTrial } from '../spec/first-defaults.ts';
import { InputError } from '../util/errors.ts';
import { calibrationSchema } from './file/calibration-schema.ts';
import type { Member } from './model-data.ts';

const side = z.int().check(z.minimum(1));
const layerSchema = z.object({
  kind: z.optional(z.enum(layerKinds)),
  inputs: side,
  outputs: side,
  activation: z.enum(activationNames),
  embedding: z.optional(z.object({ inputs: z.array(z.int()), frequencies: side, scale: z.number() })),
});
/** A network that has no share in an ensemble yet. */
export const networkSchema = z.object({
  layers: z.array(layerSchema).check(z.minLength(1)),
  parameters: z.instanceof(Float32Array),
  settings: z.custom<Member['settings']>((value) => passes(checkStoredTrial, value)),
});
const memberSchema = z.extend(networkSchema, { weight: z.number().check(z.positive()) });

export const modelDataSchema = z
  .object({
    members: z.array(memberSchema).check(z.minLength(1)),
    preprocessing: z.custom<Preprocessing>((value) => passes(checkPreprocessing, value) && isCurrent(value)),
    origin: z.record(z.string(), z.unknown()),
    calibration: z.optional(calibrationSchema),
  })
  .check(
    z.refine((model) =>
      model.members.every(({ layers, parameters }) => isNetworkOf(layers, parameters, model.preprocessing)),
    ),
  );

/** Whether its layers are a chain from the columns to the targets, with as many parameters. */
function isNetworkOf(layers: readonly LayerShape[], parameters: Float32Array, { features, targets }: Preprocessing) {
  const widths = [featureCount(features), ...layers.map(({ outputs }) => outputs)];
  const chained = layers.every(({ inputs }, layer) => inputs === widths[layer]);
  return chained && widths.at(-1) === outputCount(targets) && parameters.length === parameterCount(layers);
}

/** What earlier versions stored is read from files, and from nothing else. */
function isCurrent(preprocessing: unknown): boolean {
  return (preprocessing as Preprocessing).version === 4;
}

/** Whether `check` finds nothing wrong with it. */
function passes(check: (value: unknown) => unknown, value: unknown): boolean {
  try {
    check(value);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
