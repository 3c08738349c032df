/** What the command takes. */
import { parseArgs } from 'node:util';
import { curveNames, type Point, pointsOf } from './curves.ts';
import { type Problem, workloads } from './workloads.ts';

/** What is trained, and of which curve it is a point. */
export type Workloads = { problem: Problem; point?: Point }[];

export interface Options {
  workloads: Workloads;
  /** Beginnings or parts of names; all where there are none. */
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

export const help = `npm run bench -- [options]

  --workloads a,b      of: ${workloads.map(({ name }) => name).join(', ')}
  --contestants x,y    those whose name has one of these words in it, e.g. "cpu,jax"
  --curves             how speed goes with one size, too: ${curveNames.join(', ')}; each may be named as a workload
  --rounds n           repetitions of each, in turn (7)
  --quick              3 rounds of 150 ms and one fresh page: to see that all works
  --hardware           the machine's GPU; without it the adapter is a software one, the same everywhere
  --out FOLDER         where bench.json, bench.md and bench.html go (bench-results)
  --publish            write docs/benchmarks.md and its picture too
`;

/** @throws Error saying what is wrong, or with the help where that is asked for */
export function readOptions(words: string[]): Options {
  const { values } = parseArgs({
    args: words,
    options: {
      workloads: { type: 'string' },
      contestants: { type: 'string' },
      rounds: { type: 'string' },
      out: { type: 'string', default: 'bench-results' },
      quick: { type: 'boolean', default: false },
      curves: { type: 'boolean', default: false },
      hardware: { type: 'boolean', default: false },
      publish: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) throw new Error(help);
  const rounds = Number(values.rounds ?? (values.quick ? 3 : 7));
  if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error(`--rounds: ${values.rounds} is no number of rounds.`);
  const names = listOf(values.workloads) ?? [
    ...workloads.map(({ name }) => name),
    ...(values.curves ? curveNames : []),
  ];
  return {
    workloads: names.flatMap(chosen),
    contestants: listOf(values.contestants) ?? [],
    rounds,
    target_ms: values.quick ? 150 : 500,
    patience_s: values.quick ? 30 : 120,
    fresh: values.quick ? 1 : 5,
    out: values.out,
    hardware: values.hardware,
    publish: values.publish,
    command: ['npm run bench', ...(words.length > 0 ? ['--', ...words.map(quoted)] : [])].join(' '),
  };
}

/** A workload, or all points of a curve. @throws Error where there is neither */
function chosen(name: string): Workloads {
  const problem = workloads.find((one) => one.name === name);
  if (problem) return [{ problem }];
  const points = pointsOf(name);
  if (points.length > 0) return points;
  const all = [...workloads.map((one) => one.name), ...curveNames];
  throw new Error(`There is no workload "${name}"; there are: ${all.join(', ')}.`);
}

/** Along curves the slowest would take hours, and more lines than these cannot be told apart. */
export const ofCurves = ['lab webgpu', 'auto', 'plain', 'jax-js', 'tfjs webgpu', 'tfjs wasm'];

/** Points are many, and a line shows by itself how far they can be trusted. */
export function alongCurves(options: Options): Options {
  return { ...options, rounds: Math.min(options.rounds, 3), patience_s: options.patience_s / 2 };
}

const listOf = (words: string | undefined) => words?.split(',').map((word) => word.trim());
const quoted = (word: string) => (/[^\w,./-]/.test(word) ? `"${word}"` : word);
