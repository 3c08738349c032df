/** Four threads side by side that show each other their values, and whether a device has them: no limit tells. */

import * as z from 'zod/mini';
import probe from '../../../../shaders/software/probe_quad_swap.wgsl?wesl';
import type { Choices } from '../../calibration.ts';
import { bind, type PipelineCache } from '../device/pipelines.ts';
import { microTiles } from '../layered/micro-tiles.ts';
import { createMemory } from '../memory/memory.ts';

const threads = 4;
const micro = microTiles.quad_swap;

/** The matrix product by four threads side by side, 16 x 4 results each: `shaders/software/quad_swap_product.wgsl`. */
export const quadSwapProduct = {
  conditions: ['quad_swap'],
  micro,
  threads: [1, threads],
  /** Whether a good part of a tile's results are ones of the product. */
  fits(m: number, n: number): boolean {
    const [tileM, tileN] = [micro[0], threads * micro[1]];
    return m * n >= 0.4 * Math.ceil(m / tileM) * tileM * Math.ceil(n / tileN) * tileN;
  },
} as const;

/** What every device that has them has: a good guess, before any is asked. */
export function mayHaveLanes({ features, adapterInfo }: GPUDevice): boolean {
  return features.has('subgroups') && adapterInfo.subgroupMinSize >= threads;
}

interface LanesContext {
  choices: Choices;
  device: GPUDevice;
  pipelines: PipelineCache;
}

/** Asked once per adapter. */
export function lanesOf({ choices, device, pipelines }: LanesContext): Promise<boolean> {
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
