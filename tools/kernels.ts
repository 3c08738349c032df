/**
 * A vite plugin for `import wasm from 'virtual:kernels/plain'` and `.../relaxed`: the CPU engine's kernels, compiled
 * from AssemblyScript (src/engine/cpu/kernels), deflated, as base64. A string in a module of its own loads in a page, in
 * a worker and in Node alike, and only where it is imported. Compiled modules are kept by their sources' hash: a build makes each once.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import compiler from 'assemblyscript/package.json' with { type: 'json' };
import type { Plugin } from 'vite';
import { sizeOf, structLayouts } from '../src/engine/cpu/memory/struct-layouts.ts';
import type { KernelKind } from '../src/engine/cpu/module.ts';
import { assemblyScriptConstants } from './kernel-constants.ts';
import { tileSource } from './kernel-tiles.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'src/engine/cpu/kernels');
const kept = join(root, 'node_modules/.cache/kernels');
const prefix = 'virtual:kernels/';
const kinds: KernelKind[] = ['plain', 'relaxed'];

export function kernels(): Plugin {
  return {
    name: 'kernels',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    async load(id) {
      const kind = kinds.find((name) => id === `\0${prefix}${name}`);
      if (!kind) return;
      for (const name of readdirSync(folder)) this.addWatchFile(join(folder, name));
      const packed = deflateRawSync(await compileKernels(kind), { level: 9 });
      return `export default ${JSON.stringify(packed.toString('base64'))};`;
    },
  };
}

/** The constants of a record: each field's offset in bytes, and the record's size. */
function fieldSource(fields: readonly string[]): string {
  const lines = fields.map((name, index) => `export const ${name.toUpperCase()}: usize = ${4 * index};`);
  return [...lines, `export const SIZE: usize = ${sizeOf(fields)};`, ''].join('\n');
}

/** @throws Error with the compiler's messages */
export async function compileKernels(kind: KernelKind): Promise<Uint8Array> {
  const sources: Record<string, string> = {
    'tiles.ts': tileSource(),
    'constants.ts': assemblyScriptConstants(),
  };
  for (const [name, fields] of Object.entries(structLayouts)) sources[`${name}-fields.ts`] = fieldSource(fields);
  for (const name of readdirSync(folder)) sources[name] = readFileSync(join(folder, name), 'utf8');

  const features = kind === 'relaxed' ? ['simd', 'threads', 'relaxed-simd'] : ['simd', 'threads'];
  const flags = [...options, ...features.flatMap((feature) => ['--enable', feature])];
  const made = JSON.stringify([compiler.version, flags, sources]);
  const file = join(kept, `${kind}-${createHash('sha256').update(made).digest('hex').slice(0, 16)}.wasm`);
  if (existsSync(file)) return readFileSync(file);

  const { default: asc } = await import('assemblyscript/asc');
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'out.wasm', ...flags], {
    readFile: (name: string) => sources[name] ?? null,
    writeFile: (name: string, contents: string | Uint8Array) => {
      if (name === 'out.wasm') binary = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`The kernels do not compile: ${error?.message}\n${stderr.toString()}`);
  mkdirSync(kept, { recursive: true });
  // Whole or not at all: several processes may build at a time.
  writeFileSync(`${file}.${process.pid}`, binary);
  renameSync(`${file}.${process.pid}`, file);
  return binary;
}

const options = [
  '--optimizeLevel',
  '3',
  '--shrinkLevel',
  '1',
  '--converge',
  '--noAssert',
  '--disableWarning',
  '112',
  '--runtime',
  'stub',
  '--importMemory',
  '--initialMemory',
  '1',
  '--maximumMemory',
  '65536',
  '--sharedMemory',
];
