/** What the page hears from its worker, and what becomes of what it has asked a worker that dies. */
import type * as Comlink from 'comlink';
import { wrap } from 'comlink';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Lab, WorkerLink } from '../../../../src/lab/trainer/worker-link.ts';

vi.mock('comlink', async (original) => {
  const real = await original<typeof Comlink>();
  return { ...real, wrap: vi.fn(real.wrap) };
});

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
  const heard = { receive: vi.fn(), fail: vi.fn(), died: vi.fn() };
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
  expect(heard.died).toHaveBeenCalledTimes(1);
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

describe('a worker that ends without an error', () => {
  /** Of the browser: who waits for the lock of a worker is let in when the worker is gone. */
  function locks() {
    const waiting: { name: string; signal: AbortSignal; gone: () => void }[] = [];
    vi.stubGlobal('navigator', {
      locks: {
        request: (name: string, { signal }: { signal: AbortSignal }) =>
          new Promise<void>((resolve, reject) => {
            waiting.push({ name, signal, gone: resolve });
            signal.addEventListener('abort', () => reject(signal.reason));
          }),
      },
    });
    return waiting;
  }

  const holding = (link: WorkerLink, held: boolean) => {
    const hold = vi.fn(async () => held);
    vi.mocked(wrap).mockReturnValueOnce({
      hold,
      watch: async () => {},
      presence: async () => 'absent',
      model: () => new Promise(() => {}),
    } as unknown as ReturnType<typeof wrap>);
    link.connect();
    return hold;
  };

  test('is noticed by its lock, and once; that of one that was replaced is not waited for any more', async () => {
    const waiting = locks();
    const { link, heard } = linked();
    holding(link, true);
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    holding(link, true);
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    expect(waiting[0].signal.aborted).toBe(true);
    expect(waiting[0].name).not.toBe(waiting[1].name);
    const asked = link.guard(asks);
    waiting[1].gone();
    expect(await asked).toBeUndefined();
    expect(link.dead).toBe(true);
    expect(heard.died).toHaveBeenCalledTimes(1);
  });

  test('is not where the browser has no locks', async () => {
    const waiting = locks();
    const { link, heard } = linked();
    const hold = holding(link, false);
    await hold.mock.results[0].value;
    link.end();
    expect(waiting).toEqual([]);
    expect(heard.died).not.toHaveBeenCalled();
  });
});
