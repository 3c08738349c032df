/**
 * The founding report's 240 trials (1-150-150-1; four activations, SGD and Adam, batch sizes 1, 4 and 8, ten seeds) trained
 * as one population, beside the same trials one after another: on the same engine, on TensorFlow.js (wasm), and as
 * whole runs of the command. Run with Node on a machine that has nothing else to do:
 *
 *   npm ci --prefix bench/peers && npx vite build --mode cli && npx vite build --ssr bench/report.ts --outDir dist/bench && node dist/bench/report.js
 *
 * What is compared is steps of a trial per second in the report's own mix, 40 : 10 : 5 steps of batch sizes 1, 4 and 8. One
 * after another, a step of each of the 24 kinds is timed alone, for the least of three times 0.3 s, and weighted by how
 * often the mix has it. The population and the sequence take turns; medians of the repetitions, two seconds each.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { generate } from '../src/data/prepare/generate.ts';
import { prepare } from '../src/data/prepare/prepare.ts';
import type { Engine, Population } from '../src/engine/engine.ts';
import { openAdapter } from '../src/engine/gpu/device/adapter.ts';
import { requestGpuEngine } from '../src/engine/gpu/engine.ts';
import { layerShapes } from '../src/engine/parameters.ts';
import { requestEngine } from '../src/engine/request.ts';
import { buildTrial, cellKeys, createExperiment } from '../src/founding/experiment.ts';
import { calibrationFile } from '../src/machine/calibration-file.ts';
import { requestDawn } from '../src/machine/dawn.ts';
import { checkTrial } from '../src/spec/check.ts';
import { createPopulation, resolveTrial } from '../src/train/trials.ts';
import { median } from './results.ts';

const repetitions = 3;
const experiment = createExperiment();
const keys = cellKeys(experiment);
const data = prepare(generate('curve', { rows: 500 }), { target: 'y', split: experiment.split });
/** Ticks of the population: as many steps with batch size 1. */
const ticks = 40;
const stepsIn = (batch_size: number) => ticks / batch_size;
const mix = keys.reduce((sum, { batch_size }) => sum + stepsIn(batch_size), 0);

const secondsOf = async (work: () => unknown) => {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
};
const trialsOf = (seeds: number[]) =>
  keys.flatMap((key) => seeds.map((seed) => resolveTrial(checkTrial(buildTrial(experiment, key, seed)), 'regression')));
const layers = layerShapes(
  resolveTrial(checkTrial({ model: { hidden: experiment.hidden } }), 'regression').model,
  1,
  1,
);
const populationOf = (engine: Engine, trials: ReturnType<typeof trialsOf>) =>
  createPopulation(engine, data, layers, trials);

/** Seconds that a step takes, least of three stretches. */
async function secondsPerStep(train: (steps: number) => unknown): Promise<number> {
  let steps = 8;
  while ((await secondsOf(() => train(steps))) < 0.1) steps *= 2;
  const times: number[] = [];
  for (let i = 0; i < 3; i++) times.push(await secondsOf(() => train(3 * steps)));
  return Math.min(...times) / (3 * steps);
}

async function onEngine(engine: Engine) {
  const together = await populationOf(engine, trialsOf(experiment.seeds));
  /** Trial steps per second over a stretch of this many. */
  const rateTogether = async (seconds: number) => {
    let rounds = 0;
    const begun = performance.now();
    do {
      await together.train(ticks);
      rounds += 1;
    } while (performance.now() - begun < 1000 * seconds);
    return (1000 * rounds * mix * experiment.seeds.length) / (performance.now() - begun);
  };
  // Until it is known how many threads pay.
  await rateTogether(3);
  const alone: Population[] = [];
  for (const trial of trialsOf([10])) alone.push(await populationOf(engine, [trial]));
  const rates: { together: number[]; sequence: number[] } = { together: [], sequence: [] };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    rates.together.push(await rateTogether(2));
    let sequence = 0;
    for (const [cell, population] of alone.entries()) {
      sequence += stepsIn(keys[cell].batch_size) * (await secondsPerStep((steps) => population.train(steps)));
    }
    rates.sequence.push(mix / sequence);
  }
  const name = `${engine.kind}, ${engine.adapter}${engine.software ? ' (software)' : ''}, ${together.plan}`;
  for (const population of [together, ...alone]) population.destroy();
  return { name, together: median(rates.together), sequence: median(rates.sequence), rates };
}

/** A trial in TensorFlow.js as its guides have it: variables, an optimizer, minimize. */
async function onTensorFlow() {
  const require = createRequire(join(import.meta.dirname, '..', '..', 'bench', 'peers', 'package.json'));
  const tf = require('@tensorflow/tfjs');
  require('@tensorflow/tfjs-backend-wasm');
  await tf.setBackend('wasm');
  const rows = data.sets.train.length;
  const x = tf.tensor2d(data.features.slice(0, rows), [rows, 1]);
  const y = tf.tensor2d(data.targets.slice(0, rows), [rows, 1]);
  const activations = {
    sigmoid: tf.sigmoid,
    tanh: tf.tanh,
    relu: tf.relu,
    leaky_relu: (z: unknown) => tf.leakyRelu(z, 0.01),
  };
  let sequence = 0;
  for (const { activation, optimizer, batch_size } of keys) {
    const weights = layers.map(({ inputs, outputs }) =>
      tf.variable(tf.randomNormal([inputs, outputs], 0, Math.sqrt(2 / (inputs + outputs)))),
    );
    const biases = layers.map(({ outputs }) => tf.variable(tf.zeros([outputs])));
    const rate = experiment.learning_rate;
    const rule = optimizer === 'sgd' ? tf.train.sgd(rate) : tf.train.adam(rate);
    const loss = (from: number) =>
      tf.tidy(() => {
        let units = tf.slice(x, [from, 0], [batch_size, 1]);
        layers.forEach((_, l) => {
          const sums = tf.add(tf.matMul(units, weights[l]), biases[l]);
          units = l === layers.length - 1 ? sums : activations[activation](sums);
        });
        return tf.div(tf.mean(tf.squaredDifference(units, tf.slice(y, [from, 0], [batch_size, 1]))), 2);
      });
    let step = 0;
    const train = (steps: number) => {
      for (let i = 0; i < steps; i++) {
        const from = (step * batch_size) % rows;
        rule.minimize(() => loss(from));
        step += 1;
      }
      // Everything before is done when a number has been read.
      weights[0].dataSync();
    };
    sequence += stepsIn(batch_size) * (await secondsPerStep(train));
    tf.dispose([...weights, ...biases]);
  }
  return mix / sequence;
}

/** Seconds of a whole run, from nothing to its metrics, as a person would start it. */
async function wholeRun(kind: string, words: string): Promise<number> {
  const main = join(import.meta.dirname, '..', 'cli', 'main.js');
  const all = [main, ...words.split(' '), '--engine', kind, '--quiet'];
  return secondsOf(() => {
    const { status, stderr } = spawnSync(process.execPath, all, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  });
}

const dawn = await requestDawn();
if (!dawn.gpu) throw new Error(dawn.reason.text);
const adapter = await openAdapter(dawn.gpu);
if ('missing' in adapter) throw new Error(adapter.missing);
const gpu = await requestGpuEngine(adapter, 'bench', { calibration: calibrationFile(), slice_ms: 75 });
const cpu = await requestEngine({ kind: 'cpu', slice_ms: 75 });

console.log(`Node ${process.version}, ${adapter.name}${adapter.software ? ' (software)' : ''}`);
console.log('steps of a trial per second, in the mix of the report:');
const rate = (value: number) => value.toFixed(0);
for (const engine of [gpu, cpu]) {
  const { name, together, sequence, rates } = await onEngine(engine);
  const spread = (values: number[]) => values.map(rate).join(', ');
  console.log(
    `${name}: 240 together ${rate(together)} (${spread(rates.together)}), one after another ${rate(sequence)} (${spread(rates.sequence)}): ${(together / sequence).toFixed(2)} times`,
  );
}
console.log(`tfjs wasm 4.22, one after another: ${rate(await onTensorFlow())}`);
for (const engine of [gpu, cpu]) engine.destroy();

/** Whole runs of few epochs: what starting, compiling and validating cost beside the training. */
const settings = '--split.train 0.8 --split.validation 0.2 --split.test 0';
for (const kind of ['webgpu', 'cpu']) {
  for (const epochs of [1, 10]) {
    const one = '--hidden 150,150 --optimizer sgd --learning_rate 1e-4 --loss half_mse --batch_size 8';
    const alone = await wholeRun(kind, `train data/curve.csv --target y ${settings} ${one} --epochs ${epochs}`);
    console.log(
      `${kind}: a whole run of one trial (relu, sgd, batch 8), ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}: ${alone.toFixed(2)} s`,
    );
  }
}
