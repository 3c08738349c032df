/**
 * A vitest pool whose workers are Deno processes, so that the same test files meet the other WebGPU: Deno's is wgpu,
 * which compiles shaders with naga, as Firefox does. Messages travel as text, since V8's binary form differs between
 * the two runtimes; `flatted` is what vitest itself sends to browsers.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'flatted';
import type { PoolRunnerInitializer, PoolWorker } from 'vitest/node';
import { swiftShaderVariables } from '../../../src/machine/unpack.ts';

const workerFile = fileURLToPath(new URL('./deno-worker.ts', import.meta.url));

export function denoPool(): PoolRunnerInitializer {
  return { name: 'deno', createPoolWorker: ({ env }) => denoWorker(env) };
}

function denoWorker(env: NodeJS.ProcessEnv): PoolWorker {
  let child: ChildProcess;
  return {
    name: 'deno',
    cacheFs: true,
    async start() {
      child = fork(workerFile, [], {
        execPath: denoExecutable(),
        execArgv: ['run', '--allow-all', '--unstable-webgpu', '--v8-flags=--expose-gc'],
        env: { ...env, ...(await swiftShaderVariables()) },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
    },
    on: (event, callback) => child.on(event, callback),
    off: (event, callback) => child.off(event, callback),
    send: (message) => child.send(stringify(message, patternsAsText)),
    deserialize: (text) => parse(text as string),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The pattern of `vitest -t`: JSON has none. The worker makes it one again. */
function patternsAsText(_key: string, value: unknown): unknown {
  return value instanceof RegExp ? { pattern: value.source, flags: value.flags } : value;
}

/** The npm package brings the executable; linking it into place is left to its install script, which is not run here. */
export function denoExecutable(): string {
  return createRequire(import.meta.url)('deno/install_api.cjs').runInstall();
}
