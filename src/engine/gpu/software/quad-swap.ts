/** Four threads side by side that show each other their values, and whether a device has them: no limit tells. */

import * as z from 'zod/mini';
import probe from '../../../../shaders/software/probe_quad_swap.wgsl?wesl';
import type { Choices } from '../../calibration.ts';
import type { PipelineCache } from '../device/pipelines.ts';
import { runOnce } from '../device/run-once.ts';
import { microTiles } from '../layered/micro-tiles.ts';

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
  const kernel = { entry: probe, conditions: [], constants: {} };
  const copied = await runOnce(device, pipelines, kernel, 4 * threads * threads);
  return new Uint32Array(copied).every((thread, i) => thread === (Math.floor(i / threads) ^ (i % threads)));
}
