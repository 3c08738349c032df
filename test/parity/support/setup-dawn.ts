/** WebGPU in Node: Dawn, on the machine's GPU or on the software adapter. */
import { requestDawn } from '../../../src/machine/dawn.ts';

const dawn = await requestDawn();
if (!dawn.gpu) throw new Error(`No WebGPU in Node: ${dawn.reason}`);
globalThis.parityGpu = dawn.gpu;
globalThis.parityEveryCase = true;
