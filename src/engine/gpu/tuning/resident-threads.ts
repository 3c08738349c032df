/**
 * How the resident plan's work is laid out over threads, by measurement: on a GPU threads are free and a workgroup wants
 * as many as the network has work for; where a workgroup is emulated on one core, every thread beyond the width of its
 * vectors costs, and so does workgroup memory.
 */
import * as z from 'zod/mini';
import probe from '../../../../shaders/software/probe_threads.wgsl?wesl';
import type { EngineData, PopulationSettings } from '../../engine.ts';
import { millisecondsPerStep } from '../../measure.ts';
import type { GpuContext } from '../context.ts';
import { bind } from '../layered/kernels.ts';
import { layeredFits } from '../layered/layered.ts';
import { createMemory } from '../memory/memory.ts';
import { leftToLayered, residentFits } from '../resident/fit.ts';
import type { ResidentVariant, UnitMemory } from '../resident/kernel.ts';
import { compileFirst, createResidentPopulation } from '../resident/resident.ts';
import { lanesOf, mayHaveLanes } from '../software/quad-swap.ts';
import { fastestRun } from './measure.ts';

/** The plan's kernel with units in storage binds so many storage buffers. */
const buffersNeeded = 9;
/** Threads that an emulating adapter may run side by side, and so many more that a GPU shows itself. */
const widths = [4, 8];
const wide = 64;
/**
 * Rounds of the probe that so many threads make. Browsers look for the end of a submit every millisecond: the fewest threads
 * go around more often, so that what they take can be told from twice as much.
 */
const rounds = { few: 12_000, many: 3000 };
/** Runs of each: one will have had a busy machine to itself. The few have a compiler beside them. */
const runs = { few: 8, many: 3 };
/**
 * What a round costs 64 threads, in rounds of four: 1 where threads run side by side, 16 or 8 where four or eight do. Below
 * this it is a GPU; one that is over with either before its submit is looked at shows no more than 4.
 */
const emulates = 6;
/** Threads that a GPU may be given. */
const gpuThreads = [32, 64, 128, 256];
/** More threads have to win clearly, so that noise cannot make the choice differ from run to run. */
const clearly = 1.15;

/**
 * Where the resident plan has its units on this device: known before it is planned. While it is measured, the kernel of the
 * trials that it is asked for is compiled as it will most likely be wanted.
 */
export async function unitMemory(context: GpuContext, settings: PopulationSettings): Promise<UnitMemory> {
  if (context.resident) return context.resident.memory;
  const width = await emulatedWidth(context, () => {
    compileAhead(context, settings);
    if (context.software) lanesOf(context).catch(ignore);
  });
  return width === null ? 'workgroup' : 'storage';
}

/** A guess by what the adapter calls itself. A wrong one costs the time of a compiler, and is not what is chosen. */
function compileAhead(context: GpuContext, settings: PopulationSettings): void {
  const guess: ResidentVariant = { memory: 'storage', threads: widths[0], swaps: mayHaveLanes(context.device) };
  if (!context.software || residentFits(context.device.limits, settings, guess.memory)) return;
  if (settings.plan !== 'resident' && leftToLayered(settings)) return;
  // Where there is no choice nothing is measured.
  const atOnce = settings.plan === 'resident' || layeredFits(settings) !== undefined;
  compileFirst(context, settings, guess, atOnce).catch(ignore);
}

/** What is begun ahead and goes wrong is told to whoever needs it. */
function ignore(): void {}

export async function residentVariant(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  shapeClass: string,
): Promise<ResidentVariant> {
  if (context.resident) return context.resident;
  const width = await emulatedWidth(context);
  if (width !== null)
    return { memory: 'storage', threads: width, swaps: width === widths[0] && (await lanesOf(context)) };
  const threads = await context.choices.make(
    `threads ${shapeClass}`,
    z.union(gpuThreads.map((n) => z.literal(n))),
    () => fastestThreads(context, data, settings),
  );
  return { memory: 'workgroup', threads };
}

/**
 * Threads that run side by side where a workgroup is emulated, so that threads cost at all; null on a GPU.
 * @param meanwhile begins what has to be compiled next, as soon as the compiler is free and only the adapter is busy
 */
export function emulatedWidth(context: GpuContext, meanwhile?: () => void): Promise<number | null> {
  return context.choices.make('emulated width', z.union([...widths, null].map((n) => z.literal(n))), () =>
    measureWidth(context, meanwhile),
  );
}

async function measureWidth({ device, pipelines }: GpuContext, meanwhile?: () => void): Promise<number | null> {
  if (device.limits.maxStorageBuffersPerShaderStage < buffersNeeded) return null;
  const memory = createMemory(device);
  try {
    const result = memory.storage('probe', 16);
    const probeOf = (THREADS: number, ROUNDS: number) =>
      pipelines.get({ entry: probe, conditions: [], constants: { THREADS, ROUNDS } });
    const [few, many] = await Promise.all([probeOf(widths[0], rounds.few), probeOf(wide, rounds.many)]);
    meanwhile?.();
    const time = (pipeline: GPUComputePipeline, times: number) => {
      const bindings = bind(device, pipeline, { 0: result });
      return fastestRun(
        device,
        (pass) => {
          pass.setPipeline(pipeline);
          pass.setBindGroup(0, bindings);
          pass.dispatchWorkgroups(1);
        },
        times,
      );
    };
    const ofFew = (await time(few, runs.few)) / rounds.few;
    const ofMany = (await time(many, runs.many)) / rounds.many;
    const cost = ofMany / ofFew;
    if (cost < emulates) return null;
    if (device.adapterInfo.subgroupMaxSize === widths[0]) return widths[0];
    // What a submit costs by itself makes the figure smaller than it is, and never larger.
    return cost > (1.15 * wide) / widths[1] ? widths[0] : widths[1];
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
  await Promise.all(candidates.map((variant) => compileFirst(context, settings, variant, false)));
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
