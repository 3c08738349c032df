/** What a file may say of a model's calibration. */
import * as z from 'zod/mini';
import { holds } from '../../spec/declare.ts';
import { lossTable } from '../../spec/losses.ts';
import { lossOf, type ModelCalibration, type ModelData, outputsOf } from '../model-data.ts';

const rows = z.int().check(z.minimum(1));
const rising = z.array(z.number().check(z.minimum(0))).check(
  z.minLength(1),
  holds((values) => values.every((value, index) => index === 0 || value >= values[index - 1]), 'list_not_rising'),
);

export const calibrationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('temperature'), temperature: z.number().check(z.positive()), rows }),
  z.strictObject({
    kind: z.literal('conformal'),
    residuals: z.array(rising),
    rows,
    coverage: z.number().check(z.minimum(0), z.maximum(1)),
  }),
]) satisfies z.ZodMiniType<ModelCalibration>;

/** Whether a model can have it: temperatures are for logits, residuals for numbers, a list for each target. */
export function suits(calibration: ModelCalibration, model: ModelData): boolean {
  if (calibration.kind === 'temperature') return lossTable[lossOf(model)].logits === true;
  return model.preprocessing.task === 'regression' && calibration.residuals.length === outputsOf(model);
}
