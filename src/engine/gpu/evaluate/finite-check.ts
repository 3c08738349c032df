/**
 * Whether each trial's parameters are finite numbers, found on the GPU: one number a trial comes back. Losses do not tell:
 * those of an epoch are from before its last update, and an activation may hide what is not a number.
 */
import checkFinite from '../../../../shaders/kernels/check_finite.wgsl?wesl';
import type { PopulationSettings } from '../../engine.ts';
import { parameterCount } from '../../parameters.ts';
import type { GpuContext } from '../context.ts';
import { bind, type Kernel } from '../device/pipelines.ts';
import { listOf, storage, uniform } from '../memory/buffer-spec.ts';
import { owningMemory } from '../memory/memory.ts';
import { outOfMemory } from '../memory/refusal.ts';
import type { SharedBuffers } from '../memory/shared-buffers.ts';
import { Layer, structBytes } from '../memory/structs.ts';

export const finiteKernel: Kernel = { entry: checkFinite, conditions: [], constants: {} };

export interface FiniteCheck {
  check(): Promise<boolean[]>;
  destroy(): void;
}

export function finiteCheckSpecs({ layers, trials }: PopulationSettings) {
  return {
    broken: storage('broken trials', 4 * trials.length),
    layer: uniform('parameters of a trial', structBytes(Layer, { parameters: parameterCount(layers) })),
  };
}

export async function createFiniteCheck(
  context: GpuContext,
  settings: PopulationSettings,
  shared: SharedBuffers,
): Promise<FiniteCheck> {
  const { device } = context;
  const { trials } = settings;
  const needs = finiteCheckSpecs(settings);
  return owningMemory(device, async (memory) => {
    const { broken, layer } = await memory.make(needs, () => outOfMemory(settings, listOf(needs), 'checking'));
    const bytes = needs.broken.bytes;
    const pipeline = await context.pipelines.get(finiteKernel);
    const bindings = bind(device, pipeline, { 0: layer, 3: shared.parameters, 7: broken });
    return {
      async check() {
        const encoder = device.createCommandEncoder();
        const pass = encoder.beginComputePass();
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindings);
        pass.dispatchWorkgroups(trials.length);
        pass.end();
        const copied = await memory.read(
          bytes,
          (target) => encoder.copyBufferToBuffer(broken, 0, target, 0, bytes),
          () => device.queue.submit([encoder.finish()]),
        );
        return Array.from(new Uint32Array(copied), (value) => value === 0);
      },
      destroy: () => memory.destroy(),
    };
  });
}
