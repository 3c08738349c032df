/**
 * Twelve projects, run by `npm test`: unit (Node), unit-lab (what the page is made of, in Node), integration (commands and
 * files, as processes of their own), queue (workers on a Redis server), package (what is packed), parity-dawn (WebGPU in Node),
 * parity-wgpu (the other WebGPU, in Deno), parity-chromium (WebGPU in a real browser), browser (the built page, driven from Node
 * by Playwright), firefox and webkit (its main walk there), and pace (what is measured of the page).
 *
 * Projects of one `groupOrder` share one queue of files, of which as many run at a time as there are cores; the groups run
 * one after another. What a parity test compiles, or a page computes, is mostly one thread: a file takes one core.
 */
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { browserArguments, findBrowser } from './src/machine/browser.ts';
import { isolation } from './src/machine/isolation.ts';
import { findFirefox } from './test/firefox/firefox.ts';
import { denoPool } from './test/parity/support/deno-pool.ts';
import ParityTable from './test/parity/support/table.ts';
import SlowFirst from './test/slow-first.ts';
import { findRedis } from './test/support/commands/redis.ts';
import { findWebKit } from './test/webkit/webkit.ts';
import { kernels } from './tools/kernels.ts';
import { minified } from './tools/minified.ts';
import { wgslLayouts } from './tools/wgsl-layouts.ts';
import { wgslModules } from './tools/wgsl-modules.ts';

export default defineConfig(async () => {
  const browser = await findBrowser();
  const firefox = findFirefox();
  if (!firefox) console.warn('Firefox is not installed: the project firefox is left out.');
  const webkit = findWebKit();
  if (!webkit) console.warn('WebKit is not installed: the project webkit is left out.');
  const redis = findRedis();
  if (!redis) console.warn('redis-server is not installed: the project queue is left out.');
  const plugins = [wgslLayouts(), wgslModules(), kernels(), minified()];
  /** Tests that measure: nothing else runs meanwhile. */
  const measured = ['test/browser/pace.test.ts'];
  // Anew for each project, which takes out what it has seen.
  const define = () => ({ __VERSION__: JSON.stringify('test') });
  // They end what hangs, and say nothing of speed: a busy machine is no reason to fail.
  const limits = {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Sooner, to say what has not come about.
    expect: { poll: { timeout: 110_000 } },
    // Titles too are cut there: after 40 characters those of parity cases are all alike.
    chaiConfig: { truncateThreshold: 300 },
  };
  return {
    test: {
      reporters: ['default', ...(process.env.CI ? ['json'] : []), new ParityTable()],
      outputFile: { json: 'test-results/tests.json' },
      sequence: { sequencer: SlowFirst },
      projects: [
        {
          plugins,
          define: define(),
          test: {
            name: 'unit',
            ...limits,
            // The styles of reports, which are text.
            css: true,
            sequence: { groupOrder: 0 },
            include: ['test/unit/**/*.test.ts'],
            exclude: ['test/unit/lab/**'],
            pool: 'forks',
            // Modules that many files import are read once: nothing here replaces any, or a global.
            isolate: false,
            // Of two cores vitest would keep one for itself.
            maxWorkers: '100%',
          },
        },
        {
          plugins,
          define: define(),
          test: {
            name: 'unit-lab',
            ...limits,
            css: true,
            sequence: { groupOrder: 0 },
            include: ['test/unit/lab/**/*.test.ts'],
            pool: 'forks',
            maxWorkers: '100%',
          },
        },
        {
          plugins,
          define: define(),
          test: {
            name: 'integration',
            ...limits,
            sequence: { groupOrder: 0 },
            include: ['test/integration/**/*.test.ts'],
            pool: 'forks',
            maxWorkers: '100%',
          },
        },
        ...(redis
          ? [
              {
                plugins,
                define: define(),
                test: {
                  name: 'queue',
                  ...limits,
                  sequence: { groupOrder: 0 },
                  include: ['test/queue/**/*.test.ts'],
                  pool: 'forks' as const,
                  maxWorkers: '100%',
                },
              },
            ]
          : []),
        {
          test: {
            name: 'package',
            ...limits,
            sequence: { groupOrder: 0 },
            include: ['test/package/**/*.test.ts'],
            globalSetup: ['test/package/support/setup.ts'],
            pool: 'forks',
            maxWorkers: '100%',
          },
        },
        {
          plugins,
          define: define(),
          test: {
            name: 'parity-dawn',
            ...limits,
            sequence: { groupOrder: 1 },
            include: ['test/parity/**/*.test.ts'],
            // In a browser's worker; the unit tests read the same files in Node.
            exclude: ['test/parity/behaviour/odd-files.test.ts'],
            setupFiles: ['test/parity/support/setup-dawn.ts'],
            pool: 'forks',
            // A kernel is compiled by one thread: a second file keeps the other core busy.
            maxWorkers: '100%',
            execArgv: ['--expose-gc'],
          },
        },
        {
          plugins,
          define: define(),
          // As the lab is served: threads need it.
          server: { headers: isolation },
          worker: { format: 'es' as const, plugins: () => plugins },
          test: {
            name: 'parity-chromium',
            ...limits,
            sequence: { groupOrder: 1 },
            include: ['test/parity/**/*.test.ts'],
            // What is worked out before anything trains is the same code in both; Dawn runs it.
            exclude: ['calibration', 'estimate', 'plan-code', 'device-loss.faults', 'soak.faults'].map(
              (name) => `test/parity/behaviour/${name}.test.ts`,
            ),
            setupFiles: ['test/parity/support/setup-chromium.ts'],
            maxWorkers: '100%',
            browser: {
              enabled: true,
              // One page beside the files in Node and Deno: its GPU process compiles while the page waits.
              fileParallelism: false,
              headless: true,
              // By number: a machine may have no name for itself.
              api: { host: '127.0.0.1' },
              screenshotFailures: false,
              provider: playwright({
                launchOptions: {
                  executablePath: browser.executablePath,
                  args: browserArguments,
                  env: { ...process.env, ...browser.env },
                },
              }),
              instances: [{ browser: 'chromium' as const }],
            },
          },
        },
        {
          plugins,
          define: define(),
          test: {
            name: 'parity-wgpu',
            ...limits,
            sequence: { groupOrder: 1 },
            // What compiles kernels or binds buffers; the rest is the same code in Dawn.
            include: [
              'bits',
              'finite',
              'layers',
              'numbers-*',
              'plans',
              'self-test',
              'short-batch',
              'start',
              'steps',
              'streamed',
              'windows',
            ].map((name) => `test/parity/*/${name}.test.ts`),
            setupFiles: ['test/parity/support/setup-wgpu.ts'],
            pool: denoPool(),
            maxWorkers: '100%',
          },
        },
        {
          plugins,
          define: define(),
          test: {
            name: 'browser',
            ...limits,
            sequence: { groupOrder: 2 },
            include: ['test/browser/**/*.test.ts'],
            exclude: measured,
            globalSetup: ['test/browser/support/setup.ts'],
            pool: 'forks',
            // Each file has a browser of its own, and nothing else.
            isolate: false,
            maxWorkers: '100%',
          },
        },
        {
          plugins,
          define: define(),
          test: {
            name: 'pace',
            ...limits,
            sequence: { groupOrder: 3 },
            include: measured,
            globalSetup: ['test/browser/support/setup.ts'],
            pool: 'forks',
            maxWorkers: 1,
          },
        },
        ...Object.entries({ firefox, webkit }).flatMap(([name, installed]) =>
          installed
            ? [
                {
                  plugins,
                  define: define(),
                  test: {
                    name,
                    ...limits,
                    sequence: { groupOrder: 2 },
                    include: [`test/${name}/**/*.test.ts`],
                    globalSetup: ['test/browser/support/setup.ts'],
                    pool: 'forks' as const,
                    maxWorkers: '100%',
                  },
                },
              ]
            : [],
        ),
      ],
    },
  };
});
