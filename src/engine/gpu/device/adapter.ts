/** The graphics adapter, found before anything of the GPU engine is loaded. */
import { engines } from '../../../messages/en/engines/engines.ts';
import { message, type Said } from '../../../util/message.ts';
import { isSoftwareAdapter } from '../../../util/software-adapter.ts';

export interface Adapter {
  gpu: GPUAdapter;
  name: string;
  /** A CPU in disguise. */
  software: boolean;
  /** What changes when the adapter, its driver or the browser does, as far as they tell. */
  identity: string[];
}

/**
 * An adapter, or one phrase saying why there is none.
 * @param missing why there is no `gpu`, where that is known
 */
export async function openAdapter(
  gpu: GPU | undefined = globalThis.navigator?.gpu,
  missing: Said = message(engines, 'webgpu_absent'),
): Promise<Adapter | { missing: Said }> {
  if (!gpu) return { missing };
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return { missing: message(engines, 'no_adapter') };
  const { vendor, architecture, device, description } = adapter.info;
  const name = description || device || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter';
  const software = isSoftwareAdapter(adapter.info);
  const { maxComputeWorkgroupStorageSize, maxComputeInvocationsPerWorkgroup } = adapter.limits;
  const limits = `${maxComputeWorkgroupStorageSize} bytes, ${maxComputeInvocationsPerWorkgroup} invocations`;
  // A browser blanks most of what it knows of an adapter, but says its own version; Node 20 has no such word.
  const agent = globalThis.navigator?.userAgent ?? '';
  return { gpu: adapter, name, software, identity: [vendor, architecture, device, description, limits, agent] };
}
