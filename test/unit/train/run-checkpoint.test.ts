/** A run that goes on from a checkpoint, wherever it was taken, ends as one that was never interrupted. */

import { describe, expect, it } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import type { RunCheckpoint } from '../../../src/train/checkpoint.ts';
import { resumeRun } from '../../../src/train/resume.ts';
import type { Run } from '../../../src/train/trainer.ts';
import { prepare, train, trainPopulation } from '../../support/first-defaults.ts';

const engine = createReferenceEngine('reference', 'asked for');
const data = prepare(generate('curve', { rows: 50, seed: 4 }), { target: 'y' });
const adam = { kind: 'adam', learning_rate: 0.02 } as const;
const settings: TrialInput[] = [
  { model: { hidden: [5] }, training: { epochs: 8, batch_size: 4, optimizer: adam, seed: 1 } },
  {
    model: { hidden: [5], activation: 'tanh' },
    training: { epochs: 8, batch_size: 7, early_stopping: { patience: 1 }, optimizer: adam },
  },
  {
    model: { hidden: [5], dropout: 0.1 },
    training: {
      epochs: 8,
      schedule: { kind: 'reduce_on_plateau', plateau: 1 },
      optimizer: { kind: 'sgd', momentum: 0.9 },
    },
  },
];

/** All that a run comes to, but for the time it took. */
async function endOf(run: Run) {
  while (await run.epoch());
  const trials = run.trials.map(({ history, changes, ...progress }) => ({
    ...progress,
    changes: changes.map(({ seconds: _, ...change }) => change),
    history: history.map(({ seconds: _, ...record }) => record),
  }));
  const parameters = await Promise.all(trials.map((_, trial) => run.parameters(trial)));
  return { trials, parameters, metrics: await run.metricsOfAll('test'), steps: run.stepsDone };
}

describe('a checkpoint of a run', () => {
  it('is refused where the run cannot begin, for the same reason', async () => {
    const populate = () => Promise.reject(new Error('no memory'));
    await expect(train({ ...engine, createPopulation: populate }, data, settings[0]).checkpoint()).rejects.toThrow(
      'no memory',
    );
  });

  it('is gone on from with the same bits, from the start, the end and the middle of epochs', async () => {
    const straight = await endOf(trainPopulation(engine, data, settings));
    for (const steps of [0, 1, 8, 10, 21, 63, 64]) {
      const run = trainPopulation(engine, data, settings);
      // Whole epochs are judged, as they are in a run that is iterated over.
      for (let epoch = 0; epoch < Math.floor(steps / 8); epoch++) await run.epoch();
      await run.steps(steps % 8);
      const checkpoint = structuredClone(await run.checkpoint());
      await run.destroy();
      expect(await endOf(resumeRun(engine, data, checkpoint)), `after ${steps} steps`).toEqual(straight);
    }
  });

  it('is taken of a run that is training, and changes nothing in it', async () => {
    const straight = await endOf(trainPopulation(engine, data, settings));
    const run = trainPopulation(engine, data, settings);
    const taken: RunCheckpoint[] = [];
    let more = true;
    while (more) {
      const epoch = run.epoch();
      taken.push(structuredClone(await run.checkpoint()));
      more = await epoch;
    }
    expect(await endOf(run)).toEqual(straight);
    expect(taken.length).toBeGreaterThan(2);
    for (const checkpoint of taken) expect(await endOf(resumeRun(engine, data, checkpoint))).toEqual(straight);
  });

  it('is taken of a run that is paused, and before one that is stopped', async () => {
    const run = train(engine, data, settings[0]);
    await run.epoch();
    run.pause();
    const epoch = run.epoch();
    expect((await run.checkpoint()).steps).toBe(8);
    const asked = run.checkpoint();
    run.stop();
    expect(await epoch).toBe(false);
    const checkpoint = await asked;
    expect(run.outcome?.stopped).toBe('interrupted');
    expect(checkpoint.trials[0].outcome).toBeUndefined();
    expect(await endOf(resumeRun(engine, data, checkpoint))).toEqual(await endOf(train(engine, data, settings[0])));
  });

  it('carries what was changed on the way', async () => {
    const changed = async () => {
      const run = train(engine, data, settings[0]);
      await run.epoch();
      await run.change({ learning_rate: 0.001, l2: 0.1 });
      await run.epoch();
      return run;
    };
    const checkpoint = structuredClone(await (await changed()).checkpoint());
    const resumed = resumeRun(engine, data, checkpoint);
    expect(resumed.trials[0].trial.training.l2).toBe(0.1);
    expect(await endOf(resumed)).toEqual(await endOf(await changed()));
  });

  it('of an earlier build, which had fewer settings, is gone on from with their defaults', async () => {
    const run = trainPopulation(engine, data, settings);
    await run.epoch();
    const checkpoint = structuredClone(await run.checkpoint());
    const without = (settings: object) => Reflect.deleteProperty(settings, 'label_smoothing');
    for (const { trial } of checkpoint.trials) expect(without(trial.training)).toBe(true);
    for (const numbers of checkpoint.population.trials) expect(without(numbers)).toBe(true);
    const resumed = resumeRun(engine, data, checkpoint);
    expect(resumed.trials[0].trial.training.label_smoothing).toBe(0);
    expect(await endOf(resumed)).toEqual(await endOf(run));
  });

  it('of other data or of another version is refused', async () => {
    const checkpoint = await train(engine, data, settings[0]).checkpoint();
    const fewer = prepare(generate('curve', { rows: 40, seed: 4 }), { target: 'y' });
    expect(() => resumeRun(engine, fewer, checkpoint)).toThrow(
      'The checkpoint is of 50 rows with 1 features and 1 targets; this data set has 40, 1 and 1.',
    );
    // Version 1 drew other random numbers.
    expect(() => resumeRun(engine, data, { ...checkpoint, version: 1 })).toThrow(
      "The checkpoint is of version 1 and this program's is 2: it would go on with other random numbers; begin anew.",
    );
  });

  it.each<[string, (checkpoint: RunCheckpoint) => void, RegExp]>([
    ['a learning rate of text', ({ trials: [one] }) => Object.assign(one, { learning_rate: '1' }), /learning_rate/],
    ['a batch size below 1', ({ population }) => Object.assign(population.trials[0], { batch_size: 0 }), /batch_size/],
    ['a rate that is NaN', ({ population }) => Object.assign(population.trials[1], { l2: Number.NaN }), /l2/],
    [
      'a missing record',
      ({ trials: [one] }) => Object.assign(one, { history: one.history.slice(1, 1), best: 0 }),
      /epochs/,
    ],
    ['records out of order', ({ trials: [one] }) => one.history.reverse(), /history/],
    ['a best epoch that was not', ({ trials: [one] }) => Object.assign(one, { best: 9 }), /best/],
    ['steps of another epoch', (all) => Object.assign(all, { steps: 99 }), /steps/],
    ['steps of its engine alone', ({ population }) => Object.assign(population, { steps: 9 }), /steps/],
    ['a trial that was not stopped', ({ population }) => population.stopped.push(2), /population\.trials/],
    ['sums of fewer trials', (all) => Object.assign(all, { loss_sums: new Float64Array(2) }), /loss_sums/],
    ['sums that are a list', (all) => Object.assign(all, { loss_sums: [0, 0, 0] }), /loss_sums/],
    ['no trials', (all) => Object.assign(all, { trials: [] }), /trials/],
    ['a setting that there is not', ({ trials: [one] }) => Object.assign(one.trial, { widht: 3 }), /widht/],
    [
      'initial settings out of range',
      ({ trials }) => Object.assign(trials[1].initial.training, { epochs: -1 }),
      /epochs/,
    ],
    [
      'fewer parameters',
      ({ population: { arrays } }) => Object.assign(arrays, { 'parameters 0': new Uint8Array(4) }),
      /another population/,
    ],
  ])('with %s is refused', async (_, damage, said) => {
    const run = trainPopulation(engine, data, settings);
    for (let epoch = 0; epoch < 2; epoch++) await run.epoch();
    const checkpoint = structuredClone(await run.checkpoint());
    damage(checkpoint);
    const refused = async () => resumeRun(engine, data, checkpoint).plan();
    await expect(refused()).rejects.toMatchObject({ where: 'checkpoint', message: expect.stringMatching(said) });
  });
});
