/**
 * Four builds from one configuration: the page (default), `--mode library` (the package's entry points, for browsers
 * and Node alike), `--mode cli` (the command) and `--mode site` (the documentation). All go under dist/, each in a folder
 * of its own.
 */
import { builtinModules } from 'node:module';
import { basename, dirname } from 'node:path';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import packageFile from './package.json' with { type: 'json' };
import { isolation } from './src/machine/isolation.ts';
import { ownPolicy, pageHeaders } from './src/machine/page-headers.ts';
import { firstChunks } from './tools/chunks.ts';
import { declarations } from './tools/declarations.ts';
import { kernels } from './tools/kernels.ts';
import { minified } from './tools/minified.ts';
import { notices } from './tools/notices.ts';
import { wgslLayouts } from './tools/wgsl-layouts.ts';
import { wgslModules } from './tools/wgsl-modules.ts';
import { workers } from './tools/workers.ts';

/** Installable, and fully offline: everything the page may ever load is kept at the first visit. */
const offline = VitePWA({
  filename: 'service-worker.js',
  injectRegister: null,
  manifest: {
    name: 'Perceptron Lab',
    short_name: 'Perceptron Lab',
    description: 'Train multi-layer perceptrons on your own table, on your own machine.',
    start_url: './',
    display: 'standalone',
    background_color: '#fbfaf7',
    theme_color: '#fbfaf7',
    icons: [
      { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: 'icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
  workbox: {
    globPatterns: ['**/*.{html,js,css,png,csv,gz,json,svg,txt}'],
    globIgnores: ['sbom.cdx.json'],
    maximumFileSizeToCacheInBytes: 4_000_000,
    // An update waits until every tab is closed: it must not change the files under a run.
    skipWaiting: false,
    clientsClaim: false,
    inlineWorkboxRuntime: true,
    sourcemap: false,
    // The documentation keeps itself (tools/site/client/service-worker.ts).
    navigateFallbackDenylist: [/\/docs\//],
  },
});

/** Wherever the page is served from: Vite's own server writes scripts and styles into pages, so built ones alone. */
const policy: Plugin = {
  name: 'policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: ownPolicy },
      injectTo: 'head-prepend',
    },
  ],
};

/** Workbox puts them into the service worker. */
const inServiceWorker = ['workbox-core', 'workbox-precaching', 'workbox-routing', 'workbox-strategies'];

export default defineConfig(async ({ mode }): Promise<UserConfig> => {
  const shared = {
    plugins: [wgslLayouts(), wgslModules(), kernels(), minified()],
    define: { __VERSION__: JSON.stringify(packageFile.version) },
  };
  if (mode === 'library' || mode === 'cli') {
    const entry: Record<string, string> =
      mode === 'cli'
        ? { main: 'src/cli/main.ts', trainer: 'src/cli/queue/trainer.ts' }
        : { index: 'src/index.ts', element: 'src/embed/element.ts', node: 'src/machine/node.ts' };
    return {
      ...shared,
      plugins: [...shared.plugins, notices(), ...(mode === 'library' ? [declarations(entry)] : [])],
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
        // All but what is Node's own or left to whoever installs: the package depends on nothing.
        rolldownOptions: {
          external: [/^node:/, ...builtinModules, 'webgpu', 'bullmq', 'ioredis', '@sparticuz/chromium'],
          ...(mode === 'cli' ? { platform: 'node' as const } : {}),
        },
      },
    };
  }
  if (mode === 'site') {
    const { entries, site } = await import('./tools/site/plugin.ts');
    return {
      plugins: [site(import.meta.dirname), notices()],
      base: './',
      publicDir: false as const,
      build: {
        outDir: 'dist/site',
        emptyOutDir: true,
        target: 'es2022',
        reportCompressedSize: false,
        modulePreload: false as const,
        rolldownOptions: { input: entries },
      },
    };
  }
  return {
    ...shared,
    plugins: [...shared.plugins, workers(), policy, offline, notices(inServiceWorker)],
    base: './',
    // By number: a machine may have no name for itself, and nobody else is to be served.
    server: { headers: isolation, host: '127.0.0.1' },
    preview: { headers: pageHeaders, host: '127.0.0.1', port: 4173 },
    build: {
      outDir: 'dist/lab',
      target: 'es2022',
      reportCompressedSize: false,
      rolldownOptions: {
        output: {
          codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: firstChunks() }] },
          chunkFileNames: ({ name, facadeModuleId }) =>
            `assets/${name === 'elements' ? `${basename(dirname(facadeModuleId ?? ''))}-elements` : '[name]'}-[hash].js`,
        },
      },
      modulePreload: {
        polyfill: false,
        // A part that is loaded later may be loaded by a worker, which has no document to preload in.
        resolveDependencies: (_: string, files: string[], { hostType }: { hostType: 'html' | 'js' }) =>
          hostType === 'html' ? files : [],
      },
    },
  };
});
