/**
 * Every engine's numbers against the reference, for shapes that do not divide a tile and batches that do not divide the
 * rows. Tolerances are the design's: forward 1e-5, one step's gradients 1e-4, the loss after 200 steps 1e-3.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, EngineData, PopulationSettings } from '../../src/engine/engine.ts';
import { optimizerNames } from '../../src/spec/optimizer-settings.ts';
import { type Case, makeData, makePopulation, nameOf } from './cases.ts';
import { compare } from './compare.ts';
import { difference, reference } from './engines.ts';
import { base } from './numbers-cases.ts';
import { type Way, ways } from './ways.ts';

const everyCase = parityShare === 1;
const waysHere = ways.filter(({ dawnOnly }) => everyCase || !dawnOnly);
/**
 * Dawn runs every case. The others have the same kernels: they run each fifth or so of a way's, at least one, and of the
 * next way the next ones, so that over all ways they come by each kind of case.
 */
const shareOf = ({ cases, quick }: Way, row: number): Case[] =>
  everyCase || quick ? cases : cases.filter((_, i) => (i + row) % Math.min(parityShare, cases.length) === 0);
const runs = ways.flatMap((way, row) =>
  waysHere.includes(way)
    ? shareOf(way, row).map((problem) => ({ name: `${way.name}: ${nameOf(problem)}`, way, problem }))
    : [],
);

/** With learning rate 1 and no momentum, the gradient is what a step took away. */
const oneStep = (problem: Case): Case => ({
  ...problem,
  optimizer: 'sgd',
  momentum: 0,
  learning_rate: 1,
  trials: 1,
  numbers: {},
});
/** Cases that differ only in what becomes of a gradient have the same one: it is worked out once. */
const steps = runs.filter(({ way, problem }, i) => {
  const gradient = nameOf(oneStep(problem));
  return runs.findIndex((other) => other.way === way && nameOf(oneStep(other.problem)) === gradient) === i;
});

const engines = new Map<string, Engine>();

/** The population of a case, trained this way. */
function populate({ name, plan }: Way, data: EngineData, settings: PopulationSettings) {
  const engine = engines.get(name) as Engine;
  return engine.createPopulation(data, { ...settings, plan });
}

beforeAll(async () => {
  for (const { name, open } of waysHere) engines.set(name, await open());
});

afterAll(() => {
  for (const engine of engines.values()) engine.destroy();
});

describe('against the reference', () => {
  it.for(runs)('$name', async ({ way, problem }, { task }) => {
    const at = { plan: way.name, problem: nameOf(problem) };
    const data = makeData(problem);
    const settings = makePopulation(problem);
    const [population, referee] = [
      await populate(way, data, settings),
      await reference.createPopulation(data, settings),
    ];
    expect(population.plan).toBe(way.says ?? way.plan);

    const outputs = await population.predict(data.features, data.rows);
    compare(task, at, 'forward', outputs, await referee.predict(data.features, data.rows));

    for (const set of ['train', 'validation'] as const) {
      const [ours, theirs] = [await population.evaluate(set), await referee.evaluate(set)];
      expect(ours.map(({ rows }) => rows)).toEqual(theirs.map(({ rows }) => rows));
      const [lossesOurs, lossesTheirs] = [ours, theirs].map((all) => all.map(({ loss }) => loss));
      compare(task, at, 'forward', lossesOurs, lossesTheirs);
      for (const [trial, evaluation] of ours.entries()) {
        compare(task, at, 'forward', evaluation.squared_error, theirs[trial].squared_error);
        compare(task, at, 'forward', evaluation.absolute_error, theirs[trial].absolute_error);
        expect(evaluation.correct, 'rows whose class is right').toBe(theirs[trial].correct);
      }
    }

    const [ours, theirs] = [await population.train(200), await referee.train(200)];
    expect(ours.steps).toBe(200);
    const lastEpoch = population.stepsPerEpoch * population.trials;
    compare(task, at, 'loss, first epoch', ours.losses.slice(0, lastEpoch), theirs.losses.slice(0, lastEpoch));
    compare(task, at, 'loss, 200 steps', ours.losses.slice(-lastEpoch), theirs.losses.slice(-lastEpoch));
    population.destroy();
  });
});

describe('one step of plain SGD', () => {
  it.for(steps)('has the gradients of the reference: $name', async ({ way, problem }, { task }) => {
    const data = makeData(problem);
    const settings = makePopulation(oneStep(problem));
    const gradients: Float32Array[] = [];
    for (const population of [await populate(way, data, settings), await reference.createPopulation(data, settings)]) {
      await population.train(1);
      const after = await population.parameters(0);
      gradients.push(settings.initial_parameters.map((before, i) => before - after[i]));
    }
    compare(task, { plan: way.name, problem: nameOf(problem) }, 'gradients', gradients[0], gradients[1]);
    // A step has no slope to learn by, but under the perceptron rule.
    const flat = problem.output_activation === 'step' && problem.loss !== 'perceptron';
    if (!flat) expect(Math.max(...gradients[1].map(Math.abs))).toBeGreaterThan(1e-4);
  });
});

describe('the order of the rows', () => {
  const some = ways.filter(({ name }) => ['layered, direct', 'resident, storage', 'cpu, simd'].includes(name));
  const sizes = [1, 2, 5, 64, 100].flatMap((rows) => some.map((way) => ({ rows, way })));
  it.each(sizes)("is the reference's over three epochs of $rows rows, $way.name", async ({ rows, way }) => {
    // Nothing is learned, and every row has its own loss: the losses of batches of one tell which rows they were.
    const data = makeData({ columns: 1, outputs: 1, rows: Math.ceil(rows / 0.8) });
    const settings = makePopulation({ ...base, columns: 1, rows, batch_size: 1, learning_rate: 1e-30, trials: 2 });
    const [population, referee] = [
      await populate(way, data, settings),
      await reference.createPopulation(data, settings),
    ];
    expect(population.stepsPerEpoch).toBe(referee.stepsPerEpoch);
    const steps = 3 * population.stepsPerEpoch;
    expect(difference((await population.train(steps)).losses, (await referee.train(steps)).losses)).toBeLessThanOrEqual(
      1e-5,
    );
  });
});

describe('trials of different kinds in one population', () => {
  const names = ['sigmoid', 'tanh', 'relu', 'leaky_relu', 'gelu', 'softplus', 'elu', 'silu'] as const;
  const mixing = ways.filter(({ plan }) => plan !== 'layered');
  it.each(mixing)('train as the reference trains them: $name', async (way) => {
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
    const [population, referee] = [
      await populate(way, data, settings),
      await reference.createPopulation(data, settings),
    ];
    expect(population.stepsPerEpoch).toBe(40);
    expect(
      difference(await population.predict(data.features, data.rows), await referee.predict(data.features, data.rows)),
    ).toBeLessThanOrEqual(1e-5);
    const [ours, theirs] = [(await population.train(200)).losses, (await referee.train(200)).losses];
    const at = (losses: Float32Array, trial: number) => losses.filter((_, i) => i % 16 === trial);
    for (let trial = 0; trial < 16; trial++) {
      const [mine, expected] = [at(ours, trial), at(theirs, trial)];
      expect([...mine].map((loss) => loss === 0)).toEqual([...expected].map((loss) => loss === 0));
      expect(difference(mine, expected)).toBeLessThanOrEqual(1e-3);
    }
    const [after, expected] = [await population.evaluate('validation'), await referee.evaluate('validation')];
    expect(
      difference(
        after.map(({ loss }) => loss),
        expected.map(({ loss }) => loss),
      ),
    ).toBeLessThanOrEqual(1e-3);
    population.destroy();
  });
});
