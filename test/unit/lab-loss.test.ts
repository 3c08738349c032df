/** Devices under the worker: one that is lost fails no run by what it can no longer answer, and the run goes on; who shares which. */
import { afterEach, expect, test, vi } from 'vitest';
import type { Engine, Population } from '../../src/engine/engine.ts';
import type * as Request from '../../src/engine/request.ts';
import { Lab } from '../../src/lab/lab.ts';
import type { EngineChoice, Update } from '../../src/lab/messages.ts';

/** Devices in the order in which they were asked for: each fails in all that it is asked once it is broken. */
const devices: { broken: boolean; lose: (reason: string) => void }[] = [];

vi.mock('../../src/engine/request.ts', async (original) => {
  const real = await original<typeof Request>();
  return { ...real, requestEngine: async () => breakable(await real.requestEngine({ kind: 'reference' })) };
});

function breakable(engine: Engine): Engine {
  const device = { broken: false, lose: (_: string) => {} };
  const lost = new Promise<string>((resolve) => {
    device.lose = resolve;
  });
  devices.push(device);
  const guarded = (population: Population): Population =>
    new Proxy(population, {
      get(target, name) {
        const member = Reflect.get(target, name);
        if (typeof member !== 'function' || name === 'destroy') return member;
        return (...given: unknown[]) => {
          if (device.broken && name === 'configure') throw new Error('no device to configure');
          if (device.broken) return Promise.reject(new Error(`no device for ${String(name)}`));
          return member.apply(target, given);
        };
      },
    });
  return Object.assign(Object.create(engine), {
    lost,
    populate: async (...given: Parameters<Engine['populate']>) => guarded(await engine.populate(...given)),
  });
}

// Node 20 has none.
vi.stubGlobal('navigator', { userAgent: 'Chrome/1.0' });
// That nothing is kept here.
vi.spyOn(console, 'info').mockImplementation(() => {});
afterEach(() => {
  devices.length = 0;
});

test('what is asked of a device just before its loss is told has no answer, and the run goes on from its checkpoint', async () => {
  const lab = new Lab();
  const told: Update[] = [];
  let look = () => {};
  lab.watch((update) => {
    told.push(update);
    look();
  });
  const until = (found: (update: Update) => boolean) =>
    new Promise<void>((resolve) => {
      look = () => {
        if (told.some(found)) resolve();
      };
      look();
    });
  const text = `x,y\n${Array.from({ length: 40 }, (_, row) => `${row},${(row * 7) % 11}`).join('\n')}`;
  await lab.open({ name: 'one.csv', text }, { target: 'y' });
  const trial = { model: { hidden: [3] }, training: { epochs: 200 } };
  await lab.start({ trial, data: { target: 'y' }, engine: 'cpu' });
  lab.step();
  await until(({ state, records }) => state === 'paused' && records.length > 0);
  // The checkpoint that it goes on from.
  await lab.keeping.now();
  const [device] = devices;
  device.broken = true;
  const asked = [
    lab.network(),
    lab.predictions.ask({ x: '1' }),
    lab.ask({ kind: 'importance' }, () => {}),
    lab.change({ l2: 0.1 }),
  ];
  device.lose('destroyed.');
  const [network, prediction, answer, change] = await Promise.all(asked);
  expect(network).toBeUndefined();
  expect(prediction).toEqual({ ok: true, value: undefined });
  expect(answer).toEqual({ ok: true, value: undefined });
  expect(change).toBeUndefined();
  await until(({ afresh }) => afresh === 'destroyed');
  lab.play();
  await until(({ outcome }) => outcome !== null);
  expect(told.filter(({ failure }) => failure !== null)).toEqual([]);
  expect(told.at(-1)?.outcome?.epochs_run).toBe(200);
});

test('a sweep shares the engine of the single run, but not one that decides for each what it is', async () => {
  const lab = new Lab();
  const text = `x,y\n${Array.from({ length: 40 }, (_, row) => `${row},${(row * 7) % 11}`).join('\n')}`;
  await lab.open({ name: 'one.csv', text }, { target: 'y' });
  const trial = { model: { hidden: [3] }, training: { epochs: 2 } };
  const sweeps = async (engine: EngineChoice) => {
    await lab.start({ trial, data: { target: 'y' }, engine });
    const before = devices.length;
    await new Promise<void>((resolve) => {
      const request = { sweep: { base: trial, grid: {}, seeds: 2 }, data: { target: 'y' }, engine };
      void lab.sweeps.start(request, '', ({ end }) => {
        if (end) resolve();
      });
    });
    return devices.length - before;
  };
  expect(await sweeps('cpu')).toBe(0);
  expect(await sweeps('auto')).toBe(1);
});
