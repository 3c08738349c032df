/** What the page knows of a sweep when the worker that has it goes. */
import { afterEach, expect, test, vi } from 'vitest';
import { SweepController } from '../../../../src/lab/sweep/controller.ts';
import { emptyDraft } from '../../../../src/lab/sweep/draft.ts';
import { Sweeps } from '../../../../src/lab/worker/sweep/service.ts';
import { endWorkers, page } from '../../../support/lab/page-here.ts';

afterEach(() => {
  vi.restoreAllMocks();
  endWorkers();
});

/** A sweep of two seeds that has been planned. */
async function planned() {
  const { trainer, trains, until } = page('curve');
  await trains();
  trainer.controls.change('trial.training.epochs', 3);
  const sweep = new SweepController(trainer);
  sweep.draft({ ...emptyDraft, seeds: '2' });
  await until(() => sweep.view.plan !== undefined);
  return { trainer, sweep, until };
}

test('a sweep that is done stays to be read, but its files and models went with its worker', async () => {
  const { trainer, sweep, until } = await planned();
  await sweep.start();
  await until(() => sweep.view.state === 'done');
  expect(sweep.view.gone).toBe(false);
  trainer.worker.connect();
  expect(sweep.view).toMatchObject({ state: 'done', gone: true });
  expect(sweep.view.leaders).toHaveLength(1);
  trainer.hostDisconnected();
});

test('says how long the draft would take, of the last of many changes, and once the run stands', async () => {
  const asked = vi.spyOn(Sweeps.prototype, 'estimate');
  const { trainer, sweep, until } = await planned();
  await until(() => trainer.state === 'done' && typeof sweep.view.estimate === 'object');
  const before = asked.mock.calls.length;
  for (const seeds of ['3', '4', '5', '6']) sweep.draft({ ...emptyDraft, seeds });
  expect(sweep.view.estimate).toBeUndefined();
  await until(() => typeof sweep.view.estimate === 'object');
  expect(asked.mock.calls.slice(before).map(([{ sweep }]) => sweep.seeds)).toEqual([6]);
  // One that cannot be trained takes no time.
  sweep.draft({ ...emptyDraft, seeds: '0' });
  expect(sweep.view.estimate).toBeUndefined();
  trainer.hostDisconnected();
});

test('ends what is being measured where the draft is changed, or the dialog closed', async () => {
  const ended = vi.spyOn(Sweeps.prototype, 'endEstimate');
  const { trainer, sweep, until } = await planned();
  trainer.controls.change('trial.training.epochs', 100_000);
  sweep.draft({ ...emptyDraft, seeds: '2' });
  await until(() => sweep.view.estimate === 'measuring');
  const before = ended.mock.calls.length;
  sweep.dispatch({ do: 'close' });
  expect(sweep.view.estimate).toBeUndefined();
  await vi.waitUntil(() => ended.mock.calls.length > before);
  trainer.hostDisconnected();
});

test('one that trains has failed where its worker is replaced, and can be trained again', async () => {
  const { trainer, sweep, until } = await planned();
  const started = sweep.start();
  trainer.worker.connect();
  await started;
  expect(sweep.view.state).toBe('failed');
  expect(sweep.view.failure).toContain('train it again');
  await trainer.open({ sample: 'curve' });
  await sweep.start();
  await until(() => sweep.view.state === 'done');
  expect(sweep.view.failure).toBe('');
  trainer.hostDisconnected();
});

test('what is to be trained before it is planned trains once it is', async () => {
  const { trainer, sweep, until } = await planned();
  sweep.draft({ ...emptyDraft, seeds: '3' });
  await sweep.start();
  await until(() => sweep.view.state === 'done');
  expect(sweep.view.curves?.trials).toHaveLength(3);
  trainer.hostDisconnected();
});
