/** What the page hears from its worker, and what becomes of what it has asked a worker that dies. */
import { beforeEach, expect, test, vi } from 'vitest';
import { type Lab, WorkerLink } from '../../../../src/lab/trainer/worker-link.ts';

/** Never answers. */
class Silent extends EventTarget {
  static made: Silent[] = [];
  ended = false;

  constructor() {
    super();
    Silent.made.push(this);
  }

  postMessage(): void {}

  terminate(): void {
    this.ended = true;
  }
}

vi.stubGlobal('Worker', Silent);
beforeEach(() => {
  Silent.made = [];
});

function linked() {
  const heard = { receive: vi.fn(), fail: vi.fn(), changed: vi.fn() };
  const link = new WorkerLink(heard);
  link.connect();
  return { heard, link, worker: () => Silent.made.at(-1) as Silent };
}

const asks = (lab: Lab) => lab.model();
const refuses = () => Promise.reject(new Error('no room'));

test('a worker that dies answers nothing, also what was asked before and what is asked after', async () => {
  const { link, heard, worker } = linked();
  const before = link.guard(asks);
  worker().dispatchEvent(new Event('error'));
  expect(await before).toBeUndefined();
  expect(await link.guard(asks)).toBeUndefined();
  expect(link.dead).toBe(true);
  expect(heard.fail).toHaveBeenCalledTimes(1);
});

test('one that is replaced or ended answers nothing either', async () => {
  const { link, worker } = linked();
  const first = worker();
  const before = link.guard(asks);
  const lost = vi.fn();
  link.onLoss(lost);
  link.connect();
  expect(await before).toBeUndefined();
  expect(first.ended).toBe(true);
  expect(lost).toHaveBeenCalledTimes(1);
  const next = link.command(asks);
  link.end();
  expect(await next).toBeUndefined();
});

test('an error ends the run only where the run was asked for something; elsewhere it is told to whoever asked', async () => {
  const { link, heard } = linked();
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  expect(await link.guard(refuses)).toBeUndefined();
  expect(warned).toHaveBeenCalledTimes(1);
  const failed = vi.fn();
  await link.guard(refuses, failed);
  expect(failed).toHaveBeenCalledWith('no room');
  expect(heard.fail).not.toHaveBeenCalled();
  await link.command(refuses);
  expect(heard.fail).toHaveBeenCalledWith('no room');
});
