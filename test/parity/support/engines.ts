/** The two sides of every parity test, and how far apart they may be. */
import { afterEach } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { type Adapter, openAdapter } from '../../../src/engine/gpu/device/adapter.ts';
import { type GpuOptions, requestGpuEngine } from '../../../src/engine/gpu/engine.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { inEnglish } from '../../../src/util/message.ts';
import { sharingDevice } from './shared-device.ts';

declare global {
  /** Set by the project's setup file. */
  var parityGpu: GPU;
  /** Whether this project runs every case, set there too: Dawn does. */
  var parityEveryCase: boolean;
}

export const reference = createReferenceEngine('reference', 'asked for');

const open: Engine[] = [];

/** An engine on the device that the tests of a file share, closed after the test. Uncaptured errors reject its work in progress. */
export function gpuEngine(options: GpuOptions = {}): Promise<Engine> {
  return closedAfterTest(sharingGpuEngine(options));
}

/** The same, for the caller to close. */
export async function sharingGpuEngine(options: GpuOptions = {}): Promise<Engine> {
  return requestGpuEngine(sharingDevice(await anAdapter()), 'parity test', options);
}

/** An engine on a device of its own, closed after the test: nothing is compiled yet, and the device may be lost. */
export function ownGpuEngine(options: GpuOptions = {}): Promise<Engine> {
  return closedAfterTest(openGpuEngine(options));
}

/** The same, for the caller to close. */
export async function openGpuEngine(options: GpuOptions = {}): Promise<Engine> {
  return requestGpuEngine(await anAdapter(), 'parity test', options);
}

async function anAdapter(): Promise<Adapter> {
  const adapter = await openAdapter(globalThis.parityGpu);
  if ('missing' in adapter) throw new Error(`No WebGPU here: ${inEnglish(adapter.missing)}`);
  return adapter;
}

async function closedAfterTest(opened: Promise<Engine>): Promise<Engine> {
  const engine = await opened;
  open.push(engine);
  return engine;
}

afterEach(() => {
  for (const engine of open.splice(0)) engine.destroy();
});

/** max |a - b| / max(1e-6, max |b|) */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let apart = 0;
  let largest = 1e-6;
  for (let i = 0; i < a.length; i++) {
    const distance = Math.abs(a[i] - b[i]);
    // A NaN on either side must not pass for agreement.
    apart = Number.isNaN(distance) ? Number.POSITIVE_INFINITY : Math.max(apart, distance);
    largest = Math.max(largest, Math.abs(b[i]));
  }
  return apart / largest;
}
