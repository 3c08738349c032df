/** The page's side of the run without a page: its worker's work is done in this process. */
import { readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import type { Recalled, Source, TableView } from '../../../../src/lab/protocol/messages.ts';
import type { LegalForm } from '../../../../src/lab/protocol/settings.ts';
import { livePath, startingForm, valueAt, withData } from '../../../../src/lab/shared/form.ts';
import { linkOf } from '../../../../src/lab/trainer/opening/link.ts';
import { anewInWords, complaintInWords } from '../../../../src/lab/trainer/status-text.ts';
import { Lab } from '../../../../src/lab/worker/lab.ts';
import { repeated } from '../../../../src/spec/changes.ts';
import { checkTrial } from '../../../../src/spec/check.ts';
import { inEnglish } from '../../../../src/util/message.ts';
import { endWorkers, page } from '../../../support/lab/page-here.ts';
import { textOfPage } from '../../../support/text/pages.ts';

afterEach(endWorkers);

test('a first table that cannot be had is said, and reset begins anew', async () => {
  const bytes = readFileSync('data/penguins.csv');
  const broken = new ReadableStream({ pull: (stream) => stream.error(new Error('offline')) });
  const fetched = vi.fn(async () => new Response(bytes)).mockResolvedValueOnce(new Response(broken));
  vi.stubGlobal('fetch', fetched);
  const { trainer, reaches } = page('penguins');
  await reaches('failed');
  expect(inEnglish(trainer.failure ?? '')).toContain('could not be fetched (offline)');
  void trainer.reset();
  await reaches('ready');
  expect(trainer.data?.name).toBe('penguins.csv');
  trainer.hostDisconnected();
});

test('the settings of a combination go into the form, and not into the run that trains', async () => {
  const { trainer, trains } = page('curve');
  await trains();
  const { trial } = trainer.applied as LegalForm;
  const { optimizer } = trial.training;
  trainer.controls.adopt({
    ...trial,
    training: { ...trial.training, optimizer: { ...optimizer, learning_rate: 0.5 } },
  });
  expect(trainer.controls.live.pending).toEqual([]);
  expect([...trainer.controls.changes]).toEqual(['trial.training.optimizer.learning_rate']);
  trainer.hostDisconnected();
});

test('while a slider moves, what a start would refuse is asked one at a time, and then of the newest', async () => {
  const { trainer, trains } = page('curve');
  await trains();
  const asked = vi.spyOn(trainer, 'ask');
  for (const share of [0.5, 0.55, 0.6, 0.65]) trainer.controls.change('data.split.train', share);
  expect(asked).toHaveBeenCalledTimes(1);
  trainer.hostDisconnected();
  await asked.mock.results[0].value;
});

test('a table that cannot be trained on leaves the run with its own, which reset goes back to', async () => {
  const { trainer, reaches, trains } = page('curve');
  await trains();
  const own = trainer.source;
  const text = `a,b\n${Array.from({ length: 40 }, (_, row) => `${row},${row % 9}`).join('\n')}`;
  const trial = checkTrial({ training: { loss: 'binary_cross_entropy' } });
  const form = ({ settings }: TableView) => withData({ ...startingForm(), trial }, settings);
  await trainer.open({ name: 'other.csv', text }, true, { form });
  expect(trainer.controls.form.problems.size).toBe(1);
  expect(trainer.source).not.toBe(own);
  expect(trainer.trained).toBe(own);
  trainer.fail('the worker died');
  await trainer.reset();
  await reaches('ready');
  expect(trainer.source).toBe(own);
  expect(trainer.data?.name).toBe('curve.csv');
  trainer.hostDisconnected();
});

test('what is asked for beside the run and cannot be had is said, and the run goes on', async () => {
  const { trainer, reaches, trains } = page('curve');
  await trains();
  expect(await trainer.fetch(() => Promise.reject(new Error('no room')))).toBeUndefined();
  expect(complaintInWords(trainer)).toBe('That could not be had: no room');
  expect(trainer.failure).toBeUndefined();
  await reaches('done');
  expect(await trainer.model()).toBeInstanceOf(Uint8Array);
  expect(complaintInWords(trainer)).toBe('');
  trainer.hostDisconnected();
});

test('a run that repeats changes makes them by itself: controls, charts and address follow', async () => {
  const { trainer, reaches, trains } = page('curve');
  await trains();
  const changes = [
    { step: 7, learning_rate: 0.5 },
    { step: 100, learning_rate: 0.25, clip_norm: 1 },
  ];
  await trainer.open({ sample: 'curve' }, true, { changes });
  await reaches('done');
  const rate = (form: unknown) => valueAt(form as LegalForm, livePath('learning_rate'));
  expect([rate(trainer.initial), rate(trainer.applied), rate(trainer.controls.form)]).toEqual([0.001, 0.25, 0.25]);
  expect(trainer.controls.changes.size).toBe(0);
  expect(repeated(trainer.run?.changes ?? [], trainer.run?.planned)).toEqual(changes);
  expect(trainer.history.changes.at(-1)).toMatchObject({ label: 'clip norm', from: undefined, to: 1 });
  const link = linkOf(trainer.initial as LegalForm, trainer.trained as Source, changes);
  expect(link).toContain('changes=learning_rate:0.5@7,learning_rate:0.25@100,clip_norm:1@100');
  const reported = await trainer.fetch((lab) => lab.reportPage(`https://here/${link}`));
  const text = textOfPage(reported ?? '');
  expect(text).toContain('--changes learning_rate:0.5@7,learning_rate:0.25@100,clip_norm:1@100');
  expect(text).toContain(' 7 learning_rate 0.001 0.5 ');
  expect(text).toContain(' 100 clip_norm off 1 ');
  expect(text).toContain(' training.optimizer.learning_rate 0.001 ');
  trainer.hostDisconnected();
});

test('a kept run that cannot be gone on with begins anew, with its settings, and it is said why', async () => {
  const before = page('curve');
  await before.trains();
  const settings = before.trainer.applied as LegalForm;
  before.trainer.hostDisconnected();
  vi.stubGlobal('sessionStorage', { getItem: () => 'tab', setItem: () => {} });
  const trial = checkTrial({ ...settings.trial, training: { ...settings.trial.training, seed: 18 } });
  const kept = { ...settings, trial };
  const value = {
    source: { sample: 'curve' },
    entry: { settings: kept, changes: [] } as unknown as Recalled['entry'],
    settings: kept,
    why: 'The checkpoint is of version 1.',
    playing: true,
  } as Recalled;
  const recall = vi.spyOn(Lab.prototype, 'recall').mockResolvedValue({ ok: true, value });
  const { trainer, until } = page('curve');
  await until(() => trainer.anew !== undefined);
  expect(recall).toHaveBeenCalledWith('tab');
  expect(anewInWords(trainer)).toBe('The run that was open here begins anew: The checkpoint is of version 1.');
  expect(trainer.applied?.trial.training.seed).toBe(18);
  // No longer once somebody begins another.
  await trainer.reset();
  expect(anewInWords(trainer)).toBe('');
  trainer.hostDisconnected();
  vi.unstubAllGlobals();
});
