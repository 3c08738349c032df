/** What the numbers are compared for: an engine that trains in one certain way, whichever this machine would choose. */
import { requestCpuEngine } from '../../../src/engine/cpu/engine.ts';
import { loadKernels } from '../../../src/engine/cpu/module.ts';
import type { Engine, PlanChoice } from '../../../src/engine/engine.ts';
import { openAdapter } from '../../../src/engine/gpu/device/adapter.ts';
import type { GpuOptions } from '../../../src/engine/gpu/engine.ts';
import type { Case } from './cases.ts';
import { sharingGpuEngine } from './engines.ts';

export interface Variant {
  /** Names it in the parity table. */
  name: string;
  /** The engine, for the caller to close. */
  open: () => Promise<Engine>;
  plan: PlanChoice;
  /** What its populations say they are trained by; the plan unless given. */
  says?: string;
  /** Quick enough for every project to run every case. */
  quick?: boolean;
  /** What other projects than Dawn's run of the cases, where what is computed is another variant's. */
  elsewhere?: Case[];
  cases: Case[];
  /** Shaders that another variant has too, with larger numbers: what a browser's slow software adapter is spared. */
  dawnOnly?: boolean;
}

const adapter = await openAdapter(globalThis.parityGpu);
/** Not every adapter has threads that can show each other their values. */
export const hasLanes = 'gpu' in adapter && adapter.gpu.features.has('subgroups');

const kernels = await loadKernels(false);
/** Node 20 has no relaxed SIMD: there, bits that need not be reproducible are those of the plain module once more. */
export const hasRelaxed = 'kind' in kernels && kernels.kind === 'relaxed';

export function layered(name: string, cases: Case[], options: GpuOptions): Variant {
  return { name: `layered, ${name}`, open: () => sharingGpuEngine(options), plan: 'layered', cases };
}

export function resident(memory: 'storage' | 'workgroup', cases: Case[], threads: number, swaps = false): Variant {
  const options: GpuOptions = { core: 'direct', resident: { memory, threads, swaps } };
  return {
    name: `resident, ${memory}${swaps ? ', swapped' : ''}`,
    open: () => sharingGpuEngine(options),
    plan: 'resident',
    cases,
  };
}

export function cpu(says: string, reproducible: boolean, cases: Case[]): Variant {
  const open = () => requestCpuEngine('parity test', { reproducible });
  return { name: `cpu, ${says}`, open, plan: 'auto', says, quick: true, cases };
}
