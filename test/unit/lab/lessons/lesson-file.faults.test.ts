/** Lessons that somebody wrote to do harm: one that can be given, or a refusal in a line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLesson } from '../../../../src/lab/lessons/read.ts';
import { checkData, checkTrial } from '../../../../src/spec/check.ts';
import { changedText, designed, mutated, mutations, textChange } from '../../../support/data/hostile.ts';
import { faultSeed, times } from '../../../support/faults.ts';

const legal = {
  format: 'perceptron-lab lesson',
  version: 1,
  title: { en: 'Steps', ko: '단계' },
  table: { sample: 'curve', generate: { rows: 100, noise: 0.1, seed: 1 } },
  settings: { model: { hidden: [4] }, training: { optimizer: { kind: 'adam' } }, data: { target: 'y' } },
  steps: [
    {
      title: 'One',
      text: 'Look.',
      try: 'Change it.',
      settings: { training: { epochs: 3 } },
      view: 'fit',
      loss_axis: 'log',
      wait: { kind: 'score', metric: 'rmse', at_most: 0.1 },
    },
    { title: 'Two', text: 'Wait.', settings: { model: { hidden: [8] } }, wait: { kind: 'epoch', epoch: 5 } },
  ],
};

describe('lessons', () => {
  it('with hostile values where others are expected', () => {
    const numRuns = times(300, 10_000);
    let taken = 0;
    fc.assert(
      fc.property(mutations, textChange, (changes, change) => {
        const text = changedText(JSON.stringify(mutated(legal, changes)) ?? '', change);
        const lesson = designed(() => parseLesson(text, 'lesson.json'));
        if (!lesson) return;
        taken += 1;
        for (const { trial, data } of lesson.steps) {
          checkTrial(trial);
          checkData({ target: '?', ...data });
        }
      }),
      { seed: faultSeed, numRuns },
    );
    expect(taken).toBeGreaterThan(numRuns / 50);
    expect(taken).toBeLessThan(numRuns / 2);
  });
});
