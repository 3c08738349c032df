/**
 * The resident plan: one workgroup owns one trial and runs many training steps in one dispatch (see
 * `shaders/kernels/resident.wgsl`). A submit is one dispatch; the host says only how many population steps it lasts.
 */

import { gpu } from '../../../messages/en/engines/gpu.ts';
import { lossNames } from '../../../spec/losses.ts';
import { updateNames, updateOf, updateTable } from '../../../spec/optimizers.ts';
import { InputError } from '../../../util/errors.ts';
import { message, type Said } from '../../../util/message.ts';
import type { EngineData, Hyperparameters, PopulationSettings } from '../../engine.ts';
import { layerOffsets, parameterCount } from '../../parameters.ts';
import { createStepSchedules, type StepSchedule } from '../../step-schedule.ts';
import type { GpuContext } from '../context.ts';
import { type Buffers, bind, type Kernel } from '../device/pipelines.ts';
import { type AllocatedBuffers, storage, uniform } from '../memory/buffer-spec.ts';
import { dataStride } from '../memory/rows.ts';
import type { SharedBuffers } from '../memory/shared-buffers.ts';
import { Resident, State, structBytes } from '../memory/structs.ts';
import { createPopulation, type PlanWork } from '../plan/population.ts';
import type { Streamable } from '../plan/streamed.ts';
import { trialFields } from '../plan/trial-fields.ts';
import { softwareConstants, startsSmall } from '../software/resident-kernel.ts';
import { measuring } from '../tuning/measure.ts';
import { type ResidentSize, residentSize } from './fit.ts';
import { type ResidentVariant, residentKernel } from './kernel.ts';

/** For trials that fit: see `residentFits`. */
export async function createResidentPopulation(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  variant: ResidentVariant,
  why: Said,
): Promise<Streamable> {
  const { device } = context;
  const { trials } = settings;
  const stepSchedules = stepSchedulesFor(data, settings);
  const fields = (numbers: Hyperparameters, trial: number) => ({
    ...trialFields(numbers),
    update: updateNames.indexOf(updateOf(numbers)),
    batch_size: numbers.batch_size,
    steps_per_epoch: stepSchedules[trial].steps,
  });
  const own = (some: PopulationSettings) => residentSpecs(data, some, variant);
  const make = async (shared: SharedBuffers, made: AllocatedBuffers<ReturnType<typeof own>>): Promise<PlanWork> => {
    const count = trials.length;
    const clips = clipping(settings);
    const updates = trials.map(updateOf);
    const { populationSteps, losses } = made;
    // What is measured, or asked for, is what runs.
    const atOnce = why !== measuring && !context.resident;
    const current = await startable(context, settings, variant, atOnce, {
      0: made.plan,
      1: shared.trials,
      2: made.state,
      3: shared.parameters,
      4: shared.data,
      6: made.trainRows,
      9: losses,
      11: made.moments,
      12: made.gradients,
      13: made.units,
      15: populationSteps,
    });
    return {
      plan: 'resident',
      variant,
      why,
      stepsPerEpoch: stepSchedules[0].populationSteps,
      firstSteps: 1,
      mostSteps: stepsLogged(settings),
      state: { state: made.state, moments: keepsMoments(settings) ? made.moments : undefined },
      resume() {},
      record(encoder, steps, target) {
        device.queue.writeBuffer(populationSteps, 0, Uint32Array.of(steps));
        const { pipeline, bindings } = current();
        const pass = encoder.beginComputePass();
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindings);
        pass.dispatchWorkgroups(count);
        pass.end();
        encoder.copyBufferToBuffer(losses, 0, target, 0, 4 * count * steps);
      },
      check(trial, { momentum, clip_norm }) {
        if (updates[trial] === 'sgd' && momentum > 0) {
          throw new InputError(message(gpu, 'momentum_absent'), 'momentum');
        }
        if (!clips && clip_norm > 0) {
          throw new InputError(message(gpu, 'clipping_absent'), 'clip_norm');
        }
      },
    };
  };
  return createPopulation(context, data, settings, { fields, own, make });
}

/** The plan's own buffers. */
export function residentSpecs(data: EngineData, settings: PopulationSettings, variant: ResidentVariant) {
  const { layers, trials } = settings;
  const count = trials.length;
  const perTrial = parameterCount(layers);
  const size = sizeFor(settings, variant);
  /** Rows beyond one pass of eight: gradients wait in memory meanwhile. */
  const keepsGradients = clipping(settings) || size.rowFours > 2 || variant.memory === 'storage';
  const offsets = layerOffsets(layers);
  const plan = {
    parameters: perTrial,
    columns: data.columns,
    outputs: data.outputs,
    data_stride: dataStride(data),
    train_rows: data.sets.train.length,
    population_steps: stepSchedulesFor(data, settings)[0].populationSteps,
    trials: count,
    layers: layers.length,
    derivative_shift: size.slopeShift,
    shapes: layers.flatMap(({ inputs, outputs }, l) => [inputs, outputs, offsets[l].weight, offsets[l].bias]),
  };
  return {
    populationSteps: uniform('populationSteps', new ArrayBuffer(16)),
    losses: storage('losses', 4 * count * stepsLogged(settings)),
    plan: uniform('plan', structBytes(Resident, plan)),
    state: storage('state', State.size * count),
    trainRows: storage('training rows', data.sets.train),
    moments: storage('optimizer state', keepsMoments(settings) ? 8 * perTrial * count : 16),
    gradients: storage('gradients', keepsGradients ? 4 * perTrial * count : 16),
    units: variant.memory === 'storage' ? storage('units', 16 * size.units * count) : undefined,
  };
}

function stepSchedulesFor(data: EngineData, { trials }: PopulationSettings): StepSchedule[] {
  return createStepSchedules(
    data.sets.train.length,
    trials.map(({ batch_size }) => batch_size),
  );
}

function keepsMoments({ trials }: PopulationSettings): boolean {
  return trials.some((numbers) => updateTable[updateOf(numbers)].state.length > 0);
}

function clipping({ trials }: PopulationSettings): boolean {
  return trials.some(({ clip_norm }) => clip_norm > 0);
}

/** Steps whose losses the log holds: the most of one submit. */
function stepsLogged({ trials }: PopulationSettings): number {
  return Math.max(64, Math.min(8192, Math.floor(2 ** 20 / trials.length)));
}

/** In storage there is room for slopes, and the wide kernels want them. */
function sizeFor(settings: PopulationSettings, { memory }: ResidentVariant): ResidentSize {
  return residentSize(settings, memory === 'storage' || undefined);
}

interface Startable {
  pipeline: GPUComputePipeline;
  bindings: GPUBindGroup;
}

/**
 * What a step is done with, now. Where it takes long to compile there is a smaller kernel, the same to the bit, that is
 * there earlier: training begins with that, and goes on with the fast one once it is there.
 * @param atOnce whether it may; else the fast one is waited for
 * @throws RunError in what is returned, when the fast one does not compile
 */
async function startable(
  { device, pipelines }: GpuContext,
  settings: PopulationSettings,
  variant: ResidentVariant,
  atOnce: boolean,
  buffers: Buffers,
): Promise<() => Startable> {
  const bound = (pipeline: GPUComputePipeline) => ({ pipeline, bindings: bind(device, pipeline, buffers) });
  const fast = kernelOf(settings, variant);
  if (!atOnce || !startsSmall(settings, variant) || pipelines.ready(fast)) {
    const only = bound(await pipelines.get(fast));
    return () => only;
  }
  let current = bound(await pipelines.get(kernelOf(settings, variant, true)));
  let better: GPUComputePipeline | undefined;
  let failure: unknown;
  pipelines.get(fast).then(
    (pipeline) => {
      better = pipeline;
    },
    (error) => {
      failure = error;
    },
  );
  return () => {
    if (failure) throw failure;
    // Bound only now: the population may have been closed meanwhile, and wgpu refuses to bind what is destroyed.
    if (better && current.pipeline !== better) current = bound(better);
    return current;
  };
}

/** What a population is waiting for at its beginning. @param atOnce as for its training */
export function compileFirst(
  { pipelines }: GpuContext,
  settings: PopulationSettings,
  variant: ResidentVariant,
  atOnce: boolean,
): Promise<GPUComputePipeline> {
  return pipelines.get(kernelOf(settings, variant, atOnce && startsSmall(settings, variant)));
}

/** @param small without the code for four units at a time */
function kernelOf(settings: PopulationSettings, variant: ResidentVariant, small = false): Kernel {
  const { loss } = settings;
  const size = sizeFor(settings, variant);
  const clips = clipping(settings);
  return residentKernel(loss, variant, {
    THREADS: variant.threads,
    UNITS: size.units,
    ROW_FOURS: size.rowFours,
    DERIVATIVES: Number(size.slopes),
    CLIPS: Number(clips),
    LOSS: lossNames.indexOf(loss),
    // On a GPU a branch costs nothing, and one pipeline for every mix keeps a trial's bits what they are alone.
    ...(variant.memory === 'storage' ? softwareConstants(settings, variant, { ...size, clips, small }) : {}),
  });
}
