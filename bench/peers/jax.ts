/**
 * jax-js as its documentation has it: a whole step (loss, gradients, optimizer) in one `jit`, and for a sweep that step
 * in `vmap`. Parameters, moments and the step's number go around as arrays on the device, batches lie there before anything
 * is timed, and only the end of all steps is waited for. Its optimizers are not in the package: sgd and adam are
 * written in its arrays. Multiplications take weights [inputs, outputs], as in its own examples.
 *
 * Ownership, as it wants it: a function uses up each of its arguments; `.ref` is one use more.
 */
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad, vmap } from '@jax-js/jax';
import type { Contestant, Session } from '../contestant.ts';
import { batchesOf, layersOf, perFold, type Workload } from '../workloads.ts';
import { version } from './node_modules/@jax-js/jax/package.json';

type Layers = { w: np.Array; b: np.Array }[];
type State = { layers: Layers; mean: Layers; square: Layers; step: np.Array };

function contestant(device: 'webgpu' | 'wasm', variant: string, page: Contestant['page']): Contestant {
  return {
    lib: 'jax-js',
    variant,
    page,
    async init() {
      if (!(await init(device)).includes(device)) throw new Error(`jax-js has no ${device} here`);
      defaultDevice(device);
      return { version };
    },
    create: async (workload) => session(workload),
  };
}

/** All layers of one kind of array, each with `map` done to it. */
const each = (map: (...arrays: np.Array[]) => np.Array, ...all: Layers[]): Layers =>
  all[0].map((_, l) => ({ w: map(...all.map((one) => one[l].w)), b: map(...all.map((one) => one[l].b)) }));

function stepOf({ optimizer, learning_rate, activation, loss }: Workload) {
  const activate = activation === 'relu' ? nn.relu : np.tanh;
  const lossOf = (layers: Layers, x: np.Array, y: np.Array): np.Array => {
    let units = x;
    layers.forEach(({ w, b }, l) => {
      const sums = np.dot(units, w).add(b);
      units = l === layers.length - 1 ? sums : activate(sums);
    });
    if (loss === 'mse') return np.square(units.sub(y)).mean();
    const rows = x.shape[0];
    return nn
      .logSoftmax(units)
      .mul(y)
      .sum()
      .mul(-1 / rows);
  };
  return (state: State, x: np.Array, y: np.Array): State => {
    const [value, gradients] = valueAndGrad(lossOf)(tree.ref(state.layers), x, y) as [np.Array, Layers];
    value.dispose();
    if (optimizer === 'sgd')
      return { ...state, layers: each((p, g) => p.sub(g.mul(learning_rate)), state.layers, gradients) };
    const step = state.step.add(1);
    const mean = each((m, g) => m.mul(0.9).add(g.mul(0.1)), state.mean, tree.ref(gradients));
    const square = each((v, g) => v.mul(0.999).add(np.square(g).mul(0.001)), state.square, gradients);
    // 0.9 ** step, as an exponential.
    const correction = (beta: number) =>
      np
        .exp(step.ref.mul(Math.log(beta)))
        .mul(-1)
        .add(1);
    const [of_mean, of_square] = [correction(0.9), correction(0.999)];
    const layers = each(
      (p, m, v) =>
        p.sub(
          m
            .div(of_mean.ref)
            .mul(learning_rate)
            .div(np.sqrt(v.div(of_square.ref)).add(1e-8)),
        ),
      state.layers,
      tree.ref(mean),
      tree.ref(square),
    );
    of_mean.dispose();
    of_square.dispose();
    return { layers, mean, square, step };
  };
}

function session(workload: Workload): Session {
  const { batch, columns, outputs, initial, models, folds } = workload;
  const shapes = layersOf(workload);
  // The axes of the models, before those of a model: folds, and what there is of each.
  const lead = [...(folds > 1 ? [folds] : []), ...(models > folds ? [models / folds] : [])];
  const parts = perFold(workload, (fold) => batchesOf(workload, fold));
  const batches = parts[0].map((_, b) => {
    const joined = (of: 'x' | 'y', width: number) => {
      const all = new Float32Array(folds * batch * width);
      parts.forEach((part, fold) => {
        all.set(part[b][of], fold * batch * width);
      });
      return np.array(all).reshape([...(folds > 1 ? [folds] : []), batch, width]);
    };
    return { x: joined('x', columns), y: joined('y', outputs) };
  });
  const first = (value?: number): Layers =>
    shapes.map(({ inputs, outputs: units, weight, bias }) => {
      const all = (size: number, of: (model: number, i: number) => number) =>
        Float32Array.from({ length: models * size }, (_, i) => value ?? of(Math.floor(i / size), i % size));
      const w = all(
        inputs * units,
        (model, i) => initial[model][weight + (i % units) * inputs + Math.floor(i / units)],
      );
      const b = all(units, (model, i) => initial[model][bias + i]);
      return { w: np.array(w).reshape([...lead, inputs, units]), b: np.array(b).reshape([...lead, units]) };
    });
  const adam = workload.optimizer === 'adam';
  let state: State = {
    layers: first(),
    mean: adam ? first(0) : [],
    square: adam ? first(0) : [],
    step: np.zeros(lead),
  };
  // Batches are the same for all models of a fold.
  let all = stepOf(workload);
  if (models > folds) all = vmap(all, [0, null, null]) as typeof all;
  if (folds > 1) all = vmap(all, [0, 0, 0]) as typeof all;
  const step = jit(all);
  let done = 0;
  return {
    async steps(count) {
      for (let s = 0; s < count; s++, done++) {
        const { x, y } = batches[done % batches.length];
        state = step(state, x.ref, y.ref) as State;
      }
      await blockUntilReady(state);
    },
    async params(model) {
      const result = new Float32Array(initial[0].length);
      for (const [l, { inputs, outputs: units, weight, bias }] of shapes.entries()) {
        const w = await state.layers[l].w.ref.data();
        const b = await state.layers[l].b.ref.data();
        for (let i = 0; i < inputs * units; i++) {
          result[weight + (i % units) * inputs + Math.floor(i / units)] = w[model * inputs * units + i];
        }
        result.set(b.subarray(model * units, (model + 1) * units), bias);
      }
      return result;
    },
    how: lead.length > 0 ? 'jit of vmap' : 'jit',
    dispose() {
      tree.dispose(state);
      tree.dispose(batches);
      step.dispose();
    },
  };
}

export const contestants: Contestant[] = [
  contestant('webgpu', 'webgpu', 'isolated'),
  contestant('wasm', 'wasm, threads', 'isolated'),
  contestant('wasm', 'wasm, 1 thread', 'plain'),
];
