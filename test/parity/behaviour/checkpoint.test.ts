/** A population that goes on from a checkpoint ends with the bits of one that was never interrupted. */
import { describe, expect, it } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { requestCpuEngine } from '../../../src/engine/cpu/engine.ts';
import type { Engine, EngineData, Population, PopulationSettings } from '../../../src/engine/engine.ts';
import { portableCheckpoint } from '../../../src/engine/portable.ts';
import { checkpointOfLive } from '../../../src/train/live-trials.ts';
import { resumeRun } from '../../../src/train/resume.ts';
import { type Run, train, trainPopulation } from '../../../src/train/trainer.ts';
import { makeData, makePopulation } from '../support/cases.ts';
import { difference, gpuEngine, ownGpuEngine, reference } from '../support/engines.ts';
import { tolerances } from '../support/tolerances.ts';
import { fixed, fixedEngine, grid, plans, problem, resultOf } from './behaviour.ts';

/** Trains on, and then goes back to what was kept: everything that a checkpoint has to carry. */
async function theRest(population: Population, steps: number) {
  const trained = await resultOf(population, steps);
  const evaluations = await population.evaluate('validation');
  population.restoreSnapshot([0]);
  return { trained, evaluations, kept: await population.parameters(0) };
}

/** Some steps in which all that may happen to a population happens. */
async function eventful(population: Population) {
  await population.train(9);
  population.saveSnapshot([0]);
  population.configure(0, { learning_rate: 0.003, l2: 0.01 });
  if (population.trials > 1) population.stop(1);
  await population.train(8);
}

async function resumes(engine: Engine, data: EngineData, settings: PopulationSettings, other: Engine = engine) {
  const population = await engine.createPopulation(data, settings);
  await eventful(population);
  const checkpoint = structuredClone(await population.checkpoint());
  const resumed = await other.createPopulation(data, settings);
  // What it did before does not matter.
  await resumed.train(3);
  await resumed.resume(checkpoint);
  const [straight, again] = [await theRest(population, 40), await theRest(resumed, 40)];
  expect(again).toEqual(straight);
  // Numbers that were changed are still what later changes start from.
  for (const one of [population, resumed]) one.configure(0, { momentum: 0 });
  expect(await resultOf(resumed, 5)).toEqual(await resultOf(population, 5));
}

describe.each(plans)('a checkpoint, %s', (plan) => {
  it.each([
    { optimizer: 'sgd' },
    { optimizer: 'sgd', momentum: 0.9 },
    { optimizer: 'rmsprop' },
    { optimizer: 'adam', dropout: 0.2 },
    { optimizer: 'adamw', numbers: { clip_norm: 0.1, schedule: { kind: 3, warmup: 5, period: 40, factor: 0.1 } } },
  ] as const)('of %j is gone on from with the same bits, by another engine too', async (change) => {
    const settings = { ...makePopulation({ ...problem, ...change }), plan };
    await resumes(await fixedEngine(), makeData(problem), settings, await fixedEngine());
  });

  // What makes it portable is no kernel: one engine with all of them is enough.
  it
    .runIf(globalThis.parityEveryCase)
    .each([
      { optimizer: 'sgd' },
      { optimizer: 'sgd', momentum: 0.9 },
      { optimizer: 'rmsprop', momentum: 0.5 },
      { optimizer: 'adam', dropout: 0.2 },
    ] as const)('of %j is gone on from on the CPU and the reference, once portable', async (change) => {
    const settings = makePopulation({ ...problem, trials: 2, ...change });
    const trained = await (await fixedEngine()).createPopulation(makeData(problem), { ...settings, plan });
    await trained.train(9);
    trained.saveSnapshot([0, 1]);
    trained.configure(1, { learning_rate: 0.003 });
    await trained.train(8);
    const portable = portableCheckpoint(structuredClone(await trained.checkpoint()), trained.parameterCount);
    const cpu = await requestCpuEngine('parity test');
    const others = [];
    for (const engine of [cpu, reference]) others.push(await engine.createPopulation(makeData(problem), settings));
    for (const other of others) {
      await other.resume(structuredClone(portable));
      for (const trial of [0, 1]) expect(await other.parameters(trial)).toEqual(await trained.parameters(trial));
    }
    const { losses } = await trained.train(20);
    for (const other of others) {
      const resumed = await other.train(20);
      expect(difference(resumed.losses, losses)).toBeLessThanOrEqual(tolerances['loss, first epoch']);
    }
    for (const one of [trained, ...others]) one.restoreSnapshot([0, 1]);
    for (const other of others) expect(await other.parameters(1)).toEqual(await trained.parameters(1));
    cpu.destroy();
  });

  it('is gone on from on another device with the same bits', async () => {
    const settings = { ...makePopulation({ ...problem, dropout: 0.2 }), plan };
    await resumes(await fixedEngine(), makeData(problem), settings, await ownGpuEngine(fixed));
  });

  it('of rows in windows is gone on from with the same bits', async () => {
    const engine = await gpuEngine({ ...fixed, largest_buffer: 20 * 4 * 4 });
    const settings = { ...makePopulation({ ...problem, trials: 1, hidden: [5] }), plan };
    const population = await engine.createPopulation(makeData(problem), settings);
    expect(population.plan).toContain('windows of rows');
    await resumes(engine, makeData(problem), settings);
  });

  it('of another plan is refused', async () => {
    const engine = await fixedEngine();
    const population = await engine.createPopulation(makeData(problem), { ...makePopulation(problem), plan });
    const other = await reference.createPopulation(makeData(problem), makePopulation(problem));
    await expect(population.resume(await other.checkpoint())).rejects.toThrow(
      `The checkpoint is of plan plain, and this population has plan ${plan}; begin anew.`,
    );
    await expect(other.resume(await population.checkpoint())).rejects.toThrow(`and this population has plan plain`);
    const wider = await engine.createPopulation(makeData(problem), {
      ...makePopulation({ ...problem, hidden: [4] }),
      plan,
    });
    await expect(wider.resume(await population.checkpoint())).rejects.toThrow('is of another population');
  });
});

describe('a checkpoint', () => {
  it('of a run on rows in windows is gone on from with the same bits, also on the CPU', async () => {
    const engine = await gpuEngine({ ...fixed, largest_buffer: 20 * 4 * 4 });
    const data = prepare(generate('curve', { rows: 60, seed: 4 }), { target: 'y' });
    const run = train(engine, data, { model: { hidden: [4] }, training: { batch_size: 8, epochs: 4 } });
    expect(await run.plan()).toContain('windows of rows');
    await run.steps(7);
    const checkpoint = structuredClone(await run.checkpoint());
    const resumed = resumeRun(engine, data, checkpoint);
    const portable = portableCheckpoint(checkpoint.population, run.parameterCount);
    const moved = resumeRun(reference, data, { ...checkpoint, population: portable });
    for (const one of [run, resumed, moved]) await one.steps(9);
    expect(await resumed.parameters()).toEqual(await run.parameters());
    expect(difference(await moved.parameters(), await run.parameters())).toBeLessThanOrEqual(
      tolerances['loss, first epoch'],
    );
    for (const one of [run, resumed, moved]) await one.destroy();
  });

  it('of mixed trials is gone on from with the same bits', async () => {
    await resumes(await fixedEngine(), makeData({ ...problem, columns: 1 }), grid([6, 5], 1));
  });

  it('of a population in parts is gone on from with the same bits', async () => {
    const settings = { ...grid([6, 5], 1), plan: 'layered' as const };
    const engine = await fixedEngine();
    const population = await engine.createPopulation(makeData({ ...problem, columns: 1 }), settings);
    expect(population.plan).toContain('in 24 parts');
    await resumes(engine, makeData({ ...problem, columns: 1 }), settings);
  });

  it('of scale layers and tensors with learning rates of their own is gone on from with the same bits', async () => {
    const training = { scale: { learning_rate_scale: 3 }, shift: { trainable: false } };
    const settings = makePopulation({ ...problem, added: { kind: 'scale', before: [0, 2] }, training });
    await resumes(await fixedEngine(), makeData(problem), settings, await fixedEngine());
  });

  it('of the reference is gone on from with the same bits', async () => {
    await resumes(reference, makeData({ ...problem, columns: 1 }), grid([6, 5], 1));
  });

  it.each(['sgd', 'rmsprop', 'adam', 'adamw'] as const)(
    'of %s on the CPU is gone on from with the same bits',
    async (optimizer) => {
      const cpu = await requestCpuEngine('parity test');
      const numbers = { clip_norm: 0.1, schedule: { kind: 3, warmup: 5, period: 40, factor: 0.1 } };
      const settings = makePopulation({ ...problem, optimizer, momentum: 0.9, dropout: 0.2, numbers });
      await resumes(cpu, makeData(problem), settings);
      await resumes(cpu, makeData({ ...problem, columns: 1 }), grid([6, 5], 1));
      cpu.destroy();
    },
  );
});

/** Those that end first have what the others do without: momentum, clipping, the smallest batches, another optimizer. */
const company = {
  layered: [{}, { optimizer: { momentum: 0.9 } }, { seed: 5 }, { clip_norm: 0.1 }],
  resident: [{}, { optimizer: { kind: 'adam' } }, { batch_size: 16 }, { batch_size: 3, clip_norm: 0.1 }],
  cpu: [{}, { optimizer: { kind: 'adam' } }, { batch_size: 16 }, { batch_size: 3, clip_norm: 0.1 }],
} as const;

describe('the trials of a population that have not ended', () => {
  const data = prepare(generate('curve', { rows: 60, seed: 4 }), {
    target: 'y',
    split: { train: 0.8, validation: 0.2 },
  });
  const isLive = (_: unknown, trial: number) => trial % 2 === 0;
  const timeless = ({ trials }: Run) =>
    trials.map(({ history, outcome }) => ({ outcome, history: history.map(({ seconds: _, ...record }) => record) }));

  it.each(['cpu', ...plans] as const)('go on in one of their own with the same bits, %s', async (plan) => {
    const own = plan === 'cpu' ? await requestCpuEngine('parity test') : await fixedEngine();
    const engine: Engine = {
      ...own,
      createPopulation: (some, settings) =>
        own.createPopulation(some, plan === 'cpu' ? settings : { ...settings, plan }),
    };
    const trials = company[plan].map(({ optimizer, ...training }: { optimizer?: object }) => ({
      model: { hidden: [6, 5] },
      training: {
        epochs: 8,
        batch_size: 8,
        early_stopping: { patience: 2 },
        optimizer: { kind: 'sgd', learning_rate: 0.02, ...optimizer },
        ...training,
      } as const,
    }));
    const whole = trainPopulation(engine, data, trials);
    for (let epoch = 0; epoch < 3; epoch++) await whole.epoch();
    await whole.stopTrials([1, 3]);
    const checkpoint = await checkpointOfLive(whole);
    if (!checkpoint) throw new Error('in parts');
    const rest = resumeRun(engine, data, structuredClone(checkpoint));
    for (const run of [whole, rest]) while (await run.epoch());
    expect(timeless(rest)).toEqual(timeless(whole).filter(isLive));
    expect(rest.epochsDone).toBeGreaterThan(3);
    for (const trial of [0, 1]) expect(await rest.parameters(trial)).toEqual(await whole.parameters(2 * trial));
    for (const set of ['train', 'validation'] as const) {
      expect(await rest.metricsOfAll(set)).toEqual((await whole.metricsOfAll(set))?.filter(isLive));
    }
    await whole.destroy();
    await rest.destroy();
    own.destroy();
  });
});
