/**
 * How the resident plan's work is laid out over threads, by measurement: on a GPU threads are free and a workgroup wants as many
 * as the network has work for; a software adapter has its own layout.
 */
import * as z from 'zod/mini';
import type { EngineData, PopulationSettings } from '../../engine.ts';
import { millisecondsPerStep } from '../../measure.ts';
import type { GpuContext } from '../context.ts';
import type { ActivationMemory, ResidentVariant } from '../resident/kernel.ts';
import { compileFirst, createResidentPopulation } from '../resident/resident.ts';
import { emulatedWidth } from '../software/emulated-width.ts';
import { prepareSoftware, softwareVariant } from '../software/resident-variant.ts';
import { measuring } from './measure.ts';

/** Threads that a GPU may be given. */
const gpuThreads = [32, 64, 128, 256];
/** More threads have to win clearly, so that noise cannot make the choice differ from run to run. */
const minSpeedup = 1.15;

/**
 * Where the resident plan has its units on this device: known before it is planned. While it is measured, the kernel of the
 * trials that it is asked for is compiled as it will most likely be wanted.
 */
export async function activationMemory(context: GpuContext, settings: PopulationSettings): Promise<ActivationMemory> {
  if (context.resident) return context.resident.memory;
  const width = await emulatedWidth(context, () => prepareSoftware(context, settings));
  return width === null ? 'workgroup' : 'storage';
}

export async function residentVariant(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  shapeClass: string,
): Promise<ResidentVariant> {
  if (context.resident) return context.resident;
  const width = await emulatedWidth(context);
  if (width !== null) return softwareVariant(context, width);
  const threads = await context.choices.make(
    `threads ${shapeClass}`,
    z.union(gpuThreads.map((n) => z.literal(n))),
    () => fastestThreads(context, data, settings),
  );
  return { memory: 'workgroup', threads };
}

/** From fewer threads to more, as many as the widest layer has use for. */
async function fastestThreads(context: GpuContext, data: EngineData, settings: PopulationSettings): Promise<number> {
  const widest = Math.max(...settings.layers.map(({ inputs, outputs }) => Math.max(inputs, outputs)));
  const most = context.device.limits.maxComputeInvocationsPerWorkgroup;
  const candidates = gpuThreads
    .filter((threads) => threads <= most && threads < 2 * Math.max(32, widest))
    .map((threads): ResidentVariant => ({ memory: 'workgroup', threads }));
  if (candidates.length === 1) return candidates[0].threads;
  // Drivers compile side by side; what is timed afterwards is timed alone.
  await Promise.all(candidates.map((variant) => compileFirst(context, settings, variant, false)));
  let best = candidates[0].threads;
  let least = Number.POSITIVE_INFINITY;
  for (const variant of candidates) {
    const population = await createResidentPopulation(context, data, settings, variant, measuring);
    const time = await millisecondsPerStep(population).finally(() => population.destroy());
    if (time * minSpeedup < least) {
      least = time;
      best = variant.threads;
    }
  }
  return best;
}
