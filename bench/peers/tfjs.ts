/**
 * TensorFlow.js as its guides have it: variables, an optimizer, `minimize` in a loop. Batches are tensors that are there before
 * anything is timed; what is left over of a step is tidied by `minimize`. No value comes back but one, at the end of all
 * steps: reading it waits for all that is under way. Adam's epsilon is set to what the others take.
 */
import * as tf from '@tensorflow/tfjs';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import type { Contestant, Session } from '../contestant.ts';
import { batchesOf, foldOf, layersOf, perFold, type Workload } from '../workloads.ts';

function contestant(backend: 'webgpu' | 'wasm' | 'cpu', variant: string, page: Contestant['page']): Contestant {
  let threads: (() => number) | undefined;
  return {
    lib: 'tfjs',
    variant,
    page,
    async init() {
      if (backend === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
      if (backend === 'wasm') {
        const wasm = await import('@tensorflow/tfjs-backend-wasm');
        wasm.setWasmPaths({
          'tfjs-backend-wasm.wasm': plain,
          'tfjs-backend-wasm-simd.wasm': simd,
          'tfjs-backend-wasm-threaded-simd.wasm': threaded,
        });
        // Half of the machine's unless told otherwise; there is no way to have more than one where pages are not isolated.
        if (page === 'isolated') wasm.setThreadsCount(navigator.hardwareConcurrency);
        threads = wasm.getThreadsCount;
      }
      if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no ${backend} here`);
      await tf.ready();
      return { version: tf.version.tfjs };
    },
    async create(workload) {
      return { ...session(workload), how: threads && `threads: ${threads()}` };
    },
  };
}

function session(workload: Workload): Session {
  const { batch, columns, outputs, initial, learning_rate, activation } = workload;
  const layers = layersOf(workload);
  const folds = perFold(workload, (fold) =>
    batchesOf(workload, fold).map(({ x, y }) => ({
      x: tf.tensor2d(x, [batch, columns]),
      y: tf.tensor2d(y, [batch, outputs]),
    })),
  );
  const models = initial.map((parameters, model) => ({
    batches: folds[foldOf(workload, model)],
    layers: layers.map(({ inputs, outputs: units, weight, bias }) => ({
      // As a dense layer keeps it: [inputs, outputs].
      w: tf.tidy(() => tf.variable(tf.transpose(tf.tensor2d(parameters.slice(weight, bias), [units, inputs])))),
      b: tf.variable(tf.tensor1d(parameters.slice(bias, bias + units))),
    })),
    optimizer:
      workload.optimizer === 'sgd' ? tf.train.sgd(learning_rate) : tf.train.adam(learning_rate, 0.9, 0.999, 1e-8),
  }));
  const activate = activation === 'relu' ? tf.relu : tf.tanh;
  const loss = (model: (typeof models)[number], { x, y }: (typeof folds)[number][number]) => {
    let units: tf.Tensor2D = x;
    model.layers.forEach(({ w, b }, l) => {
      const sums = tf.add(tf.matMul(units, w as unknown as tf.Tensor2D), b) as tf.Tensor2D;
      units = l === layers.length - 1 ? sums : activate(sums);
    });
    if (workload.loss === 'mse') return tf.losses.meanSquaredError(y, units) as tf.Scalar;
    return tf.losses.softmaxCrossEntropy(y, units) as tf.Scalar;
  };
  let step = 0;
  return {
    async steps(count) {
      for (let s = 0; s < count; s++, step++) {
        for (const model of models) {
          model.optimizer.minimize(() => loss(model, model.batches[step % model.batches.length]));
        }
      }
      for (const model of models) await model.layers[layers.length - 1].b.data();
    },
    async params(model) {
      const result = new Float32Array(initial[0].length);
      for (const [l, { weight, bias }] of layers.entries()) {
        const { w, b } = models[model].layers[l];
        const transposed = tf.tidy(() => tf.transpose(w as unknown as tf.Tensor2D));
        result.set(await transposed.data(), weight);
        transposed.dispose();
        result.set(await b.data(), bias);
      }
      return result;
    },
    dispose() {
      for (const model of models) {
        tf.dispose(model.layers);
        model.optimizer.dispose();
      }
      tf.dispose(folds);
    },
  };
}

export const contestants: Contestant[] = [
  contestant('webgpu', 'webgpu', 'isolated'),
  contestant('wasm', 'wasm, threads', 'isolated'),
  contestant('wasm', 'wasm, 1 thread', 'plain'),
  contestant('cpu', 'cpu', 'isolated'),
];
