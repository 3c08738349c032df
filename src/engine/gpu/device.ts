/** The GPU device: finding an adapter, asking for its limits, and telling when it is lost. */
import type { Engine } from '../engine.ts';

export interface Adapter {
  gpu: GPUAdapter;
  name: string;
  /** A CPU in disguise. */
  software: boolean;
}

/** An adapter, or one phrase saying why there is none. */
export async function openAdapter(
  gpu: GPU | undefined = globalThis.navigator?.gpu,
): Promise<Adapter | { missing: string }> {
  if (!gpu) return { missing: 'this browser or runtime has no WebGPU' };
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return { missing: 'no graphics adapter offers it' };
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const name = description || device || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter';
  const software =
    isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render|software/i.test(`${name} ${architecture}`);
  return { gpu: adapter, name, software };
}

export async function requestGpuEngine(_adapter: Adapter, _why: string, _slice_ms?: number): Promise<Engine> {
  throw new Error('the GPU engine is being written');
}
