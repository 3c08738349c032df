/**
 * The CPU as an engine: WebAssembly SIMD, on as many threads as pay. It is the fallback where there is no GPU, and the
 * quickest for one tiny network anywhere. Where WebAssembly cannot be had, or has not the room, plain loops train instead
 * and say why.
 */

import { cpu } from '../../messages/en/engines/cpu.ts';
import { message, type Said } from '../../util/message.ts';
import type { Engine, EngineData, EngineInfo, Population, PopulationSettings, PopulationShape } from '../engine.ts';
import { planRefused } from '../engine.ts';
import { type HostMemory, requireMemory } from '../memory.ts';
import type { ReferenceOptions } from '../reference/engine.ts';
import { cpuBytes, fittingLayout } from './memory/layout.ts';
import { createMemory, type KernelModule, loadKernels } from './module.ts';
import { CpuPopulation, codes } from './population.ts';
import type { Sharing, WorkerProvider } from './threads/thread-pool.ts';
import { createThreadTuner } from './threads/thread-tuner.ts';
import { startWorkers, threadCount, type Workers } from './threads/workers.ts';

export interface CpuOptions extends HostMemory {
  slice_ms?: number;
  /** The same bits on every machine: plain SIMD, though relaxed may be quicker. */
  reproducible?: boolean;
  /** Threads at most; as many as the machine has unless given. */
  threads?: number;
  /** When they have a part in the work: by measurement unless said otherwise. */
  sharing?: Partial<Sharing>;
}

/** Never fails: where the kernels cannot be had it is the reference under this name, and its `why` says so. */
export async function requestCpuEngine(why: Said, options: CpuOptions = {}): Promise<Engine> {
  const { slice_ms = 50, reproducible = false, host_memory_bytes } = options;
  const sharing = {
    after_ms: 100,
    step_ms: 0.1,
    predict_ms: 1,
    trial_ms: 5,
    createTuner: createThreadTuner,
    ...options.sharing,
  };
  const kernels = await loadKernels(reproducible);
  if ('missing' in kernels)
    return plainLoops(message(cpu, 'plain_loops', { why, since: kernels.missing }), { slice_ms, host_memory_bytes });

  const maxThreads = kernels.shared && canBlock() ? (options.threads ?? threadCount()) : 1;
  const provider = createWorkerProvider(maxThreads, sharing);
  const info: EngineInfo = { kind: 'cpu', adapter: adapterWords(kernels, maxThreads), software: false, why };
  const memoryFor = (data: EngineData, settings: PopulationShape, others?: number) =>
    requireMemory(options, settings, (some) => cpuBytes(data, some, maxThreads), others);
  return {
    ...info,
    bytes: 0,
    // Until the other threads have begun and were found to pay.
    warmup_ms: maxThreads > 1 ? 3 * sharing.after_ms : 0,
    lost: new Promise(() => {}),
    memoryFor,
    async createPopulation(data, settings) {
      memoryFor(data, settings);
      const plain = { slice_ms, host_memory_bytes };
      const { plan_code } = settings;
      if (plan_code === 'cpu:plain') return (await plainLoops(why, plain)).createPopulation(data, settings);
      const own = plan_code === undefined ? kernels : await kernelsOfPlan(plan_code, kernels, info);
      // A loss that the caller computes is known to this thread alone.
      const threads = settings.custom_loss ? { ...provider, maxThreads: 1 } : provider;
      return createPopulation(info, data, settings, own, plain, threads);
    },
    destroy: () => provider.end(),
  };
}

/** @throws InputError where the code is of another engine, or of kernels that this machine does not run */
async function kernelsOfPlan(code: string, loaded: KernelModule, { adapter }: EngineInfo): Promise<KernelModule> {
  if (code === `cpu:${codes[loaded.kind]}`) return loaded;
  const others = await loadKernels(code === `cpu:${codes.plain}`);
  if ('missing' in others || code !== `cpu:${codes[others.kind]}`) throw planRefused(code, adapter);
  return others;
}

function adapterWords({ kind }: KernelModule, most: number): string {
  if (kind === 'relaxed') {
    return most === 1 ? 'WebAssembly, relaxed SIMD, one thread' : `WebAssembly, relaxed SIMD, up to ${most} threads`;
  }
  return most === 1 ? 'WebAssembly, SIMD, one thread' : `WebAssembly, SIMD, up to ${most} threads`;
}

/** Threads that share a trial wait for each other, which a page's own thread may not. */
const canBlock = () => typeof window === 'undefined';

/** Loaded where they are needed, which is hardly anywhere. */
async function plainLoops(why: Said, options: ReferenceOptions): Promise<Engine> {
  const { createReferenceEngine } = await import('../reference/engine.ts');
  return createReferenceEngine('cpu', why, options);
}

async function createPopulation(
  engine: EngineInfo,
  data: EngineData,
  settings: PopulationSettings,
  kernels: KernelModule,
  options: ReferenceOptions & { slice_ms: number },
  provider: WorkerProvider,
): Promise<Population> {
  const layout = fittingLayout(data, settings, provider.maxThreads);
  try {
    const memory = createMemory(layout.bytes, kernels.shared);
    return new CpuPopulation(engine, data, settings, layout, memory, kernels, options.slice_ms, provider);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const planWhy = message(cpu, 'webassembly_full', { bytes: layout.bytes, cause: error.message });
    return (await plainLoops(engine.why, { ...options, planWhy })).createPopulation(data, settings);
  }
}

/** Starts the workers on first request, for all populations of the engine. */
function createWorkerProvider(maxThreads: number, sharing: Sharing): WorkerProvider & { end(): void } {
  let threads: Workers | undefined;
  let asked = false;
  let ended = false;
  return {
    maxThreads: maxThreads,
    sharing,
    request() {
      if (asked) return threads?.failed ? undefined : threads;
      asked = true;
      // Where workers cannot start, one thread trains.
      startWorkers(maxThreads).then(
        (started) => {
          if (ended) started.end();
          else threads = started;
        },
        () => {},
      );
      return undefined;
    },
    end() {
      ended = true;
      threads?.end();
      threads = undefined;
    },
  };
}
