/** What is kept in a browser, changed by chance in one place: the rest is listed, and nothing is thrown that is no sentence. */
import { afterAll, expect, test, vi } from 'vitest';
import type { FitEnd } from '../../../../../src/lab/protocol/fit.ts';
import type { SweepEntry } from '../../../../../src/lab/protocol/sweep.ts';
import { seedGroups } from '../../../../../src/lab/runs/compare.ts';
import { groupNamesOf, namesOf } from '../../../../../src/lab/runs/names.ts';
import { runFile } from '../../../../../src/lab/runs/run-file.ts';
import { initialSettings, repeatedChanges } from '../../../../../src/lab/shared/live-steps.ts';
import { viewOfEntry } from '../../../../../src/lab/sweep/kept.ts';
import { RunStorage } from '../../../../../src/lab/worker/storage/storage.ts';
import { type Shelf, type Store, shelves } from '../../../../../src/lab/worker/storage/store.ts';
import { SweepStorage } from '../../../../../src/lab/worker/storage/sweep-storage.ts';
import { storeVersion } from '../../../../../src/sweep/store/store.ts';
import { InputError, RunError } from '../../../../../src/util/errors.ts';
import { faultSeed, times } from '../../../../support/faults.ts';
import { copyOf, lastingStore } from '../../../../support/lab/lasting-store.ts';
import { newSweep } from '../../../../support/lab/new-sweep.ts';
import { runOf } from '../../../../support/lab/stored-runs.ts';

let store: Store = lastingStore();
vi.mock('../../../../../src/lab/worker/storage/store.ts', async (original) => ({
  ...(await original<object>()),
  openStore: async () => store,
}));
// Node 20 has none.
vi.stubGlobal('navigator', {});
afterAll(() => vi.unstubAllGlobals());

const fitEnd: FitEnd = {
  metrics: { kind: 'regression', mse: 1, rmse: 1, mae: 1, r2: 0 } as unknown as FitEnd['metrics'],
  linear: null as unknown as FitEnd['linear'],
  baseline: { mse: 1 } as unknown as FitEnd['baseline'],
  verdict: [],
  test: null,
  networks: 3,
  seconds: 1,
  interrupted: false,
  members: 2,
  rows: 10,
  answers: { actual: new Float64Array(2), predicted: new Float64Array(2) },
  coverage: null,
  notices: [],
  engine: { kind: 'cpu', adapter: '', software: false },
};

const sweep: SweepEntry = {
  version: 1,
  id: 'sweep',
  created: 1,
  tab: null,
  ...newSweep,
  trials: [{ place: 0, epochs: [1], train: [1], validation: [2], stopped: null }],
  progress: { trials: 2, ended: 0, epochs: 1, ofEpochs: 200, seconds: 1 },
  leaders: [],
  end: null,
  failure: null,
};

const { mark: _, elsewhere: __, ...run } = runOf({}, { id: 'one', outcome: null, changes: [], planned: [], epochs: 1 });
const { trial } = run.settings;

/** By shelf and key. */
const kept: [Shelf, string, unknown][] = [
  ['entries', 'one', run],
  ['entries', 'fit', { ...run, id: 'fit', fit: { networks: 3, members: 2 } }],
  ['marks', 'one', { name: 'mine', note: 'a note', pinned: true }],
  ['tabs', 'tab', { id: 'tab', run: 'one', playing: true, seen: 1, engine: 'cpu' }],
  ['tables', 'a', { source: { name: 'a.csv', text: 'x,y\n1,2' }, bytes: 14, opened: 1 }],
  ['pictures', 'one', { epochs: [1], seconds: [1], train: [1], validation: [null], grid: null, fitted: null }],
  ['pictures', 'fit', fitEnd],
  [
    'records',
    'one 000000000',
    [{ number: 1, steps: 3, train_loss: 1, validation_loss: null, finite: true, seconds: 1 }],
  ],
  [
    'checkpoints',
    'one',
    {
      version: 2,
      epochs: 1,
      loss_sums: new Float64Array(1),
      trials: [{ trial, initial: trial, history: [] }],
      population: { plan: 'plain', steps: 3, trials: [{}], stopped: [], arrays: { parameters: new Uint8Array(4) } },
    },
  ],
  ['models', 'one', new Uint8Array(4)],
  ['models', 'fit', new Uint8Array(4)],
  ['sweeps', 'sweep', sweep],
  ['trials', 'sweep about', { version: storeVersion }],
];

async function whole(): Promise<Store> {
  const made = lastingStore();
  await made.write(kept.map(([shelf, key, value]) => ({ shelf, key, value })));
  await made.write([{ shelf: 'entries', key: 'other', value: { ...run, id: 'other' } }]);
  await made.write([{ shelf: 'sweeps', key: 'second', value: { ...sweep, id: 'second' } }]);
  return made;
}

/** Numbers from 0 to 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const junk: unknown[] = [
  null,
  undefined,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  0,
  1e300,
  '',
  'something',
  '\u001b[31m',
  'x'.repeat(10_000),
  true,
  [],
  [null],
  [[[]]],
  {},
  { length: -1 },
  { code: 'device_lost_often', params: {}, text: 'lost' },
  new Date(Number.NaN),
  new Map([[1, 2]]),
  new Float64Array(3),
  new Uint8Array(3),
  10n,
];

type Container = Record<string, unknown>;

/** Another value in one place of it, or none there. */
function mutated(value: unknown, random: () => number): unknown {
  const any = <Value>(list: readonly Value[]) => list[Math.floor(random() * list.length)];
  const copy: Container = { root: structuredClone(value) };
  let at = copy;
  let name = 'root';
  for (;;) {
    const inner = at[name];
    if (typeof inner !== 'object' || inner === null || ArrayBuffer.isView(inner) || random() < 0.15) break;
    const names = Object.keys(inner);
    if (names.length === 0) break;
    at = inner as Container;
    name = any(names);
  }
  const what = random();
  if (what < 0.15 && at !== copy) delete at[name];
  else at[name] = structuredClone(any(junk));
  return copy.root ?? null;
}

/** All that a page asks of what is kept. */
async function used(): Promise<void> {
  const storage = new RunStorage();
  const sweeps = new SweepStorage(storage.store, () => 'tab');
  const answered = async (work: Promise<unknown>) =>
    work.catch((error: unknown) => {
      if (!(error instanceof InputError || error instanceof RunError)) throw error;
    });
  await storage.claim('tab');
  expect((await storage.state()).trouble).toBeNull();
  const runs = await storage.list();
  const ids = runs.map(({ id }) => id);
  expect(ids).toContain('other');
  namesOf(runs);
  groupNamesOf(runs);
  seedGroups(runs);
  for (const listed of runs) {
    runFile(listed);
    initialSettings(listed);
    repeatedChanges(listed);
    await storage.stored(listed.id);
    await storage.files(listed.id);
  }
  await storage.pictures(['one', 'fit', 'other']);
  await storage.tabs();
  await storage.remembered('tab');
  await storage.sourceNamed('a.csv');
  await storage.keepTable({ name: 'b.csv', text: 'x,y\n1,2' });
  expect((await storage.state()).trouble).toBeNull();
  await answered(storage.storedFit('fit'));
  expect((await sweeps.list()).sweeps.map(({ id }) => id)).toContain('second');
  for (const entry of await sweeps.entries()) viewOfEntry(entry);
  await (await sweeps.trials('sweep')).list();
  await storage.removeUnread();
  expect((await storage.list()).length).toBe(runs.length);
  expect(await storage.state()).toMatchObject({ unread: 0, trouble: null });
  expect((await sweeps.list()).unread).toBe(0);
}

test('what is sound is all listed', async () => {
  store = await whole();
  expect(await new RunStorage().list()).toHaveLength(3);
  await used();
});

const cases = times(100, 10_000);
test(`${cases} values that were changed in one place take nothing else with them`, async () => {
  const base = await whole();
  const random = generator(faultSeed);
  for (let count = 0; count < cases; count++) {
    const [shelf, key, value] = kept[Math.floor(random() * kept.length)];
    const wrong = mutated(value, random);
    store = await copyOf(base);
    await store.write([{ shelf, key, value: wrong }]);
    try {
      await used();
    } catch (error) {
      const shown = JSON.stringify(wrong, bigints)?.slice(0, 400);
      throw new Error(`case ${count} of seed ${faultSeed}: ${shelf} ${key} = ${shown}`, { cause: error });
    }
  }
}, 590_000);

function bigints(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

test('things of another kind on every shelf are removed, and the rest stays', async () => {
  store = await whole();
  await store.write(shelves.map((shelf) => ({ shelf, key: 'foreign', value: 'something' })));
  const storage = new RunStorage();
  expect((await storage.list()).map(({ id }) => id).sort()).toEqual(['fit', 'one', 'other']);
  expect((await storage.state()).unread).toBe(3);
  await storage.removeUnread();
  await storage.list();
  expect((await storage.state()).unread).toBe(0);
  expect(await store.keys('entries')).toEqual(['fit', 'one', 'other']);
  expect(await store.keys('sweeps')).toEqual(['second', 'sweep']);
  expect(await store.keys('tables')).toEqual(['a']);
});
