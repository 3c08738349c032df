/** Links that somebody wrote to do harm: settings that can be trained, and a few short lines of what is left out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formFields } from '../../../../../src/lab/shared/form.ts';
import { linkOf, readLink } from '../../../../../src/lab/trainer/opening/link.ts';
import { checkData, checkTrial } from '../../../../../src/spec/check.ts';
import { settingName } from '../../../../../src/spec/fields.ts';
import { readingFields } from '../../../../../src/spec/reading-settings.ts';
import { inEnglish } from '../../../../../src/util/message.ts';
import { hostileValue } from '../../../../support/data/hostile.ts';
import { faultSeed, times } from '../../../../support/faults.ts';
import { settingsOf } from '../../../../support/lab/stored-runs.ts';

const names = [
  ...formFields.map(({ field }) => settingName(field)),
  ...readingFields.map(({ name }) => name),
  ...['data', 'file', 'rows', 'noise', 'data_seed', 'engine', 'changes', 'early_stopping', 'loss_plateau', 'panels'],
  ...['__proto__', 'constructor', 'toString', '', 'trial', 'initial_parameters'],
];
const values = fc.oneof(
  hostileValue.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
  fc.constantFrom(
    ...['none', '1', '0', '-1', '1e308', '65536,65536', '8,4', 'adam', 'relu', 'relu,tanh', 'true', 'false', 'curve'],
    ...[
      'learning_rate:0.1@5',
      'l2:off@1,l2:1@1',
      'clip_norm:off@99999999999999999999',
      '%',
      '%00',
      '%E0%A4%A',
      '=',
      '#',
    ],
    ...['a=category,b=date', '__proto__=category', 'constructor=date', '1,'.repeat(9000)],
  ),
);
const word = fc.record({ name: fc.oneof(fc.constantFrom(...names), fc.string()), value: values, raw: fc.boolean() });

function expectReadable(hash: string): void {
  const link = readLink(hash);
  if (!link) return;
  expect(link.problems.length).toBeLessThanOrEqual(11);
  for (const problem of link.problems) {
    expect(inEnglish(problem).length).toBeLessThanOrEqual(2000);
    expect(inEnglish(problem)).not.toMatch(/defect|undefined|\[object/);
  }
  const { trial, data } = link.form;
  // What is left can be trained as it is, and makes the same link again.
  expect(checkTrial(trial)).toEqual(trial);
  const complete = checkData({ target: 'y', ...data });
  const again = readLink(linkOf({ trial: checkTrial(trial), data: complete, engine: 'auto' }, { sample: 'curve' }));
  expect(again?.form.trial).toEqual(trial);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}

describe('links', () => {
  it('of hostile words', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        expectReadable(
          `#${words.map(({ name, value, raw }) => (raw ? `${name}=${value}` : `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`)).join('&')}`,
        );
      }),
      { seed: faultSeed, numRuns: times(150, 10_000) },
    );
  });

  it('of other characters', () => {
    const legal = linkOf(settingsOf({ 'model.hidden': [8, 4] }, { ignore: ['c'] }, 'cpu'), { sample: 'moons' });
    const change = fc.record({ at: fc.nat(), text: fc.string({ unit: 'binary', maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        let hash = legal;
        for (const { at, text } of changes) {
          const place = at % hash.length;
          hash = hash.slice(0, place) + text + hash.slice(place + (at % 3));
        }
        expectReadable(hash);
      }),
      { seed: faultSeed, numRuns: times(150, 10_000) },
    );
  });
});
