/** Prediction intervals in the units of the targets, as columns and as scores. */
import { inverseScale } from '../data/prepare/preprocessing.ts';
import type { Column } from '../data/table/table.ts';
import { models } from '../messages/en/models/models.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { defaultLevel, fewestRows, halfWidth } from './conformal.ts';
import type { ModelData } from './model-data.ts';

/** Intervals that a model can give at a level. */
export interface Intervals {
  level: number;
  /** [target], in the units that were trained in. */
  halfWidths: number[];
}

/** How intervals did on rows with known answers. */
export interface IntervalScores {
  /** Share of answers that intervals were to hold. */
  level: number;
  /** Share of answers within their interval. */
  coverage: number;
  /** In the units of the target; of several targets the mean. */
  mean_width: number;
}

/**
 * @param level the default one where it is left out, and then undefined where the model has none
 * @throws InputError where the level that was asked for cannot be had
 */
export function intervalsAt({ calibration }: ModelData, level?: number): Intervals | undefined {
  if (level !== undefined) checkLevel(level);
  if (calibration?.kind !== 'conformal') {
    if (level === undefined) return undefined;
    throw new InputError(message(models, 'no_intervals'), 'level');
  }
  const { residuals, rows } = calibration;
  const halfWidths = residuals.map((own) => halfWidth(own, level ?? defaultLevel));
  if (halfWidths.every(Number.isFinite)) return { level: level ?? defaultLevel, halfWidths };
  if (level === undefined) return undefined;
  const reachable = residuals[0].length / (residuals[0].length + 1);
  throw new InputError(
    message(models, 'level_unreachable', { level, count: rows, fewest: fewestRows(level), reachable }),
    'level',
  );
}

/** @param input as it was given @throws InputError where it is no share between 0 and 1 */
export function checkLevel(level: number, input = String(level)): void {
  if (!(level > 0 && level < 1)) throw new InputError(message(models, 'level_range', { input }), 'level');
}

/** `low_<target>` and `high_<target>` of a target, for outputs [row, output]. */
export function intervalColumns(
  { preprocessing }: ModelData,
  { halfWidths }: Intervals,
  outputs: Float32Array,
  rows: number,
  target: number,
): Column[] {
  const { targets } = preprocessing;
  const step = targets[target];
  if (step.kind !== 'number') return [];
  const at = (name: string, distance: number): Column => {
    const values = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      values[row] = inverseScale(step, outputs[row * targets.length + target] + distance);
    }
    return { name: `${name}_${step.column}`, kind: 'number', values, ...(step.unit ? { unit: step.unit } : {}) };
  };
  return [at('low', -halfWidths[target]), at('high', halfWidths[target])];
}

/** @param targets [row, output], in the units that were trained in, like the outputs */
export function scoreIntervals(
  { preprocessing }: ModelData,
  { level, halfWidths }: Intervals,
  outputs: Float32Array,
  targets: Float32Array,
): IntervalScores {
  let within = 0;
  let widths = 0;
  for (let i = 0; i < outputs.length; i++) {
    const step = preprocessing.targets[i % halfWidths.length];
    const half = halfWidths[i % halfWidths.length];
    if (Math.abs(outputs[i] - targets[i]) <= half) within += 1;
    if (step.kind === 'number') widths += inverseScale(step, outputs[i] + half) - inverseScale(step, outputs[i] - half);
  }
  return { level, coverage: within / outputs.length, mean_width: widths / outputs.length };
}
