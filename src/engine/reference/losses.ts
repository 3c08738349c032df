/**
 * The losses: a mean over the batch's rows and the outputs of a value per output. Adding one is a row here, a case in
 * `shaders/loss.wgsl`, its name in `spec/settings.ts` and a row in the parity test.
 */
import type { LossName } from '../../spec/settings.ts';

export interface Loss {
  /** Per output; the loss is the mean of these. */
  value: (output: number, target: number) => number;
  /** Its derivative by the output. */
  slope: (output: number, target: number) => number;
}

export const losses: Record<LossName, Loss> = {
  mse: { value: (y, t) => (y - t) * (y - t), slope: (y, t) => 2 * (y - t) },
  half_mse: { value: (y, t) => 0.5 * (y - t) * (y - t), slope: (y, t) => y - t },
};
