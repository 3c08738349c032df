/** Whether four threads side by side can show each other their values: asked of the device, since no limit tells. */

import * as z from 'zod/mini';
import probe from '../../../../shaders/software/probe_quad_swap.wgsl?wesl';
import type { GpuContext } from '../context.ts';
import { bind, type PipelineCache } from '../layered/kernels.ts';
import { createMemory } from '../memory/memory.ts';

const threads = 4;

/** What every device that has them has: a good guess, before any is asked. */
export function mayHaveLanes({ features, adapterInfo }: GPUDevice): boolean {
  return features.has('subgroups') && adapterInfo.subgroupMinSize >= threads;
}

/** Asked once per adapter. */
export function lanesOf({ choices, device, pipelines }: GpuContext): Promise<boolean> {
  return choices.make('lanes', z.boolean(), () => hasLanes(device, pipelines));
}

export async function hasLanes(device: GPUDevice, pipelines: PipelineCache): Promise<boolean> {
  if (!mayHaveLanes(device)) return false;
  const memory = createMemory(device);
  const bytes = 4 * threads * threads;
  const seen = memory.storage('what lanes see', bytes);
  const pipeline = await pipelines.get({ entry: probe, conditions: [], constants: {} });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bind(device, pipeline, { 0: seen }));
  pass.dispatchWorkgroups(1);
  pass.end();
  const read = memory.read(
    bytes,
    (target) => encoder.copyBufferToBuffer(seen, 0, target, 0, bytes),
    () => device.queue.submit([encoder.finish()]),
  );
  const copied = await read.finally(() => memory.destroy());
  return new Uint32Array(copied).every((thread, i) => thread === (Math.floor(i / threads) ^ (i % threads)));
}
