/** How runs are asked for, with a worker that answers when it is told to. */
import { expect, test, vi } from 'vitest';
import type { Reply, RunView } from '../../../../src/lab/protocol/messages.ts';
import type { LegalForm } from '../../../../src/lab/protocol/settings.ts';
import { memoryAsked } from '../../../../src/lab/shared/refusals.ts';
import { RunStarter } from '../../../../src/lab/trainer/run-starter.ts';
import type { Lab } from '../../../../src/lab/trainer/worker-link.ts';
import { checkTrial } from '../../../../src/spec/check.ts';

const trial = checkTrial({});
const form = { trial, data: { target: 'y' }, engine: 'cpu' } as LegalForm;
const started = (id: number) => ({ ok: true, value: { id, trial } }) as Reply<RunView>;

function worker() {
  const answers: ((reply: Reply<RunView>) => void)[] = [];
  const start = vi.fn((_: unknown) => new Promise<Reply<RunView>>((resolve) => answers.push(resolve)));
  const lab = { start, play: vi.fn(async () => {}), report: vi.fn(async () => {}) };
  const command = <Result>(request: (lab: Lab) => Promise<Result>): Promise<Result | undefined> =>
    request(lab as unknown as Lab);
  const host = { worker: { command }, controls: { refuse: vi.fn() }, show: vi.fn() };
  return { answers, lab, host, starter: new RunStarter(host) };
}

test('the start that was asked for last is shown, whichever answer comes last', async () => {
  const { answers, lab, host, starter } = worker();
  const starts = [starter.start(form, true), starter.start(form, false)];
  answers[1](started(2));
  answers[0](started(1));
  await Promise.all(starts);
  expect(host.show.mock.calls.map(([run]) => run.id)).toEqual([2]);
  expect([lab.play.mock.calls.length, lab.report.mock.calls.length]).toEqual([0, 1]);
});

test('what is refused is told; what takes much memory waits, and begins as it was to begin', async () => {
  const { answers, lab, host, starter } = worker();
  const changes = [{ step: 3, learning_rate: 0.1 }];
  const refused = starter.start(form, true);
  answers[0]({ ok: false, problem: { message: 'no', where: 'training.loss' } });
  await refused;
  expect(host.controls.refuse).toHaveBeenCalledWith({ message: 'no', where: 'training.loss' });
  expect(starter.asks).toBeUndefined();

  const asked = starter.start(form, true, { changes, most_bytes: 10 });
  const message = { code: 'memory_asked', params: { bytes: 11 } };
  answers[1]({ ok: false, problem: { message, where: memoryAsked } } as unknown as Reply<RunView>);
  await asked;
  expect(starter.asks?.bytes).toBe(11);
  expect(host.show).not.toHaveBeenCalled();
  expect(starter.allowed(form)).toEqual({ changes, plan_code: undefined });
  expect(starter.allowed({ ...form, engine: 'reference' })).toEqual({ changes: undefined, plan_code: undefined });

  const allowed = starter.start(form, true, starter.allowed(form));
  expect(lab.start.mock.lastCall?.[0]).not.toHaveProperty('most_bytes');
  answers[2](started(3));
  await allowed;
  expect(starter.asks).toBeUndefined();
  expect(lab.play).toHaveBeenCalledTimes(1);
});
