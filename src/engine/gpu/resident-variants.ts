/**
 * How the resident plan's work is laid out over threads, by measurement: on a GPU threads are free and a workgroup wants
 * as many as the network has work for; where a workgroup is emulated on one core, every thread beyond the width of its
 * vectors costs, and so does workgroup memory.
 */
import * as z from 'zod/mini';
import probe from '../../../shaders/probe_threads.wgsl?raw';
import type { EngineData, PopulationSettings } from '../engine.ts';
import { millisecondsPerStep } from '../measure.ts';
import type { GpuContext } from './context.ts';
import { bind } from './kernels.ts';
import { fastestRun } from './measure.ts';
import { createMemory } from './memory.ts';
import { createResidentPopulation, residentPipeline } from './resident.ts';
import type { ResidentVariant, UnitMemory } from './resident-kernel.ts';

/** The plan's kernel with units in storage binds so many storage buffers. */
const buffersNeeded = 9;
/** Threads that an emulating adapter may run side by side, and so many more that a GPU shows itself. */
const narrow = [4, 8, 16];
const wide = 64;
/** A narrow run is over in a millisecond: of so many one will have had a busy machine to itself. */
const narrowRuns = 10;
/** Threads that a GPU may be given. */
const gpuThreads = [32, 64, 128, 256];
/** More threads have to win clearly, so that noise cannot make the choice differ from run to run. */
const clearly = 1.15;

/** Where the resident plan has its units on this device: known before it is planned. */
export async function unitMemory(context: GpuContext): Promise<UnitMemory> {
  return context.resident?.memory ?? ((await emulatedWidth(context)) === null ? 'workgroup' : 'storage');
}

export async function residentVariant(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  shapeClass: string,
): Promise<ResidentVariant> {
  if (context.resident) return context.resident;
  const width = await emulatedWidth(context);
  if (width !== null) return { memory: 'storage', threads: width };
  const threads = await context.choices.make(
    `threads ${shapeClass}`,
    z.union(gpuThreads.map((n) => z.literal(n))),
    () => fastestThreads(context, data, settings),
  );
  return { memory: 'workgroup', threads };
}

/** Threads that cost as much as four where a workgroup is emulated, so that threads cost at all; null on a GPU. */
export function emulatedWidth(context: GpuContext): Promise<number | null> {
  return context.choices.make('emulated width', z.union([...narrow, null].map((n) => z.literal(n))), () =>
    measureWidth(context),
  );
}

async function measureWidth(context: GpuContext): Promise<number | null> {
  const { device, pipelines } = context;
  if (device.limits.maxStorageBuffersPerShaderStage < buffersNeeded) return null;
  const memory = createMemory(device);
  try {
    const result = memory.storage('probe', 16);
    const time = async (THREADS: number) => {
      const pipeline = await pipelines.get({ name: 'probe of threads', files: [probe], constants: { THREADS } });
      const bindings = bind(device, pipeline, { 0: result });
      return fastestRun(
        device,
        (pass) => {
          pass.setPipeline(pipeline);
          pass.setBindGroup(0, bindings);
          pass.dispatchWorkgroups(1);
        },
        THREADS === wide ? 3 : narrowRuns,
      );
    };
    const least = await time(narrow[0]);
    if ((await time(wide)) < 4 * least) return null;
    let width = narrow[0];
    for (const threads of narrow.slice(1)) {
      if ((await time(threads)) > 1.25 * least) break;
      width = threads;
    }
    return width;
  } finally {
    memory.destroy();
  }
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
  await Promise.all(candidates.map((variant) => residentPipeline(context, settings, variant)));
  let best = candidates[0].threads;
  let least = Number.POSITIVE_INFINITY;
  for (const variant of candidates) {
    const population = await createResidentPopulation(context, data, settings, variant, 'measured');
    const time = await millisecondsPerStep(population).finally(() => population.destroy());
    if (time * clearly < least) {
      least = time;
      best = variant.threads;
    }
  }
  return best;
}
