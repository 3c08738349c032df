/**
 * What a dispatch costs that does nothing: no step of the layered plan can be faster than its dispatches. So the cost must
 * not come out too high, and is the least of several runs. It is not kept: what it is held against is measured at the same
 * time, on a machine that is as busy.
 */
import probe from '../../../../shaders/software/probe_threads.wgsl?wesl';
import type { GpuContext } from '../context.ts';
import { bind } from '../device/pipelines.ts';
import { createMemory } from '../memory/memory.ts';
import { fastestRun } from './measure.ts';

/** Dispatches of the two runs whose difference is taken, so that a submit's own cost does not count. */
const [some, more] = [32, 160];
/** Runs of each, over in a millisecond: one of them will have had the machine to itself. */
const runs = 12;

/** Milliseconds of an empty dispatch that has to wait for the one before it. */
export async function dispatchCost({ device, pipelines }: GpuContext): Promise<number> {
  const memory = createMemory(device);
  try {
    const result = memory.storage('probe', 16);
    const pipeline = await pipelines.get({ entry: probe, conditions: [], constants: { THREADS: 4, ROUNDS: 0 } });
    const bindings = bind(device, pipeline, { 0: result });
    const time = (dispatches: number) =>
      fastestRun(
        device,
        (pass) => {
          for (let i = 0; i < dispatches; i++) {
            pass.setPipeline(pipeline);
            pass.setBindGroup(0, bindings);
            pass.dispatchWorkgroups(1);
          }
        },
        runs,
      );
    const fewer = await time(some);
    return Math.max(0, (await time(more)) - fewer) / (more - some);
  } finally {
    memory.destroy();
  }
}
