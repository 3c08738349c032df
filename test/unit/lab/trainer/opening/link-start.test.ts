/** How a link begins: not before a person says so where it takes much memory, and with the plan of the run that it is of. */
import { afterEach, expect, test, vi } from 'vitest';
import type { Source, TableView } from '../../../../../src/lab/protocol/messages.ts';
import type { LegalForm } from '../../../../../src/lab/protocol/settings.ts';
import { startingForm, withData } from '../../../../../src/lab/shared/form.ts';
import { linkOf, readLink } from '../../../../../src/lab/trainer/opening/link.ts';
import { Lab } from '../../../../../src/lab/worker/lab.ts';
import { inEnglish } from '../../../../../src/util/message.ts';
import { endWorkers, page } from '../../../../support/lab/page-here.ts';

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
    /^Training needs \d+ GB of memory, .* use hidden layers of [\d\u202f]+ units or fewer\.$/,
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

test('a link takes the plan that it carries, and says where that cannot be had', async () => {
  const link = '#data=curve&target=y&hidden=4&epochs=2&plan=';
  for (const [plan, replanned] of [
    ['cpu:simd', undefined],
    ['webgpu:layered:direct8-direct8-direct8', expect.stringMatching(/^plan: `webgpu:layered:\S+` cannot be had/)],
  ] as const) {
    vi.stubGlobal('location', { hash: link + plan });
    const { trainer, reaches } = page('curve');
    await reaches('done');
    const { run, initial, trained } = trainer;
    expect(run?.engine.plan_code).toMatch(replanned ? /^cpu:/ : /^cpu:simd$/);
    expect(trainer.replanned && inEnglish(trainer.replanned)).toEqual(replanned);
    const again = linkOf(initial as LegalForm, trained as Source, [], run?.engine.plan_code);
    expect(again).toContain(`plan=${run?.engine.plan_code}`);
    expect(readLink(again)).toMatchObject({ plan_code: run?.engine.plan_code, problems: [] });
    trainer.hostDisconnected();
  }
  vi.stubGlobal('location', { hash: '' });
});

test('the reproducible engine is one choice, in the controls and in the link', async () => {
  vi.stubGlobal('location', { hash: '#data=curve&target=y&hidden=4&epochs=2&engine=reproducible' });
  const { trainer, reaches } = page('curve');
  await reaches('done');
  expect(trainer.controls.form.engine).toBe('reproducible');
  expect(trainer.run?.engine).toMatchObject({
    choice: 'reproducible',
    kind: 'cpu',
    plan: 'simd',
    plan_code: 'cpu:simd',
  });
  const link = linkOf(trainer.initial as LegalForm, trainer.trained as Source, [], 'cpu:simd');
  expect(link).toMatch(/&engine=reproducible$/);
  trainer.hostDisconnected();
  vi.stubGlobal('location', { hash: '' });
});
