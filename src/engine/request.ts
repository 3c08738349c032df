/**
 * Finds an engine. `auto` measures a real GPU against the CPU where there is one, else takes the CPU, and says why: a
 * software adapter is a CPU that pretends, and was slower than our plainest loops for every small network measured
 * (docs/decisions/2-matmul-cores.md). Each engine is loaded when it is taken, and not before.
 */
import { engines } from '../messages/en/engines/engines.ts';
import { settings } from '../messages/en/training/settings.ts';
import { InputError } from '../util/errors.ts';
import { message, type Said } from '../util/message.ts';
import type { WebGpu } from '../util/webgpu.ts';
import type { Calibration } from './calibration.ts';
import { checkThreads } from './cpu/threads/thread-limit.ts';
import { asyncDispose, type Engine, type EngineKind, type SliceTarget } from './engine.ts';
import { openAdapter } from './gpu/device/adapter.ts';
import type { HostMemory } from './memory.ts';

/** `reproducible` is the CPU with the same bits on every machine. */
export const engineChoices = ['auto', 'webgpu', 'cpu', 'reproducible', 'reference'] as const;
export type EngineChoice = 'auto' | 'reproducible' | EngineKind;

/** Which engine is wanted, and within what limits. */
export interface EngineRequest extends SliceTarget, HostMemory {
  /**
   * `auto` (unless given) measures a GPU against the CPU for each network and takes the faster one; `webgpu` takes the
   * GPU or fails; `cpu` is WebAssembly SIMD; `reproducible` is the CPU with the same bits on every machine; `reference`
   * is plain TypeScript, slow and easy to read.
   */
  kind?: EngineChoice;
  /** Where WebGPU comes from; `navigator.gpu` unless given. In Node: see `perceptron-lab/node`. */
  gpu?: WebGpu | undefined;
  /** Why there is no `gpu`, for the engine's `why` and for errors: the `reason` of `requestDawn`. */
  reason?: Said | undefined;
  /** The same bits on every machine, where the CPU trains; false unless given. */
  reproducible?: boolean;
  /** CPU threads at most, from 1; as many as the machine has unless given. Their number never changes a bit. */
  threads?: number;
  /** Bytes of GPU memory that all populations together may hold; what the device has unless given. */
  memory_bytes?: number;
  /** Where measured choices outlive the engine; without it they are measured by each engine anew. */
  calibration?: Calibration;
}

/**
 * Opens what trains: a GPU by WebGPU, or the CPU. `await using` destroys the engine at the end of the block;
 * `destroy()` does so anywhere.
 * @param request which one; what is left out is chosen
 * @throws InputError when the kind is not known, or when WebGPU is asked for and there is none, or it gets numbers
 * wrong
 * @example
 * ```ts
 * const engine = await requestEngine({ kind: 'cpu', threads: 1 });
 * console.log(engine.kind, engine.bytes); // cpu 0
 * ```
 */
export async function requestEngine(request: EngineRequest = {}): Promise<Engine & AsyncDisposable> {
  const engine = await openEngine(request);
  return Object.assign(engine, { [asyncDispose]: async () => engine.destroy() });
}

async function openEngine(request: EngineRequest): Promise<Engine> {
  const { kind = 'auto', slice_ms, memory_bytes, host_memory_bytes, calibration, reproducible, threads } = request;
  if (!engineChoices.includes(kind)) {
    const input = JSON.stringify(kind);
    throw new InputError(
      message(settings, 'choice_unknown', { setting: 'engine', input, choices: engineChoices }),
      'engine',
    );
  }
  for (const [name, size] of Object.entries({ memory_bytes, host_memory_bytes })) {
    if (size === undefined || size > 0) continue;
    throw new InputError(message(engines, 'memory_budget', { name, size }), name);
  }
  if (threads !== undefined) checkThreads(threads, 'threads');
  if (kind === 'reference') {
    const { createReferenceEngine } = await import('./reference/engine.ts');
    return createReferenceEngine('reference', message(engines, 'asked_for'), { slice_ms, host_memory_bytes });
  }
  const cpu = async (why: Said) => {
    const { requestCpuEngine } = await import('./cpu/engine.ts');
    const plain = reproducible || kind === 'reproducible';
    return requestCpuEngine(why, { slice_ms, reproducible: plain, threads, host_memory_bytes });
  };
  if (kind === 'cpu' || kind === 'reproducible') return cpu(message(engines, 'asked_for'));

  const options = { slice_ms, memory_bytes, host_memory_bytes, calibration };
  if (kind === 'webgpu') {
    // The engine is loaded while the adapter is looked for.
    const [adapter, { requestGpuEngine }] = await Promise.all([
      openAdapter(request.gpu, request.reason),
      import('./gpu/engine.ts'),
    ]);
    if ('missing' in adapter) {
      throw new InputError(message(engines, 'webgpu_asked', { why: adapter.missing }), 'engine');
    }
    return requestGpuEngine(adapter, message(engines, 'asked_for'), options);
  }
  const adapter = await openAdapter(request.gpu, request.reason);
  if ('missing' in adapter) return cpu(message(engines, 'no_webgpu', { why: adapter.missing }));
  if (adapter.software) {
    return cpu(message(engines, 'only_software', { adapter: adapter.name }));
  }
  const { requestAutoEngine } = await import('./auto.ts');
  return requestAutoEngine(adapter, cpu, options);
}
