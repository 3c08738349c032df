/** Bundles the native benchmark with all that it needs but Node and Dawn's binary, which is laid beside it. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import packageFile from '../../package.json' with { type: 'json' };
import { kernels } from '../../tools/kernels.ts';
import { wgslLayouts } from '../../tools/wgsl-layouts.ts';
import { wgslModules } from '../../tools/wgsl-modules.ts';

const root = join(import.meta.dirname, '../..');
const outDir = join(root, 'dist/bench-native');

/** The package `webgpu` looks for its binary beside itself, in `dist`: bundled, beside the bundle. */
const dawnBeside: Plugin = {
  name: 'dawn-beside',
  closeBundle() {
    const folder = `${process.platform}-${process.platform === 'darwin' ? 'universal' : process.arch}`;
    cpSync(join(root, 'node_modules/webgpu/dist', folder), join(outDir, 'dist', folder), { recursive: true });
  },
};

export default defineConfig({
  root,
  plugins: [wgslLayouts(), wgslModules(), kernels(), dawnBeside],
  define: { __VERSION__: JSON.stringify(packageFile.version) },
  publicDir: false,
  // What a driver is unpacked from is for machines without a GPU: there it is installed.
  ssr: { noExternal: true, external: ['@sparticuz/chromium'] },
  build: {
    ssr: 'bench/native/main.ts',
    outDir,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
