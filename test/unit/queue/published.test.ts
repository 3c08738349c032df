/** What submitters tell of their sweeps, and who reads it. The server is a map. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keysOf } from '../../../src/queue/keys.ts';
import { createReader, publish, type Told } from '../../../src/queue/published.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const status: Told = {
  ...{ kind: 'sweep', table: 'curve.csv', target: 'y', state: 'training', seconds: 1, seconds_left: null },
  ...{ metric: null, best: null, trials: 4, ended: 0, diverged: 0, epochs: 0, of_epochs: 40, combinations: 2 },
  ...{ varied: ['model.activation'], leaders: [], points: { ended: [], score: [], cell: [] } },
};

/** A server whose clock is that of the test, and which may be away or full. */
function server() {
  const values = new Map<string, string>();
  const begun = new Map<string, number>();
  const expiries = new Map<string, number>();
  const state = { full: false, away: false, written: 0 };
  const redis = {
    time: () => (state.away ? new Promise(() => {}) : Promise.resolve([Math.floor(Date.now() / 1000), 0])),
    multi: () => {
      const work: (() => void)[] = [];
      const own = {
        set: (key: string, text: string, _: 'EX', seconds: number) => {
          work.push(() => {
            values.set(key, text);
            expiries.set(key, seconds);
          });
          return own;
        },
        zadd: (_: string, score: number, id: string) => {
          work.push(() => void begun.set(id, score));
          return own;
        },
        expire: () => own,
        exec: async () => {
          if (state.full) throw new Error('EXECABORT Transaction discarded because of previous errors.');
          state.written += 1;
          for (const one of work) one();
        },
      };
      return own;
    },
    zrevrange: async () => [...begun.keys()].sort((a, b) => begun.get(b)! - begun.get(a)!),
    getrange: async (key: string) => values.get(key) ?? '',
    zrem: async (_: string, ...ids: string[]) => {
      for (const id of ids) begun.delete(id);
    },
  };
  const keys = keysOf('test');
  const connection = { redis, keys, version: 'test' } as unknown as Parameters<typeof publish>[0];
  return { connection, state, values, begun, expiries, keys };
}

it('tells once a second what is new, and every five seconds that it is there', async () => {
  const { connection, state } = server();
  let now = status;
  const publisher = publish(connection, 'a', () => now);
  await vi.advanceTimersByTimeAsync(10_500);
  expect(state.written).toBe(3);
  for (let ended = 1; ended <= 4; ended++) {
    now = { ...now, ended };
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(state.written).toBe(7);
  await publisher.end();
  expect(vi.getTimerCount()).toBe(0);
});

it('goes by what telling costs: a twentieth of the time', async () => {
  const { connection, state } = server();
  let ended = 0;
  const publisher = publish(connection, 'a', () => {
    vi.advanceTimersByTime(500);
    return { ...status, ended: ++ended };
  });
  await vi.advanceTimersByTimeAsync(29_000);
  expect(state.written).toBe(3);
  await publisher.end();
});

it('is held up by no server that is full or away', async () => {
  const { connection, state, values, keys } = server();
  state.full = true;
  const publisher = publish(connection, 'a', () => status);
  await vi.advanceTimersByTimeAsync(3000);
  expect(values.size).toBe(0);
  state.full = false;
  await vi.advanceTimersByTimeAsync(1000);
  expect(values.has(keys.work('a'))).toBe(true);
  state.away = true;
  const ending = publisher.end();
  await vi.advanceTimersByTimeAsync(1000);
  await ending;
  expect(vi.getTimerCount()).toBe(0);
});

it('is read by whoever watches, newest first, and away when it is silent', async () => {
  const { connection, values, begun, expiries, keys } = server();
  const read = createReader(connection as Parameters<typeof createReader>[0]);
  expect(await read()).toEqual({ works: [], unread: 0 });
  const first = publish(connection, 'a', () => ({ ...status, state: 'done' }));
  await vi.advanceTimersByTimeAsync(2000);
  await first.end();
  let killed = false;
  const second = publish(connection, 'b', () => {
    if (killed) throw new Error('killed');
    return status;
  });
  await vi.advanceTimersByTimeAsync(0);
  const at = Math.floor(Date.now() / 1000);
  expect((await read()).works).toMatchObject([
    { id: 'b', away: false, status: { ...status, version: 'test', at } },
    { id: 'a', away: false, status: { state: 'done' } },
  ]);
  expect(expiries).toEqual(
    new Map([
      [keys.work('a'), 86_400],
      [keys.work('b'), 604_800],
    ]),
  );
  killed = true;
  await vi.advanceTimersByTimeAsync(21_000);
  expect((await read()).works.map(({ away }) => away)).toEqual([true, false]);
  // Expired, and written by something else.
  values.delete(keys.work('a'));
  values.set(keys.work('b'), JSON.stringify({ ...status, version: 'test', at, ended: -1 }));
  expect(await read()).toEqual({ works: [], unread: 1 });
  expect([...begun.keys()]).toEqual(['b']);
  await second.end();
});
