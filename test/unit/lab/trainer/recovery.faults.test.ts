/** What the page says of a run that goes on elsewhere, or begins anew, once what trained it is gone. */
import { afterEach, expect, test, vi } from 'vitest';
import type { Recalled, RunView, Update } from '../../../../src/lab/protocol/messages.ts';
import { anewInWords, recoveryInWords } from '../../../../src/lab/trainer/status-text.ts';
import { Lab } from '../../../../src/lab/worker/lab.ts';
import { page as messages } from '../../../../src/messages/en/page.ts';
import { message } from '../../../../src/util/message.ts';
import { endWorkers, page } from '../../../support/lab/page-here.ts';

afterEach(() => {
  endWorkers();
  vi.restoreAllMocks();
});

/** A run that trains, in a tab that is kept. */
async function trains() {
  vi.stubGlobal('sessionStorage', { getItem: () => 'tab', setItem: () => {} });
  vi.spyOn(console, 'info').mockImplementation(() => {});
  vi.spyOn(Lab.prototype, 'recall').mockResolvedValueOnce({ ok: true, value: null });
  const here = page('curve');
  await here.trains();
  return { ...here, run: here.trainer.run as RunView };
}

/** The worker dies, and of its run this is kept. */
async function dies({ trainer, run }: Awaited<ReturnType<typeof trains>>, kept: Partial<Recalled>) {
  const settings = trainer.applied;
  const value = { source: trainer.source, settings, playing: false, run: undefined, ...kept } as Recalled;
  value.entry = { id: run.key, epochs: 7, settings, changes: [], engine: run.engine } as unknown as Recalled['entry'];
  vi.spyOn(Lab.prototype, 'recall').mockResolvedValueOnce({ ok: true, value });
  // Nothing comes from it any more.
  trainer.worker.end();
  trainer.died(message(messages, 'worker_stopped', { detail: '' }));
}

const noWebGpu = 'engine: WebGPU is not available here; choose cpu.';

test('a run whose device is gone says that it goes on on the CPU, and shows that', async () => {
  const { trainer, run } = await trains();
  const engine = { ...run.engine, kind: 'reference', plan: 'plain' } as const;
  const afresh = 'the GPU device was lost (crashed), and no other could be had.';
  await trainer.receive({ ...(trainer.latest as Update), records: [], afresh, engine });
  expect(trainer.run?.engine).toEqual(engine);
  expect(trainer.recovered && recoveryInWords(trainer.recovered)).toBe(
    `The run went on from epoch 0 on the CPU, where last digits differ: ${afresh}`,
  );
  // On another device of the same kind its digits are the same.
  await trainer.receive({ ...(trainer.latest as Update), records: [], afresh: 'crashed', engine });
  expect(trainer.recovered && recoveryInWords(trainer.recovered)).toContain('went on from epoch 0 on a new one');
  trainer.hostDisconnected();
});

test('a run that a new worker has only the CPU for says that rather than that its worker stopped', async () => {
  const here = await trains();
  await dies(here, { run: here.run, why: noWebGpu });
  await here.until(() => here.trainer.recovered !== undefined);
  expect(here.trainer.recovered && recoveryInWords(here.trainer.recovered)).toBe(
    `The run went on from epoch 7 on the CPU, where last digits differ: ${noWebGpu}`,
  );
  here.trainer.hostDisconnected();
});

test('a run of which nothing was kept when its worker stopped begins anew, and nobody is told to reset it', async () => {
  const here = await trains();
  await dies(here, {});
  await here.until(() => here.trainer.anew !== undefined);
  expect(anewInWords(here.trainer)).toBe(
    'The run that was open here begins anew: the training worker stopped before any epoch of it was kept.',
  );
  here.trainer.hostDisconnected();
});
