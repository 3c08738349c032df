/** Finds an engine: `auto` takes a real GPU where there is one, else the CPU, and says why. */
import { list } from '../spec/check.ts';
import { InputError } from '../spec/errors.ts';
import type { Engine, EngineKind, SliceTarget } from './engine.ts';
import { openAdapter, requestGpuEngine } from './gpu/device.ts';
import { createReferenceEngine } from './reference/engine.ts';

export const engineChoices = ['auto', 'webgpu', 'cpu', 'reference'] as const;
export type EngineChoice = 'auto' | EngineKind;

export interface EngineRequest extends SliceTarget {
  kind?: EngineChoice;
  /** Where WebGPU comes from; `navigator.gpu` unless given. In Node: see `perceptron-lab/node`. */
  gpu?: GPU;
}

/** @throws InputError when the kind is not known, or when WebGPU is asked for and there is none. */
export async function requestEngine(request: EngineRequest = {}): Promise<Engine> {
  const { kind = 'auto', slice_ms } = request;
  if (!engineChoices.includes(kind)) {
    throw new InputError(`engine: "${kind}" is not known; choose ${list(engineChoices)}.`, 'engine');
  }
  if (kind === 'reference' || kind === 'cpu') return createReferenceEngine(kind, 'asked for', slice_ms);

  const adapter = await openAdapter(request.gpu);
  if (kind === 'webgpu') {
    if ('missing' in adapter) {
      throw new InputError(`engine: WebGPU is not available here (${adapter.missing}); choose cpu.`, 'engine');
    }
    return requestGpuEngine(adapter, 'asked for', { slice_ms });
  }
  if ('missing' in adapter)
    return createReferenceEngine('cpu', `WebGPU is not available (${adapter.missing})`, slice_ms);
  if (adapter.software) {
    const why = `the only WebGPU adapter here (${adapter.name}) is a CPU in disguise, and the CPU itself is faster`;
    return createReferenceEngine('cpu', why, slice_ms);
  }
  return requestGpuEngine(adapter, `WebGPU runs on a real GPU (${adapter.name})`, { slice_ms });
}
