/** WebGPU in Deno: wgpu, on the software adapter (see deno-pool.ts). */
import { openAdapter } from '../../../src/engine/gpu/device/adapter.ts';
import { inEnglish } from '../../../src/util/message.ts';

const adapter = await openAdapter(navigator.gpu);
if ('missing' in adapter) throw new Error(`No WebGPU in Deno: ${inEnglish(adapter.missing)}`);
globalThis.parityGpu = navigator.gpu;
globalThis.parityEveryCase = false;
