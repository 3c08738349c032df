/**
 * The oldest result of the field: one neuron learns OR and cannot learn XOR (Minsky & Papert 1969), a network with one
 * hidden layer can. Networks of a few weights, trained on the reference in a moment.
 */
import { generate } from '../data/prepare/generate.ts';
import { prepare } from '../data/prepare/prepare.ts';
import { createReferenceEngine } from '../engine/reference/engine.ts';
import { probabilitiesOf } from '../spec/answers.ts';
import type { TrialInput } from '../spec/settings.ts';
import { spreadOf } from '../util/statistics/statistics.ts';
import { withTrained } from './population.ts';
import type { GateResult } from './report.ts';

const networks: Record<GateResult['network'], { epochs: number; trial: (epochs: number, seed: number) => TrialInput }> =
  {
    perceptron: {
      epochs: 200,
      trial: (epochs, seed) => ({
        model: { hidden: [], dropout: 0, initializer: 'glorot_normal' },
        training: {
          loss: 'perceptron',
          optimizer: { kind: 'sgd', learning_rate: 0.1 },
          batch_size: 1,
          epochs,
          seed,
          early_stopping: false,
        },
      }),
    },
    mlp: {
      epochs: 500,
      trial: (epochs, seed) => ({
        model: { hidden: [8], activation: 'tanh', dropout: 0, initializer: 'glorot_normal' },
        training: {
          loss: 'binary_cross_entropy',
          optimizer: { kind: 'adam', learning_rate: 0.03 },
          batch_size: 4,
          epochs,
          seed,
          early_stopping: false,
        },
      }),
    },
  };

const pairs: [GateResult['gate'], GateResult['network']][] = [
  ['or', 'perceptron'],
  ['xor', 'perceptron'],
  ['xor', 'mlp'],
];

export async function gateResults(seeds: readonly number[]): Promise<GateResult[]> {
  const engine = createReferenceEngine('reference', 'a truth table has four rows');
  const results: GateResult[] = [];
  for (const [gate, network] of pairs) {
    const { epochs, trial } = networks[network];
    // Not scaled: 0 and 1 are what the report's perceptron saw.
    const data = prepare(generate(gate), { target: 'y', task: 'classification', numeric: 'scale', scaling: 'none' });
    const trials = seeds.map((seed) => trial(epochs, seed));
    results.push(
      await withTrained(engine, data, trials, {}, async (run) => {
        const scores = (await run.metricsOfAll('train')) ?? [];
        const right = scores.map((score) => ('accuracy' in score ? Math.round(score.accuracy * data.rows) : 0));
        const corners = Float32Array.from([0, 0, 0, 1, 1, 0, 1, 1]);
        const outputs = (await run.predict(corners, 4)).subarray(0, 4);
        const { loss } = run.trials[0].trial.training;
        const probabilities = probabilitiesOf(outputs, 4, 1, loss);
        return {
          gate,
          network,
          units: [2, ...run.layers.map(({ outputs }) => outputs)],
          n: seeds.length,
          learned: right.filter((rows) => rows === data.rows).length,
          epochs,
          rows_right: spreadOf(right),
          outputs: [0, 1, 2, 3].map((row) => Number(probabilities[2 * row + 1].toPrecision(4))),
        };
      }),
    );
  }
  return results;
}
