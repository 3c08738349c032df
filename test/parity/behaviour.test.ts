/** What the GPU engine promises beyond its numbers: the same bits, no work inside a step but dispatches, clean ends. */
import { describe, expect, it } from 'vitest';
import type { Population, PopulationSettings } from '../../src/engine/engine.ts';
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

/** How the plans are laid out is no matter here, and measuring it takes longer than most of these tests. */
const gpuEngine = (slice_ms?: number) =>
  openEngine({ slice_ms, core: 'direct', resident: { memory: 'storage', threads: 4 } });

const plans = ['layered', 'resident'] as const;

/** Trained parameters of every trial, and all losses. */
async function resultOf(population: Population, steps: number) {
  const { losses } = await population.train(steps);
  const parameters = await Promise.all(
    Array.from({ length: population.trials }, (_, trial) => population.parameters(trial)),
  );
  return { losses, parameters };
}

/** With slices, a layered step adds up its batches in another way. */
const sliced = async () => openEngine({ core: 'direct', slice_rows: 2 });

describe('the same seed, layered in slices', () => {
  it.each([0, 0.1])('gives a trial in a population the bits it has alone, clip_norm %d', async (clip_norm) => {
    const data = makeData(problem);
    const settings: PopulationSettings = { ...makePopulation({ ...problem, numbers: { clip_norm } }), plan: 'layered' };
    const engine = await sliced();
    const together = await resultOf(await engine.populate(data, settings), 40);
    expect(await resultOf(await (await sliced()).populate(data, settings), 40)).toEqual(together);
    const count = settings.initial_parameters.length / 3;
    for (const trial of [0, 2]) {
      const alone = await engine.populate(data, {
        ...settings,
        trials: [settings.trials[trial]],
        initial_parameters: settings.initial_parameters.slice(trial * count, (trial + 1) * count),
      });
      expect((await resultOf(alone, 40)).parameters[0]).toEqual(together.parameters[trial]);
    }
  });
});

describe.each(plans)('the same seed, %s', (plan) => {
  it('gives the same bits, however the work is cut', async () => {
    const data = makeData(problem);
    const settings: PopulationSettings = { ...makePopulation(problem), plan };
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
    const settings: PopulationSettings = { ...makePopulation(problem), plan };
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
    const one = { ...problem, columns: 1, hidden: [1], batch_size: 2, trials: 1 };
    const settings: PopulationSettings = { ...makePopulation(one), plan };
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
    const population = await engine.populate(data, {
      ...makePopulation({ ...problem, hidden, trials: 1 }),
      plan: 'layered',
    });
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

describe('a step in slices', () => {
  it.each([
    { clip_norm: 0, dispatches: 3 * 3 },
    { clip_norm: 0.1, dispatches: 3 * 3 + 1 },
  ])('is $dispatches dispatches for 3 layers with clip_norm $clip_norm', async ({ clip_norm, dispatches }) => {
    const settings = makePopulation({ ...problem, numbers: { clip_norm } });
    const population = await (await sliced()).populate(makeData(problem), { ...settings, plan: 'layered' });
    await population.train(1);
    const counts = await counting(() => population.train(10));
    expect(counts.dispatchWorkgroups).toBe(10 * dispatches);
    expect(counts.createBindGroup).toBe(0);
  });
});

describe.each(plans)('a stopped trial, %s', (plan) => {
  it('stays as it is while the others go on', async () => {
    const engine = await gpuEngine();
    const population = await engine.populate(makeData(problem), { ...makePopulation(problem), plan });
    await population.train(5);
    const before = await Promise.all([0, 1, 2].map((trial) => population.parameters(trial)));
    population.stop(1);
    await population.train(5);
    const after = await Promise.all([0, 1, 2].map((trial) => population.parameters(trial)));
    expect(after[1]).toEqual(before[1]);
    expect(after[0]).not.toEqual(before[0]);
    expect(after[2]).not.toEqual(before[2]);
    const { losses } = await population.train(5);
    expect([...losses].map((loss) => loss === 0)).toEqual([...losses].map((_, i) => i % 3 === 1));
  });
});

describe.each(plans)('kept parameters, %s', (plan) => {
  it('come back, for the trials asked for', async () => {
    const engine = await gpuEngine();
    const population = await engine.populate(makeData(problem), { ...makePopulation(problem), plan });
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

describe.each(plans)('an aborted training, %s', (plan) => {
  it('ends between slices and says how far it came', async () => {
    const engine = await gpuEngine(5);
    const population = await engine.populate(makeData(problem), { ...makePopulation(problem), plan });
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

describe.each(plans)('a device that goes away, %s', (plan) => {
  it('rejects the training with one sentence', async () => {
    const engine = await gpuEngine(5);
    const population = await engine.populate(makeData(problem), { ...makePopulation(problem), plan });
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
    const population = await engine.populate(makeData(wide), { ...makePopulation(wide), plan: 'layered' });
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
    [{ rows: 5000 }, 10_000, /^The list of training rows takes 0\.016 MB; .* Use 2500 training rows or fewer/],
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

describe('the choice of plan', () => {
  it('is measured when none is asked for, and made once for a class of shapes', async () => {
    const engine = await openEngine();
    const [data, settings] = [makeData(problem), makePopulation(problem)];
    const population = await engine.populate(data, settings);
    expect(plans).toContain(population.plan);
    expect((await population.train(20)).losses.every(Number.isFinite)).toBe(true);
    const begun = performance.now();
    expect((await engine.populate(data, settings)).plan).toBe(population.plan);
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it('is what was asked for, or refused in a sentence', async () => {
    const engine = await gpuEngine();
    const data = makeData(problem);
    for (const plan of plans) {
      const population = await engine.populate(data, { ...makePopulation(problem), plan });
      expect(population.plan).toBe(plan);
    }
    const large = makePopulation({ ...problem, hidden: [5000], batch_size: 40, trials: 2 });
    expect((await engine.populate(data, large)).plan).toBe('layered');
    await expect(engine.populate(data, { ...large, plan: 'resident' })).rejects.toThrow(/does not fit: .* bytes/);
    const mixed = (settings: PopulationSettings): PopulationSettings => ({
      ...settings,
      trials: settings.trials.map((numbers, trial) => ({ ...numbers, batch_size: numbers.batch_size - trial })),
    });
    expect((await engine.populate(data, mixed(makePopulation(problem)))).plan).toBe('resident');
  });

  it('is made for each kind of trial where no plan takes all of them together', async () => {
    const engine = await gpuEngine();
    const data = makeData(problem);
    const kinds = (['layered', 'auto'] as const).map((plan): PopulationSettings => {
      // For auto too large for a workgroup: 5,000 units.
      const settings = makePopulation(
        plan === 'auto' ? { ...problem, hidden: [5000], batch_size: 40, trials: 3 } : problem,
      );
      const trials = settings.trials.map((numbers, trial) => ({
        ...numbers,
        batch_size: trial === 1 ? 3 : numbers.batch_size,
        clip_norm: trial === 2 ? 0.1 : 0,
      }));
      return { ...settings, trials, plan };
    });
    for (const settings of kinds) {
      const population = await engine.populate(data, settings);
      const plain = await reference.populate(data, settings);
      expect(population.plan).toBe('layered, in 2 parts');
      expect(population.stepsPerEpoch).toBe(plain.stepsPerEpoch);
      population.stop(0);
      plain.stop(0);
      for (const steps of [5, plain.stepsPerEpoch]) {
        const [ours, theirs] = [await resultOf(population, steps), await resultOf(plain, steps)];
        expect(difference(ours.losses, theirs.losses)).toBeLessThan(1e-3);
        ours.parameters.forEach((parameters, trial) => {
          expect(difference(parameters, theirs.parameters[trial])).toBeLessThan(1e-3);
        });
      }
      const losses = (await population.evaluate('validation')).map(({ loss }) => loss);
      expect(
        difference(
          losses,
          (await plain.evaluate('validation')).map(({ loss }) => loss),
        ),
      ).toBeLessThan(1e-3);
    }
  });
});

/** Mixed trials: every activation x optimizer x batch size of the founding grid, and seeds. */
function grid(hidden: number[], seeds: number): PopulationSettings {
  const kinds = (['sigmoid', 'tanh', 'relu', 'leaky_relu'] as const).flatMap((activation) =>
    (['sgd', 'adam'] as const).flatMap((optimizer) =>
      [1, 4, 8].map((batch_size) => ({ activation, optimizer, batch_size })),
    ),
  );
  const settings = makePopulation({ ...problem, columns: 1, hidden, trials: kinds.length * seeds });
  settings.trials = settings.trials.map((numbers, trial) => {
    const { activation, optimizer, batch_size } = kinds[trial % kinds.length];
    const activations = [...hidden.map(() => activation), 'identity' as const];
    return { ...numbers, activations, optimizer, batch_size, learning_rate: 1e-3, betas: [0.9, 0.999] };
  });
  return settings;
}

describe('a mixed population', () => {
  it.each([
    { memory: 'storage', threads: 4 },
    { memory: 'workgroup', threads: 64 },
  ] as const)('gives every trial the bits it has alone, whatever stops beside it: $memory', async (resident) => {
    const engine = await openEngine({ slice_ms: 20, core: 'direct', resident });
    const data = makeData({ ...problem, columns: 1 });
    const all = grid([16, 16], 3);
    const settings = { ...all, trials: all.trials.slice(0, 64) };
    const count = settings.initial_parameters.length / all.trials.length;
    settings.initial_parameters = settings.initial_parameters.slice(0, 64 * count);
    const population = await engine.populate(data, settings);
    population.stop(7);
    const together = await population.train(45);
    for (const trial of [0, 1, 2, 23, 40, 63]) {
      const numbers = settings.trials[trial];
      const alone = await engine.populate(data, {
        ...settings,
        trials: [numbers],
        initial_parameters: settings.initial_parameters.slice(trial * count, (trial + 1) * count),
        plan: 'resident',
      });
      const steps = Math.ceil(40 / numbers.batch_size);
      const { losses } = await alone.train(steps);
      const mine = together.losses.filter((loss, i) => i % 64 === trial && loss !== 0);
      expect([...mine.slice(0, steps)]).toEqual([...losses]);
    }
  });

  it('of 240 trials takes less than a dispatch in a thousand steps', async () => {
    const engine = await gpuEngine(200);
    const data = makeData({ ...problem, columns: 1, rows: 500 });
    const population = await engine.populate(data, grid([16, 16], 10));
    expect(population.plan).toBe('resident');
    await population.train(10);
    let steps = 0;
    const counts = await counting(async () => {
      const { losses } = await population.train(200);
      steps = losses.reduce((sum, loss) => sum + Number(loss !== 0), 0);
    });
    expect(counts.dispatchWorkgroups / steps).toBeLessThan(0.001);
    expect(counts.dispatchWorkgroups).toBe(counts.submit);
    expect(counts.writeBuffer).toBe(counts.submit);
    console.log(`240 mixed trials of 1-16-16-1: ${counts.dispatchWorkgroups} dispatches for ${steps} steps`);
  });

  it('of 240 trials of 1-150-150-1 is made and trained at once', async () => {
    const engine = await gpuEngine();
    const data = makeData({ ...problem, columns: 1, rows: 40 });
    const begun = performance.now();
    const settings = grid([150, 150], 10);
    (await engine.populate(data, settings)).destroy();
    const compiled = performance.now();
    const population = await engine.populate(data, settings);
    const made = performance.now();
    const { losses } = await population.train(1);
    expect(losses.filter((loss) => loss > 0).length).toBeGreaterThanOrEqual(80);
    console.log(
      `240 mixed trials of 1-150-150-1: made in ${Math.round(made - compiled)} ms, ` +
        `the pipeline in ${Math.round(compiled - begun - (made - compiled))} ms, ` +
        `a tick in ${Math.round(performance.now() - made)} ms`,
    );
  });
});

describe('memory', () => {
  it('is all given back by a population that is closed, whatever it was asked for', async () => {
    const engine = await gpuEngine();
    const data = makeData(problem);
    for (const plan of plans) {
      const population = await engine.populate(data, { ...makePopulation(problem), plan });
      await population.train(3);
      await population.evaluate('validation');
      await population.predict(data.features, 5);
      await population.parameters(1);
      expect(engine.bytes).toBeGreaterThan(4 * 3 * population.parameterCount);
      population.destroy();
      population.destroy();
      await expect.poll(() => engine.bytes).toBe(0);
    }
  });

  // A browser does not tell what its GPU process uses; Node, where it is one process, does.
  const engines = typeof globalThis.process?.memoryUsage === 'function' ? 200 : 40;

  it(`stays flat over ${engines} engines`, async () => {
    const data = makeData({ ...problem, rows: 10 });
    const settings = { ...makePopulation({ ...problem, hidden: [4] }), plan: 'layered' as const };
    const used: number[] = [];
    for (let i = 0; i < engines; i++) {
      const engine = await openGpuEngine({ core: 'direct' });
      const population = await engine.populate(data, settings);
      await population.train(1);
      population.destroy();
      expect(engine.bytes).toBe(0);
      engine.destroy();
      if (i % 10 === 9) globalThis.gc?.();
      used.push(globalThis.process?.memoryUsage?.().rss ?? 0);
    }
    expect((used[engines - 1] - used[engines / 2 - 1]) / 1e6).toBeLessThan(100);
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
