/**
 * Devices under the worker: one that is lost fails no run by what it can no longer answer, and the run goes on; who shares
 * which; and what rests while one is chosen.
 */

import { afterEach, expect, test, vi } from 'vitest';
import type { Engine, Population } from '../../../../src/engine/engine.ts';
import type * as Request from '../../../../src/engine/request.ts';
import type { EngineChoice, StartRequest } from '../../../../src/lab/protocol/messages.ts';
import type { SweepNews } from '../../../../src/lab/protocol/sweep.ts';
import { Lab } from '../../../../src/lab/worker/lab.ts';
import { withFirstDefaults } from '../../../../src/spec/first-defaults.ts';
import { InputError } from '../../../../src/util/errors.ts';
import { updatesOf } from '../../../support/lab/updates.ts';

interface Device {
  /** It fails in all that it is asked from now on. */
  broken: boolean;
  lose: (reason: string) => void;
  /** Slices that it has begun to train. */
  slices: number;
}

/** What nobody waits for: a device does it or does not. */
const unanswered: (string | symbol)[] = ['saveSnapshot', 'restoreSnapshot', 'stop', 'destroy'];

/** In the order in which they were asked for. */
const devices: Device[] = [];
/** What happens once a device has a population. */
let populated: (device: Device) => Promise<void> | void = () => {};

vi.mock('../../../../src/engine/request.ts', async (original) => {
  const real = await original<typeof Request>();
  return { ...real, requestEngine: async () => breakable(await real.requestEngine({ kind: 'reference' })) };
});

function breakable(engine: Engine): Engine {
  const device: Device = { broken: false, lose: () => {}, slices: 0 };
  const lost = new Promise<string>((resolve) => {
    device.lose = resolve;
  });
  devices.push(device);
  const guarded = (population: Population): Population =>
    new Proxy(population, {
      get(target, name) {
        const member = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        if (unanswered.includes(name)) return member.bind(target);
        return (...given: unknown[]) => {
          if (device.broken && name === 'configure') throw new Error('no device to configure');
          if (name === 'train') device.slices += 1;
          if (device.broken) return Promise.reject(new Error(`no device for ${String(name)}`));
          return member.apply(target, given);
        };
      },
    });
  return Object.assign(Object.create(engine), {
    lost,
    createPopulation: async (...given: Parameters<Engine['createPopulation']>) => {
      const population = guarded(await engine.createPopulation(...given));
      await populated(device);
      return population;
    },
  });
}

// Node 20 has none.
vi.stubGlobal('navigator', { userAgent: 'Chrome/1.0' });
// That nothing is kept here.
vi.spyOn(console, 'info').mockImplementation(() => {});
const labs: Lab[] = [];
afterEach(() => {
  for (const lab of labs.splice(0)) {
    lab.pause();
    lab.sweeps.stop();
  }
  devices.length = 0;
  populated = () => {};
});

/** A worker whose run waits at its beginning, and what it tells. */
async function begun(epochs: number, engine: EngineChoice = 'cpu') {
  const lab = new Lab();
  labs.push(lab);
  const { told, until } = updatesOf(lab);
  const text = `x,y\n${Array.from({ length: 40 }, (_, row) => `${row},${(row * 7) % 11}`).join('\n')}`;
  await lab.open({ name: 'one.csv', text }, { target: 'y' });
  const request = {
    trial: withFirstDefaults({ model: { hidden: [3] }, training: { epochs } }),
    data: { target: 'y' },
    engine,
  };
  await lab.start(request);
  return { lab, told, until, request };
}

/** A sweep of the same, begun, and its last news. */
async function sweeping(lab: Lab, { trial: base, ...others }: StartRequest, seeds: number) {
  let end: (news: SweepNews) => void = () => {};
  const ended = new Promise<SweepNews>((resolve) => {
    end = resolve;
  });
  await lab.sweeps.start({ ...others, sweep: { base, grid: {}, seeds } }, '', (news) => {
    if (news.end || news.failure) end(news);
  });
  return { ended };
}

test('what is asked of a device just before its loss is told has no answer, and the run goes on from its checkpoint', async () => {
  const { lab, told, until } = await begun(200);
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

test('a device that is lost before the run goes on on it is followed like the first', async () => {
  const { lab, told, until } = await begun(200);
  populated = (device) => {
    if (devices.indexOf(device) !== 1) return;
    device.lose('lost again');
    device.broken = true;
  };
  devices[0].broken = true;
  devices[0].lose('lost');
  await until(({ afresh }) => afresh === 'lost again');
  lab.play();
  await until(({ outcome }) => outcome !== null);
  expect(told.filter(({ failure }) => failure !== null)).toEqual([]);
  expect(devices).toHaveLength(3);
});

test('a sweep shares the engine of the single run, but not one that decides for each what it is', async () => {
  const { lab, request } = await begun(2);
  const sweeps = async (engine: EngineChoice) => {
    await lab.start({ ...request, engine });
    const before = devices.length;
    await (await sweeping(lab, { ...request, engine }, 2)).ended;
    return devices.length - before;
  };
  expect(await sweeps('cpu')).toBe(0);
  expect(await sweeps('auto')).toBe(1);
});

test('a device that is lost ends a sweep that shares it, and no other', async () => {
  const { lab, until, request } = await begun(300);
  lab.play();
  const own = await sweeping(lab, { ...request, engine: 'auto' }, 20);
  devices[0].broken = true;
  devices[0].lose('lost');
  await until(({ afresh }) => afresh === 'lost');
  expect(lab.sweeps.busy).toBe(true);
  const news = await own.ended;
  expect(news).toMatchObject({ failure: null, end: { interrupted: false } });
  // Held by the sweep, it goes on after it.
  await until(({ outcome }) => outcome !== null);

  await lab.start({ ...request, engine: 'cpu' });
  const shared = await sweeping(lab, request, 20);
  const device = devices[devices.length - 1];
  device.broken = true;
  device.lose('lost too');
  expect((await shared.ended).failure).toContain('no device for');
  await until(({ afresh }) => afresh === 'lost too');
  expect(lab.sweeps.busy).toBe(false);
});

test('while an engine is chosen for another run, the one that trains rests; refused, it goes on', async () => {
  const { lab, until, request } = await begun(3000);
  lab.play();
  await until(({ records }) => records.length > 0);
  let meanwhile = Number.NaN;
  populated = async () => {
    populated = () => {};
    const [before] = devices;
    const slices = before.slices;
    // As long as another takes to train from its beginning to its end, in the same thread.
    const other = await begun(300);
    other.lab.play();
    await other.until(({ outcome }) => outcome !== null);
    meanwhile = before.slices - slices;
    throw new InputError('It does not fit.');
  };
  const reply = await lab.start({ ...request, engine: 'auto' });
  expect(reply).toMatchObject({ ok: false, problem: { message: 'It does not fit.' } });
  expect(meanwhile).toBe(0);
  await until(({ outcome }) => outcome !== null);
});
