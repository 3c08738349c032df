/** This library's engines, asked for as the library is; the plans of the GPU are named, since `auto` would take one. */
import type { Calibration } from '../../src/engine/calibration.ts';
import { requestCpuEngine } from '../../src/engine/cpu/engine.ts';
import { threadCount } from '../../src/engine/cpu/threads/workers.ts';
import type { Engine, Hyperparameters, PlanChoice, Population } from '../../src/engine/engine.ts';
import { requestEngine } from '../../src/engine/request.ts';
import { inEnglish } from '../../src/util/message.ts';
import { type Contestant, NotForThis } from '../contestant.ts';
import { foldOf, layersOf, perFold, trainingRows, type Workload } from '../workloads.ts';

declare const __VERSION__: string;

/** Milliseconds of work in one piece: what the command line takes, as long as nobody waits for a frame. */
const slice_ms = 75;

const numbersOf = (workload: Workload): Hyperparameters => ({
  activations: [...workload.hidden.map(() => workload.activation), 'identity'],
  optimizer: workload.optimizer,
  batch_size: workload.batch,
  learning_rate: workload.learning_rate,
  momentum: 0,
  nesterov: false,
  alpha: 0.99,
  betas: [0.9, 0.999],
  epsilon: 1e-8,
  weight_decay: 0,
  l1: 0,
  l2: 0,
  clip_norm: 0,
  schedule: { kind: 0, warmup: 0, period: 1, factor: 1 },
  dropout: workload.hidden.map(() => 0),
  seed: 1,
  shuffle: false,
});

/** As a sweep does it: the models of a fold are a population, and the populations take turns. */
function populate(engine: Engine, workload: Workload, plan: PlanChoice, fold: number): Promise<Population> {
  const { columns, outputs, rows, features, targets, loss } = workload;
  const initial = workload.initial.filter((_, model) => foldOf(workload, model) === fold);
  const initial_parameters = new Float32Array(initial.length * initial[0].length);
  initial.forEach((one, model) => {
    initial_parameters.set(one, model * one.length);
  });
  const sets = { train: trainingRows(workload, fold), validation: none, test: none };
  const layers = layersOf(workload).map((layer) => ({ inputs: layer.inputs, outputs: layer.outputs }));
  const trials = initial.map(() => numbersOf(workload));
  return engine.createPopulation(
    { rows, columns, outputs, features, targets, sets },
    { layers, loss, trials, initial_parameters, plan },
  );
}
const none = new Uint32Array();

function contestant(
  variant: string,
  request: (choices: Calibration) => Promise<Engine>,
  plan: PlanChoice = 'auto',
): Contestant {
  let engine: Engine;
  const chosen = new Map<string, string>();
  return {
    lib: 'perceptron-lab',
    variant,
    async init() {
      // What is measured is kept, to be told.
      engine = await request({
        get: async (key) => chosen.get(key),
        set: async (key, value) => void chosen.set(key, value),
      });
      return { version: __VERSION__ };
    },
    async create(workload) {
      const populations: Population[] = [];
      for (const fold of perFold(workload, (number) => number)) {
        populations.push(await populate(engine, workload, plan, fold));
      }
      const dispose = () => {
        for (const population of populations) population.destroy();
      };
      const [first] = populations;
      if (plan !== 'auto' && !first.plan.startsWith(plan)) {
        dispose();
        throw new NotForThis(`trains it with the plan ${first.plan}: ${inEnglish(first.why)}`);
      }
      return {
        async steps(count) {
          for (const population of populations) await population.train(count);
        },
        params: (model) => populations[foldOf(workload, model)].parameters(model % first.trials),
        how: [first.engine.kind, `${first.plan} (${inEnglish(first.why)})`, ...waysOf(chosen)].join(', '),
        dispose,
      };
    },
  };
}

/** How the layered plan multiplies, as it was measured: small, larger and largest products. */
function waysOf(chosen: ReadonlyMap<string, string>): string[] {
  return [...chosen].flatMap(([key, value]) => {
    if ((JSON.parse(key) as string[]).at(-1) !== 'ways') return [];
    const { few, many, large } = JSON.parse(value) as Record<string, { core: string; threads: number }>;
    return [`products ${[few, many, large].map(({ core, threads }) => `${core} ${threads}`).join(', ')}`];
  });
}

const webgpu = (calibration: Calibration) => requestEngine({ kind: 'webgpu', slice_ms, calibration });
const cpu = (threads?: number, reproducible?: boolean) => () =>
  requestCpuEngine('asked for', { slice_ms, threads, reproducible });

export const contestants: Contestant[] = [
  contestant('webgpu resident', webgpu, 'resident'),
  contestant('webgpu layered', webgpu, 'layered'),
  contestant('cpu, 1 thread', cpu(1)),
  ...(threadCount() > 1 ? [contestant(`cpu, ${threadCount()} threads`, cpu())] : []),
  contestant('cpu, reproducible', cpu(undefined, true)),
  contestant('reference', () => requestEngine({ kind: 'reference', slice_ms })),
  contestant('auto', (calibration) => requestEngine({ slice_ms, calibration })),
];
