/** Sweep files that somebody wrote to do harm: combinations that can be trained, or a refusal in a line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/spec/json.ts';
import {
  checkSweep,
  checkTrialCount,
  countTrials,
  listConfigurations,
  listSeeds,
} from '../../../src/sweep/definition/definition.ts';
import { changedText, designed, mutated, mutations, textChange } from '../../support/data/hostile.ts';
import { faultSeed, times } from '../../support/faults.ts';

const legal = {
  base: { 'training.epochs': 3, model: { hidden: [4] }, training: { optimizer: { kind: 'sgd', momentum: 0.5 } } },
  grid: {
    'model.activation': ['relu', 'tanh'],
    'training.optimizer': ['sgd', { kind: 'adam', learning_rate: 0.01 }],
  },
  random: { 'training.optimizer.learning_rate': { from: 0.001, to: 1, scale: 'log' }, 'training.batch_size': [1, 8] },
  samples: 3,
  seed: 4,
  seeds: [1, 2],
  folds: 2,
  halving: { first: 1, factor: 2 },
};

describe('sweep files', () => {
  it('with hostile values where others are expected', () => {
    const numRuns = times(300, 10_000);
    let taken = 0;
    fc.assert(
      fc.property(mutations, textChange, (changes, change) => {
        const text = changedText(JSON.stringify(mutated(legal, changes)) ?? '', change);
        designed(() => {
          let input: unknown;
          try {
            input = parseJson(text);
          } catch (error) {
            // The command line says that it is no JSON.
            if (error instanceof SyntaxError) return;
            throw error;
          }
          const sweep = checkSweep(input);
          checkTrialCount(sweep, 1000);
          const configurations = listConfigurations(sweep);
          expect(configurations.length * listSeeds(sweep, 10).length * sweep.folds).toBe(countTrials(sweep));
          taken += 1;
        });
      }),
      { seed: faultSeed, numRuns },
    );
    expect(taken).toBeGreaterThan(numRuns / 20);
    expect(taken).toBeLessThan(numRuns / 2);
  });
});
