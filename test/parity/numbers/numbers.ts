/**
 * Numbers against the reference, for shapes that do not divide a tile and batches that do not divide the rows.
 * Tolerances are the design's: forward 1e-5, one step's gradients 1e-4, the loss after 200 steps 1e-3.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, EngineData, Population, PopulationSettings } from '../../../src/engine/engine.ts';
import { type Case, makeData, makePopulation, nameOf } from '../support/cases.ts';
import { compare } from '../support/compare.ts';
import { covering } from '../support/covering.ts';
import { difference, reference } from '../support/engines.ts';
import type { Variant } from '../support/variants.ts';
import { base } from './numbers-cases.ts';

const everyCase = parityEveryCase;
export const runsHere = ({ dawnOnly }: Variant): boolean => everyCase || !dawnOnly;

/**
 * Dawn runs every case. The others have the same kernels: they show every activation, loss, optimizer and whatever else is
 * set, on the layered plan and on the resident one, in as few cases as do; and every kind of layer on the layered one.
 */
const casesHere = ({ cases, quick, elsewhere }: Variant): Case[] =>
  everyCase || quick ? cases : (elsewhere ?? covering(cases));

/** What a case's gradient depends on: all but what becomes of it. */
const gradientOf = ({ momentum, learning_rate, trials, numbers, ...problem }: Case): Case => ({
  ...problem,
  optimizer: 'sgd',
});

/**
 * A first step takes the gradient away, with the kernels that train the case: plain SGD and momentum at learning rate 1,
 * the others with an epsilon beside which the root of the squares is nothing. Clipping has a limit that nothing reaches.
 */
const gradientStep = ({ numbers, ...problem }: Case): Case => {
  const adaptive = problem.optimizer !== 'sgd';
  const epsilon = 1e6;
  return {
    ...problem,
    trials: 1,
    learning_rate: adaptive ? epsilon : 1,
    numbers: { ...(adaptive ? { epsilon } : {}), ...(numbers?.clip_norm ? { clip_norm: 1e30 } : {}) },
  };
};

const engines = new Map<string, Engine>();

/** The population of a case, trained by this variant. */
export function populate({ name, plan }: Variant, data: EngineData, settings: PopulationSettings) {
  const engine = engines.get(name) as Engine;
  return engine.createPopulation(data, { ...settings, plan });
}

/** Computes the reference's results for a problem once, and shares them between the variants. */
function once<T>(compute: (problem: Case) => Promise<T>): (problem: Case) => Promise<T> {
  const results = new Map<string, Promise<T>>();
  return (problem) => {
    const key = JSON.stringify(problem);
    const result = results.get(key) ?? compute(problem);
    results.set(key, result);
    return result;
  };
}

const referenceRun = once(async (problem) => {
  const data = makeData(problem);
  const population = await reference.createPopulation(data, makePopulation(problem));
  const outputs = await population.predict(data.features, data.rows);
  const evaluations = {
    train: await population.evaluate('train'),
    validation: await population.evaluate('validation'),
  };
  return { outputs, evaluations, losses: (await population.train(200)).losses };
});

const referenceGradients = once(async (problem) => {
  const settings = makePopulation(problem);
  return gradients(await reference.createPopulation(makeData(problem), settings), settings);
});

async function gradients(population: Population, { initial_parameters }: PopulationSettings): Promise<Float32Array> {
  await population.train(1);
  const after = await population.parameters(0);
  return initial_parameters.map((before, i) => before - after[i]);
}

export function compareNumbers(variants: Variant[]): void {
  const runs = variants.flatMap((variant) =>
    runsHere(variant)
      ? casesHere(variant).map((problem) => ({ name: `${variant.name}: ${nameOf(problem)}`, variant, problem }))
      : [],
  );
  /** Cases that differ only in what becomes of a gradient have the same one: it is compared once. */
  const steps = runs.filter(({ variant, problem }, i) => {
    const gradient = nameOf(gradientOf(problem));
    return runs.findIndex((other) => other.variant === variant && nameOf(gradientOf(other.problem)) === gradient) === i;
  });

  beforeAll(async () => {
    for (const { name, open } of variants.filter(runsHere)) engines.set(name, await open());
  });

  afterAll(() => {
    for (const engine of engines.values()) engine.destroy();
  });

  describe('against the reference', () => {
    it.for(runs)('$name', async ({ variant, problem }, { task }) => {
      const at = { plan: variant.name, problem: nameOf(problem) };
      const data = makeData(problem);
      const population = await populate(variant, data, makePopulation(problem));
      const expected = await referenceRun(problem);
      expect(population.plan).toBe(variant.says ?? variant.plan);

      compare(task, at, 'forward', await population.predict(data.features, data.rows), expected.outputs);

      for (const set of ['train', 'validation'] as const) {
        const [ours, theirs] = [await population.evaluate(set), expected.evaluations[set]];
        expect(ours.map(({ rows }) => rows)).toEqual(theirs.map(({ rows }) => rows));
        const [lossesOurs, lossesTheirs] = [ours, theirs].map((all) => all.map(({ loss }) => loss));
        compare(task, at, 'forward', lossesOurs, lossesTheirs);
        for (const [trial, evaluation] of ours.entries()) {
          compare(task, at, 'forward', evaluation.squared_error, theirs[trial].squared_error);
          compare(task, at, 'forward', evaluation.absolute_error, theirs[trial].absolute_error);
          expect(evaluation.correct, 'rows whose class is right').toBe(theirs[trial].correct);
        }
      }

      const { steps, losses } = await population.train(200);
      expect(steps).toBe(200);
      const lastEpoch = population.stepsPerEpoch * population.trials;
      compare(task, at, 'loss, first epoch', losses.slice(0, lastEpoch), expected.losses.slice(0, lastEpoch));
      compare(task, at, 'loss, 200 steps', losses.slice(-lastEpoch), expected.losses.slice(-lastEpoch));
      population.destroy();
    });
  });

  describe('one step', () => {
    it.for(steps)('has the gradients of the reference: $name', async ({ variant, problem }, { task }) => {
      const settings = makePopulation(gradientStep(problem));
      const ours = await gradients(await populate(variant, makeData(problem), settings), settings);
      const theirs = await referenceGradients(gradientStep(problem));
      compare(task, { plan: variant.name, problem: nameOf(problem) }, 'gradients', ours, theirs);
      // A step has no slope to learn by, but under the perceptron rule.
      const flat = problem.output_activation === 'step' && problem.loss !== 'perceptron';
      if (!flat) expect(Math.max(...theirs.map(Math.abs))).toBeGreaterThan(1e-4);
    });
  });
}

export function compareRowOrder(variants: Variant[]): void {
  describe('the order of the rows', () => {
    const sizes = [1, 2, 5, 64, 100].flatMap((rows) => variants.map((variant) => ({ rows, variant })));
    it.each(sizes)("is the reference's over three epochs of $rows rows, $variant.name", async ({ rows, variant }) => {
      // Nothing is learned, and every row has its own loss: the losses of batches of one tell which rows they were.
      const data = makeData({ columns: 1, outputs: 1, rows: Math.ceil(rows / 0.8) });
      const settings = makePopulation({ ...base, columns: 1, rows, batch_size: 1, learning_rate: 1e-30, trials: 2 });
      const [population, referee] = [
        await populate(variant, data, settings),
        await reference.createPopulation(data, settings),
      ];
      expect(population.stepsPerEpoch).toBe(referee.stepsPerEpoch);
      const steps = 3 * population.stepsPerEpoch;
      expect(
        difference((await population.train(steps)).losses, (await referee.train(steps)).losses),
      ).toBeLessThanOrEqual(1e-5);
    });
  });
}
