/** The kernel of the resident plan. */
import resident from '../../../../shaders/kernels/resident.wgsl?wesl';
import { type LossName, lossTable } from '../../../spec/losses.ts';
import type { Kernel } from '../device/pipelines.ts';

/** Where a step's activations are. */
export type ActivationMemory = 'workgroup' | 'storage';

/** How the work is laid out over threads. */
export interface ResidentVariant {
  /** Threads of a workgroup. */
  threads: number;
  memory: ActivationMemory;
  /** Whether the threads, four lanes of one vector, show each other what they all read; with units in storage. */
  swaps?: boolean;
}

export function residentKernel(
  loss: LossName,
  { memory, swaps }: ResidentVariant,
  constants: Kernel['constants'],
): Kernel {
  const conditions = [
    ...(lossTable[loss].jointly ? ['softmax'] : []),
    ...(memory === 'storage' ? ['in_storage'] : []),
    ...(swaps ? ['quad_swap'] : []),
  ];
  return { entry: resident, conditions, constants };
}
