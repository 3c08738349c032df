/** What is kept of runs, as plain data: links, names, differences, groups of seeds, order, and room on a full disk. */

import { describe, expect, test } from 'vitest';
import { basisOf, incomparable, overlayOf } from '../../../../../src/lab/charts/overlays.ts';
import type { KeptRun, RunEntry } from '../../../../../src/lab/protocol/runs.ts';
import type { LegalForm } from '../../../../../src/lab/protocol/settings.ts';
import { differences, seedGroups, spreadOf } from '../../../../../src/lab/runs/compare.ts';
import { groupNamesOf, namesOf } from '../../../../../src/lab/runs/names.ts';
import { ordered, rowsOf } from '../../../../../src/lab/runs/order.ts';
import { runFile } from '../../../../../src/lab/runs/run-file.ts';
import { initialSettings, repeatedChanges } from '../../../../../src/lab/shared/live-steps.ts';
import { tableKey } from '../../../../../src/lab/shared/table-key.ts';
import { linkOf, readLink } from '../../../../../src/lab/trainer/link.ts';
import { goneForGood, purged } from '../../../../../src/lab/worker/storage/garbage-collection.ts';
import { writeWithRoom } from '../../../../../src/lab/worker/storage/quota.ts';
import { mayRecover, recovered } from '../../../../../src/lab/worker/storage/recovery.ts';
import { memoryStore, type Store } from '../../../../../src/lab/worker/storage/store.ts';
import { checkData, checkTrial } from '../../../../../src/spec/check.ts';
import { withSetting } from '../../../../../src/spec/fields.ts';
import { withFirstData, withFirstDefaults } from '../../../../../src/spec/first-defaults.ts';

function settingsOf(
  trial: Record<string, unknown> = {},
  data: object = {},
  engine: LegalForm['engine'] = 'auto',
): LegalForm {
  const written = Object.entries(trial).reduce<Record<string, unknown>>(
    (all, [path, value]) => withSetting(all, path, value),
    {},
  );
  return {
    trial: checkTrial(withFirstDefaults(written)),
    data: checkData(withFirstData({ target: 'y', ...data })),
    engine,
  };
}

let made = 0;
function runOf(trial: Record<string, unknown>, others: Partial<KeptRun> = {}): KeptRun {
  made += 1;
  return {
    id: `run-${String(made).padStart(3, '0')}`,
    created: made,
    table: { key: 'a', name: 'a.csv', rows: 10 },
    task: 'regression',
    target: 'y',
    settings: settingsOf(trial),
    began: {},
    changes: [],
    engine: { choice: 'cpu', kind: 'cpu', adapter: '', software: false, why: '', plan: 'plain' },
    parameters: 1,
    state: 'done',
    failure: null,
    epochs: 10,
    seconds: 1,
    scores: {},
    of: 'validation',
    outcome: null,
    recovered: [],
    model: 0,
    mark: {},
    ...others,
  };
}

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
});

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

test('a device that is lost again and again at one epoch is given up', () => {
  let entry: RunEntry = runOf({});
  for (let time = 0; time < 3; time++) {
    expect(mayRecover(entry)).toBe(true);
    entry = recovered(entry, 5, 'destroyed');
  }
  expect(mayRecover(entry)).toBe(false);
  expect(mayRecover(recovered(entry, 6, 'destroyed'))).toBe(true);
});

describe('a full disk', () => {
  /** Holds so many models, and refuses another. */
  async function fullStore(room: number, entries: RunEntry[]): Promise<Store> {
    const inner = memoryStore();
    for (const entry of entries) {
      await inner.write([
        { shelf: 'entries', key: entry.id, value: entry },
        { shelf: 'models', key: entry.id, value: new Uint8Array(1) },
      ]);
    }
    return {
      ...inner,
      async write(changes) {
        const models = new Set(await inner.keys('models'));
        for (const { shelf, key, value } of changes) {
          if (shelf === 'models') value === undefined ? models.delete(key) : models.add(key);
        }
        if (models.size > room) throw new DOMException('no room', 'QuotaExceededError');
        await inner.write(changes);
      },
    };
  }
  const noneSpared = async () => new Set<string>();
  const model = { shelf: 'models', key: 'new', value: new Uint8Array(1) } as const;

  test('loses the oldest model that is not pinned, and nothing else', async () => {
    const [oldest, middle, newest] = [runOf({}), runOf({}), runOf({})];
    const store = await fullStore(3, [newest, oldest, middle]);
    await store.write([{ shelf: 'marks', key: oldest.id, value: { pinned: true } }]);
    expect(await writeWithRoom(store, [model], noneSpared)).toEqual({ kind: 'dropped', models: 1 });
    expect(await store.keys('models')).toEqual(['new', oldest.id, newest.id].sort());
    expect(await store.keys('entries')).toHaveLength(3);
  });

  test('leaves the models of runs that tabs have open', async () => {
    const [oldest, newest] = [runOf({}), runOf({})];
    const store = await fullStore(2, [oldest, newest]);
    await writeWithRoom(store, [model], async () => new Set([oldest.id]));
    expect(await store.keys('models')).toEqual(['new', oldest.id].sort());
  });

  test('without anything left to drop, keeping stops and is said', async () => {
    const store = await fullStore(0, []);
    expect(await writeWithRoom(store, [model], noneSpared)).toEqual({ kind: 'full' });
  });

  test('what is no matter of room is thrown', async () => {
    const store = { ...memoryStore(), write: () => Promise.reject(new Error('broken')) };
    await expect(writeWithRoom(store, [model], noneSpared)).rejects.toThrow('broken');
  });
});

test('only what was deleted a while ago, and not brought back, goes for good', () => {
  const now = 1e12;
  const marks: Parameters<typeof goneForGood>[0] = [
    ['long-ago', { deleted: now - 3_600_000 }],
    ['just-now', { deleted: now - 1000 }],
    ['brought-back', { deleted: 0 }],
    ['pinned', { pinned: true }],
  ];
  expect(goneForGood(marks, now)).toEqual(['long-ago']);
});

test('a run that was deleted while a tab has it open stays until that tab has another', async () => {
  const store = memoryStore();
  const run = runOf({});
  await store.write([
    { shelf: 'entries', key: run.id, value: run },
    { shelf: 'marks', key: run.id, value: { deleted: 1 } },
    { shelf: 'records', key: `${run.id} 000000000`, value: [] },
    { shelf: 'tables', key: run.table.key, value: {} },
  ]);
  expect(await purged(store, 1e12, new Set([run.id]))).toEqual([]);
  await store.write(await purged(store, 1e12, new Set()));
  expect(await Promise.all((['entries', 'marks', 'records'] as const).map((shelf) => store.keys(shelf)))).toEqual([
    [],
    [],
    [],
  ]);
  expect(await store.keys('tables')).toHaveLength(1);
});
