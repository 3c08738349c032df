/** Finds an engine: `auto` takes a real GPU where there is one, else the CPU, and says why. */
import { InputError } from '../spec/errors.ts';
import type { Engine, EngineKind, SliceTarget } from './engine.ts';
import { requestGpuEngine } from './gpu/device.ts';
import { createReferenceEngine } from './reference/engine.ts';

export interface EngineRequest extends SliceTarget {
  kind?: 'auto' | EngineKind;
  /** Where WebGPU comes from; `navigator.gpu` unless given. In Node: see `perceptron-lab/node`. */
  gpu?: GPU;
}

/** @throws InputError when WebGPU is asked for and there is none. */
export async function requestEngine(request: EngineRequest = {}): Promise<Engine> {
  throw new InputError(`not yet ${JSON.stringify(request)} ${requestGpuEngine} ${createReferenceEngine}`);
}
