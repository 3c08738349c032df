/** Links to a run: they carry what differs, and say what they do not understand. */
import { describe, expect, test } from 'vitest';
import { tableKey } from '../../../../../src/lab/shared/table-key.ts';
import { linkOf, readLink } from '../../../../../src/lab/trainer/opening/link.ts';
import { checkData, checkTrial } from '../../../../../src/spec/check.ts';
import { inEnglish } from '../../../../../src/util/message.ts';
import { settingsOf } from '../../../../support/lab/stored-runs.ts';

describe('links', () => {
  test('carry only what differs, and come back as the same settings', () => {
    const settings = settingsOf(
      {
        'model.hidden': [8, 4],
        'model.activation': ['relu', 'tanh'],
        'training.optimizer': { kind: 'sgd', learning_rate: 0.1, momentum: 0.9 },
        'training.early_stopping': { patience: 7 },
        'training.seed': 3,
      },
      { split: { train: 0.5, validation: 0.5, test: 0 }, types: { 'a b': 'category' }, ignore: ['c'] },
      'cpu',
    );
    const link = linkOf(settings, { sample: 'moons', generate: { rows: 100, seed: 4 } });
    expect(link).toContain('#data=moons&rows=100&data_seed=4&target=y');
    expect(link).toContain('hidden=8,4');
    expect(link).not.toContain('batch_size');
    const read = readLink(link);
    expect(read?.problems).toEqual([]);
    expect(read?.source).toEqual({ kind: 'here', source: { sample: 'moons', generate: { rows: 100, seed: 4 } } });
    const { initial_parameters: _, ...trial } = settings.trial;
    expect(read?.form).toMatchObject({ trial, data: settings.data, engine: 'cpu' });
  });

  test('carry the plan that the run took, where it is one of the engine that was chosen', () => {
    const planOf = (engine: 'auto' | 'webgpu' | 'cpu' | 'reproducible', code: string) =>
      readLink(linkOf(settingsOf({}, {}, engine), { sample: 'curve' }, [], code))?.plan_code;
    expect(planOf('auto', 'cpu:relaxed')).toBe('cpu:relaxed');
    expect(planOf('cpu', 'cpu:relaxed')).toBe('cpu:relaxed');
    expect(planOf('webgpu', 'webgpu:layered')).toBe('webgpu:layered');
    // It has moved to the CPU, or needs none.
    expect(planOf('webgpu', 'cpu:relaxed')).toBeUndefined();
    expect(planOf('reproducible', 'cpu:simd')).toBeUndefined();
  });

  test('leave out the first defaults, whatever the defaults are by now', () => {
    expect(linkOf(settingsOf(), { sample: 'curve' })).toBe('#data=curve&target=y');
    const first = readLink('#data=curve&target=y')?.form;
    expect(first).toMatchObject({ trial: settingsOf().trial, data: settingsOf().data });
    const now = { trial: checkTrial({}), data: checkData({ target: 'y' }), engine: 'auto' } as const;
    const link = linkOf(now, { sample: 'curve' });
    expect(link).toBe(
      '#data=curve&target=y&numeric=piecewise_linear&clip_predictions=true&missing_indicator=true&max_levels=100&split.train=0.7&split.validation=0.15&split.test=0.15&activation=silu&dropout=0.2&optimizer=adamw&early_stopping=true&early_stopping.patience=20',
    );
    const { initial_parameters: _, ...trial } = now.trial;
    expect(readLink(link)?.form).toMatchObject({ trial, data: now.data });
  });

  test('carry what is set and empty: a network without hidden layers', () => {
    const settings = settingsOf({ 'model.hidden': [] });
    expect(linkOf(settings, { sample: 'curve' })).toContain('hidden=none');
    expect(readLink(linkOf(settings, { sample: 'curve' }))?.form.trial.model?.hidden).toEqual([]);
  });

  test('switch a group on and off, as the command line does', () => {
    const stopping = (words: string) => readLink(`#data=curve&${words}`)?.form.trial.training?.early_stopping;
    expect(stopping('early_stopping=false')).toBe(false);
    expect(stopping('early_stopping=false&early_stopping.patience=3')).toBe(false);
    expect(stopping('early_stopping=true')).toMatchObject({ patience: 10 });
    expect(stopping('early_stopping=20')).toMatchObject({ patience: 20 });
    expect(readLink('#data=curve&early_stopping=soon')?.problems).toHaveLength(1);
  });

  test('name a file that only its owner has', () => {
    const link = linkOf(settingsOf(), { name: 'my prices & co.csv', text: '' });
    expect(readLink(link)?.source).toEqual({ kind: 'file', name: 'my prices & co.csv', reading: {} });
  });

  test('carry how the file is read', () => {
    const reading = { delimiter: '\t', skip: 2, comment: '#', encoding: 'cp949', header: false, missing: ['x', '-9'] };
    const link = linkOf(settingsOf(), { name: 'a.csv', text: 'x\ty', reading });
    expect(link).toContain('delimiter=tab&encoding=cp949&missing=x,-9&skip=2&comment=%23');
    expect(readLink(link)).toMatchObject({
      source: { kind: 'file', name: 'a.csv', reading: { ...reading, delimiter: 'tab' } },
      problems: [],
    });
    expect(tableKey({ name: 'a.csv', text: 'x', reading })).not.toBe(tableKey({ name: 'a.csv', text: 'x' }));
  });

  test('say what they do not understand, and keep the rest', () => {
    const read = readLink('#data=curve&seed=5&learning_rate=-1&flavour=mint&engine=abacus');
    expect(read?.form.trial.training?.seed).toBe(5);
    expect(read?.form.trial.training?.optimizer).toMatchObject({ learning_rate: 0.001 });
    expect(read?.problems).toHaveLength(3);
    expect(readLink('')).toBeUndefined();
  });

  test('that are written to do harm say what is left out, a few problems and how many more', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `no${index}=1`).join('&');
    const problems = readLink(`#data=curve&hidden=3&hidden=4&engine=${'x'.repeat(10_000)}&${many}`)?.problems ?? [];
    expect(problems.map(inEnglish)).toEqual([
      '`hidden` is given twice; the last of them holds',
      expect.stringMatching(/^engine: "x+…x+"$/),
      ...Array.from({ length: 8 }, (_, index) => `no${index}`),
      'and 4\u202f992 more',
    ]);
    expect(problems.map(inEnglish).join().length).toBeLessThan(1000);
    const long = readLink(`#hidden=${'x,'.repeat(1_000_000)}`);
    expect(long?.problems.map(inEnglish)).toEqual(['all of it, as it has over 200\u202f000 characters']);
    expect(long?.form).toEqual(readLink('#data=curve')?.form);
  });
});
