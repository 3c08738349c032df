/** What updates make of the run that is shown: plain fields, without a page or a worker. */
import { beforeEach, expect, test } from 'vitest';
import type { RunView, Update } from '../../../../src/lab/protocol/messages.ts';
import type { LegalForm } from '../../../../src/lab/protocol/settings.ts';
import { History } from '../../../../src/lab/trainer/history.ts';
import { addUpdate, beginRun, changeSettings, type ShownRun } from '../../../../src/lab/trainer/shown-run.ts';
import { checkTrial } from '../../../../src/spec/check.ts';
import type { EpochRecord } from '../../../../src/train/trainer.ts';

const trial = checkTrial({});
const settings = { trial, initial: trial, changes: [], planned: [] };
const engine = { kind: 'webgpu' };
const run = (id: number) => ({ id, ...settings, engine, data: {} }) as unknown as RunView;
const applied = { trial, data: { target: 'y' }, engine: 'auto' } as LegalForm;
const record = (number: number) => ({ number, train_loss: 1 / number, validation_loss: null }) as EpochRecord;
const update = (seconds: number, others: Partial<Update> = {}) =>
  ({ run: 1, state: 'running', records: [], seconds, views: {}, outcome: null, ...others }) as unknown as Update;

let shown: ShownRun;
beforeEach(() => {
  shown = { history: new History(0.3), complaint: 'no room' } as ShownRun;
  beginRun(shown, run(1), applied, { sample: 'curve' });
});

test('a run begins with nothing of the one before but the smoothing', () => {
  expect(shown).toMatchObject({ state: 'ready', applied, trained: { sample: 'curve' }, frames: [] });
  expect(shown.complaint).toBeUndefined();
  expect(shown.history.smoothing).toBe(0.3);
});

test('records come with updates, and what an update does not have stays', () => {
  const predictions = Float64Array.of(1);
  expect(addUpdate(shown, update(1, { records: [record(1)], predictions, frames: [0, 1] }))).toBe(true);
  expect(addUpdate(shown, update(2, { records: [record(2)], predictions: null, plan_code: 'cpu:simd' }))).toBe(true);
  expect(shown.history.records.map(({ number }) => number)).toEqual([1, 2]);
  expect(shown).toMatchObject({
    state: 'running',
    predictions,
    frames: [0, 1],
    run: { engine: { plan_code: 'cpu:simd' } },
  });
});

test('an update of another run, or one that is late, changes nothing', () => {
  const outcome = { kept_epoch: 1 } as Update['outcome'];
  addUpdate(shown, update(2, { state: 'done', records: [record(1)], outcome }));
  const { latest } = shown;
  for (const late of [update(3, { run: 2 }), update(1, { outcome }), update(3), update(Number.NaN, { outcome })]) {
    expect(addUpdate(shown, { ...late, records: [record(2)] })).toBe(false);
  }
  expect(shown.latest).toBe(latest);
  expect(shown.history.length).toBe(1);
});

test('a run that goes on elsewhere gets its records anew, and says from where', () => {
  addUpdate(shown, update(5, { records: [record(1), record(2)] }));
  const elsewhere = { kind: 'cpu' } as Update['engine'];
  addUpdate(shown, update(1, { records: [record(1)], afresh: 'the device was lost', engine: elsewhere }));
  expect(shown.history.length).toBe(1);
  expect(shown.run?.engine).toBe(elsewhere);
  expect(shown.recovered).toEqual({ epoch: 1, reason: 'the device was lost', of: 'device', moved: true });
});

test('settings that were changed are those of the run from then on', () => {
  const changed = { ...trial, training: { ...trial.training, l2: 0.5 } } as RunView['trial'];
  changeSettings(shown, { ...settings, initial: changed, trial: changed });
  expect(shown.applied?.trial.training.l2).toBe(0.5);
  expect(shown.run?.trial.training.l2).toBe(0.5);
  expect(applied.trial.training.l2).not.toBe(0.5);
});
