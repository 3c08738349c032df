/** The search for the best model, page and worker in one process: what it finds, and what ends it. */
import { proxy } from 'comlink';
import { afterEach, expect, test } from 'vitest';
import { FitController } from '../../../../src/lab/fit/controller.ts';
import { isBusy } from '../../../../src/lab/fit/view.ts';
import { chosenData } from '../../../../src/lab/shared/fit-request.ts';
import { checkData } from '../../../../src/spec/check.ts';
import { endWorkers, page } from '../../../support/lab/page-here.ts';

afterEach(endWorkers);

const plan = { folds: 3, held_out: 1 / 3, max_rows: 1000, max_width: 32, trials: 2, epochs: 150, packs: 2 };

const source = (name: string) => ({
  name,
  text: [
    'a,b,y',
    ...Array.from({ length: 120 }, (_, row) => `${(row * 37) % 60},${row % 11},${(((row * 37) % 60) - 30) ** 2}`),
  ].join('\n'),
});

/** A page with a table of one's own, whose run trains. */
async function opened() {
  const { trainer, trains, until } = page('curve');
  await trains();
  await trainer.open(source('squares.csv'), true, { data: { target: 'y' } });
  const fit = new FitController(trainer);
  return { trainer, fit, until };
}

test('it ends with scores beside a linear model, a model to predict with, and what repeats it', async () => {
  const { trainer, fit, until } = await opened();
  const started = fit.start(60, plan);
  expect(fit.view).toMatchObject({ state: 'starting', shown: true, table: 'squares.csv', target: 'y' });
  await started;
  await until(() => fit.view.state === 'done');
  const { end, progress, command, milestone } = fit.view;
  expect(progress).toHaveLength(2);
  expect(end).toMatchObject({ interrupted: false, rows: 120, engine: { kind: 'cpu' } });
  expect(end?.coverage?.share).toBeGreaterThan(0.7);
  expect(end?.answers?.predicted).toHaveLength(120);
  expect(end?.verdict[0].code).toBe('better_than_linear');
  expect(milestone).toContain('The best model is found: RMSE');
  expect(command).toBe('perceptron-lab fit squares.csv --repeat fit.json --out best');

  const importance = { kind: 'importance' } as const;
  const shares: number[] = [];
  expect(await fit.asker .ask(importance, (share) => shares.push(share))).toMatchObject({
    ok: true,
    value: { epochs: null, importance: { set: 'all', rows: 120, columns: [{ column: 'a' }, { column: 'b' }] } },
  });
  await expect.poll(() => shares.at(-1)).toBe(1);
  const [left] = await Promise.all([fit.asker .ask(importance, () => {}), fit.asker.cancel()]);
  expect(left).toEqual({ ok: true, value: undefined });

  const file = await trainer.guard((lab) => lab.fits.file('fit.json'));
  expect(JSON.parse((await file?.text()) ?? '')).toMatchObject({
    command: 'fit',
    settings: { data: { target: 'y' }, fit: { seed: 10, plan: { ...plan, last_epochs: 0 } } },
  });
  const report = await trainer.guard((lab) => lab.fits.file('report.html'));
  expect((await report?.text())?.replace(/<[^>]*>/g, '')).toContain(command);
  const form = await trainer.guard((lab) => lab.predictions.openBest('best'));
  expect(form).toMatchObject({ of: { kind: 'model', name: 'best', members: end?.members }, targets: ['y'] });
  const reply = await trainer.ask((lab) => lab.predictions.ask({ a: '30', b: '3' }));
  expect(reply).toMatchObject({ ok: true, value: { answers: [{ interval: { level: 0.9 } }] } });

  const [kept] = (await trainer.guard((lab) => lab.keeping.list()))?.filter((run) => run.fit) ?? [];
  expect(kept).toMatchObject({ fit: { networks: end?.networks, members: end?.members }, target: 'y', state: 'done' });
  expect(kept.scores.rmse).toBe(end && 'rmse' in end.metrics ? end.metrics.rmse : undefined);
  expect(await trainer.guard((lab) => lab.keeping.pictures([kept.id]))).toEqual([null]);
  await fit.open(kept.id);
  expect(fit.view).toMatchObject({ state: 'done', kept: true, shown: true, table: 'squares.csv', end, gone: false });
  const dependence = { kind: 'dependence', column: 'a' } as const;
  expect(await fit.asker .ask(dependence, () => {})).toMatchObject({
    ok: true,
    value: { dependence: { column: 'a', set: 'all', rows: 120, curves: [{ name: 'y' }] } },
  });
  expect(await fit.asker .ask({ ...dependence, column: 'c' }, () => {})).toMatchObject({ ok: false });
  await trainer.guard((lab) => lab.predictions.openBest('again'));
  const again = await trainer.ask((lab) => lab.predictions.ask({ a: '30', b: '3' }));
  expect(again).toEqual(reply);
  expect((await trainer.guard((lab) => lab.fits.file('model.safetensors')))?.size).toBe(kept.model);
  await fit.open('unknown');
  expect(fit.view).toMatchObject({ state: 'failed', kept: false });
  trainer.hostDisconnected();
});

test('it holds the run, gives the best so far when it is stopped, and lets the run go on', async () => {
  const { trainer, fit, until } = await opened();
  trainer.controls.change('trial.training.epochs', 10_000_000);
  trainer.controls.switchGroup('trial.training.early_stopping', false);
  await trainer.apply();
  await until(() => trainer.state === 'running');
  await fit.start(3600);
  await until(() => trainer.state === 'paused' && fit.view.progress.length > 0);
  fit.stop();
  expect(fit.view.state).toBe('stopping');
  await until(() => fit.view.state === 'done' && trainer.state === 'running');
  expect(fit.view.end?.interrupted).toBe(true);
  expect(fit.view.end?.members).toBeGreaterThan(0);
  trainer.hostDisconnected();
});

test('another table ends it: the best so far stays to be had, and the table is looked at', async () => {
  const { trainer, fit, until } = await opened();
  await fit.start(3600);
  await until(() => fit.view.progress.length > 0);
  await trainer.open(source('others.csv'), false, { data: { target: 'y' } });
  expect(fit.view).toMatchObject({ state: 'done', shown: false, table: 'squares.csv' });
  expect(fit.view.end?.interrupted).toBe(true);
  expect(await trainer.guard((lab) => lab.fits.file('model.safetensors'))).toBeInstanceOf(Blob);
  fit.dispatch({ do: 'show' });
  expect(fit.view.shown).toBe(true);
  trainer.hostDisconnected();
});

test('a sweep ends it, since one thing trains at a time', async () => {
  const { trainer, fit, until } = await opened();
  await fit.start(3600);
  await until(() => fit.view.progress.length > 0);
  const sweep = { base: { training: { epochs: 2 } }, seeds: 2 };
  const request = { sweep, data: { target: 'y' }, engine: 'cpu' as const };
  const reply = await trainer.ask((lab) =>
    lab.sweeps.start(
      request,
      '',
      proxy(() => {}),
    ),
  );
  expect(reply?.ok).toBe(true);
  await until(() => fit.view.state === 'done');
  trainer.hostDisconnected();
});

test('with its worker it fails, and a model that was found is gone', async () => {
  const { trainer, fit, until } = await opened();
  const started = fit.start(60, plan);
  trainer.worker.connect();
  await started;
  expect(fit.view).toMatchObject({ state: 'failed', gone: false });
  expect(fit.view.failure).toContain('start it again');
  await trainer.open(source('squares.csv'), false, { data: { target: 'y' } });
  await fit.start(60, plan);
  await until(() => fit.view.state === 'done');
  trainer.worker.connect();
  expect(fit.view).toMatchObject({ state: 'done', gone: true });
  trainer.hostDisconnected();
});

test('why a table cannot be fitted is said in a sentence', async () => {
  const { trainer, fit, until } = await opened();
  await trainer.open({ name: 'few.csv', text: 'x,y\n1,2\n2,4\n3,6\n4,8' }, false, { data: { target: 'y' } });
  await fit.start(60, plan);
  await until(() => !isBusy(fit.view));
  expect(fit.view.state).toBe('failed');
  expect(fit.view.failure).toMatchObject({ code: 'fit_rows_too_few' });
  trainer.hostDisconnected();
});

test('a fit is given what was changed alone: the rest is for it to choose', () => {
  const data = checkData({ target: 'y', ignore: ['id'], split: { seed: 3 } });
  expect(chosenData(data)).toEqual({ target: 'y', ignore: ['id'], split: { seed: 3 } });
});
