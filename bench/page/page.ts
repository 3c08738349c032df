/**
 * The page that holds the contestants' workers, as the command drives it. Each has a worker of its own: what one leaves
 * behind, in the heap or on its device, is no burden to the next.
 */
import { type Remote, wrap } from 'comlink';
import { exactModels, exactSteps, updateError } from '../exact-check.ts';
import { initialOf, type Problem } from '../workloads.ts';
import type { WorkerApi } from './worker.ts';

const workers = new Map<string, { api: Remote<WorkerApi>; worker: Worker }>();

function workerOf(name: string): Remote<WorkerApi> {
  const known = workers.get(name);
  if (known) return known.api;
  const worker = new Worker('/worker.js', { type: 'module', name });
  const made = { worker, api: wrap<WorkerApi>(worker) };
  workers.set(name, made);
  return made.api;
}

/** What is right, of the workload at hand: worked out once. */
let exact: { name: string; parameters: Map<number, Float64Array> } | undefined;

const held = {
  list: () => workerOf('list').list(),
  adapter: async () => workerOf('list').adapter(),
  settle: () => workerOf('exact').settle(),
  init: (file: string, name: string) => workerOf(name).init(file, name),
  open: (file: string, name: string, problem: Problem) => workerOf(name).open(file, name, problem),
  steps: (name: string, count: number) => workerOf(name).steps(count),
  counted: (name: string, count: number) => workerOf(name).counted(count),
  close: (name: string) => workerOf(name).close(),

  /** How far its parameters are off after the first steps, of the worst model that is looked at. */
  async error(name: string, problem: Problem): Promise<number> {
    if (exact?.name !== problem.name) {
      const parameters = new Map();
      for (const model of exactModels(problem)) {
        parameters.set(model, await workerOf('exact').exact(problem, model));
      }
      // Known only when it is whole: nobody is held against a part of it.
      exact = { name: problem.name, parameters };
    }
    const { parameters: expected } = exact;
    await workerOf(name).steps(exactSteps(problem));
    const initial = initialOf(problem);
    let worst = 0;
    for (const [model, parameters] of expected) {
      const theirs = await workerOf(name).params(model);
      // A NaN is the worst there is, and stays.
      worst = Math.max(worst, updateError(initial[model], parameters, theirs));
    }
    return worst;
  },

  /** Milliseconds from the page's start to the end of a first step, for a page that does nothing else. */
  async first(file: string, name: string, problem: Problem): Promise<number> {
    const api = workerOf(name);
    const { notForThis } = await api.open(file, name, problem);
    if (notForThis) throw new Error(notForThis);
    await api.steps(1);
    return performance.now();
  },

  end(name: string): void {
    workers.get(name)?.worker.terminate();
    workers.delete(name);
  },
};

export type Bench = typeof held;
declare global {
  var bench: Bench;
}
globalThis.bench = held;
