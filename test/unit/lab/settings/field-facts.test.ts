/** What is said of each setting: its range as the check has it, and when a change of it counts. */
import { describe, expect, it } from 'vitest';
import { defaultWords, effectWords, rangeWords, usualWords } from '../../../../src/lab/settings/field-facts.ts';
import { type FormPath, formFields } from '../../../../src/lab/shared/form.ts';

const field = (path: string) => {
  const found = formFields.find((entry) => entry.path === path);
  if (!found) throw new Error(`${path} is no setting`);
  return found.field;
};

describe('a setting', () => {
  it.each([
    ['trial.training.optimizer.learning_rate', 'above 0, up to 1\u202f000'],
    ['trial.training.optimizer.momentum', 'from 0, below 1'],
    ['trial.training.batch_size', 'from 1, up to 1\u202f048\u202f576'],
    ['trial.training.clip_norm', 'above 0'],
    ['trial.model.dropout', 'from 0, below 1'],
    ['trial.training.loss', ''],
  ])('%s is %j', (path, words) => {
    expect(rangeWords(field(path))).toBe(words);
  });

  it.each([
    ['trial.training.optimizer.learning_rate', 'mostly 0.00001 to 1'],
    ['trial.training.batch_size', 'mostly 1 to 256'],
    // All of what is legal, or nothing in particular.
    ['trial.training.clip_norm', ''],
    ['trial.training.shuffle', ''],
  ])('%s is %j', (path, words) => {
    expect(usualWords(field(path))).toBe(words);
  });

  it('is said to be of the kind that is chosen', () => {
    const rate = field('trial.training.optimizer.learning_rate');
    expect(defaultWords(rate, 'adam')).toBe('0.001 by default');
    expect(defaultWords(rate, 'sgd')).not.toBe(defaultWords(rate, 'adam'));
    expect(defaultWords(field('trial.training.clip_norm'), undefined)).toBe('off unless given');
  });

  it('applies at once or needs a restart', () => {
    const live = formFields
      .filter(({ path }) => effectWords(path).startsWith('applies'))
      .map(({ field }) => field.name);
    expect(live.toSorted()).toEqual(['clip_norm', 'l1', 'l2', 'learning_rate', 'momentum', 'weight_decay']);
    expect(effectWords('trial.training.batch_size' as FormPath)).toBe('needs a restart');
  });
});
