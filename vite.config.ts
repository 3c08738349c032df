/**
 * Three builds from one configuration: the page (default), `--mode library` (the package's entry points, for browsers
 * and Node alike) and `--mode cli` (the command). All go under dist/, each in a folder of its own.
 */
import { defineConfig } from 'vite';
import { wgslLayouts } from './tools/wgsl-layouts.ts';

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig(({ mode }) => {
  const shared = {
    plugins: [wgslLayouts()],
    define: { __VERSION__: JSON.stringify(process.env.npm_package_version ?? '0.0.0') },
  };
  if (mode === 'library' || mode === 'cli') {
    const entry: Record<string, string> =
      mode === 'cli' ? { main: 'src/cli/main.ts' } : { index: 'src/index.ts', node: 'src/machine/node.ts' };
    return {
      ...shared,
      publicDir: false as const,
      build: {
        outDir: `dist/${mode}`,
        emptyOutDir: true,
        target: 'node20',
        minify: false,
        reportCompressedSize: false,
        lib: {
          entry,
          formats: ['es' as const],
        },
        rolldownOptions: {
          external: [
            /^node:/,
            'webgpu',
            'papaparse',
            'zod',
            'commander',
            'cli-progress',
            'sirv',
            'd3-scale',
            'd3-shape',
            '@sparticuz/chromium',
          ],
        },
      },
    };
  }
  return {
    ...shared,
    base: './',
    worker: { format: 'es' as const, plugins: () => [wgslLayouts()] },
    // By number: a machine may have no name for itself, and nobody else is to be served.
    server: { headers: isolation, host: '127.0.0.1' },
    preview: { headers: isolation, host: '127.0.0.1', port: 4173 },
    build: { outDir: 'dist/lab', target: 'es2022', reportCompressedSize: false },
  };
});
