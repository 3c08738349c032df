/** A sweep that outlives its page: a reload shows it as it was, and an unfinished one ends with the bits of one left alone. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SweepController } from '../../../../src/lab/sweep/controller.ts';
import { emptyDraft } from '../../../../src/lab/sweep/draft.ts';
import type { SweepView } from '../../../../src/lab/sweep/view.ts';
import type { Store } from '../../../../src/lab/worker/storage/store.ts';
import type { EndedPopulation } from '../../../../src/sweep/store/store.ts';
import { copyOf, lastingStore } from '../../../support/lab/lasting-store.ts';
import { endWorkers, page } from '../../../support/lab/page-here.ts';

const browser = vi.hoisted(() => ({ store: undefined as unknown }));
vi.mock('../../../../src/lab/worker/storage/store.ts', async (original) => ({
  ...(await original<object>()),
  openStore: async () => browser.store,
}));
const saved = vi.hoisted(() => [] as { name: string; blob: Blob }[]);
vi.mock('../../../../src/lab/ui/download.ts', () => ({
  download: (name: string, blob: Blob) => saved.push({ name, blob }),
}));

beforeEach(() => {
  browser.store = lastingStore();
  saved.length = 0;
});
afterEach(endWorkers);

async function opened() {
  const { trainer, until } = page('curve');
  // Opened anew it is as it was left: held, where a sweep trained.
  await until(() => trainer.run !== undefined && trainer.state !== 'ready');
  const sweep = new SweepController(trainer);
  return { trainer, sweep, until };
}

/** Networks of two sizes, which are populations of their own. */
async function started(epochs: number) {
  const { trainer, sweep, until } = await opened();
  trainer.controls.change('trial.training.early_stopping', undefined);
  trainer.controls.change('trial.training.epochs', epochs);
  trainer.controls.change('engine', 'cpu');
  const hidden = { path: 'model.hidden', kind: 'values', text: '2; 24, 24' } as const;
  sweep.draft({ ...emptyDraft, varied: [hidden], seeds: '2' });
  await until(() => sweep.view.plan !== undefined);
  await sweep.start();
  return { trainer, sweep, until };
}

const boardOf = ({ leaders, curves, varied }: SweepView) => ({ leaders, trials: curves?.trials, varied });

/** Trials whose results it holds. */
async function endedIn(store: Store): Promise<number> {
  const values = await store.all('trials');
  const populations = values.flatMap(([key, value]) => (key.includes(' ended ') ? [value as EndedPopulation] : []));
  return populations.reduce((sum, { trials }) => sum + trials.length, 0);
}

async function csvOf(sweep: SweepController): Promise<string> {
  await sweep.save('trials.csv');
  return (await saved.pop()?.blob.text()) ?? '';
}

test('a sweep that has ended shows the same board after a reload, and has its files and models', async () => {
  const { trainer, sweep, until } = await started(4);
  await until(() => sweep.view.state === 'done');
  const before = sweep.view;
  const csv = await csvOf(sweep);
  trainer.hostDisconnected();
  endWorkers();

  const { trainer: again, sweep: after, until: untilAfter } = await opened();
  after.open();
  await untilAfter(() => after.view.state === 'done');
  expect(boardOf(after.view)).toEqual(boardOf(before));
  expect(after.view.end).toEqual(before.end);
  expect(after.view.gone).toBe(false);
  expect(await csvOf(after)).toBe(csv);
  await after.saveModel(1);
  expect(saved.pop()?.blob.size).toBeGreaterThan(1000);
  expect(after.view.failure).toBe('');

  const trials = (await again.guard((lab) => lab.sweeps.trials())) ?? [];
  expect(trials.map(({ settings }) => [settings.trial.model.hidden, settings.trial.training.seed])).toEqual([
    [[2], 10],
    [[2], 11],
    [[24, 24], 10],
    [[24, 24], 11],
  ]);
  expect(trials.map(({ sweep, state }) => [sweep?.name, state])).toEqual([
    ['hidden 2', 'done'],
    ['hidden 2', 'done'],
    ['hidden 24-24', 'done'],
    ['hidden 24-24', 'done'],
  ]);
  const of = (cell: number) => before.leaders.find((leader) => leader.cell === cell)?.metrics.validation.rmse.mean;
  expect((trials[2].scores.rmse + trials[3].scores.rmse) / 2).toBeCloseTo(of(1) ?? Number.NaN, 12);
  const pictures = await again.guard((lab) => lab.sweeps.pictures([trials[3].id, 'none/0']));
  expect(pictures).toMatchObject([{ epochs: [1, 2, 3, 4] }, null]);
  expect(pictures?.[0]?.validation).toEqual(before.curves?.trials[3].loss);
  again.hostDisconnected();
});

test('an unfinished one is continued: trials that have ended are not trained again, the others end with the same bits', async () => {
  const { trainer, sweep, until } = await started(600);
  // The moment at which the first have ended: both small networks, or one of them where threads train them one each.
  let killed: Store | undefined;
  const store = browser.store as Store;
  const write = store.write.bind(store);
  store.write = async (changes) => {
    await write(changes);
    if (!killed && changes.some(({ key, value }) => key.includes(' ended ') && value)) killed = await copyOf(store);
  };
  await until(() => sweep.view.state === 'done');
  const whole = await csvOf(sweep);
  trainer.hostDisconnected();
  endWorkers();

  if (!killed) throw new Error('no trial ended before the others');
  const ended = await endedIn(killed);
  expect(ended).toBeLessThan(4);
  browser.store = killed;
  const { trainer: again, sweep: after, until: untilAfter } = await opened();
  after.open();
  await untilAfter(() => after.view.state === 'halted');
  expect(after.view.kept).toMatchObject([{ id: after.view.id, finished: false, resumable: true, elsewhere: false }]);
  const trained: number[] = [];
  void after.resume();
  await untilAfter(() => {
    if (after.view.progress && after.view.state === 'training') trained.push(after.view.progress.ended);
    return after.view.state === 'done';
  });
  // Those that had ended count from the first.
  expect(Math.min(...trained, 4)).toBeGreaterThanOrEqual(ended);
  expect(await csvOf(after)).toBe(whole);
  again.hostDisconnected();
});

test('one of another table is refused in a sentence, and stays to be looked at', async () => {
  const { trainer, sweep, until } = await started(100_000);
  await until(() => sweep.view.progress !== undefined);
  sweep.stop();
  await until(() => sweep.view.state === 'done');
  const { id } = sweep.view;
  await trainer.open({ sample: 'moons' });
  await sweep.show(id);
  expect(sweep.view).toMatchObject({ state: 'done', gone: true });
  await sweep.resume();
  expect(sweep.view.failure).toMatchObject({ code: 'sweep_table_other' });
  expect(sweep.view.state).toBe('done');
  trainer.hostDisconnected();
});
