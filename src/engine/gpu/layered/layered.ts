/**
 * The layered plan: one dispatch per fused operation, the trial as the z axis of each (see `step.ts`). Nothing
 * is created, written or read back inside a step; many steps go into one submit, and their losses come back with it.
 */
import { gpu, type PlanRefusal } from '../../../messages/en/engines/gpu.ts';
import { InputError } from '../../../util/errors.ts';
import { message, type Said } from '../../../util/message.ts';
import type { EngineData, PopulationSettings } from '../../engine.ts';
import { kindOf } from '../../layers.ts';
import type { GpuContext } from '../context.ts';
import type { AllocatedBuffers } from '../memory/buffer-spec.ts';
import type { SharedBuffers } from '../memory/shared-buffers.ts';
import { createPopulation, type PlanWork } from '../plan/population.ts';
import type { Streamable } from '../plan/streamed.ts';
import { trialFields } from '../plan/trial-fields.ts';
import { mostWork, stepWork } from '../work.ts';
import { inputGradientKernels } from './kernels.ts';
import { createStep, planStep } from './step.ts';
import { maxEmbeddedInputs, maxLayers } from './tensors.ts';

/** Why the layered plan cannot train these trials together, if it cannot. */
export function layeredFits({ layers, trials }: PopulationSettings): PlanRefusal | undefined {
  if (layers.length > maxLayers) return { why: message(gpu, 'layers_too_many', { most: maxLayers }), help: 'cpu' };
  if (layers.some((layer) => kindOf(layer) === 'periodic' && layer.inputs > maxEmbeddedInputs)) {
    return { why: message(gpu, 'embedded_too_many', { most: maxEmbeddedInputs }), help: 'cpu' };
  }
  const kinds = new Set(
    trials.map(({ activations, optimizer, batch_size }) => JSON.stringify([activations, optimizer, batch_size])),
  );
  if (kinds.size === 1) return undefined;
  return { why: message(gpu, 'layered_unlike'), help: 'resident' };
}

/** Dispatches of a step, at least: see `step.ts`. */
export function dispatchesOfStep({ layers }: PopulationSettings): number {
  return layers.reduce((sum, layer, l) => sum + (l > 0 && inputGradientKernels[kindOf(layer)] ? 3 : 2), 0);
}

export async function createLayeredPopulation(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  why: Said,
): Promise<Streamable> {
  const configs = await context.configs();
  const step = planStep(configs, data, settings);
  const own = (some: PopulationSettings) => (some === settings ? step : planStep(configs, data, some)).specs;
  const make = async (shared: SharedBuffers, made: AllocatedBuffers<typeof step.specs>): Promise<PlanWork> => {
    const { dispatches, losses, logSteps, stepsPerEpoch, update, clips } = await createStep(
      context,
      settings,
      step,
      shared,
      made,
    );
    const bytes = 4 * settings.trials.length;
    let stepsDone = 0;
    return {
      plan: 'layered',
      configs,
      why,
      stepsPerEpoch,
      firstSteps: Math.max(1, Math.min(8, Math.floor(mostWork(context.engine) / stepWork(settings)))),
      // Half the log at most: two submits may be in flight, and neither may write over what the other has yet to copy.
      mostSteps: Math.floor(logSteps / 2),
      state: { state: made.state, optimizerState: made.optimizerState },
      resume(steps) {
        stepsDone = steps;
      },
      record(encoder, count, target) {
        const first = stepsDone % logSteps;
        stepsDone += count;
        const pass = encoder.beginComputePass();
        for (let step = 0; step < count; step++) {
          for (const { pipeline, bindings, groups } of dispatches) {
            pass.setPipeline(pipeline);
            pass.setBindGroup(0, bindings);
            pass.dispatchWorkgroups(...groups);
          }
        }
        pass.end();
        const beforeWrap = Math.min(count, logSteps - first);
        encoder.copyBufferToBuffer(losses, first * bytes, target, 0, beforeWrap * bytes);
        if (beforeWrap < count) {
          encoder.copyBufferToBuffer(losses, 0, target, beforeWrap * bytes, (count - beforeWrap) * bytes);
        }
      },
      check(_, { momentum, clip_norm }) {
        if (update === 'sgd' && momentum > 0) {
          throw new InputError(message(gpu, 'momentum_absent'), 'momentum');
        }
        if (!clips && clip_norm > 0) {
          throw new InputError(message(gpu, 'clipping_absent'), 'clip_norm');
        }
      },
    };
  };
  return createPopulation(context, data, settings, { fields: trialFields, own, make });
}
