/** What the page's settings, names and tables say of a run that goes on from a model. */
import { describe, expect, test } from 'vitest';
import { basisOf, incomparable } from '../../../../src/lab/charts/overlays.ts';
import { isBeyondChoice } from '../../../../src/lab/data/notice-fix.ts';
import type { LegalForm } from '../../../../src/lab/protocol/settings.ts';
import { seedlessKey } from '../../../../src/lab/runs/compare.ts';
import { namesOf } from '../../../../src/lab/runs/names.ts';
import { changedPaths, formFields, formOf, isFixed, legalForm } from '../../../../src/lab/shared/form.ts';
import { settingWords } from '../../../../src/lab/shared/setting-text.ts';
import { withBase } from '../../../../src/lab/trainer/base-model.ts';
import { linkOf, readLink } from '../../../../src/lab/trainer/opening/link.ts';
import { checkData, checkTrial } from '../../../../src/spec/check.ts';

const from = { key: 'k1', name: 'base.safetensors', inputs: 2, outputs: 1, numbers: [0] };
const settings: LegalForm = { trial: checkTrial({}), data: checkData({ target: 'y' }), engine: 'auto' };
const choice = {
  from,
  model: checkTrial({ model: { hidden: [5], activation: 'tanh' } }).model,
  loss: 'mse' as const,
  data: checkData({ target: 'price', ignore: ['id'] }),
};
const tuned = legalForm(withBase(formOf(settings), choice)) as LegalForm;

describe('the settings', () => {
  test('are those of the model where it decides them, and stay as they were elsewhere', () => {
    expect(tuned).toMatchObject({ from, trial: { model: { hidden: [5] } }, data: { target: 'price', ignore: ['id'] } });
    const { loss: _, ...training } = settings.trial.training;
    expect(tuned.trial.training).toEqual({ ...training, loss: 'mse' });
    expect(formOf(tuned).from).toEqual(from);
    expect(changedPaths(formOf(tuned), settings)).toContain('from');
    expect(changedPaths(formOf(tuned), tuned)).toEqual(new Set());
  });

  test('of columns, network and loss cannot be chosen, and all others can', () => {
    const open = formFields.map(({ path }) => path).filter((path) => !isFixed(tuned, path));
    const fixed = ['trial.model.hidden', 'trial.training.loss', 'data.target', 'data.types', 'data.scaling'];
    for (const path of fixed) expect(open).not.toContain(path);
    const own = ['trial.training.optimizer.learning_rate', 'trial.training.seed', 'data.split.train', 'data.weights'];
    for (const path of [...own, 'data.class_weights']) expect(open).toContain(path);
    expect(isFixed(tuned, 'engine')).toBe(false);
    expect(isFixed(settings, 'trial.model.hidden')).toBe(false);
  });

  test('that a notice would change are not offered', () => {
    const form = formOf(tuned);
    expect(isBeyondChoice(form, { setting: 'ignore', column: 'id' })).toBe(true);
    expect(isBeyondChoice(form, { setting: 'dropout', value: 0.4 })).toBe(true);
    expect(isBeyondChoice(form, { setting: 'epochs', value: 400 })).toBe(false);
    expect(isBeyondChoice(formOf(settings), { setting: 'ignore', column: 'id' })).toBe(false);
  });
});

describe('the run', () => {
  const entry = (id: string, own: LegalForm) => ({
    ...{ id, settings: own, began: {}, changes: [], mark: {}, target: 'y' },
    table: { key: 't', name: 't.csv', rows: 9 },
  });

  test('is named with its model, and is no seed of one that begins anew', () => {
    const anew = { ...tuned, from: undefined };
    const names = namesOf([entry('a', tuned), entry('b', anew)]);
    expect(names.get('a')).toBe('5 tanh, from base.safetensors');
    expect(names.get('b')).toBe('5 tanh');
    expect(seedlessKey(entry('a', tuned))).not.toBe(seedlessKey(entry('b', anew)));
  });

  test('is not drawn with one whose target has another scale', () => {
    const basis = (own: LegalForm) => basisOf('t', 'y', 'regression', { ...own, trial: tuned.trial });
    expect(incomparable(basis(tuned), basis(settings))).toBe('scaling');
    expect(incomparable(basis(tuned), basis(tuned))).toBeUndefined();
  });

  test('has the model in its command instead of what follows from it, and in its link by name', () => {
    const words = settingWords(tuned, 'command');
    expect(words[0]).toEqual(['from', 'base.safetensors']);
    expect(words.map(([name]) => name)).not.toContain('hidden');
    const link = readLink(linkOf(tuned, { sample: 'curve' }));
    expect(link).toMatchObject({ from: 'base.safetensors', problems: [], form: { trial: { model: { hidden: [5] } } } });
    expect(link?.form.from).toBeUndefined();
  });
});
