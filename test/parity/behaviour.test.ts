/** What the GPU engine promises beyond its numbers: the same bits, no work inside a step but dispatches, clean ends. */
import { describe, expect, it } from 'vitest';
import type { Population } from '../../src/engine/engine.ts';
import { RunError } from '../../src/spec/errors.ts';
import { type Case, makeData, makePopulation } from './cases.ts';
import { difference, gpuEngine as openEngine, openGpuEngine, reference } from './engines.ts';

const problem: Case = {
  columns: 2,
  hidden: [17, 9],
  outputs: 1,
  rows: 50,
  batch_size: 8,
  activation: 'tanh',
  loss: 'mse',
  optimizer: 'adam',
  trials: 3,
};

/** Which core is no matter here, and measuring it takes longer than most of these tests. */
const gpuEngine = (slice_ms?: number) => openEngine(slice_ms, 'direct');

/** Trained parameters of every trial, and all losses. */
async function resultOf(population: Population, steps: number) {
  const { losses } = await population.train(steps);
  const parameters = await Promise.all(
    Array.from({ length: population.trials }, (_, trial) => population.parameters(trial)),
  );
  return { losses, parameters };
}

describe('the same seed', () => {
  it('gives the same bits, however the work is cut', async () => {
    const data = makeData(problem);
    const settings = makePopulation(problem);
    const whole = await (await gpuEngine(1000)).populate(data, settings);
    const cut = await (await gpuEngine(0.001)).populate(data, settings);
    const expected = await resultOf(whole, 60);
    expect(await resultOf(cut, 60)).toEqual(expected);
    const parts = await (await gpuEngine()).populate(data, settings);
    for (const steps of [1, 2, 30]) await parts.train(steps);
    expect((await resultOf(parts, 27)).parameters).toEqual(expected.parameters);
  });

  it('gives a trial in a population the bits it has alone', async () => {
    const data = makeData(problem);
    const settings = makePopulation(problem);
    const engine = await gpuEngine();
    const together = await resultOf(await engine.populate(data, settings), 40);
    const count = settings.initial_parameters.length / 3;
    for (const trial of [0, 1, 2]) {
      const alone = await engine.populate(data, {
        ...settings,
        trials: [settings.trials[trial]],
        initial_parameters: settings.initial_parameters.slice(trial * count, (trial + 1) * count),
      });
      expect((await resultOf(alone, 40)).parameters[0]).toEqual(together.parameters[trial]);
    }
  });

  it('goes on counting where the loss log wraps', async () => {
    const engine = await gpuEngine(1000);
    const data = makeData({ ...problem, columns: 1, rows: 3 });
    const settings = makePopulation({ ...problem, columns: 1, hidden: [1], batch_size: 2, trials: 1 });
    const [long, parts] = [await engine.populate(data, settings), await engine.populate(data, settings)];
    const steps = 8192 + 300;
    const { losses } = await long.train(steps);
    const joined: number[] = [];
    for (let left = steps; left > 0; left -= 2123) joined.push(...(await parts.train(Math.min(left, 2123))).losses);
    expect(losses.length).toBe(steps);
    expect(joined).toEqual([...losses]);
  });
});

describe('a step', () => {
  it.each([
    { hidden: [], dispatches: 2 },
    { hidden: [17], dispatches: 5 },
    { hidden: [150, 150], dispatches: 8 },
  ])('is at most 3L - 1 dispatches and nothing else, with hidden layers $hidden', async ({ hidden, dispatches }) => {
    const engine = await gpuEngine(100);
    const data = makeData({ ...problem, rows: 500 });
    const population = await engine.populate(data, makePopulation({ ...problem, hidden, trials: 1 }));
    await population.train(50);
    const counts = await counting(() => population.train(300));
    expect(counts.dispatchWorkgroups).toBe(300 * dispatches);
    expect(counts.submit).toBeLessThan(30);
    expect(counts.writeBuffer).toBe(0);
    // Losses are read back once a submit, into pooled buffers: the training before has made those already, but for
    // submits that have grown since.
    expect(counts.createBuffer).toBeLessThanOrEqual(counts.submit);
    expect(counts.createBindGroup).toBe(0);
    expect(counts.mapAsync).toBe(counts.submit);
  });
});

describe('a stopped trial', () => {
  it('stays as it is while the others go on', async () => {
    const engine = await gpuEngine();
    const population = await engine.populate(makeData(problem), makePopulation(problem));
    await population.train(5);
    const before = await Promise.all([0, 1, 2].map((trial) => population.parameters(trial)));
    population.stop(1);
    await population.train(5);
    const after = await Promise.all([0, 1, 2].map((trial) => population.parameters(trial)));
    expect(after[1]).toEqual(before[1]);
    expect(after[0]).not.toEqual(before[0]);
    expect(after[2]).not.toEqual(before[2]);
  });
});

describe('kept parameters', () => {
  it('come back, for the trials asked for', async () => {
    const engine = await gpuEngine();
    const population = await engine.populate(makeData(problem), makePopulation(problem));
    await population.train(5);
    const before = await population.parameters(2);
    population.keep([0, 1, 2]);
    await population.train(5);
    const other = await population.parameters(1);
    population.restore([2]);
    expect(await population.parameters(2)).toEqual(before);
    expect(await population.parameters(1)).toEqual(other);
  });
});

describe('an aborted training', () => {
  it('ends between slices and says how far it came', async () => {
    const engine = await gpuEngine(5);
    const population = await engine.populate(makeData(problem), makePopulation(problem));
    const control = new AbortController();
    const training = population.train(1_000_000, control.signal);
    await population.predict(new Float32Array(2), 1);
    control.abort();
    const { steps, losses } = await training;
    expect(steps).toBeGreaterThan(0);
    expect(steps).toBeLessThan(1_000_000);
    expect(losses.length).toBe(3 * steps);
  });
});

describe('a device that goes away', () => {
  it('rejects the training with one sentence', async () => {
    const engine = await gpuEngine(5);
    const population = await engine.populate(makeData(problem), makePopulation(problem));
    const training = population.train(1_000_000);
    const failure = expect(training).rejects.toThrow(/device was lost while training/);
    await population.predict(new Float32Array(2), 1);
    engine.destroy();
    await failure;
    await expect(training).rejects.toBeInstanceOf(RunError);
    expect(await engine.lost).toBeTruthy();
  });
});

describe('prediction', () => {
  it('works in windows when rows are many', async () => {
    const engine = await gpuEngine();
    const wide = { ...problem, hidden: [300], trials: 2, rows: 20 };
    const population = await engine.populate(makeData(wide), makePopulation(wide));
    const rows = 9001;
    const features = Float32Array.from({ length: rows * 2 }, (_, i) => Math.sin(i));
    const all = await population.predict(features, rows);
    expect(all.length).toBe(2 * rows);
    for (const row of [0, 1, 4096, 8999, 9000]) {
      const one = await population.predict(features.slice(2 * row, 2 * row + 2), 1);
      expect([all[row], all[rows + row]]).toEqual([...one]);
    }
  });
});

describe('evaluation', () => {
  it('adds up windows when rows are many, and knows a set without rows', async () => {
    const engine = await gpuEngine();
    const many = { ...problem, hidden: [700], trials: 2, rows: 9001, outputs: 2 };
    const data = makeData(many);
    const settings = makePopulation(many);
    const gpu = await engine.populate(data, settings);
    const [ours, theirs] = [
      await gpu.evaluate('train'),
      await (await reference.populate(data, settings)).evaluate('train'),
    ];
    expect(ours.map(({ rows }) => rows)).toEqual([7200, 7200]);
    ours.forEach(({ loss, squared_error, absolute_error }, trial) => {
      expect(difference([loss], [theirs[trial].loss])).toBeLessThanOrEqual(1e-5);
      expect(difference(squared_error, theirs[trial].squared_error)).toBeLessThanOrEqual(1e-5);
      expect(difference(absolute_error, theirs[trial].absolute_error)).toBeLessThanOrEqual(1e-5);
    });
    expect((await gpu.evaluate('test')).map(({ rows, loss }) => [rows, loss])).toEqual([
      [0, Number.NaN],
      [0, Number.NaN],
    ]);
  });
});

describe('a population larger than a buffer', () => {
  it('trains in parts, with the bits it has whole', async () => {
    const data = makeData(problem);
    const settings = makePopulation({ ...problem, trials: 5 });
    const whole = await (await gpuEngine()).populate(data, settings);
    const perTrial = (8 * settings.initial_parameters.length) / 5;
    const engine = await openGpuEngine({ core: 'direct', largest_buffer: Math.max(2 * perTrial, 50 * 16) });
    const parts = await engine.populate(data, settings);
    expect(parts.plan).toMatch(/, in 3 parts$/);
    expect([parts.trials, parts.parameterCount, parts.stepsPerEpoch]).toEqual([
      5,
      whole.parameterCount,
      whole.stepsPerEpoch,
    ]);
    for (const population of [whole, parts]) {
      population.stop(3);
      population.configure(4, { learning_rate: 0.002 });
    }
    expect(await resultOf(parts, 30)).toEqual(await resultOf(whole, 30));
    expect(await parts.evaluate('validation')).toEqual(await whole.evaluate('validation'));
    expect(await parts.predict(data.features, 9)).toEqual(await whole.predict(data.features, 9));
    engine.destroy();
  });

  it.each([
    [
      { hidden: [400, 400] },
      1_200_000,
      /^The parameters .* take 1\.\d+ MB; this adapter's largest buffer is 1\.2 MB\. Use fewer units, /,
    ],
    [{ rows: 5000 }, 10_000, /^The data set takes 0\.08 MB; .* Use 625 rows or fewer/],
    [
      { batch_size: 300, hidden: [9], rows: 400 },
      7_000,
      /^A batch takes 0\.0108 MB; .* Use a batch_size of 194 or less/,
    ],
  ])('is refused with what would fit: %j', async (change, largest_buffer, sentence) => {
    const engine = await openGpuEngine({ core: 'direct', largest_buffer });
    const large = { ...problem, ...change };
    const populate = async () => engine.populate(makeData(large), makePopulation(large));
    await expect(populate()).rejects.toThrow(sentence);
    engine.destroy();
  });
});

describe('the choice of core', () => {
  it('is measured when none is asked for, and the engine trains with it', async () => {
    const engine = await openEngine();
    const population = await engine.populate(makeData(problem), makePopulation(problem));
    expect((await population.train(20)).losses.every(Number.isFinite)).toBe(true);
  });
});

describe('many engines made and closed', () => {
  it('leave nothing behind that stops the next', async () => {
    const data = makeData({ ...problem, rows: 10 });
    for (let i = 0; i < 20; i++) {
      const engine = await gpuEngine();
      const population = await engine.populate(data, makePopulation({ ...problem, hidden: [4] }));
      await population.train(2);
      population.destroy();
      population.destroy();
      engine.destroy();
    }
  });
});

type Counts = Record<
  'dispatchWorkgroups' | 'submit' | 'writeBuffer' | 'createBuffer' | 'createBindGroup' | 'mapAsync',
  number
>;

/** Counts WebGPU calls while `work` runs, by wrapping the prototypes. */
async function counting(work: () => Promise<unknown>): Promise<Counts> {
  const owners: Record<keyof Counts, object> = {
    dispatchWorkgroups: GPUComputePassEncoder.prototype,
    submit: GPUQueue.prototype,
    writeBuffer: GPUQueue.prototype,
    createBuffer: GPUDevice.prototype,
    createBindGroup: GPUDevice.prototype,
    mapAsync: GPUBuffer.prototype,
  };
  const counts = Object.fromEntries(Object.keys(owners).map((name) => [name, 0])) as Counts;
  const originals = Object.entries(owners).map(([name, owner]) => {
    const target = owner as Record<string, (...args: unknown[]) => unknown>;
    const original = target[name];
    target[name] = function (this: unknown, ...args: unknown[]) {
      counts[name as keyof Counts] += 1;
      return original.apply(this, args);
    };
    return () => {
      target[name] = original;
    };
  });
  try {
    await work();
  } finally {
    for (const undo of originals) undo();
  }
  return counts;
}
