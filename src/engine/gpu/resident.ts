/**
 * The resident plan: one workgroup owns one trial and runs many training steps in one dispatch (see
 * `shaders/resident.wgsl`). A submit is one dispatch; the host says only how many ticks it lasts.
 */
import { InputError } from '../../spec/errors.ts';
import { type ActivationName, activationNames, lossNames } from '../../spec/settings.ts';
import { clocksOf } from '../clock.ts';
import type { EngineData, PopulationSettings } from '../engine.ts';
import { layerOffsets, parameterCount } from '../parameters.ts';
import type { GpuContext } from './context.ts';
import { bind } from './kernels.ts';
import { createPopulation, type PlanWork } from './population.ts';
import { residentSize } from './resident-fit.ts';
import { type ResidentVariant, residentKernel } from './resident-kernel.ts';
import { dataStride } from './rows.ts';
import type { Streamable } from './streamed.ts';
import { Resident, State, structBytes } from './structs.ts';
import { trialFields, updateNames, updateOf } from './trial-fields.ts';

/** For trials that fit: see `residentFits`. */
export async function createResidentPopulation(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  variant: ResidentVariant,
): Promise<Streamable> {
  const { device } = context;
  const { layers, trials, loss } = settings;
  const clocks = clocksOf(
    data.sets.train.length,
    trials.map(({ batch_size }) => batch_size),
  );
  const fields = (numbers: (typeof trials)[number], trial: number) => ({
    ...trialFields(numbers),
    update: updateNames.indexOf(updateOf(numbers)),
    batch_size: numbers.batch_size,
    steps_per_epoch: clocks[trial].steps,
  });
  return createPopulation(context, data, settings, fields, async (memory, arenas): Promise<PlanWork> => {
    const count = trials.length;
    const perTrial = parameterCount(layers);
    // In storage there is room for slopes, and the wide kernels want them.
    const size = residentSize(settings, variant.memory === 'storage' || undefined);
    const clips = trials.some(({ clip_norm }) => clip_norm > 0);
    const updates = trials.map(updateOf);
    const keepsMoments = updates.some((update) => update !== 'sgd');
    /** Rows beyond one pass of eight: gradients wait in memory meanwhile. */
    const keepsGradients = clips || size.rowFours > 2 || variant.memory === 'storage';
    const mostSteps = Math.max(64, Math.min(8192, Math.floor(2 ** 20 / count)));
    const offsets = layerOffsets(layers);
    const shapes = layers.flatMap(({ inputs, outputs }, l) => [inputs, outputs, offsets[l].weight, offsets[l].bias]);
    const plan = {
      parameters: perTrial,
      columns: data.columns,
      outputs: data.outputs,
      data_stride: dataStride(data),
      train_rows: data.sets.train.length,
      ticks_per_epoch: clocks[0].ticks,
      trials: count,
      layers: layers.length,
      slope_shift: size.slopeShift,
      shapes,
    };
    const ticks = memory.uniform('ticks', new ArrayBuffer(16));
    const losses = memory.storage('losses', 4 * count * mostSteps);
    const pipeline = await context.pipelines.get(
      residentKernel(loss, variant.memory, {
        THREADS: variant.threads,
        UNITS: size.units,
        ROW_FOURS: size.rowFours,
        SLOPES: Number(size.slopes),
        CLIPS: Number(clips),
        WIDE: Number(layers.some(({ outputs }) => outputs >= 4 * variant.threads)),
        FUSED: Number(variant.memory === 'workgroup'),
        LOSS: lossNames.indexOf(loss),
        // On a GPU a branch costs nothing, and one pipeline for every mix keeps a trial's bits what they are alone.
        ...(variant.memory === 'storage' ? onlyWhatIsUsed(trials) : {}),
      }),
    );
    const bindings = bind(device, pipeline, {
      0: memory.uniform('plan', structBytes(Resident, plan)),
      1: arenas.trials,
      2: memory.storage('state', State.size * count),
      3: arenas.parameters,
      4: arenas.data,
      6: memory.storage('training rows', data.sets.train),
      9: losses,
      11: memory.storage('optimizer state', keepsMoments ? 8 * perTrial * count : 16),
      12: memory.storage('gradients', keepsGradients ? 4 * perTrial * count : 16),
      13: variant.memory === 'storage' ? memory.storage('units', 16 * size.units * count) : undefined,
      15: ticks,
    });
    return {
      plan: 'resident',
      stepsPerEpoch: clocks[0].ticks,
      firstSteps: 1,
      mostSteps,
      record(encoder, steps, target) {
        device.queue.writeBuffer(ticks, 0, Uint32Array.of(steps));
        const pass = encoder.beginComputePass();
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindings);
        pass.dispatchWorkgroups(count);
        pass.end();
        encoder.copyBufferToBuffer(losses, 0, target, 0, 4 * count * steps);
      },
      check(trial, { momentum, clip_norm }) {
        if (updates[trial] === 'sgd' && momentum > 0) {
          throw new InputError('momentum: this run began without momentum; start a new run to use it.', 'momentum');
        }
        if (!clips && clip_norm > 0) {
          throw new InputError('clip_norm: this run began without clipping; start a new run to use it.', 'clip_norm');
        }
      },
    };
  });
}

/** Constants that leave out code no trial has a use for: every instruction takes time to compile where this matters. */
function onlyWhatIsUsed(trials: PopulationSettings['trials']): Record<string, number> {
  return {
    HIDDEN_ACTIVATION: theOnly(trials.flatMap(({ activations }) => activations.slice(0, -1))),
    LAST_ACTIVATION: theOnly(trials.map(({ activations }) => activations[activations.length - 1])),
    UPDATES: trials.reduce((kinds, numbers) => kinds | (1 << updateNames.indexOf(updateOf(numbers))), 0),
    DROPS: Number(trials.some(({ dropout }) => dropout.some((rate) => rate > 0))),
    ALL_PAIRS: Number(trials.every(({ batch_size }) => Math.ceil(batch_size / 4) % 2 === 0)),
  };
}

/** The index of the activation that all have, or 255 where there is more than one, or none. */
function theOnly(activations: readonly ActivationName[]): number {
  return new Set(activations).size === 1 ? activationNames.indexOf(activations[0]) : 255;
}
