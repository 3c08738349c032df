/** Runs beside each other: names, differences, changes, groups of seeds, and their curves. */
import { describe, expect, test } from 'vitest';
import { basisOf, incomparable, overlayOf } from '../../../../src/lab/charts/overlays.ts';
import { differences, seedGroups, spreadOf } from '../../../../src/lab/runs/compare.ts';
import { groupNamesOf, namesOf } from '../../../../src/lab/runs/names.ts';
import { ordered, rowsOf } from '../../../../src/lab/runs/order.ts';
import { runFile } from '../../../../src/lab/runs/run-file.ts';
import { initialSettings, repeatedChanges } from '../../../../src/lab/shared/live-steps.ts';
import { linkOf, readLink } from '../../../../src/lab/trainer/opening/link.ts';
import { runOf, settingsOf } from '../../../support/lab/stored-runs.ts';

describe('names', () => {
  test('are made of what differs', () => {
    const runs = [
      runOf({ 'model.activation': 'tanh', 'training.batch_size': 1 }),
      runOf({ 'model.activation': 'tanh', 'training.batch_size': 32 }),
      runOf({ 'model.activation': 'relu', 'training.batch_size': 1 }),
    ];
    expect([...namesOf(runs).values()]).toEqual(['tanh, batch 1', 'tanh, batch 32', 'relu, batch 1']);
  });

  test('are those a person gave, else the network, and told apart where nothing differs', () => {
    const [a, b] = [runOf({ 'model.hidden': [4] }), runOf({ 'model.hidden': [4] })];
    expect([...namesOf([b, a]).values()].sort()).toEqual(['4 tanh (1)', '4 tanh (2)']);
    expect(namesOf([a, b]).get(a.id)).toBe('4 tanh (1)');
    expect(namesOf([{ ...a, mark: { name: 'mine' } }, b]).get(a.id)).toBe('mine');
    expect(namesOf([{ ...a, mark: { name: 'mine' } }, b]).get(b.id)).toBe('4 tanh');
  });

  test('of a group leave the seed out', () => {
    const runs = [runOf({ 'training.seed': 1 }), runOf({ 'training.seed': 2 }), runOf({ 'training.batch_size': 2 })];
    expect(groupNamesOf(runs).get(runs[0].id)).toBe('batch 16');
  });
});

test('two runs differ in what differs, also where one has no such setting', () => {
  const a = runOf({ 'training.seed': 1 });
  const b = runOf({ 'training.seed': 2, 'training.optimizer': { kind: 'sgd', momentum: 0.5 } });
  const found = differences(a, b).map(({ field, values }) => [field.field.name, ...values]);
  expect(found).toContainEqual(['seed', '1', '2']);
  expect(found).toContainEqual(['momentum', '', '0.5']);
  expect(found).toContainEqual(['optimizer', 'adam', 'sgd']);
  expect(differences(a, a)).toEqual([]);
});

describe('a run that was changed while it trained', () => {
  const began = { learning_rate: 0.01, weight_decay: 0, l1: 0, l2: 0 };
  const plain = runOf({ 'training.optimizer': { kind: 'adam', learning_rate: 0.01 }, 'training.l2': 0 });
  const changed = runOf(
    { 'training.optimizer': { kind: 'adam', learning_rate: 0.003 }, 'training.clip_norm': 2 },
    {
      began,
      changes: [
        { epoch: 41, step: 1280, seconds: 2, learning_rate: 0.003 },
        { epoch: 50, step: 1600, seconds: 3, clip_norm: 2 },
      ],
    },
  );
  const initial = initialSettings(changed);

  test('has the settings it began with, and a link repeats its changes', () => {
    expect(initial.trial.training).toMatchObject({ optimizer: { learning_rate: 0.01 } });
    expect(initial.trial.training.clip_norm).toBeUndefined();
    expect(initialSettings(plain)).toBe(plain.settings);
    const link = linkOf(initial, { sample: 'curve' }, repeatedChanges(changed));
    expect(link).toMatch(/learning_rate=0.01&changes=learning_rate:0.003@1280,clip_norm:2@1600$/);
    expect(readLink(link)).toMatchObject({ problems: [], changes: repeatedChanges(changed) });
    expect(linkOf(initial, { sample: 'curve' }, [])).not.toContain('changes');
    expect(readLink('#data=curve&changes=seed:3@4')?.problems).toMatchObject([
      { code: 'change_unreadable', params: { text: 'seed:3@4' } },
    ]);
    expect(readLink('#data=curve&changes=l2:1@2,l2:-1@4')).toMatchObject({
      changes: [],
      problems: [{ code: 'setting_too_small', params: { setting: 'training.l2', input: '-1' } }],
    });
  });

  test('whose steps are not known has a link that says that it does not repeat it', () => {
    const old = { ...changed, changes: changed.changes.map(({ step: _, ...change }) => change) };
    const link = linkOf(initialSettings(old), { sample: 'curve' }, repeatedChanges(old) ?? 'unknown');
    expect(link).toContain('&changes=unknown');
    expect(readLink(link)).toMatchObject({ changes: 'unknown', problems: [] });
  });

  test('differs from one that was not, in the list, in a comparison and as a seed', () => {
    const names = namesOf([plain, changed]);
    expect(names.get(plain.id)).toBe('learning rate 0.01, no clip norm');
    expect(names.get(changed.id)).toBe('learning rate 0.01 → 0.003 (epoch 41), no clip norm → 2 (epoch 50)');
    const found = differences(plain, changed).map(({ field, values }) => [field.field.name, ...values]);
    expect(found).toEqual([
      ['learning_rate', '0.01', '0.01 → 0.003 (epoch 41)'],
      ['clip_norm', '', 'off → 2 (epoch 50)'],
    ]);
    const other = runOf({ 'training.optimizer': { kind: 'adam', learning_rate: 0.01 }, 'training.seed': 5 });
    expect(seedGroups([plain, other, changed]).map(({ runs }) => runs.length)).toEqual([2, 1]);
  });

  test('has a file with its initial settings and its changes', () => {
    const { settings, changes } = JSON.parse(runFile(changed));
    expect(settings.training.optimizer.learning_rate).toBe(0.01);
    expect(changes).toEqual(changed.changes);
  });
});

describe('seeds', () => {
  const runs = [
    runOf({ 'training.seed': 1 }, { scores: { rmse: 1 } }),
    runOf({ 'training.seed': 2 }, { scores: { rmse: 3 } }),
    runOf({ 'training.seed': 1, 'training.batch_size': 2 }, { scores: { rmse: 1.5 } }),
  ];

  test('are grouped where nothing else differs', () => {
    expect(seedGroups(runs).map((group) => group.runs.length)).toEqual([2, 1]);
    expect(spreadOf([1, 3])).toEqual({ n: 2, mean: 2, sd: Math.SQRT2 });
    expect(spreadOf([4])).toEqual({ n: 1, mean: 4, sd: null });
  });

  test('of runs that did not end are left out of the mean', () => {
    const halted = runOf({ 'training.seed': 9 }, { state: 'paused', scores: { rmse: 100 } });
    const rows = rowsOf([...runs, halted], true);
    expect(rows.map((row) => row.runs.length).sort()).toEqual([1, 1, 2]);
  });

  test('are one row, which has its mean in the order', () => {
    const names = namesOf(runs);
    const rows = ordered(rowsOf(runs, true), 'rmse', undefined, names);
    expect(rows.map((row) => row.runs.length)).toEqual([1, 2]);
    const open = ordered(rowsOf(runs, false), 'rmse', runs[1].id, names);
    expect(open.map((row) => row.runs[0].scores.rmse)).toEqual([3, 1, 1.5]);
  });
});

test('the curves of a group are its mean with the standard deviation, where both have a value', () => {
  const picture = (epochs: number[], validation: number[], fitted: number[]) => ({
    epochs,
    seconds: epochs,
    train: validation,
    validation,
    grid: new Float64Array([0, 1]),
    fitted: new Float64Array(fitted),
  });
  const basis = basisOf('a', 'y', 'regression', settingsOf());
  const overlay = overlayOf('g', 'group', 0, basis, [
    picture([1, 2, 3], [1, 2, 3], [0, 2]),
    picture([1, 3], [3, 5], [2, 2]),
  ]);
  expect(overlay?.loss.mean).toEqual([2, 3, 4]);
  expect(overlay?.loss.sd).toEqual([Math.SQRT2, Math.SQRT2, Math.SQRT2]);
  expect(overlay?.fit?.mean).toEqual([1, 2]);
  expect(overlay?.seeds).toBe(2);
  expect(overlayOf('n', 'nothing', 0, basis, [])).toBeUndefined();
});

test('curves are compared where table, target, loss and scaling are the same, with the loss that auto stands for', () => {
  const own = basisOf('a', 'y', 'regression', settingsOf());
  const other = (trial: Record<string, unknown>, data: object = {}) =>
    incomparable(own, basisOf('a', 'y', 'regression', settingsOf(trial, data)));
  expect(other({ 'training.loss': 'mse', 'training.seed': 5, 'model.hidden': [3] })).toBeUndefined();
  expect(other({ 'training.loss': 'mae' })).toBe('loss');
  expect(other({}, { scaling: 'none' })).toBe('scaling');
  expect(incomparable(own, basisOf('a', 'z', 'regression', settingsOf()))).toBe('target');
  expect(incomparable(own, basisOf('b', 'y', 'regression', settingsOf()))).toBe('table');
  expect(incomparable(own, basisOf('a', 'y', 'binary', settingsOf()))).toBe('loss');
});
