/** What a workgroup of the resident plan holds, and whether a device has room for it. */
import type { PopulationSettings, TrialNumbers } from '../engine.ts';

export interface ResidentSize {
  /** vec4s of four rows in the largest batch. */
  rowFours: number;
  /** vec4s of features, units and, where those have a place of their own, slopes. */
  units: number;
  slopes: boolean;
  /** Units from a hidden unit to the place of its slopes. */
  slopeShift: number;
  /** Bytes of workgroup memory, all together. */
  bytes: number;
}

type Limits = Pick<GPUSupportedLimits, 'maxComputeWorkgroupStorageSize'>;

export function residentSize(
  { layers, trials }: Pick<PopulationSettings, 'layers' | 'trials'>,
  slopes = trials.some(needsSlopes),
): ResidentSize {
  const rowFours = Math.ceil(Math.max(...trials.map(({ batch_size }) => batch_size)) / 4);
  const hidden = layers.slice(0, -1).reduce((sum, { outputs }) => sum + outputs, 0);
  const outputs = layers[layers.length - 1].outputs;
  const units = rowFours * (layers[0].inputs + hidden + outputs + (slopes ? hidden : 0));
  // The batch's rows and its losses, 64 partial sums of squares, and the trial's state.
  const others = rowFours * (16 + 4) + 4 * 64 + 64;
  return { rowFours, units, slopes, slopeShift: hidden + outputs, bytes: 16 * units + others };
}

/** The slopes of gelu, silu and softplus do not follow from their values, nor do those of units that may be dropped. */
function needsSlopes({ activations, dropout }: TrialNumbers): boolean {
  const hidden = activations.slice(0, -1);
  return dropout.some((rate) => rate > 0) || hidden.some((name) => ['gelu', 'silu', 'softplus'].includes(name));
}

/** One sentence why these trials do not fit the resident plan on a device with such limits, if they do not. */
export function residentFits(
  limits: Limits,
  settings: Pick<PopulationSettings, 'layers' | 'trials'>,
): string | undefined {
  const { bytes } = residentSize(settings);
  const most = limits.maxComputeWorkgroupStorageSize;
  if (bytes <= most) return undefined;
  return (
    `a batch's activations take ${bytes} bytes, more than the ${most} bytes of workgroup memory that this device ` +
    'gives; use a smaller batch_size or fewer units'
  );
}
