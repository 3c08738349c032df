/** How changes of a run are written and read. */
import { describe, expect, it } from 'vitest';
import { changedSettings, changesText, liveNames, parseChanges, repeated } from '../../../src/spec/changes.ts';
import { checkTrial } from '../../../src/spec/check.ts';
import { changeInWords } from '../../../src/train/results/summary.ts';

describe('changes as text', () => {
  const text = 'learning_rate:0.003@1280,clip_norm:off@1280,l2:1e-7@2000';
  const changes = [
    { step: 1280, learning_rate: 0.003, clip_norm: undefined },
    { step: 2000, l2: 1e-7 },
  ];

  it('come back as they were, by step', () => {
    expect(changesText(changes)).toBe(text);
    expect(parseChanges(text)).toEqual(changes);
    expect(Object.keys(parseChanges(text)[0])).toContain('clip_norm');
    expect(parseChanges('l2:1@20, l1:2@3')).toEqual([
      { step: 3, l1: 2 },
      { step: 20, l2: 1 },
    ]);
    expect(parseChanges('')).toEqual([]);
    for (const name of liveNames) expect(parseChanges(`${name}:0.5@7`)).toEqual([{ step: 7, [name]: 0.5 }]);
  });

  it.each(['l2', 'l2:1', 'l2@3', 'batch_size:3@4', 'l2:1@-3', 'l2:1@2.5', 'l2:1@3 l1:1@3'])('refuse "%s"', (bad) => {
    expect(() => parseChanges(bad)).toThrow(`changes: "${bad}" is not a change; write setting:value@step`);
  });
});

it.each([
  ['learning_rate:off@3', 'changes: "learning_rate:off@3": learning_rate cannot be off; give a number.'],
  ['l2:1@3,l2:2@3', 'changes: l2 is given twice at step 3; give it once.'],
])('changes that cannot be made are refused: %s', (text, sentence) => {
  expect(() => parseChanges(text)).toThrow(sentence);
});

it('changes in order have what held before; those whose steps are not known cannot be repeated', () => {
  const initial = checkTrial({ training: { clip_norm: 2 } });
  const made = [
    { epoch: 3, step: 20, seconds: 1, learning_rate: 0.5, clip_norm: undefined },
    { epoch: 4, step: 31, seconds: 2, learning_rate: 0.25 },
  ];
  expect(changedSettings(initial, made).map(changeInWords)).toEqual([
    'learning_rate 0.001 → 0.5 from epoch 3 (step 20)',
    'clip_norm 2 → off from epoch 3 (step 20)',
    'learning_rate 0.5 → 0.25 from epoch 4 (step 31)',
  ]);
  expect(repeated(made, [{ step: 50, l1: 1 }])).toEqual([
    { step: 20, learning_rate: 0.5, clip_norm: undefined },
    { step: 31, learning_rate: 0.25 },
    { step: 50, l1: 1 },
  ]);
  expect(repeated([...made, { epoch: 5, l2: 1 }])).toBeUndefined();
  expect(changedSettings(initial, [{ epoch: 5, l2: 1 }]).map(changeInWords)).toEqual(['l2 0 → 1 from epoch 5']);
});
