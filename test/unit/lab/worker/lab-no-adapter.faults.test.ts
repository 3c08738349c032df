/**
 * A device that is lost where the browser gives no other for a while, as after a second crash of its GPU process: it is asked for
 * again, and then the run goes on on the CPU, from its checkpoint; so does a page that is opened again meanwhile.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Engine } from '../../../../src/engine/engine.ts';
import type * as Request from '../../../../src/engine/request.ts';
import type { EngineChoice } from '../../../../src/lab/protocol/messages.ts';
import { Lab } from '../../../../src/lab/worker/lab.ts';
import type * as Stores from '../../../../src/lab/worker/storage/store.ts';
import { engines } from '../../../../src/messages/en/engines/engines.ts';
import { withFirstDefaults } from '../../../../src/spec/first-defaults.ts';
import type { EpochRecord } from '../../../../src/train/trainer.ts';
import { InputError } from '../../../../src/util/errors.ts';
import { message } from '../../../../src/util/message.ts';
import { lastingStore } from '../../../support/lab/lasting-store.ts';
import { updatesOf } from '../../../support/lab/updates.ts';

/** What this browser has. */
const browser = {
  store: lastingStore(),
  /** Whether it gives an adapter, by how often it was asked. */
  adapter: (_asked: number): boolean => true,
  asked: 0,
  lose: (_reason: string) => {},
};

vi.mock('../../../../src/lab/worker/storage/store.ts', async (original) => ({
  ...(await original<typeof Stores>()),
  openStore: async () => browser.store,
}));

/** The reference stands for the GPU: the CPU goes on with no checkpoint of its plan. */
vi.mock('../../../../src/engine/request.ts', async (original) => {
  const { requestEngine, ...others } = await original<typeof Request>();
  const cpu = () => requestEngine({ kind: 'cpu', threads: 1 });
  const open = async ({ kind }: Request.EngineRequest): Promise<Engine> => {
    if (kind === 'cpu') return cpu();
    browser.asked += 1;
    if (browser.adapter(browser.asked)) return losable(await requestEngine({ kind: 'reference' }));
    if (kind === 'auto') return cpu();
    throw new InputError(message(engines, 'webgpu_asked', { why: message(engines, 'no_adapter') }), 'engine');
  };
  return { ...others, requestEngine: open };
});

function losable(engine: Engine): Engine {
  const lost = new Promise<string>((resolve) => {
    browser.lose = resolve;
  });
  return Object.assign(Object.create(engine), { lost });
}

// Node 20 has none.
vi.stubGlobal('navigator', { userAgent: 'Chrome/1.0' });
vi.spyOn(console, 'info').mockImplementation(() => {});

const labs: Lab[] = [];
beforeEach(() => {
  Object.assign(browser, { store: lastingStore(), adapter: () => true, asked: 0 });
});
afterEach(() => {
  for (const lab of labs.splice(0)) lab.pause();
});

/** A worker, what it tells, and how long it has waited for a device each time. */
function worker() {
  const waits: number[] = [];
  const lab = new Lab(async (milliseconds) => {
    waits.push(milliseconds);
  });
  labs.push(lab);
  return { lab, waits, ...updatesOf(lab) };
}

const text = `x,y\n${Array.from({ length: 40 }, (_, row) => `${row},${(row * 7) % 11}`).join('\n')}`;
const request = (engine: EngineChoice) => ({
  trial: withFirstDefaults({ model: { hidden: [3] }, training: { epochs: 40, optimizer: { kind: 'adam' } } }),
  data: { target: 'y' },
  engine,
});

async function begun(engine: EngineChoice) {
  const here = worker();
  await here.lab.keeping.claim('tab');
  await here.lab.open({ name: 'one.csv', text }, { target: 'y' });
  await here.lab.start(request(engine));
  return here;
}

/** One that has trained and kept a few epochs. */
async function trained(engine: EngineChoice, epochs = 3) {
  const here = await begun(engine);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    here.lab.step();
    await here.until(({ state, records }) => state === 'paused' && records.some(({ number }) => number === epoch));
  }
  await here.lab.keeping.now();
  return here;
}

/** All records of a run that trains to its end from here, those from its checkpoint again. */
async function atEnd({ lab, told, until }: Pick<ReturnType<typeof worker>, 'lab' | 'told' | 'until'>) {
  lab.play();
  await until(({ outcome }) => outcome !== null);
  expect(told.filter(({ failure }) => failure !== null)).toEqual([]);
  const first = told.findLastIndex(({ afresh }) => afresh !== undefined);
  return told.slice(Math.max(0, first)).flatMap(({ records }) => records);
}

/** What an undisturbed run has, but for last digits. */
async function expectUndisturbed(records: readonly EpochRecord[]) {
  browser.adapter = () => true;
  const straight = await atEnd(await begun('webgpu'));
  expect(records.map(({ number }) => number)).toEqual(straight.map(({ number }) => number));
  records.forEach(({ train_loss }, epoch) => {
    expect(Math.abs(train_loss - straight[epoch].train_loss)).toBeLessThanOrEqual(1e-4 * straight[epoch].train_loss);
  });
}

test('an adapter that comes back after a while is waited for, and the run goes on on it', async () => {
  const here = await trained('webgpu');
  browser.adapter = (asked) => asked > 3;
  browser.lose('crashed');
  const { engine, records } = await here.until(({ afresh }) => afresh === 'crashed');
  expect(engine).toMatchObject({ kind: 'reference', choice: 'webgpu' });
  expect(records.map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(here.waits).toEqual([250, 500]);
  expect(here.lab.keeping.keeper?.entry.recovered).toEqual([{ epoch: 3, reason: 'crashed' }]);
});

test.each(['webgpu', 'auto'] as const)('where none comes the run goes on on the CPU, of %s', async (choice) => {
  const here = await trained(choice);
  browser.adapter = () => false;
  browser.lose('crashed');
  const { engine, afresh } = await here.until((update) => update.afresh !== undefined);
  expect(here.waits).toEqual([250, 500, 1000, 2000]);
  expect(engine).toMatchObject({ kind: 'cpu', choice });
  expect(afresh).toMatchObject({ code: 'device_gone', params: { why: 'crashed' } });
  expect(here.lab.keeping.keeper?.entry).toMatchObject({
    engine: { kind: 'cpu', choice },
    recovered: [{ epoch: 3, reason: { code: 'device_gone' }, moved: true }],
  });
  const records = await atEnd(here);
  await expectUndisturbed(records);
});

test('where nothing is kept yet it begins anew on the CPU, and a new run asks for the GPU again', async () => {
  const here = await begun('webgpu');
  browser.adapter = () => false;
  browser.lose('crashed');
  const { engine } = await here.until(({ afresh }) => afresh !== undefined);
  expect(engine).toMatchObject({ kind: 'cpu' });
  await atEnd(here);
  browser.adapter = () => true;
  const reply = await here.lab.start(request('webgpu'));
  expect(reply).toMatchObject({ ok: true, value: { engine: { kind: 'reference' } } });
});

test('a page that is opened again goes on from the last epoch kept, on the CPU where there is no adapter', async () => {
  await trained('webgpu');
  browser.adapter = () => false;
  for (const entryKind of ['webgpu', 'cpu']) {
    const again = worker();
    await again.lab.keeping.claim('tab');
    const reply = await again.lab.recall('tab');
    expect(reply, entryKind).toMatchObject({
      ok: true,
      value: {
        why: { code: 'webgpu_asked' },
        run: { engine: { kind: 'cpu', choice: 'webgpu' } },
        entry: { epochs: 3, settings: { engine: 'webgpu' }, engine: { kind: 'cpu' } },
      },
    });
    await again.lab.goOn(false);
    const { records } = await again.until(({ state }) => state === 'paused');
    expect(records.map(({ number }) => number)).toEqual([1, 2, 3]);
    await again.lab.keeping.now();
    expect(again.lab.keeping.keeper?.entry.recovered).toHaveLength(1);
    // A GPU would not go on with a checkpoint of the CPU: it is not asked for again.
    expect(browser.asked).toBe(2);
    if (entryKind === 'cpu') await expectUndisturbed(await atEnd(again));
  }
});

test('a run that loses its device again and again at one epoch fails, and says so', async () => {
  const here = await trained('webgpu');
  for (let time = 0; time < 3; time += 1) {
    browser.lose(`crash ${time}`);
    await here.until(({ afresh }) => afresh === `crash ${time}`);
  }
  browser.lose('crash 3');
  const { failure } = await here.until(({ state }) => state === 'failed');
  expect(failure).toMatchObject({ code: 'device_lost_often', params: { why: 'crash 3' } });
});

test('where no engine goes on the run fails, and says why', async () => {
  const here = await trained('webgpu');
  browser.adapter = () => false;
  const { keeper } = here.lab.keeping;
  if (keeper?.last) keeper.last = { ...keeper.last, version: 1 };
  browser.lose('crashed');
  const { failure } = await here.until(({ state }) => state === 'failed');
  expect(failure).toMatchObject({ code: 'device_not_replaced', params: { problem: { code: 'checkpoint_version' } } });
});
