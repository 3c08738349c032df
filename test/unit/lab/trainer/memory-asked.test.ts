/** What takes much memory is not trained before a person says so; what no memory holds is refused. */
import { afterEach, expect, test, vi } from 'vitest';
import type { TableView } from '../../../../src/lab/protocol/messages.ts';
import { startingForm, withData } from '../../../../src/lab/shared/form.ts';
import { Lab } from '../../../../src/lab/worker/lab.ts';
import { inEnglish } from '../../../../src/util/message.ts';
import { endWorkers, page } from '../../../support/page-here.ts';

afterEach(endWorkers);

test('a link that takes much memory asks first, and trains when it is allowed to', async () => {
  vi.stubGlobal('location', { hash: '#data=curve&target=y&hidden=7000,7000&epochs=3&changes=learning_rate:0.5@7' });
  const { trainer, reaches, until } = page('curve');
  await until(() => trainer.asks !== undefined);
  expect(trainer.asks?.bytes).toBeGreaterThan(1e9);
  expect(trainer.run).toBeUndefined();
  expect(trainer.failure).toBeUndefined();
  expect(trainer.blocked).toBe(false);
  // What the controls say by now, by the primary action.
  trainer.controls.change('trial.model.hidden', [8]);
  trainer.toggle();
  await reaches('done');
  expect(trainer.asks).toBeUndefined();
  expect(trainer.run?.trial.model.hidden).toEqual([8]);

  // Beside a run, which goes on; what was asked about begins with its changes.
  const { id } = trainer.run ?? {};
  const opening = {
    form: (view: TableView) => withHidden(view, [7000, 7000]),
    changes: [{ step: 7, learning_rate: 0.5 }],
  };
  await trainer.open({ sample: 'curve' }, true, opening);
  expect(trainer.asks?.bytes).toBeGreaterThan(1e9);
  expect(trainer.run?.id).toBe(id);
  const start = vi
    .spyOn(Lab.prototype, 'start')
    .mockResolvedValue({ ok: false, problem: { message: 'enough', where: undefined } });
  await trainer.allow();
  expect(start.mock.lastCall?.[0]).toMatchObject({
    trial: { model: { hidden: [7000, 7000] } },
    changes: opening.changes,
  });
  expect(start.mock.lastCall?.[0].most_bytes).toBeUndefined();
  trainer.hostDisconnected();
  start.mockRestore();
  vi.stubGlobal('location', { hash: '' });
});

test('a network that no memory holds is refused at its control until it is made smaller', async () => {
  const { trainer, reaches, trains } = page('curve');
  await trains();
  trainer.controls.change('trial.model.hidden', [65_536, 65_536]);
  await trainer.apply();
  const problem = trainer.controls.form.problems.get('trial.model.hidden') ?? '';
  expect(inEnglish(problem)).toMatch(
    /^Training needs \d+ GB of memory, .* use hidden layers of [\d,]+ units or fewer\.$/,
  );
  trainer.controls.change('trial.model.hidden', [8]);
  expect(trainer.controls.form.problems.size).toBe(0);
  await trainer.apply();
  await reaches('done');
  trainer.hostDisconnected();
});

function withHidden(view: TableView, hidden: number[]) {
  const form = withData(startingForm(), view.settings);
  return { ...form, trial: { ...form.trial, model: { ...form.trial.model, hidden } } };
}
