/**
 * The GPU's numbers against the reference, for shapes that do not divide a tile and batches that do not divide the
 * rows. Tolerances are the design's: forward 1e-5, one step's gradients 1e-4, the loss after 200 steps 1e-3.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, EngineData, PlanChoice, PopulationSettings } from '../../src/engine/engine.ts';
import type { GpuOptions } from '../../src/engine/gpu/device.ts';
import { optimizerNames } from '../../src/spec/optimizer-settings.ts';
import { activationNames, lossNames } from '../../src/spec/settings.ts';
import { type Case, makeData, makePopulation, nameOf } from './cases.ts';
import { compare } from './compare.ts';
import { difference, openGpuEngine, reference } from './engines.ts';

const base: Case = {
  columns: 3,
  hidden: [17],
  outputs: 1,
  rows: 23,
  batch_size: 4,
  activation: 'tanh',
  loss: 'mse',
  optimizer: 'sgd',
};

const shapes: Case[] = [
  { ...base, hidden: [] },
  { ...base, hidden: [], outputs: 3, batch_size: 1 },
  { ...base, columns: 1, hidden: [1], rows: 5, batch_size: 3 },
  { ...base, columns: 17, hidden: [3, 1], outputs: 3, batch_size: 7 },
  { ...base, columns: 1, hidden: [150, 150], rows: 40, batch_size: 8, activation: 'leaky_relu', optimizer: 'adam' },
  {
    ...base,
    columns: 1,
    hidden: [150, 150],
    rows: 40,
    batch_size: 1,
    activation: 'relu',
    momentum: 0.9,
    learning_rate: 1e-3,
  },
  { ...base, columns: 33, hidden: [65, 31], outputs: 5, rows: 90, batch_size: 72, optimizer: 'adam' },
  { ...base, hidden: [5, 5, 5, 5], batch_size: 18, trials: 3 },
  { ...base, hidden: [9, 6], trials: 3, optimizer: 'adam', batch_size: 5 },
  { ...base, hidden: [9], trials: 2, momentum: 0.8, batch_size: 5, shuffle: false },
];
const functions: Case[] = activationNames.flatMap((activation) => [
  { ...base, activation },
  { ...base, activation: 'tanh', output_activation: activation, optimizer: 'adam' },
]);
const losses: Case[] = lossNames.flatMap((loss) => [
  {
    ...base,
    loss,
    outputs: 3,
    batch_size: 6,
    ...(loss === 'perceptron' ? { output_activation: 'step' as const } : {}),
  },
  { ...base, loss, hidden: [], outputs: 37, batch_size: 9, weighted: true, optimizer: 'adam' },
]);
/** Two classes in one output: as a logit, and as a probability. */
const twoClasses: Case[] = [
  { ...base, loss: 'binary_cross_entropy' },
  { ...base, loss: 'perceptron', output_activation: 'sigmoid' },
];
/** Everything that changes what becomes of a gradient. */
const updates: Case[] = [
  ...optimizerNames.flatMap((optimizer): Case[] => [
    { ...base, optimizer, trials: 2, numbers: { weight_decay: 0.1, l1: 0.001, l2: 0.01 } },
    {
      ...base,
      optimizer,
      hidden: [19, 5],
      momentum: 0.9,
      learning_rate: 1e-3,
      numbers: { nesterov: true, clip_norm: 0.1 },
    },
  ]),
  { ...base, hidden: [150, 150], batch_size: 7, optimizer: 'adam', trials: 3, numbers: { clip_norm: 0.5, l2: 0.01 } },
  ...[
    { kind: 1, warmup: 0, period: 2, factor: 0.5 },
    { kind: 2, warmup: 1.5, period: 1, factor: 0.95 },
    { kind: 3, warmup: 3, period: 40, factor: 0.1 },
    { kind: 4, warmup: 0, period: 20, factor: 0 },
  ].map((schedule): Case => ({ ...base, learning_rate: 0.05, numbers: { schedule } })),
  { ...base, hidden: [33, 17], dropout: 0.3, trials: 3 },
  { ...base, hidden: [8, 8, 8], dropout: 0.7, optimizer: 'adam', batch_size: 1, learning_rate: 1e-3 },
];

/** Batches cut into slices that do not divide them; in the last two one layer has too many tiles to be cut. */
const slices: Case[] = [
  { ...base, batch_size: 18, trials: 3 },
  { ...base, hidden: [], outputs: 3, batch_size: 18, optimizer: 'adam' },
  { ...base, hidden: [9, 6], batch_size: 17, trials: 3, numbers: { clip_norm: 0.1, l2: 0.01 } },
  { ...base, hidden: [9, 6], batch_size: 18, momentum: 0.9, loss: 'softmax_cross_entropy', outputs: 3, dropout: 0.2 },
  { ...base, columns: 33, hidden: [65, 31], outputs: 5, rows: 90, batch_size: 71, optimizer: 'adam' },
  { ...base, columns: 200, hidden: [230, 3], rows: 40, batch_size: 19, trials: 2 },
  {
    ...base,
    hidden: [230, 200],
    rows: 40,
    batch_size: 19,
    momentum: 0.9,
    learning_rate: 1e-3,
    numbers: { clip_norm: 0.5 },
  },
];

const cases = [...shapes, ...functions, ...losses, ...twoClasses, ...updates];

/** Every way to train, whichever this adapter would take. */
const ways = {
  'layered, direct': { plan: 'layered', core: 'direct' },
  'layered, direct wide': { plan: 'layered', core: 'direct_wide' },
  'layered, tiled': { plan: 'layered', core: 'tiled' },
  'layered, tiled wide': { plan: 'layered', core: 'tiled_wide' },
  'layered, tiled, 16 x 16': { plan: 'layered', core: 'tiled', threads: 16 },
  'layered, tiled wide, 16 x 16': { plan: 'layered', core: 'tiled_wide', threads: 16 },
  'layered, slices': { plan: 'layered', core: 'direct', slice_rows: 4 },
  'layered, tiled, slices': { plan: 'layered', core: 'tiled', slice_rows: 3 },
  'resident, storage': { plan: 'resident', core: 'direct', resident: { memory: 'storage', threads: 4 } },
  'resident, workgroup': { plan: 'resident', core: 'direct', resident: { memory: 'workgroup', threads: 32 } },
} as const satisfies Record<string, GpuOptions & { plan: PlanChoice }>;
type Way = keyof typeof ways;

/** A batch of 72 rows of these layers takes more workgroup memory than any adapter must have. */
const small = shapes.filter(({ batch_size, hidden }) => batch_size * Math.max(...hidden, 1) < 4000);
/** An adapter that clears workgroup memory number by number takes seconds to compile much of it. */
const tiny = small.filter(({ hidden }) => Math.max(...hidden, 1) < 100);
const chosen: Record<Way, Case[]> = {
  'layered, direct': cases,
  // The functions are the same in all of these; the shapes are where they differ.
  'layered, direct wide': shapes,
  'layered, tiled': shapes,
  // Slow to compile for a software adapter: few results, and sizes just above and below a tile's.
  'layered, tiled wide': [shapes[3], shapes[6], shapes[7]],
  'resident, storage': [...small, ...functions, ...losses, ...twoClasses, ...updates],
  'resident, workgroup': [
    ...tiny,
    ...functions,
    ...losses,
    ...twoClasses,
    ...updates.filter(({ hidden }) => hidden[0] < 100),
  ],
  'layered, tiled, 16 x 16': [shapes[6]],
  'layered, tiled wide, 16 x 16': [{ ...base, hidden: [130], rows: 90, batch_size: 72 }],
  'layered, slices': slices,
  'layered, tiled, slices': slices.slice(2, 5),
};
/** Kernels and their compiler are the same in Dawn, which runs every case, and in a browser, which runs each third. */
const everyNth = typeof document === 'undefined' ? 1 : 3;
const runs = (Object.keys(ways) as Way[]).flatMap((way) =>
  chosen[way]
    .filter((_, index) => index % everyNth === 0)
    .map((problem) => ({ name: `${way}: ${nameOf(problem)}`, way, problem })),
);
const engines = {} as Record<Way, Engine>;

/** The population of a case on the GPU, trained this way. */
const populate = (way: Way, data: EngineData, settings: PopulationSettings) =>
  engines[way].populate(data, { ...settings, plan: ways[way].plan });

beforeAll(async () => {
  for (const [way, options] of Object.entries(ways)) engines[way as Way] = await openGpuEngine(options);
});

afterAll(() => {
  for (const engine of Object.values(engines)) engine.destroy();
});

describe('against the reference', () => {
  it.for(runs)('$name', async ({ way, problem }, { task }) => {
    const at = { plan: way, problem: nameOf(problem) };
    const data = makeData(problem);
    const settings = makePopulation(problem);
    const [gpu, cpu] = [await populate(way, data, settings), await reference.populate(data, settings)];
    expect(gpu.plan).toBe(ways[way].plan);

    const outputs = await gpu.predict(data.features, data.rows);
    compare(task, at, 'forward', outputs, await cpu.predict(data.features, data.rows));

    for (const set of ['train', 'validation'] as const) {
      const [ours, theirs] = [await gpu.evaluate(set), await cpu.evaluate(set)];
      expect(ours.map(({ rows }) => rows)).toEqual(theirs.map(({ rows }) => rows));
      const [lossesOurs, lossesTheirs] = [ours, theirs].map((all) => all.map(({ loss }) => loss));
      compare(task, at, 'forward', lossesOurs, lossesTheirs);
      for (const [trial, evaluation] of ours.entries()) {
        compare(task, at, 'forward', evaluation.squared_error, theirs[trial].squared_error);
        compare(task, at, 'forward', evaluation.absolute_error, theirs[trial].absolute_error);
        expect(evaluation.correct, 'rows whose class is right').toBe(theirs[trial].correct);
      }
    }

    const [ours, theirs] = [await gpu.train(200), await cpu.train(200)];
    expect(ours.steps).toBe(200);
    const lastEpoch = gpu.stepsPerEpoch * gpu.trials;
    compare(task, at, 'loss, first epoch', ours.losses.slice(0, lastEpoch), theirs.losses.slice(0, lastEpoch));
    compare(task, at, 'loss, 200 steps', ours.losses.slice(-lastEpoch), theirs.losses.slice(-lastEpoch));
    gpu.destroy();
  });
});

describe('one step of plain SGD', () => {
  it.for(runs)('has the gradients of the reference: $name', async ({ way, problem }, { task }) => {
    // With learning rate 1 and no momentum, the gradient is what the step took away.
    const data = makeData(problem);
    const settings = makePopulation({
      ...problem,
      optimizer: 'sgd',
      momentum: 0,
      learning_rate: 1,
      trials: 1,
      numbers: {},
    });
    const gradients: Float32Array[] = [];
    for (const population of [await populate(way, data, settings), await reference.populate(data, settings)]) {
      await population.train(1);
      const after = await population.parameters(0);
      gradients.push(settings.initial_parameters.map((before, i) => before - after[i]));
    }
    compare(task, { plan: way, problem: nameOf(problem) }, 'gradients', gradients[0], gradients[1]);
    // A step has no slope to learn by, but under the perceptron rule.
    const flat = problem.output_activation === 'step' && problem.loss !== 'perceptron';
    if (!flat) expect(Math.max(...gradients[1].map(Math.abs))).toBeGreaterThan(1e-4);
  });
});

describe('the order of the rows', () => {
  const plans = ['layered, direct', 'resident, storage'] as const;
  const sizes = [1, 2, 5, 64, 100].flatMap((rows) => plans.map((way) => ({ rows, way })));
  it.each(sizes)("is the reference's over three epochs of $rows rows, $way", async ({ rows, way }) => {
    // Nothing is learned, and every row has its own loss: the losses of batches of one tell which rows they were.
    const data = makeData({ columns: 1, outputs: 1, rows: Math.ceil(rows / 0.8) });
    const settings = makePopulation({ ...base, columns: 1, rows, batch_size: 1, learning_rate: 1e-30, trials: 2 });
    const [gpu, cpu] = [await populate(way, data, settings), await reference.populate(data, settings)];
    expect(gpu.stepsPerEpoch).toBe(cpu.stepsPerEpoch);
    const steps = 3 * gpu.stepsPerEpoch;
    expect(difference((await gpu.train(steps)).losses, (await cpu.train(steps)).losses)).toBeLessThanOrEqual(1e-5);
  });
});

describe('trials of different kinds in one population', () => {
  const names = ['sigmoid', 'tanh', 'relu', 'leaky_relu', 'gelu', 'softplus', 'elu', 'silu'] as const;
  const kinds = ['resident, storage', 'resident, workgroup'] as const;
  it.each(kinds)('train as the reference trains them: %s', async (way) => {
    const problem: Case = { ...base, hidden: [9, 6], rows: 50, batch_size: 1, trials: 16 };
    const data = makeData({ ...problem, weighted: true });
    const settings = makePopulation(problem);
    settings.trials = settings.trials.map((numbers, trial) => ({
      ...numbers,
      activations: [names[trial % 8], names[(trial + 3) % 8], 'identity'],
      optimizer: optimizerNames[trial % 4],
      batch_size: [1, 4, 8, 13, 19][trial % 5],
      learning_rate: 1e-3,
      momentum: trial % 3 === 0 ? 0.9 : 0,
      alpha: 0.99,
      betas: [0.9, 0.999],
      clip_norm: trial % 5 === 1 ? 0.2 : 0,
      weight_decay: trial % 4 === 3 ? 0.01 : 0,
      dropout: trial % 6 === 2 ? [0.2, 0.5] : [0, 0],
      seed: trial,
    }));
    const [gpu, cpu] = [await populate(way, data, settings), await reference.populate(data, settings)];
    expect(gpu.stepsPerEpoch).toBe(40);
    expect(
      difference(await gpu.predict(data.features, data.rows), await cpu.predict(data.features, data.rows)),
    ).toBeLessThanOrEqual(1e-5);
    const [ours, theirs] = [(await gpu.train(200)).losses, (await cpu.train(200)).losses];
    const at = (losses: Float32Array, trial: number) => losses.filter((_, i) => i % 16 === trial);
    for (let trial = 0; trial < 16; trial++) {
      const [mine, expected] = [at(ours, trial), at(theirs, trial)];
      expect([...mine].map((loss) => loss === 0)).toEqual([...expected].map((loss) => loss === 0));
      expect(difference(mine, expected)).toBeLessThanOrEqual(1e-3);
    }
    const [after, expected] = [await gpu.evaluate('validation'), await cpu.evaluate('validation')];
    expect(
      difference(
        after.map(({ loss }) => loss),
        expected.map(({ loss }) => loss),
      ),
    ).toBeLessThanOrEqual(1e-3);
    gpu.destroy();
  });
});
