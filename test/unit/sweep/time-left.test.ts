/** How long a sweep still takes: each population by its own pace, with what stops trials. */
import { describe, expect, it } from 'vitest';
import {
  expectedEpochs,
  relativeCost,
  secondsLeft,
  stopRateOf,
  type TimedPopulation,
} from '../../../src/sweep/schedule/time-left.ts';
import { uniformAt } from '../../../src/util/random.ts';

const whole = { rungs: [], factor: 1, combinations: 1 };

describe('the epochs that are expected', () => {
  it('are all that are left where nothing stops a trial', () => {
    expect(expectedEpochs([10, 100], whole, 0)).toBe(90);
  });

  it('follow the rungs of halving', () => {
    const halving = { rungs: [9, 27, 81], factor: 3, combinations: 27 };
    expect(expectedEpochs([0, 243], halving, 0)).toBeCloseTo(9 + 18 / 3 + 54 / 9 + 162 / 27, 9);
    expect(expectedEpochs([27, 243], halving, 0)).toBeCloseTo(54 + 162 / 3, 9);
    // Of four combinations two go on, and then one, to the end.
    const few = { ...halving, combinations: 4 };
    expect(expectedEpochs([0, 243], few, 0)).toBeCloseTo(9 + 18 / 2 + (54 + 162) / 4, 9);
    expect(expectedEpochs([27, 243], few, 0)).toBeCloseTo(54 + 162, 9);
  });

  it('are those of trials that stop by chance', () => {
    const rate = 0.02;
    const draw = (seed: number, trial: number) => Math.min(100, -Math.log(uniformAt(seed, trial)) / rate);
    const seeds = Array.from({ length: 4000 }, (_, seed) => seed);
    const mean = (of: (seed: number) => number) => seeds.reduce((sum, seed) => sum + of(seed), 0) / seeds.length;
    expect(Math.abs(expectedEpochs([0, 100], whole, rate) / mean((seed) => draw(seed, 0)) - 1)).toBeLessThan(0.03);
  });

  it('are stopped by rules alone, not by hand or by their number', () => {
    const trial = (epochs: number, stopped?: 'early_stopping' | 'epochs' | 'diverged') => ({ epochs, stopped });
    expect(stopRateOf([trial(10, 'early_stopping'), trial(20, 'epochs'), trial(10, 'diverged'), trial(60)])).toBe(0.02);
    expect(stopRateOf([])).toBe(0);
  });
});

describe('the seconds that are left', () => {
  const population = (epochs: number[], parameterCount: number, spent: Partial<TimedPopulation['spent']> = {}) =>
    ({
      run: {
        parameterCount,
        trials: epochs.map((done) => ({ history: { length: done }, trial: { training: { epochs: 100 } } })),
      },
      spent: { training: 0, closing: 0, epochs: 0, trialEpochs: 0, ...spent },
    }) as unknown as TimedPopulation;

  it('go by the pace of each population, not by that of all together', () => {
    // 50 epochs of two trials in 1 s; one epoch of two large ones in 1 s.
    const small = population([50, 50], 25, { training: 0.5, closing: 0.5, epochs: 50, trialEpochs: 100 });
    const large = population([1, 1], 20_000, { training: 0.9, closing: 0.1, epochs: 1, trialEpochs: 2 });
    expect(secondsLeft([small, large], whole, 0)).toBeCloseTo(1 + 99, 9);
  });

  it('take one that has not trained to be as quick as the nearest, for its size', () => {
    const known = population([50, 50], 500, { training: 0.5, closing: 0.5, epochs: 50, trialEpochs: 100 });
    const other = population([0, 0, 0, 0], 1500);
    expect(relativeCost(other.run) / relativeCost(known.run)).toBe(2);
    expect(secondsLeft([known, other], whole, 0)).toBeCloseTo(1 + 2 * 4 + 0, 9);
    expect(secondsLeft([other], whole, 0)).toBeUndefined();
    expect(secondsLeft([], whole, 0)).toBe(0);
  });
});
