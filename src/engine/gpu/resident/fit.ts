/**
 * What a workgroup of the resident plan holds, and whether a device has room for it. With units in workgroup memory that
 * memory is the bound. With units in storage it holds the batch's rows alone, and the bounds are the size of a storage
 * buffer, and time: a step is one core's work and cannot be cut into slices.
 */
import { gpu, type PlanRefusal, type residentContents, type residentMemory } from '../../../messages/en/engines/gpu.ts';
import { activationTable } from '../../../spec/activations.ts';
import { message } from '../../../util/message.ts';
import type { Hyperparameters, PopulationSettings } from '../../engine.ts';
import { isPlainChain } from '../../parameters.ts';
import type { ActivationMemory } from './kernel.ts';

export interface ResidentSize {
  /** vec4s of four rows in the largest batch. */
  rowFours: number;
  /** vec4s of features, units and, where those have a place of their own, slopes. */
  units: number;
  slopes: boolean;
  /** Units from a hidden unit to the place of its slopes. */
  slopeShift: number;
  /** Bytes of workgroup memory besides units and slopes. */
  others: number;
}

type Limits = Pick<
  GPUSupportedLimits,
  'maxComputeWorkgroupStorageSize' | 'maxStorageBufferBindingSize' | 'maxBufferSize'
>;

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
  return { rowFours, units, slopes, slopeShift: hidden + outputs, others };
}

/** The slopes of some activations do not follow from their values, nor do those of units that may be dropped. */
function needsSlopes({ activations, dropout }: Hyperparameters): boolean {
  const hidden = activations.slice(0, -1);
  return dropout.some((rate) => rate > 0) || hidden.some((name) => activationTable[name].keepsDerivative);
}

/** Why these trials do not fit the resident plan on a device with such limits, if they do not. */
export function residentFits(
  limits: Limits,
  settings: Pick<PopulationSettings, 'layers' | 'trials'>,
  memory: ActivationMemory,
): PlanRefusal | undefined {
  if (!isPlainChain(settings.layers)) return { why: message(gpu, 'resident_dense'), help: 'layered' };
  const refuse = (
    content: keyof typeof residentContents,
    bytes: number,
    limit: number,
    memory: keyof typeof residentMemory,
  ): PlanRefusal | undefined =>
    bytes > limit
      ? { why: message(gpu, 'resident_full', { content, bytes, limit, memory }), help: 'smaller' }
      : undefined;
  const inWorkgroup = limits.maxComputeWorkgroupStorageSize;
  if (memory === 'workgroup') {
    const { units, others } = residentSize(settings);
    return refuse('activations', 16 * units + others, inWorkgroup, 'workgroup');
  }
  const { units, others } = residentSize(settings, true);
  const inBuffer = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  return (
    refuse('rows', others, inWorkgroup, 'workgroup') ??
    refuse('all_activations', 16 * units * settings.trials.length, inBuffer, 'storage')
  );
}
