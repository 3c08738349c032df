/** What a Deno process runs to be a worker of vitest: see deno-pool.ts. */
import process from 'node:process';
import { parse, stringify } from 'flatted';
import { init, runBaseTests, setupEnvironment } from 'vitest/worker';

const send = process.send?.bind(process);
if (!send) throw new Error('This is a worker of vitest: run `npx vitest --project parity-wgpu`.');

init({
  post: send,
  on: (callback) => process.on('message', callback),
  off: (callback) => process.off('message', callback),
  serialize: stringify,
  deserialize: (text) => parse(text as string, textAsPatterns),
  runTests: (state, traces) => runBaseTests('run', state, traces),
  collectTests: (state, traces) => runBaseTests('collect', state, traces),
  setup: setupEnvironment,
});

/** What deno-pool.ts made of regular expressions. */
function textAsPatterns(key: string, value: unknown): unknown {
  if (key !== 'testNamePattern' || typeof value !== 'object' || value === null) return value;
  const { pattern, flags } = value as { pattern: string; flags: string };
  return new RegExp(pattern, flags);
}
