/** The kernel of the resident plan: which shader files make it. */
import activation from '../../../shaders/activation.wgsl?raw';
import clock from '../../../shaders/clock.wgsl?raw';
import dropout from '../../../shaders/dropout.wgsl?raw';
import lossTerms from '../../../shaders/loss.wgsl?raw';
import optimizer from '../../../shaders/optimizer.wgsl?raw';
import random from '../../../shaders/random.wgsl?raw';
import resident from '../../../shaders/resident.wgsl?raw';
import backward from '../../../shaders/resident_backward.wgsl?raw';
import backwardOne from '../../../shaders/resident_backward_one.wgsl?raw';
import backwardWide from '../../../shaders/resident_backward_wide.wgsl?raw';
import batch from '../../../shaders/resident_batch.wgsl?raw';
import finish from '../../../shaders/resident_finish.wgsl?raw';
import firstLayer from '../../../shaders/resident_first_layer.wgsl?raw';
import forward from '../../../shaders/resident_forward.wgsl?raw';
import forwardWide from '../../../shaders/resident_forward_wide.wgsl?raw';
import judge from '../../../shaders/resident_judge.wgsl?raw';
import residentLoss from '../../../shaders/resident_loss.wgsl?raw';
import rowsRead from '../../../shaders/resident_rows_read.wgsl?raw';
import rowsSwapped from '../../../shaders/resident_rows_swapped.wgsl?raw';
import residentSoftmax from '../../../shaders/resident_softmax.wgsl?raw';
import residentStorage from '../../../shaders/resident_storage.wgsl?raw';
import update from '../../../shaders/resident_update.wgsl?raw';
import residentWorkgroup from '../../../shaders/resident_workgroup.wgsl?raw';
import schedule from '../../../shaders/schedule.wgsl?raw';
import softmax from '../../../shaders/softmax.wgsl?raw';
import structs from '../../../shaders/structs.wgsl?raw';
import type { LossName } from '../../spec/settings.ts';
import type { Kernel } from './kernels.ts';

const shared = [structs, random, activation, dropout, clock, schedule, optimizer];
const own = [resident, batch, finish, judge, backwardOne, firstLayer, update];

/** Where a step's values are. */
const memories = {
  workgroup: [residentWorkgroup, forward, backward],
  storage: [residentStorage, forwardWide, backwardWide],
};
export type UnitMemory = keyof typeof memories;

/** How the work is laid out over threads. */
export interface ResidentVariant {
  /** Threads of a workgroup. */
  threads: number;
  memory: UnitMemory;
  /** Whether the threads, four lanes of one vector, show each other what they all read; with units in storage. */
  swaps?: boolean;
}

export function residentKernel(
  loss: LossName,
  { memory, swaps }: ResidentVariant,
  constants: Kernel['constants'],
): Kernel {
  const whole = loss === 'softmax_cross_entropy';
  const losses = whole ? [softmax, residentSoftmax] : [lossTerms, residentLoss];
  const name = `resident${whole ? ' with softmax' : ''}, units in ${memory}${swaps ? ', swapped' : ''}`;
  const rows = swaps ? rowsSwapped : rowsRead;
  return { name, files: [rows, ...shared, ...own, ...losses, ...memories[memory]], constants };
}
