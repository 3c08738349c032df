/** What is measured, as it is written to bench.json, and the few sums that all who show it share. */

import { figure } from '../src/util/format.ts';
import { median } from '../src/util/statistics/statistics.ts';
import type { Counts } from '../test/parity/support/counting.ts';
import type { Point } from './curves.ts';
import type { LibrarySize } from './size.ts';
import type { Problem } from './workloads.ts';

export interface Results {
  date: string;
  command: string;
  machine: { processor: string; cores: number; system: string };
  browser: string;
  /** The GPU as WebGPU names it. */
  adapter: { name: string; software: boolean } | { missing: string };
  versions: Record<string, string>;
  /** The whole of this library, which the contestants are not. */
  library?: LibrarySize;
  contestants: Entrant[];
  workloads: WorkloadResult[];
}

export interface Entrant {
  file: string;
  name: string;
  lib: string;
  variant: string;
  page: 'isolated' | 'plain';
  version?: string;
  /** It could not begin at all. */
  failed?: string;
  first?: {
    /** Milliseconds from a fresh page's start to the end of the first step of the first workload, each time. */
    ms: number[];
    /** Bytes that it loaded by then, each file compressed with gzip; the harness' own are left out. */
    gzip_bytes: number;
  };
}

export interface WorkloadResult {
  problem: Problem;
  /** Where it is a point of one. */
  curve?: Point;
  description: string;
  cost: Cost;
  entries: Entry[];
}

/** Of one step of all models, as the mathematics needs it. */
export interface Cost {
  parameters: number;
  flops: number;
  /** Read and written at least: rows, parameters, gradients and what the optimizer keeps. */
  bytes: number;
}

/** How one contestant did at one workload; exactly one of `steps_per_second`, `wrong`, `none` and `failed` is there. */
export interface Entry {
  name: string;
  lib: string;
  /** How it says that it trains. */
  how?: string;
  /** Steps of a repetition. */
  steps?: number;
  /** Of every repetition. */
  steps_per_second?: number[];
  /** How far its update was from the exact one, relatively. */
  error?: number;
  /** A step's, on average over a repetition. */
  counts?: Counts;
  /** The error, where it is too large for figures to mean anything. */
  wrong?: number;
  /** Why it has no part in this. */
  none?: string;
  failed?: string;
}

export const speedOf = ({ steps_per_second }: Entry): number | undefined =>
  steps_per_second && median(steps_per_second);

/** Half the distance between the slowest and the quickest repetition, as a share of the median. */
export function spreadOf({ steps_per_second }: Entry): number | undefined {
  if (!steps_per_second) return undefined;
  return (Math.max(...steps_per_second) - Math.min(...steps_per_second)) / 2 / median(steps_per_second);
}

export const ours = 'perceptron-lab';

/** Three products a layer, for sums, errors and gradients; the first layer passes no errors on. */
export function costOf({ columns, hidden, outputs, batch, models, optimizer }: Problem): Cost {
  const units = [columns, ...hidden, outputs];
  const weights = units.slice(1).map((next, l) => next * units[l]);
  const all = weights.reduce((sum, count) => sum + count, 0);
  const parameters = all + units.slice(1).reduce((sum, count) => sum + count, 0);
  const products = 3 * all - weights[0];
  const kept = optimizer === 'adam' ? 2 : 0;
  return {
    parameters,
    flops: 2 * batch * products * models,
    // Parameters are read going forward, read and written at the update; gradients written and read.
    bytes: 4 * models * (batch * (columns + outputs) + parameters * (3 + 2 + 2 * kept)),
  };
}

export interface Comparison {
  what: string;
  mine: string;
  theirs: string;
  /** Above 1 where ours is quicker. */
  ratio: number;
}

/** The best of ours beside the best of all others: on a GPU, on a CPU, and what `auto` takes beside anything. */
export function comparisonsOf({ entries }: WorkloadResult): Comparison[] {
  const best = (chosen: (name: string) => boolean): [Entry, number] | undefined => {
    const timed = entries.flatMap((entry): [Entry, number][] => {
      const speed = speedOf(entry);
      return speed !== undefined && chosen(entry.name) ? [[entry, speed]] : [];
    });
    return timed.toSorted(([, a], [, b]) => b - a)[0];
  };
  const isOurs = (name: string) => name.startsWith(ours);
  const isGpu = (name: string) => name.includes('webgpu');
  const isAuto = (name: string) => name === `${ours} auto`;
  const pairs = [
    {
      what: 'on WebGPU',
      mine: best((name) => isOurs(name) && isGpu(name)),
      theirs: best((name) => !isOurs(name) && isGpu(name)),
    },
    {
      what: 'on the CPU',
      mine: best((name) => isOurs(name) && !isGpu(name) && !isAuto(name)),
      theirs: best((name) => !isOurs(name) && !isGpu(name)),
    },
    { what: 'auto, beside anything', mine: best(isAuto), theirs: best((name) => !isOurs(name)) },
  ];
  return pairs.flatMap(({ what, mine, theirs }) =>
    mine && theirs ? [{ what, mine: mine[0].name, theirs: theirs[0].name, ratio: mine[1] / theirs[1] }] : [],
  );
}

/** Those that stand alone, and the points of each curve. */
export function partsOf({ workloads }: Results) {
  const curves = new Map<string, WorkloadResult[]>();
  for (const workload of workloads) {
    const { curve } = workload;
    if (curve) curves.set(curve.curve, [...(curves.get(curve.curve) ?? []), workload]);
  }
  return { alone: workloads.filter(({ curve }) => !curve), curves };
}

/** Every place where ours is behind, and every one of ours that was wrong or broke. */
export function lossesOf(results: Results): string[] {
  return results.workloads.flatMap((workload) => [
    ...comparisonsOf(workload)
      .filter(({ ratio }) => ratio < 1)
      .map(
        ({ what, mine, theirs, ratio }) =>
          `${workload.problem.name}, ${what}: ${mine} has ${ratio.toPrecision(2)} times the speed of ${theirs}.`,
      ),
    ...workload.entries
      .filter(({ name, wrong, failed }) => name.startsWith(ours) && (wrong !== undefined || failed))
      .map((entry) => `${workload.problem.name}: ${entry.name} was not timed: ${outcomeOf(entry)}.`),
  ]);
}

/** What stands in place of a speed. */
export function outcomeOf({ wrong, none, failed }: Entry): string {
  if (wrong !== undefined) return `wrong, its update is off by ${wrong.toPrecision(2)} of itself`;
  return failed ?? none ?? '';
}

export function adapterWords({ adapter }: Results): string {
  if ('missing' in adapter) return `no WebGPU (${adapter.missing})`;
  return `${adapter.name}${adapter.software ? ', a software adapter (a CPU in disguise: its figures compare WebGPU with WebGPU and say nothing of a GPU)' : ''}`;
}

export function versionWords({ versions }: Results): string {
  return Object.entries(versions)
    .filter(([, version]) => version !== '-')
    .map(([lib, version]) => `${lib} ${version}`)
    .join(', ');
}

/** What is shown of a step's calls: the name of each in WebGPU, and in a table. */
export const shownCounts = {
  dispatches: 'dispatchWorkgroups',
  submits: 'submit',
  writes: 'writeBuffer',
  maps: 'mapAsync',
} as const satisfies Record<string, keyof Counts>;

/** Nothing where it was not weighed. */
export function libraryWords({ library }: Results): string {
  if (!library) return '';
  const kilobytes = (bytes: number) => `${figure(bytes / 1000)} kB`;
  const { gzip_bytes, later_gzip_bytes, parts_gzip_bytes: parts } = library;
  const whole = `The contestants of ${ours} are its engines. All of its library (reading tables, preparing, training, sweeps, models) is ${kilobytes(gzip_bytes)} after gzip`;
  if (!parts) return `${whole}, and ${kilobytes(later_gzip_bytes)} more that are loaded where they are needed.`;
  return `${whole}, and the engine that is taken ${kilobytes(parts.webgpu)} (webgpu), ${kilobytes(parts.cpu)} (cpu, with its kernels) or ${kilobytes(parts.reference)} (reference) more; who reads a CSV file loads another ${kilobytes(parts.csv)} for it.`;
}
