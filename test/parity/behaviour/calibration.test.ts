/** The GPU's choices through a store: a second engine on the same adapter measures nothing and goes the same way. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Calibration } from '../../../src/engine/calibration.ts';
import { dispatchCost } from '../../../src/engine/gpu/tuning/dispatch-cost.ts';
import { calibrationStore } from '../../../src/lab/worker/calibration-store.ts';
import { inEnglish } from '../../../src/util/message.ts';
import { type Case, makeData, makePopulation } from '../support/cases.ts';
import { gpuEngine, ownGpuEngine } from '../support/engines.ts';
import { memoryStore } from '../support/store.ts';

vi.mock('../../../src/engine/gpu/tuning/dispatch-cost.ts', { spy: true });

const problem: Case = {
  columns: 2,
  hidden: [8, 8],
  outputs: 1,
  rows: 40,
  batch_size: 8,
  activation: 'tanh',
  loss: 'mse',
  optimizer: 'adam',
};

/** The key of what was chosen under a name that begins so. */
const keyOf = (entries: Map<string, string>, name: string) =>
  [...entries.keys()].find((key) => JSON.parse(key).at(-1).startsWith(name)) ?? '';

afterEach(() => vi.restoreAllMocks());

/** Makes the population and says what that took. */
async function populate(calibration: Calibration, changes: Partial<Case> = {}, open = gpuEngine) {
  const submits = vi.spyOn(GPUQueue.prototype, 'submit').mockClear();
  const pipelines = vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync').mockClear();
  const engine = await open({ calibration });
  const population = await engine.createPopulation(makeData(problem), makePopulation({ ...problem, ...changes }));
  const compiled = pipelines.mock.calls.map(([{ label }]) => label ?? '');
  return { population, submits: submits.mock.calls.length, compiled };
}

describe('a second engine', () => {
  it('measures nothing, and takes the same plan for the same reason', async () => {
    const { store } = memoryStore();
    const first = await populate(store);
    expect(first.submits).toBeGreaterThan(0);
    expect(inEnglish(first.population.why)).toMatch(/^measured [\d.\u202f]+ steps\/s[,;] .*(resident|layered)/);
    const second = await populate(store);
    expect(second.submits).toBe(0);
    expect(second.population.plan).toBe(first.population.plan);
    expect(inEnglish(second.population.why)).toBe(inEnglish(first.population.why));
    const losses = await Promise.all(
      [first, second].map(async ({ population }) => (await population.train(30)).losses),
    );
    expect(losses[1]).toEqual(losses[0]);
  });

  it('believes the store where it reads as a choice, and measures anew where it does not', async () => {
    const { store, entries } = memoryStore();
    await populate(store);
    entries.set(
      keyOf(entries, 'plan'),
      JSON.stringify({ plan: 'layered', resident: 100, layered: 234, at_most: false }),
    );
    const told = await populate(store);
    expect(told.population.plan).toBe('layered');
    expect(inEnglish(told.population.why)).toBe('measured 230 steps/s, resident 100');

    for (const key of entries.keys()) entries.set(key, '{"plan":"of another version"}');
    const anew = await populate(store);
    expect(anew.submits).toBeGreaterThan(0);
    expect(inEnglish(anew.population.why)).toMatch(/^measured /);
    // What only a layered plan asks for may not have been asked for again.
    for (const name of ['plan', 'emulated width'])
      expect(entries.get(keyOf(entries, name))).not.toContain('another version');
  });
});

describe('while it is measured whether workgroups are emulated', () => {
  it('compiles what an adapter that says so will want, and nothing ahead on another', async () => {
    const submits = vi.spyOn(GPUQueue.prototype, 'submit').mockClear();
    const pipelines = vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync').mockClear();
    const engine = await ownGpuEngine();
    await engine.createPopulation(makeData(problem), { ...makePopulation(problem), plan: 'resident' });
    const [firstSubmit] = submits.mock.invocationCallOrder;
    const before = pipelines.mock.calls.filter((_, call) => pipelines.mock.invocationCallOrder[call] < firstSubmit);
    const ahead = before.filter(([{ label }]) => !label?.startsWith('probe')).map(([{ label }]) => label);
    expect(ahead).toEqual(engine.software ? [expect.stringMatching('^resident, in_storage')] : []);
  });
});

describe('the layered plan', () => {
  it('is not compiled where its dispatches alone take longer than a resident step', async () => {
    const { store } = memoryStore();
    vi.mocked(dispatchCost).mockResolvedValueOnce(1000);
    const { population, compiled } = await populate(store, {}, ownGpuEngine);
    expect(population.plan).toBe('resident');
    expect(inEnglish(population.why)).toMatch(
      /^measured [\d.\u202f]+ steps\/s; layered could not reach more than 0.13$/,
    );
    expect(compiled.filter((label) => !/^(resident|probe)/.test(label))).toEqual([]);
  });

  it('is measured where they do not', async () => {
    const { store } = memoryStore();
    vi.mocked(dispatchCost).mockResolvedValueOnce(0);
    const { population, compiled } = await populate(store, {}, ownGpuEngine);
    expect(inEnglish(population.why)).toMatch(/^measured [\d.\u202f]+ steps\/s, (layered|resident) [\d.\u202f]+$/);
    expect(compiled.some((label) => label.startsWith('weight_gradient'))).toBe(true);
  });

  it('says why it is taken without a choice', async () => {
    const { store } = memoryStore();
    const { population } = await populate(store, { batch_size: 600 });
    expect(population.plan).toBe('layered');
    expect(inEnglish(population.why)).toMatch(
      /^a batch('s activations take \d+ bytes, more than [^;]+| has more than 512 rows)$/,
    );
  });
});

// Node has no IndexedDB: that the page then does without is a unit test.
describe.skipIf(!globalThis.indexedDB)('the store of the page', () => {
  it('gives back what was put in, now and on the next visit', async () => {
    const name = `plan ${performance.now()}`;
    const store = calibrationStore();
    expect(await store.get(name)).toBeUndefined();
    await store.set(name, '"resident"');
    await store.set(name, '"layered"');
    expect(await store.get(name)).toBe('"layered"');
    expect(await calibrationStore().get(name)).toBe('"layered"');
  });
});
