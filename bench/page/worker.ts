/** The worker of one contestant: what is timed runs here, and the clock around it. */
import { expose } from 'comlink';
import { inEnglish } from '../../src/util/message.ts';
import { counting } from '../../test/parity/support/counting.ts';
import { type Contestant, nameOf, type Session } from '../contestant.ts';
import type { Results } from '../results.ts';
import { makeWorkload, type Problem, type Workload } from '../workloads.ts';

/** By their files' names; each is loaded when it is asked for. */
const modules = import.meta.glob<{ contestants: Contestant[] }>(['../contestants/*.ts', '../peers/*.ts']);

let contestant: Contestant | undefined;
let workload: Workload | undefined;
let session: Session | undefined;

/** @throws Error in a worker that came after the one that opened it: nothing done is not quickly done */
function opened(): Session {
  if (!session) throw new Error('its worker was lost');
  return session;
}

const api = {
  /** Everybody who takes part. */
  async list() {
    const all = await Promise.all(
      Object.entries(modules).map(async ([file, load]) =>
        (await load()).contestants.map((one) => ({
          file,
          name: nameOf(one),
          lib: one.lib,
          variant: one.variant,
          page: one.page ?? 'isolated',
        })),
      ),
    );
    return all.flat();
  },

  async init(file: string, name: string) {
    contestant = (await modules[file]()).contestants.find((one) => nameOf(one) === name);
    if (!contestant) throw new Error(`${file} has no ${name}`);
    return contestant.init();
  },

  /** The reason, where it is not for this contestant, which is begun where this worker has not yet. */
  async open(file: string, name: string, problem: Problem): Promise<{ how?: string; notForThis?: string }> {
    if (!contestant) await api.init(file, name);
    workload = makeWorkload(problem);
    try {
      session = await contestant?.create(workload);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'NotForThis') throw error;
      return { notForThis: error.message };
    }
    return { how: session?.how };
  },

  /** Milliseconds that so many steps take. */
  async steps(count: number): Promise<number> {
    const begun = performance.now();
    await opened().steps(count);
    return performance.now() - begun;
  },

  /** What so many steps ask of WebGPU, where there is such a thing. */
  counted: async (count: number) =>
    typeof GPUQueue === 'function' ? counting(() => opened().steps(count)) : undefined,

  params: (model: number) => opened().params(model),

  close() {
    session?.dispose();
    session = undefined;
    workload = undefined;
  },

  /** Of `model`, after a few steps, in float64, and how many steps those were. */
  async exact(problem: Problem, model: number) {
    const { exactParameters } = await import('../exact.ts');
    return exactParameters(makeWorkload(problem), model);
  },

  /** Waits until the GPU has nothing left to do for anybody; work that was enqueued outlives the worker that did it. */
  async settle(): Promise<void> {
    const adapter = await globalThis.navigator.gpu?.requestAdapter();
    for (let quick = 0; adapter && quick < 2; ) {
      const begun = performance.now();
      const device = await (await navigator.gpu.requestAdapter())?.requestDevice();
      device?.queue.submit([device.createCommandEncoder().finish()]);
      await device?.queue.onSubmittedWorkDone();
      device?.destroy();
      quick = performance.now() - begun < 300 ? quick + 1 : 0;
    }
  },

  async adapter(): Promise<Results['adapter']> {
    const { openAdapter } = await import('../../src/engine/gpu/device/adapter.ts');
    const adapter = await openAdapter();
    if ('missing' in adapter) return { missing: inEnglish(adapter.missing) };
    return { name: adapter.name, software: adapter.software };
  },
};

export type WorkerApi = typeof api;
expose(api);
