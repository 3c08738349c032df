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
import { parseArgs } from 'node:util';
import { requestDawn } from '../../src/machine/dawn.ts';
import { type Contestant, NotForThis, nameOf, type Session } from '../contestant.ts';
import { contestants as ours } from '../contestants/ours.ts';
import { contestants as plain } from '../contestants/plain.ts';
import { exactParameters } from '../exact.ts';
import { exactModels, exactSteps, tolerance, updateError } from '../exact-check.ts';
import { firstLine } from '../patience.ts';
import { costOf, type Entry, median } from '../results.ts';
import { describe, makeWorkload, type Problem, problemOf, type Workload, workloads } from '../workloads.ts';
import { measurePeaks, type Peaks } from './peaks.ts';
import { perStep, startProfile } from './profile.ts';
import { type NativeEntry, type NativeResults, tableOf } from './table.ts';

const { values } = parseArgs({
  options: {
    workloads: { type: 'string' },
    contestants: { type: 'string' },
    rounds: { type: 'string', default: '7' },
    target: { type: 'string', default: '500' },
    out: { type: 'string', default: 'bench-results' },
    large: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  },
});
const wholeNumber = (option: 'rounds' | 'target'): number => {
  const number = Number(values[option]);
  if (Number.isInteger(number) && number > 0) return number;
  console.error(`--${option}: ${values[option]} is no number; give a whole one above 0.`);
  process.exit(2);
};
const rounds = wholeNumber('rounds');
const target_ms = wholeNumber('target');
const words = values.contestants?.split(',');

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

/** Slower repetitions than this are not worth more than three. */
const longRepetition_ms = 3000;

/** Each begins once: its device and its threads serve all workloads. */
const begun = new Set<Contestant>();

const dawn = await requestDawn();
if (!dawn.gpu) console.error(`No WebGPU: ${dawn.reason}. Only the CPU takes part.`);
else Object.defineProperty(globalThis, 'navigator', { value: { gpu: dawn.gpu }, configurable: true });

const adapter = dawn.gpu && (await dawn.gpu.requestAdapter({ powerPreference: 'high-performance' }));
const peaks = adapter && (await peaksOf(adapter));
/** Every device from here on is timed dispatch by dispatch, so that no step is: it takes longer then. */
const profile = values.profile && adapter ? startProfile() : undefined;
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

const chosen = values.workloads?.split(',').map((name) => problemOf(name.trim(), [...workloads, large]));
for (const problem of chosen ?? [...workloads.slice(0, 7), ...(values.large ? [large] : [])]) {
  console.error(`${problem.name}: ${describe(problem)}`);
  results.workloads.push({
    name: problem.name,
    description: describe(problem),
    cost: costOf(problem),
    entries: await measure(makeWorkload(problem)),
  });
  // What is measured is kept, should what follows break.
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, 'native.json'), `${JSON.stringify(results, undefined, 1)}\n`);
  writeFileSync(join(values.out, 'native.md'), `${tableOf(results)}\n`);
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

interface Running {
  entry: Entry;
  session: Session;
  steps: number;
  speeds: number[];
}

/** All contestants on one workload: those that are right take turns; who breaks has no further one. */
async function measure(workload: Workload): Promise<NativeEntry[]> {
  const entries: NativeEntry[] = [];
  const running: Running[] = [];
  for (const contestant of [...ours, ...plain]) {
    const name = nameOf(contestant);
    if (words && !words.some((word) => name.includes(word))) continue;
    if (!dawn.gpu && name.includes('webgpu')) continue;
    if (profile && !name.includes('webgpu')) continue;
    const entry: NativeEntry = { name, lib: contestant.lib };
    entries.push(entry);
    try {
      const session = await begin(contestant, workload, entry);
      if (session && profile) {
        profile.reset();
        await session.steps(profiledSteps);
        entry.kernels = (await profile.read()).map((kernel) => perStep(kernel, profiledSteps));
        session.dispose();
      } else if (session) {
        running.push({ entry, session, steps: await stepsFor(session), speeds: [] });
      }
    } catch (error) {
      if (error instanceof NotForThis) entry.none = error.message;
      else entry.failed = firstLine(error);
    }
    console.error(`  ${name}: ${entry.none ?? entry.failed ?? entry.how ?? ''}`);
  }
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < running.length; i++) {
      const one = running[(i + round) % running.length];
      if (one.entry.failed || (round >= 3 && (1000 * one.steps) / median(one.speeds) > longRepetition_ms)) continue;
      try {
        const begun = performance.now();
        await one.session.steps(one.steps);
        one.speeds.push((1000 * one.steps) / (performance.now() - begun));
      } catch (error) {
        one.entry.failed = firstLine(error);
      }
    }
  }
  for (const { entry, session, speeds } of running) {
    if (!entry.failed) entry.steps_per_second = speeds;
    session.dispose();
  }
  return entries;
}

/** Opened and held against the exact parameters; nothing where they are wrong. */
async function begin(contestant: Contestant, workload: Workload, entry: Entry): Promise<Session | undefined> {
  if (!begun.has(contestant)) await contestant.init();
  begun.add(contestant);
  const session = await contestant.create(workload);
  entry.how = session.how;
  await session.steps(exactSteps(workload));
  // In float64 the largest takes minutes; the parity tests hold it.
  if (workload.name === large.name) return session;
  for (const model of exactModels(workload)) {
    const error = updateError(workload.initial[model], exactParameters(workload, model), await session.params(model));
    if (error <= tolerance) continue;
    entry.wrong = error;
    session.dispose();
    return undefined;
  }
  return session;
}

/** Steps of a repetition. */
async function stepsFor(session: Session): Promise<number> {
  await session.steps(1);
  for (let steps = 1; ; steps *= 2) {
    const begun = performance.now();
    await session.steps(steps);
    const took = performance.now() - begun;
    if (took >= target_ms / 2) return Math.max(1, Math.round((steps * target_ms) / took));
  }
}
