/** What a step is made of, and what becomes of trials and trainings that end early. */
import { describe, expect, it } from 'vitest';
import { RunError } from '../../src/spec/errors.ts';
import { counting, fixedEngine, grid, plans, problem } from './behaviour.ts';
import { makeData, makePopulation } from './cases.ts';
import { gpuEngine } from './engines.ts';

describe('a step', () => {
  it.each([
    { hidden: [], dispatches: 2 },
    { hidden: [17], dispatches: 5 },
    { hidden: [150, 150], dispatches: 8 },
  ])('is at most 3L - 1 dispatches and nothing else, with hidden layers $hidden', async ({ hidden, dispatches }) => {
    const engine = await fixedEngine(100);
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
    const population = await (await gpuEngine({ core: 'direct', slice_rows: 2 })).populate(makeData(problem), {
      ...settings,
      plan: 'layered',
    });
    await population.train(1);
    const counts = await counting(() => population.train(10));
    expect(counts.dispatchWorkgroups).toBe(10 * dispatches);
    expect(counts.createBindGroup).toBe(0);
  });
});

describe.each(plans)('a stopped trial, %s', (plan) => {
  it('stays as it is while the others go on', async () => {
    const engine = await fixedEngine();
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
    const engine = await fixedEngine();
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
    const engine = await fixedEngine(5);
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
    const engine = await fixedEngine(5);
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

describe('a mixed population', () => {
  it('of 240 trials takes less than a dispatch in a thousand steps', async () => {
    const engine = await fixedEngine(200);
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
    const engine = await fixedEngine();
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
