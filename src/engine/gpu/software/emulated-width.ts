/**
 * Whether an adapter emulates a workgroup on one core, and how many threads it runs side by side there, by measurement: on a
 * GPU threads are free.
 */
import * as z from 'zod/mini';
import probe from '../../../../shaders/software/probe_threads.wgsl?wesl';
import type { GpuContext } from '../context.ts';
import { bind } from '../device/pipelines.ts';
import { createMemory } from '../memory/memory.ts';
import { fastestRun } from '../tuning/measure.ts';

/** The plan's kernel with units in storage binds so many storage buffers. */
const buffersNeeded = 9;
/** Threads that an emulating adapter may run side by side, and so many more that a GPU shows itself. */
export const widths = [4, 8];
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
