/**
 * The kernels as a WebAssembly module: with relaxed SIMD where the machine has it and bits need not be the same on all
 * machines, else plain, which is loaded only then.
 */
import { cpu } from '../../messages/en/engines/cpu.ts';
import { message, type Said } from '../../util/message.ts';
export type KernelKind = 'plain' | 'relaxed';

/** What the kernels export; see `kernels/index.ts`. Addresses are bytes in the memory they were given. */
export interface Kernels {
  train(problem: number, job: number, work: number, thread: number, threads: number): void;
  outputs(
    problem: number,
    trial: number,
    work: number,
    features: number,
    list: number,
    first: number,
    rows: number,
    to: number,
  ): void;
  predict(
    problem: number,
    records: number,
    trials: number,
    work: number,
    features: number,
    rows: number,
    most: number,
    to: number,
    counter: number,
  ): void;
  finite(at: number, bytes: number): number;
  apply(which: number, at: number, slopes: number, bytes: number): void;
}

export interface KernelModule {
  kind: KernelKind;
  module: WebAssembly.Module;
  /** Whether its memory is shared, so that threads can work on it. */
  shared: boolean;
}

/** Threads need memory that all see: Node has it, a page only where its server isolates it from other origins. */
export const memoryCanBeShared = (): boolean =>
  typeof SharedArrayBuffer === 'function' && (globalThis.crossOriginIsolated ?? true);

/** @param reproducible plain SIMD, whose bits are the same on every machine */
export async function loadKernels(reproducible: boolean): Promise<KernelModule | { missing: Said }> {
  if (typeof WebAssembly !== 'object') return { missing: message(cpu, 'webassembly_missing') };
  const shared = memoryCanBeShared();
  const kinds: KernelKind[] = reproducible ? ['plain'] : ['relaxed', 'plain'];
  for (const kind of kinds) {
    const bytes = withMemory(await unpack(await textOf(kind)), shared);
    if (!WebAssembly.validate(bytes)) continue;
    try {
      return { kind, module: await WebAssembly.compile(bytes), shared };
    } catch (error) {
      return {
        missing: message(cpu, 'webassembly_refused', { cause: error instanceof Error ? error.message : String(error) }),
      };
    }
  }
  return { missing: message(cpu, 'simd_missing') };
}

const textOf = async (kind: KernelKind): Promise<string> =>
  (kind === 'plain' ? await import('virtual:kernels/plain') : await import('virtual:kernels/relaxed')).default;

async function unpack(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

/** import "env" "memory", a memory (2); the byte after it says what kind: 1 has a maximum, 3 is shared too. */
const memoryImport = [3, ...codesOf('env'), 6, ...codesOf('memory'), 2];

function codesOf(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}

/** The modules are compiled for shared memory; nothing else in them differs for memory of one's own. */
function withMemory(bytes: Uint8Array<ArrayBuffer>, shared: boolean): Uint8Array<ArrayBuffer> {
  for (let at = 0; at < bytes.length; at++) {
    if (memoryImport.every((byte, i) => bytes[at + i] === byte)) {
      bytes[at + memoryImport.length] = shared ? 3 : 1;
      return bytes;
    }
  }
  throw new Error('The kernels import no memory.');
}

/** What a 32-bit module can address. */
export const mostBytes = 65536 * 65536;

/** @throws RangeError where the machine has not so much memory, or a module could not address it */
export function createMemory(bytes: number, shared: boolean): WebAssembly.Memory {
  if (bytes > mostBytes) throw new RangeError('more than WebAssembly can address');
  const pages = Math.ceil(bytes / 65536);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
}

/** @param loss what the kernels call for a loss that the caller computes */
export function instantiate(
  { module }: KernelModule,
  memory: WebAssembly.Memory,
  loss: (...of: number[]) => number = () => 0,
): Kernels {
  return new WebAssembly.Instance(module, { env: { memory, loss } }).exports as unknown as Kernels;
}
