/**
 * The benchmark without a browser: WebGPU in Node (Dawn), on whatever adapter the machine has. One bundled file and Dawn's
 * binary beside it, so that the folder can be carried to a machine with a GPU, Node and nothing else:
 *
 *   npm run bench:native                      builds dist/bench-native and runs it here
 *   node main.js --workloads digits,wide      what it takes elsewhere
 *   node main.js --profile                    where the time of a step goes on the GPU, and nothing else
 *
 * The adapter's two ceilings are measured first; every figure is said as a share of them, too.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { requestDawn } from '../../src/machine/dawn.ts';
import { type Contestant, NotForThis, nameOf, type Session } from '../contestant.ts';
import { contestants as ours } from '../contestants/ours.ts';
import { contestants as plain } from '../contestants/plain.ts';
import { exactParameters } from '../exact.ts';
import { exactModels, exactSteps, updateError } from '../exact-check.ts';
import { type Driver, measure } from '../measure.ts';
import { commandOf } from '../options.ts';
import { firstLine } from '../patience.ts';
import { costOf, type Entry } from '../results.ts';
import { describe, makeWorkload, type Problem, problemOf, type Workload, workloads } from '../workloads.ts';
import { measurePeaks, type Peaks } from './peaks.ts';
import { type KernelTime, perStep, startProfile } from './profile.ts';
import { type NativeResults, tableOf } from './table.ts';

const options = commandOf('node main.js', 'native.json and native.md')
  .option('--large', 'products of 4,096, too, which is for a real GPU')
  .option('--profile', 'milliseconds of every kernel of a step')
  .parse()
  .opts();
const limits = { rounds: options.rounds ?? 7, target_ms: 500, patience_s: 600 };

/** Products of 4,096 by 4,096 by 4,096, which is what ceilings are approached with: seconds a step on a software adapter. */
const large: Problem = {
  ...problemOf('wide'),
  name: 'large',
  columns: 4096,
  hidden: [4096],
  outputs: 4096,
  loss: 'mse',
  optimizer: 'sgd',
  batch: 4096,
  rows: 4096,
};

/** Few enough that all their dispatches are timed, and the first is little among them. */
const profiledSteps = 16;

const dawn = await requestDawn();
if (!dawn.gpu) console.error(`No WebGPU: ${dawn.reason.text}. Only the CPU takes part.`);
else Object.defineProperty(globalThis, 'navigator', { value: { gpu: dawn.gpu }, configurable: true });

const adapter = dawn.gpu && (await dawn.gpu.requestAdapter({ powerPreference: 'high-performance' }));
const peaks = adapter && (await peaksOf(adapter));
/** Every device from here on is timed dispatch by dispatch, so that no step is: it takes longer then. */
const profile = options.profile && adapter ? startProfile() : undefined;
const info = adapter?.info;
const results: NativeResults = {
  date: new Date().toISOString(),
  command: `node main.js ${process.argv.slice(2).join(' ')}`.trim(),
  node: process.versions.node,
  cpu: `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores`,
  adapter: info && {
    name: info.description || info.device || [info.vendor, info.architecture].filter(Boolean).join(' '),
    software: 'software' in dawn && dawn.software,
  },
  peaks: peaks ?? undefined,
  workloads: [],
};
console.log(tableOf(results));

const words: string[] = options.contestants;
const drivers = [...ours, ...plain].map(driverOf).filter(({ name }) => {
  if (words.length > 0 && !words.some((word) => name.includes(word))) return false;
  return name.includes('webgpu') ? dawn.gpu !== undefined : !profile;
});
const chosen = options.workloads?.map((name: string) => problemOf(name, [...workloads, large]));
for (const problem of (chosen ?? [...workloads.slice(0, 7), ...(options.large ? [large] : [])]) as Problem[]) {
  console.error(`${problem.name}: ${describe(problem)}`);
  const say = (line: string) => console.error(line);
  results.workloads.push(
    profile
      ? { problem, description: describe(problem), cost: costOf(problem), entries: await kernelsOf(problem) }
      : await measure(drivers, problem, limits, say),
  );
  // What is measured is kept, should what follows break.
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, 'native.json'), `${JSON.stringify(results, undefined, 1)}\n`);
  writeFileSync(join(options.out, 'native.md'), `${tableOf(results)}\n`);
}
console.log(tableOf(results));
// Engines keep their devices, and a process its devices.
process.exit(0);

async function peaksOf(gpu: GPUAdapter): Promise<Peaks> {
  const { maxBufferSize, maxStorageBufferBindingSize } = gpu.limits;
  const device = await gpu.requestDevice({ requiredLimits: { maxBufferSize, maxStorageBufferBindingSize } });
  const measured = await measurePeaks(device);
  device.destroy();
  return measured;
}

/** In this process. Each begins once: its device and its threads serve all workloads. */
function driverOf(contestant: Contestant): Driver {
  let begun = false;
  let workload: Workload;
  let session: Session | undefined;
  const opened = () => session as Session;
  const close = async () => {
    session?.dispose();
    session = undefined;
  };
  return {
    name: nameOf(contestant),
    lib: contestant.lib,
    async open(problem) {
      if (!begun) await contestant.init();
      begun = true;
      workload = makeWorkload(problem);
      try {
        session = await contestant.create(workload);
      } catch (error) {
        if (error instanceof NotForThis) return { notForThis: error.message };
        throw error;
      }
      return { how: session.how };
    },
    async error(problem) {
      await opened().steps(exactSteps(problem));
      // In float64 the largest takes minutes; the parity tests hold it.
      if (problem.name === large.name) return undefined;
      let worst = 0;
      for (const model of exactModels(problem)) {
        const [exact, theirs] = [exactParameters(workload, model), await opened().params(model)];
        worst = Math.max(worst, updateError(workload.initial[model], exact, theirs));
      }
      return worst;
    },
    async steps(count) {
      const before = performance.now();
      await opened().steps(count);
      return performance.now() - before;
    },
    close,
    renew: close,
  };
}

async function kernelsOf(problem: Problem): Promise<(Entry & { kernels?: KernelTime[] })[]> {
  const entries: (Entry & { kernels?: KernelTime[] })[] = [];
  for (const { name, lib, open, steps, close } of drivers) {
    const entry: (typeof entries)[number] = { name, lib };
    entries.push(entry);
    try {
      const { how, notForThis } = await open(problem);
      Object.assign(entry, { how, none: notForThis });
      if (profile && !notForThis) {
        profile.reset();
        await steps(profiledSteps);
        entry.kernels = (await profile.read()).map((kernel) => perStep(kernel, profiledSteps));
      }
    } catch (error) {
      entry.failed = firstLine(error);
    }
    await close();
  }
  return entries;
}
