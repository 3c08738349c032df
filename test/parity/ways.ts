/** Every engine and way to train that the numbers are held for, whichever this machine would take, and its cases. */
import { requestCpuEngine } from '../../src/engine/cpu/engine.ts';
import { loadKernels } from '../../src/engine/cpu/module.ts';
import type { Engine, PlanChoice } from '../../src/engine/engine.ts';
import { openAdapter } from '../../src/engine/gpu/device/adapter.ts';
import type { GpuOptions } from '../../src/engine/gpu/engine.ts';
import type { Case } from './cases.ts';
import { openGpuEngine } from './engines.ts';
import { base, functions, layers, losses, rates, shapes, slices, twoClasses, updates } from './numbers-cases.ts';

export interface Way {
  /** Names it in the parity table. */
  name: string;
  /** The engine, for the caller to close. */
  open: () => Promise<Engine>;
  plan: PlanChoice;
  /** What its populations say they are trained by; the plan unless given. */
  says?: string;
  /** Quick enough for a browser to run every case. */
  quick?: boolean;
  cases: Case[];
  /** Shaders that another way has too, with larger numbers: what a browser's slow software adapter is spared. */
  dawnOnly?: boolean;
}

const kernels = await loadKernels(false);
const hasRelaxed = 'kind' in kernels && kernels.kind === 'relaxed';

const adapter = await openAdapter(globalThis.parityGpu);
/** Not every adapter has threads that can show each other their values. */
const hasLanes = 'gpu' in adapter && adapter.gpu.features.has('subgroups');

const all = [...shapes, ...functions, ...losses, ...twoClasses, ...updates];
/** A batch of 72 rows of these layers takes more workgroup memory than any adapter must have. */
const small = shapes.filter(({ batch_size, hidden }) => batch_size * Math.max(...hidden, 1) < 4000);
/** An adapter that clears workgroup memory number by number takes seconds to compile much of it. */
const narrow = (cases: Case[]) => cases.filter(({ hidden }) => Math.max(...hidden, 1) < 100);

/** Cases around the kernels' blocks of 8 units and panels of 1, 4 and 8 rows. */
const edges: Case[] = [1, 2, 4, 5, 8, 9, 17].flatMap((batch_size) => [
  { ...base, columns: 7, hidden: [8, 9], outputs: 2, batch_size, optimizer: 'adam' },
  { ...base, columns: 8, hidden: [300], outputs: 9, batch_size, loss: 'softmax_cross_entropy', dropout: 0.3 },
]);

const manyNorms = updates.filter(({ hidden }) => hidden[0] === 100);
const wide: Case = { ...base, hidden: [130], rows: 90, batch_size: 72 };

export const ways: Way[] = [
  layered('direct', all, { core: 'direct' }),
  // Small tiles, so that there are more norms to add up than a workgroup has threads.
  layered('direct, 4 threads', [...shapes, ...manyNorms], { core: 'direct', threads: 2 }),
  // The functions are the same in all of these; the shapes are where they differ.
  layered('direct wide', shapes, { core: 'direct_wide' }),
  ...(hasLanes ? [layered('direct lanes', [...shapes, wide], { core: 'direct_lanes' })] : []),
  layered('tiled', shapes, { core: 'tiled' }),
  // Slow to compile for a software adapter: few results, and sizes just above and below a tile's.
  layered('tiled wide', [shapes[3], shapes[6], shapes[7]], { core: 'tiled_wide' }),
  { ...layered('tiled, 16 x 16', [shapes[6]], { core: 'tiled', threads: 16 }), dawnOnly: true },
  { ...layered('tiled wide, 16 x 16', [wide], { core: 'tiled_wide', threads: 16 }), dawnOnly: true },
  layered('slices', slices, { core: 'direct', slice_rows: 4 }),
  { ...layered('tiled, slices', slices.slice(2, 5), { core: 'tiled', slice_rows: 3 }), dawnOnly: true },
  resident('storage', [...small, ...functions, ...losses, ...twoClasses, ...updates], 4),
  ...(hasLanes ? [resident('storage', [...small, ...updates], 4, true)] : []),
  resident('workgroup', narrow([...small, ...functions, ...losses, ...twoClasses, ...updates]), 32),
  cpu('simd', true),
  // Node 20 has no relaxed SIMD: there it is the plain module once more.
  ...(hasRelaxed ? [cpu('relaxed simd', false)] : []),
];

function layered(name: string, cases: Case[], options: GpuOptions): Way {
  return { name: `layered, ${name}`, open: () => openGpuEngine(options), plan: 'layered', cases };
}

function resident(memory: 'storage' | 'workgroup', cases: Case[], threads: number, swaps = false): Way {
  const options: GpuOptions = { core: 'direct', resident: { memory, threads, swaps } };
  return {
    name: `resident, ${memory}${swaps ? ', swapped' : ''}`,
    open: () => openGpuEngine(options),
    plan: 'resident',
    cases,
  };
}

function cpu(says: string, reproducible: boolean): Way {
  const open = () => requestCpuEngine('parity test', { reproducible });
  return {
    name: `cpu, ${says}`,
    open,
    plan: 'auto',
    says,
    quick: true,
    cases: [...all, ...edges, ...layers, ...rates],
  };
}
