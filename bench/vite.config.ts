/**
 * Builds what is measured and what measures: the page of the contestants (default), its command (`--ssr main.ts`), the
 * library alone, to be weighed (`--mode size`), the native benchmark (`--mode native`), that of accuracy (`--mode accuracy`) and that of queues (`--mode queue`);
 * see `README.md` beside it.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import packageFile from '../package.json' with { type: 'json' };
import { kernels } from '../tools/kernels.ts';
import { minified } from '../tools/minified.ts';
import { wgslLayouts } from '../tools/wgsl-layouts.ts';
import { wgslModules } from '../tools/wgsl-modules.ts';

/**
 * TensorFlow.js starts its threads from the text of a function that uses a variable from outside of it: under a minifier's
 * names they die of a ReferenceError. The variable is moved inside, which changes nothing else.
 */
const tfjsThreads: Plugin = {
  name: 'tfjs-threads',
  transform(code, id) {
    if (!id.endsWith('tfjs-backend-wasm-threaded-simd.js')) return;
    const from = 'function(WasmBackendModuleThreadedSimd) {';
    if (!code.includes(from)) throw new Error(`${id} is not as it was; see whether its threads start`);
    return code.replace(from, `${from} var _scriptDir;`);
  },
};

const outDir = '../dist/bench-native';

/** The package `webgpu` looks for its binary beside itself, in `dist`: bundled, beside the bundle. */
const dawnBeside: Plugin = {
  name: 'dawn-beside',
  closeBundle() {
    const folder = `${process.platform}-${process.platform === 'darwin' ? 'universal' : process.arch}`;
    const from = join(import.meta.dirname, '../node_modules/webgpu/dist', folder);
    cpSync(from, join(import.meta.dirname, outDir, 'dist', folder), { recursive: true });
  },
};

const node = { emptyOutDir: false, target: 'node20', minify: false } as const;

export default defineConfig(({ isSsrBuild, mode }) => {
  const shared = {
    root: import.meta.dirname,
    base: './',
    publicDir: false as const,
    plugins: [wgslLayouts(), wgslModules(), kernels(), minified()],
    define: { __VERSION__: JSON.stringify(packageFile.version) },
  };
  if (mode === 'accuracy') {
    return { ...shared, build: { ...node, ssr: 'accuracy/main.ts', outDir: '../dist/bench-accuracy' } };
  }
  if (mode === 'queue') {
    const external = ['bullmq', 'ioredis'];
    return { ...shared, ssr: { external }, build: { ...node, ssr: 'queue/main.ts', outDir: '../dist/bench-queue' } };
  }
  if (isSsrBuild) return { ...shared, build: { ...node, ssr: 'main.ts', outDir: '../dist/bench' } };
  if (mode === 'native') {
    return {
      ...shared,
      plugins: [...shared.plugins, dawnBeside],
      // What a driver is unpacked from is for machines without a GPU: there it is installed.
      ssr: { noExternal: true as const, external: ['@sparticuz/chromium'] },
      build: {
        ...node,
        ssr: 'native/main.ts',
        outDir,
        emptyOutDir: true,
        rolldownOptions: { output: { codeSplitting: false } },
      },
    };
  }
  const isSize = mode === 'size';
  return {
    ...shared,
    plugins: [...shared.plugins, tfjsThreads],
    build: {
      outDir: '../dist/bench/page',
      emptyOutDir: true,
      target: 'es2022',
      reportCompressedSize: false,
      modulePreload: false as const,
      rolldownOptions: {
        input: isSize ? '../src/index.ts' : { page: 'page/index.html', worker: 'page/worker.ts' },
        preserveEntrySignatures: isSize ? ('strict' as const) : (false as const),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  };
});
