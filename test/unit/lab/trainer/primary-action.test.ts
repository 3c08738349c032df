/** What the button does, by how the run stands. */
import { expect, test } from 'vitest';
import { type PrimaryAction, primaryAction } from '../../../../src/lab/trainer/primary-action.ts';
import type { LabState } from '../../../../src/lab/trainer/shown-run.ts';

function unasked(): boolean {
  throw new Error('Settings are checked for nothing.');
}

const cases: [LabState, () => boolean, PrimaryAction | undefined][] = [
  ['loading', unasked, undefined],
  ['running', unasked, 'pause'],
  ['failed', unasked, 'reset'],
  ['done', unasked, 'apply'],
  ['diverged', unasked, 'apply'],
  ['ready', () => false, 'play'],
  ['paused', () => false, 'play'],
  ['ready', () => true, 'apply'],
  ['paused', () => true, 'apply'],
];

test.each(cases)('%s', (state, changed, action) => {
  expect(primaryAction({ state, awaitsWord: false, changed })).toBe(action);
});

test('whatever waits for a person comes first', () => {
  const states: LabState[] = ['loading', 'failed'];
  for (const state of states) expect(primaryAction({ state, awaitsWord: true, changed: unasked })).toBe('allow');
});
