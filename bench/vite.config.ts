/** Builds the benchmark's page and its command; see `README.md` beside it. */
import { defineConfig, type Plugin } from 'vite';
import packageFile from '../package.json' with { type: 'json' };
import { kernels } from '../tools/kernels.ts';
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

export default defineConfig(({ isSsrBuild, mode }) => ({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  plugins: [wgslLayouts(), wgslModules(), kernels(), tfjsThreads],
  define: { __VERSION__: JSON.stringify(packageFile.version) },
  build: isSsrBuild
    ? { ssr: 'main.ts', outDir: '../dist/bench', target: 'node20', minify: false }
    : {
        outDir: '../dist/bench/page',
        emptyOutDir: true,
        target: 'es2022',
        reportCompressedSize: false,
        modulePreload: false,
        rolldownOptions: {
          // In this mode only the library is bundled, to be weighed.
          input: mode === 'size' ? '../src/index.ts' : { page: 'page/index.html', worker: 'page/worker.ts' },
          preserveEntrySignatures: mode === 'size' ? 'strict' : false,
          output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
}));
