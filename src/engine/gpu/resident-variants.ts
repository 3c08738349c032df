/**
 * How the resident plan's work is laid out over threads, by measurement: on a GPU threads are free and a workgroup wants
 * as many as the network has work for; where a workgroup is emulated on one core, every thread beyond the width of its
 * vectors costs, and so does workgroup memory.
 */
import probe from '../../../shaders/probe_threads.wgsl?raw';
import type { EngineData, PopulationSettings } from '../engine.ts';
import { millisecondsPerStep } from '../measure.ts';
import type { GpuContext } from './context.ts';
import { bind } from './kernels.ts';
import { fastestRun, measuredOnce } from './measure.ts';
import { createMemory } from './memory.ts';
import { createResidentPopulation } from './resident.ts';
import type { ResidentVariant, UnitMemory } from './resident-kernel.ts';

/** The plan's kernel with units in storage binds so many storage buffers. */
const buffersNeeded = 9;
/** Threads that an emulating adapter may run side by side, and so many more that a GPU shows itself. */
const narrow = [4, 8, 16];
const wide = 64;
/** More threads have to win clearly, so that noise cannot make the choice differ from run to run. */
const clearly = 1.15;

/** Where the resident plan has its units on this device: known before it is planned. */
export async function unitMemory(context: GpuContext): Promise<UnitMemory> {
  return context.resident?.memory ?? ((await widthOnce(context)) === undefined ? 'workgroup' : 'storage');
}

export async function residentVariant(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  shapeClass: string,
): Promise<ResidentVariant> {
  if (context.resident) return context.resident;
  const width = await widthOnce(context);
  if (width !== undefined) return { memory: 'storage', threads: width };
  return measuredOnce(context.measured, `threads ${shapeClass}`, () => fastestThreads(context, data, settings));
}

function widthOnce(context: GpuContext): Promise<number | undefined> {
  return measuredOnce(context.measured, 'emulated width', () => emulatedWidth(context));
}

/** Threads that cost as much as four where threads cost at all; undefined on a GPU. */
async function emulatedWidth(context: GpuContext): Promise<number | undefined> {
  const { device, pipelines } = context;
  if (device.limits.maxStorageBuffersPerShaderStage < buffersNeeded) return undefined;
  const memory = createMemory(device);
  try {
    const result = memory.storage('probe', 16);
    const time = async (THREADS: number) => {
      const pipeline = await pipelines.get({ name: 'probe of threads', files: [probe], constants: { THREADS } });
      const bindings = bind(device, pipeline, { 0: result });
      return fastestRun(device, (pass) => {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindings);
        pass.dispatchWorkgroups(1);
      });
    };
    const least = await time(narrow[0]);
    if ((await time(wide)) < 4 * least) return undefined;
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

/** Units in workgroup memory; from fewer threads to more, as many as the widest layer has use for. */
async function fastestThreads(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
): Promise<ResidentVariant> {
  const widest = Math.max(...settings.layers.map(({ inputs, outputs }) => Math.max(inputs, outputs)));
  const most = Math.min(256, context.device.limits.maxComputeInvocationsPerWorkgroup);
  const candidates = [32, 64, 128, 256].filter((threads) => threads <= most && threads < 2 * Math.max(32, widest));
  let best: ResidentVariant = { memory: 'workgroup', threads: candidates[0] };
  if (candidates.length === 1) return best;
  let least = Number.POSITIVE_INFINITY;
  for (const threads of candidates) {
    const variant: ResidentVariant = { memory: 'workgroup', threads };
    const population = await createResidentPopulation(context, data, settings, variant);
    const time = await millisecondsPerStep(population).finally(() => population.destroy());
    if (time * clearly < least) {
      least = time;
      best = variant;
    }
  }
  return best;
}
