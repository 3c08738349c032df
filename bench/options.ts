/** What the commands take. */
import { Command } from 'commander';
import { curveNames, type Point, pointsOf } from './curves.ts';
import { type Problem, problemOf, workloads } from './workloads.ts';

/** What is trained, and of which curve it is a point. */
export type Workloads = { problem: Problem; point?: Point }[];

export interface Options {
  workloads: Workloads;
  /** Parts of names; all where there are none. */
  contestants: string[];
  rounds: number;
  /** Milliseconds that one repetition should take. */
  target_ms: number;
  /** Seconds after which a contestant is given up on a workload. */
  patience_s: number;
  /** Fresh pages that each contestant takes its first step on. */
  fresh: number;
  out: string;
  /** Without the flags that ask for a software adapter. */
  hardware: boolean;
  /** Write docs/benchmarks.md and its picture. */
  publish: boolean;
  /** As it was typed. */
  command: string;
}

/** What the benchmark in a browser and the native one have in common. */
export function commandOf(name: string, files: string): Command {
  return new Command(name)
    .option('--workloads <names>', `of: ${workloads.map((one) => one.name).join(', ')}`, listOf)
    .option('--contestants <words>', 'those whose name has one of these words in it, e.g. "cpu,jax"', listOf, [])
    .option('--rounds <n>', 'repetitions of each, in turn (default: 7)', roundsOf)
    .option('--out <folder>', `where ${files} go`, 'bench-results');
}

/** @throws Error saying what is wrong */
export function readOptions(words: string[]): Options {
  const {
    quick,
    curves,
    workloads: names,
    rounds = quick ? 3 : 7,
    ...given
  } = commandOf('npm run bench --', 'bench.json and bench.md')
    .option('--curves', `how speed goes with one size, too: ${curveNames.join(', ')}; each may be named as a workload`)
    .option('--quick', '3 rounds of 150 ms and one fresh page: to see that all works')
    .option('--hardware', "the machine's GPU; without it the adapter is a software one, the same everywhere", false)
    .option('--publish', 'write docs/benchmarks.md and its picture too', false)
    .parse(words, { from: 'user' })
    .opts();
  const all = [...workloads.map(({ name }) => name), ...(curves ? curveNames : [])];
  return {
    ...(given as Pick<Options, 'contestants' | 'out' | 'hardware' | 'publish'>),
    workloads: ((names ?? all) as string[]).flatMap(chosen),
    rounds,
    target_ms: quick ? 150 : 500,
    patience_s: quick ? 30 : 120,
    fresh: quick ? 1 : 5,
    command: ['npm run bench', ...(words.length > 0 ? ['--', ...words.map(quoted)] : [])].join(' '),
  };
}

/** A workload, or all points of a curve. @throws Error where there is neither */
function chosen(name: string): Workloads {
  const points = pointsOf(name);
  return points.length > 0 ? points : [{ problem: problemOf(name, workloads, curveNames) }];
}

/** Along curves the slowest would take hours, and more lines than these cannot be told apart. */
export const ofCurves = ['lab webgpu', 'auto', 'plain', 'jax-js', 'tfjs webgpu', 'tfjs wasm'];

/** Points are many, and a line shows by itself how far they can be trusted. */
export function alongCurves(options: Options): Options {
  return { ...options, rounds: Math.min(options.rounds, 3), patience_s: options.patience_s / 2 };
}

const listOf = (words: string) => words.split(',').map((word) => word.trim());
const quoted = (word: string) => (/[^\w,./-]/.test(word) ? `"${word}"` : word);

function roundsOf(word: string): number {
  const rounds = Number(word);
  if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error(`--rounds: ${word} is no number of rounds.`);
  return rounds;
}
