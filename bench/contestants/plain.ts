/**
 * No library at all: loops over typed arrays, as somebody writes them who knows how. Products go over four rows of
 * the weights or of the batch at a time, so that what is loaded is used four times; nothing is allocated in a step.
 */
import type { Contestant } from '../contestant.ts';
import { type Batch, batchesOf, foldOf, layersOf, perFold, type Workload } from '../workloads.ts';

type Layer = ReturnType<typeof layersOf>[number];
type Values = Float32Array;

interface Model {
  batches: Batch[];
  parameters: Values;
  gradients: Values;
  /** adam's: none of it where the optimizer is sgd. */
  mean: Values;
  square: Values;
}

export const contestants: Contestant[] = [
  {
    lib: 'plain loops',
    variant: 'plain loops',
    init: async () => ({ version: '-' }),
    async create(workload) {
      const { initial, optimizer } = workload;
      const empty = () => new Float32Array(optimizer === 'adam' ? initial[0].length : 0);
      const folds = perFold(workload, (fold) => batchesOf(workload, fold));
      const models = initial.map((one, model) => ({
        batches: folds[foldOf(workload, model)],
        parameters: one.slice(),
        gradients: new Float32Array(one.length),
        mean: empty(),
        square: empty(),
      }));
      const train = trainer(workload);
      let step = 0;
      return {
        async steps(count) {
          for (let s = 0; s < count; s++, step++) for (const model of models) train(model, step);
        },
        params: async (model) => models[model].parameters.slice(),
        dispose() {},
      };
    },
  },
];

function trainer(workload: Workload): (model: Model, step: number) => void {
  const { batch, outputs, activation, loss, optimizer, learning_rate } = workload;
  const layers = layersOf(workload);
  const last = layers.length - 1;
  const units = layers.map((layer) => new Float32Array(batch * layer.outputs));
  const errors = layers.map((layer) => new Float32Array(batch * layer.outputs));
  return (model, step) => {
    const { parameters, gradients, batches } = model;
    const { x, y } = batches[step % batches.length];
    layers.forEach((layer, l) => {
      forward(layer, batch, l === 0 ? x : units[l - 1], parameters, units[l]);
      if (l < last) activate(units[l], activation);
    });
    if (loss === 'mse') squaredErrors(units[last], y, errors[last]);
    else crossEntropyErrors(batch, outputs, units[last], y, errors[last]);
    for (let l = last; l >= 0; l--) {
      gradientsOf(layers[l], batch, l === 0 ? x : units[l - 1], errors[l], gradients);
      if (l > 0) {
        backward(layers[l], batch, errors[l], parameters, errors[l - 1]);
        slope(errors[l - 1], units[l - 1], activation);
      }
    }
    if (optimizer === 'sgd') sgd(model, learning_rate);
    else adam(model, learning_rate, step + 1);
  };
}

/** z[r,o] = sum_i x[r,i] W[o,i] + b[o], four outputs at a time. */
function forward({ inputs, outputs, weight, bias }: Layer, rows: number, x: Values, p: Values, z: Values): void {
  for (let r = 0; r < rows; r++) {
    const from = r * inputs;
    const to = r * outputs;
    let o = 0;
    for (; o + 4 <= outputs; o += 4) {
      const w0 = weight + o * inputs;
      const w1 = w0 + inputs;
      const w2 = w1 + inputs;
      const w3 = w2 + inputs;
      let s0 = p[bias + o];
      let s1 = p[bias + o + 1];
      let s2 = p[bias + o + 2];
      let s3 = p[bias + o + 3];
      for (let i = 0; i < inputs; i++) {
        const value = x[from + i];
        s0 += value * p[w0 + i];
        s1 += value * p[w1 + i];
        s2 += value * p[w2 + i];
        s3 += value * p[w3 + i];
      }
      z[to + o] = s0;
      z[to + o + 1] = s1;
      z[to + o + 2] = s2;
      z[to + o + 3] = s3;
    }
    for (; o < outputs; o++) {
      let sum = p[bias + o];
      for (let i = 0; i < inputs; i++) sum += x[from + i] * p[weight + o * inputs + i];
      z[to + o] = sum;
    }
  }
}

/** e_prev[r,i] = sum_o e[r,o] W[o,i], four outputs at a time. */
function backward({ inputs, outputs, weight }: Layer, rows: number, e: Values, p: Values, previous: Values): void {
  previous.fill(0);
  for (let r = 0; r < rows; r++) {
    const from = r * outputs;
    const to = r * inputs;
    let o = 0;
    for (; o + 4 <= outputs; o += 4) {
      const w0 = weight + o * inputs;
      const w1 = w0 + inputs;
      const w2 = w1 + inputs;
      const w3 = w2 + inputs;
      const e0 = e[from + o];
      const e1 = e[from + o + 1];
      const e2 = e[from + o + 2];
      const e3 = e[from + o + 3];
      for (let i = 0; i < inputs; i++) {
        previous[to + i] += e0 * p[w0 + i] + e1 * p[w1 + i] + e2 * p[w2 + i] + e3 * p[w3 + i];
      }
    }
    for (; o < outputs; o++) {
      const error = e[from + o];
      for (let i = 0; i < inputs; i++) previous[to + i] += error * p[weight + o * inputs + i];
    }
  }
}

/** dW[o,i] = sum_r e[r,o] x[r,i] and db[o] = sum_r e[r,o], four rows of the batch at a time. */
function gradientsOf({ inputs, outputs, weight, bias }: Layer, rows: number, x: Values, e: Values, g: Values): void {
  for (let o = 0; o < outputs; o++) {
    const to = weight + o * inputs;
    g.fill(0, to, to + inputs);
    let sum = 0;
    let r = 0;
    for (; r + 4 <= rows; r += 4) {
      const e0 = e[r * outputs + o];
      const e1 = e[(r + 1) * outputs + o];
      const e2 = e[(r + 2) * outputs + o];
      const e3 = e[(r + 3) * outputs + o];
      const x0 = r * inputs;
      const x1 = x0 + inputs;
      const x2 = x1 + inputs;
      const x3 = x2 + inputs;
      sum += e0 + e1 + e2 + e3;
      for (let i = 0; i < inputs; i++) g[to + i] += e0 * x[x0 + i] + e1 * x[x1 + i] + e2 * x[x2 + i] + e3 * x[x3 + i];
    }
    for (; r < rows; r++) {
      const error = e[r * outputs + o];
      sum += error;
      for (let i = 0; i < inputs; i++) g[to + i] += error * x[r * inputs + i];
    }
    g[bias + o] = sum;
  }
}

function activate(z: Values, activation: Workload['activation']): void {
  if (activation === 'relu') for (let i = 0; i < z.length; i++) z[i] = Math.max(0, z[i]);
  else for (let i = 0; i < z.length; i++) z[i] = Math.tanh(z[i]);
}

function slope(e: Values, a: Values, activation: Workload['activation']): void {
  if (activation === 'relu') for (let i = 0; i < e.length; i++) e[i] = a[i] > 0 ? e[i] : 0;
  else for (let i = 0; i < e.length; i++) e[i] *= 1 - a[i] * a[i];
}

function squaredErrors(z: Values, y: Values, e: Values): void {
  const scale = 2 / e.length;
  for (let i = 0; i < e.length; i++) e[i] = scale * (z[i] - y[i]);
}

/** (softmax(z) - y) / rows, for targets that sum to 1. */
function crossEntropyErrors(rows: number, outputs: number, z: Values, y: Values, e: Values): void {
  for (let r = 0; r < rows; r++) {
    const at = r * outputs;
    let most = z[at];
    for (let o = 1; o < outputs; o++) most = Math.max(most, z[at + o]);
    let sum = 0;
    for (let o = 0; o < outputs; o++) {
      e[at + o] = Math.exp(z[at + o] - most);
      sum += e[at + o];
    }
    for (let o = 0; o < outputs; o++) e[at + o] = (e[at + o] / sum - y[at + o]) / rows;
  }
}

function sgd({ parameters, gradients }: Model, rate: number): void {
  for (let i = 0; i < parameters.length; i++) parameters[i] -= rate * gradients[i];
}

function adam({ parameters, gradients, mean, square }: Model, rate: number, step: number): void {
  const scale = rate / (1 - 0.9 ** step);
  const correction = 1 / (1 - 0.999 ** step);
  for (let i = 0; i < parameters.length; i++) {
    const g = gradients[i];
    const m = 0.9 * mean[i] + 0.1 * g;
    const v = 0.999 * square[i] + 0.001 * g * g;
    mean[i] = m;
    square[i] = v;
    parameters[i] -= (scale * m) / (Math.sqrt(v * correction) + 1e-8);
  }
}
