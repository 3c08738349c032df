/** What a step is made of, and what becomes of trials and trainings that end early. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { RunError } from '../../../src/util/errors.ts';
import { makeData, makePopulation } from '../support/cases.ts';
import { counting } from '../support/counting.ts';
import { gpuEngine, ownGpuEngine } from '../support/engines.ts';
import { fixed, fixedEngine, grid, plans, problem } from './behaviour.ts';

/** Milliseconds that no submit takes: how far it reaches is then a matter of steps alone, however busy the machine is. */
const unhurried = 1e9;

describe('a step', () => {
  it.each([
    { hidden: [], dispatches: 2 },
    { hidden: [17], dispatches: 5 },
    { hidden: [150, 150], dispatches: 8 },
  ])('is at most 3L - 1 dispatches and nothing else, with hidden layers $hidden', async ({ hidden, dispatches }) => {
    const engine = await fixedEngine(unhurried);
    const data = makeData({ ...problem, rows: 500 });
    const population = await engine.createPopulation(data, {
      ...makePopulation({ ...problem, hidden, trials: 1 }),
      plan: 'layered',
    });
    // Submits have grown to all 300 steps by the second time, and the buffer for their losses is in the pool.
    for (let times = 0; times < 2; times++) await population.train(300);
    const counts = await counting(() => population.train(300));
    expect(counts).toEqual({
      dispatchWorkgroups: 300 * dispatches,
      submit: 1,
      mapAsync: 1,
      writeBuffer: 0,
      createBuffer: 0,
      createBindGroup: 0,
      bytesWritten: 0,
      // Its loss.
      bytesMapped: 300 * 4,
    });
  });

  it('of the resident plan is a part of a dispatch, and all that comes back are losses', async () => {
    const engine = await fixedEngine(unhurried);
    const population = await engine.createPopulation(makeData({ ...problem, rows: 500 }), {
      ...makePopulation(problem),
      plan: 'resident',
    });
    for (let times = 0; times < 2; times++) await population.train(300);
    const counts = await counting(() => population.train(300));
    expect(counts).toEqual({
      dispatchWorkgroups: 1,
      submit: 1,
      mapAsync: 1,
      // How many steps it is to take.
      writeBuffer: 1,
      createBuffer: 0,
      createBindGroup: 0,
      bytesWritten: 4,
      bytesMapped: 300 * 3 * 4,
    });
  });
});

describe('a step in slices', () => {
  it.each([
    { clip_norm: 0, dispatches: 3 * 3 },
    { clip_norm: 0.1, dispatches: 3 * 3 + 1 },
  ])('is $dispatches dispatches for 3 layers with clip_norm $clip_norm', async ({ clip_norm, dispatches }) => {
    const settings = makePopulation({ ...problem, numbers: { clip_norm } });
    const population = await (await gpuEngine({ core: 'direct', slice_rows: 2 })).createPopulation(makeData(problem), {
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
    const population = await engine.createPopulation(makeData(problem), { ...makePopulation(problem), plan });
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
    const population = await engine.createPopulation(makeData(problem), { ...makePopulation(problem), plan });
    await population.train(5);
    const before = await population.parameters(2);
    population.saveSnapshot([0, 1, 2]);
    await population.train(5);
    const other = await population.parameters(1);
    population.restoreSnapshot([2]);
    expect(await population.parameters(2)).toEqual(before);
    expect(await population.parameters(1)).toEqual(other);
  });
});

describe.each(plans)('an aborted training, %s', (plan) => {
  it('ends between slices and says how far it came', async () => {
    const engine = await fixedEngine(5);
    const population = await engine.createPopulation(makeData(problem), { ...makePopulation(problem), plan });
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
    const engine = await ownGpuEngine({ ...fixed, slice_ms: 5 });
    const population = await engine.createPopulation(makeData(problem), { ...makePopulation(problem), plan });
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
    const engine = await fixedEngine(unhurried);
    const data = makeData({ ...problem, columns: 1, rows: 500 });
    const population = await engine.createPopulation(data, grid([16, 16], 10));
    expect(population.plan).toBe('resident');
    await population.train(1);
    let steps = 0;
    const counts = await counting(async () => {
      const { losses } = await population.train(50);
      steps = losses.reduce((sum, loss) => sum + Number(loss !== 0), 0);
    });
    expect(counts.dispatchWorkgroups / steps).toBeLessThan(0.001);
    expect(counts.dispatchWorkgroups).toBe(counts.submit);
    expect(counts.writeBuffer).toBe(counts.submit);
  });

  it('of 240 trials of 1-150-150-1 is compiled once, and takes a population step in one dispatch', async () => {
    const engine = await fixedEngine(unhurried);
    const data = makeData({ ...problem, columns: 1, rows: 40 });
    const settings = grid([150, 150], 10);
    const compiled = vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync');
    onTestFinished(() => compiled.mockRestore());
    (await engine.createPopulation(data, settings)).destroy();
    const population = await engine.createPopulation(data, settings);
    expect(population.plan).toBe('resident');
    expect(compiled).toHaveBeenCalledTimes(1);
    let losses: Float32Array = new Float32Array();
    const counts = await counting(async () => {
      losses = (await population.train(1)).losses;
    });
    expect(counts.dispatchWorkgroups).toBe(1);
    // In the first population step only a batch of one has a step; with it a third of the trials.
    expect(Array.from(losses, (loss) => loss > 0)).toEqual(settings.trials.map(({ batch_size }) => batch_size === 1));
  });
});
