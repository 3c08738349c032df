/** Builds the site beside this file as people build theirs: for production, with the bundler's own settings. */
import { join } from 'node:path';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';
import webpack from 'webpack';

/** From the folder of the site into another. */
export const bundlers: Record<string, (site: string, to: string) => Promise<unknown>> = {
  vite: (site, to) =>
    vite({
      root: site,
      base: './',
      configFile: false,
      logLevel: 'error',
      // The worker loads parts of its own, which only modules can.
      worker: { format: 'es' },
      build: { outDir: to, emptyOutDir: true, reportCompressedSize: false, target: 'es2022' },
    }),

  esbuild: (site, to) =>
    esbuild({
      entryPoints: [join(site, 'main.js'), join(site, 'worker.js')],
      outdir: to,
      bundle: true,
      minify: true,
      format: 'esm',
      splitting: true,
      target: 'es2022',
    }),

  webpack: (site, to) =>
    new Promise<void>((resolve, reject) => {
      const compiler = webpack({
        mode: 'production',
        context: site,
        entry: './main.js',
        output: { path: to, filename: 'main.js' },
        performance: { hints: false },
        // Terser takes 13 s of a core, and changes nothing here; the other two builds are minified.
        optimization: { minimize: false },
      });
      compiler.run((error, stats) => {
        if (error || stats?.hasErrors()) reject(error ?? new Error(stats?.toString('errors-only')));
        else compiler.close((closing) => (closing ? reject(closing) : resolve()));
      });
    }),
};
