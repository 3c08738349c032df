/** Settings that somebody wrote to do harm: what is taken is complete and legal, and what is not is refused in a line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkData, checkFit, checkTrial } from '../../../src/spec/check.ts';
import { checkStoredTrial } from '../../../src/spec/first-defaults.ts';
import { parseJson } from '../../../src/spec/json.ts';
import { changedText, designed, hostileValue, mutated, mutations, textChange } from '../../support/data/hostile.ts';
import { faultSeed, times } from '../../support/faults.ts';

const trial = checkTrial({
  model: { hidden: [8, 4], activation: ['relu', 'tanh'], dropout: [0, 0.1], embedding: { kind: 'periodic' } },
  training: { optimizer: { kind: 'sgd' }, clip_norm: 1, schedule: { kind: 'cosine', warmup: 1 }, loss_plateau: {} },
});
const data = checkData({
  target: 'y',
  types: { a: 'category', b: 'date' },
  ignore: ['c'],
  split: { train: 0.5, validation: 0.25, test: 0.25 },
});
const fit = checkFit({
  minutes: 2,
  plan: { folds: 3, held_out: 0.3, max_rows: 99, max_width: 64, trials: 4, epochs: 20, packs: 2, last_epochs: 3 },
});

const checks: [name: string, legal: unknown, check: (input: unknown) => unknown][] = [
  ['a trial', trial, checkTrial],
  ['a stored trial', trial, checkStoredTrial],
  ['data', data, checkData],
  ['a fit', fit, checkFit],
];
const numRuns = times(300, 10_000);

describe.each(checks)('settings of %s', (_, legal, check) => {
  it('with hostile values where others are expected', () => {
    let taken = 0;
    fc.assert(
      fc.property(mutations, (changes) => {
        const settings = designed(() => check(mutated(legal, changes)));
        if (!settings) return;
        taken += 1;
        // What was taken is complete: it is taken again, as it is.
        expect(check(settings)).toEqual(settings);
        const stored = JSON.stringify(settings);
        expect(check(JSON.parse(stored))).toEqual(JSON.parse(stored));
      }),
      { seed: faultSeed, numRuns },
    );
    expect(taken).toBeGreaterThan(numRuns / 100);
    expect(taken).toBeLessThan(numRuns / 2);
  });

  it('that are anything', () => {
    fc.assert(
      fc.property(hostileValue, (value) => void designed(() => check(value))),
      { seed: faultSeed, numRuns },
    );
  });
});

describe('the text of settings', () => {
  it('with other marks, and names given twice', () => {
    fc.assert(
      fc.property(mutations, textChange, (changes, change) => {
        const text = changedText(JSON.stringify({ trial, data, fit: mutated(fit, changes) }), change);
        let parsed: unknown;
        try {
          parsed = JSON.parse(text);
        } catch (error) {
          expect(() => parseJson(text)).toThrow(error instanceof SyntaxError ? Error : TypeError);
          return;
        }
        const value = designed(() => parseJson(text));
        if (value !== undefined) expect(value).toEqual(parsed);
      }),
      { seed: faultSeed, numRuns },
    );
  });
});
