/** Parameters that are no longer finite numbers are found in the epoch they appear in, whatever the losses say. */

import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { prepare } from '../../../src/library/prepare.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import { trainPopulation } from '../../support/first-defaults.ts';
import { fixedEngine, plans, problem } from '../behaviour/behaviour.ts';
import { makeData, makePopulation } from '../support/cases.ts';
import { reference } from '../support/engines.ts';

const kinds = ['reference', ...plans] as const;

/** The reference, or a GPU engine that trains with this plan. */
async function engineOf(kind: (typeof kinds)[number]): Promise<Engine> {
  if (kind === 'reference') return reference;
  const engine = await fixedEngine();
  return {
    ...engine,
    createPopulation: (data, settings) => engine.createPopulation(data, { ...settings, plan: kind }),
  };
}

describe.each(kinds)('finite parameters, %s', (kind) => {
  it.each([
    { value: Number.POSITIVE_INFINITY, finite: false },
    { value: Number.NEGATIVE_INFINITY, finite: false },
    { value: Number.NaN, finite: false },
    { value: 3.4028234e38, finite: true },
    { value: -1e-45, finite: true },
  ])('are told from others trial by trial, wherever $value is', async ({ value, finite }) => {
    const engine = await engineOf(kind);
    const settings = makePopulation(problem);
    const count = settings.initial_parameters.length / 3;
    for (const [trial, place] of [
      [0, 0],
      [1, count - 1],
      [2, 70],
    ]) {
      const initial_parameters = settings.initial_parameters.slice();
      initial_parameters[trial * count + place] = value;
      const population = await engine.createPopulation(makeData(problem), { ...settings, initial_parameters });
      expect(await population.finite()).toEqual([0, 1, 2].map((other) => finite || other !== trial));
      population.destroy();
    }
  });

  /** One full batch an epoch: its loss, taken before the update, is 1.6e37, and the step 8e35 x the learning rate. */
  const rows = Float32Array.of(1e17, -1e17, 1e17, -1e17);
  const data = prepare(
    { features: rows, rows: 4, columns: 1, targets: rows.map((x) => 40 * x) },
    { scaling: 'none', split: { train: 1, validation: 0, test: 0 } },
  );
  const trial = (learning_rate: number): TrialInput => ({
    model: { hidden: [] },
    training: { optimizer: { kind: 'sgd', learning_rate }, batch_size: 4, epochs: 3 },
    initial_parameters: new Float32Array(2),
  });

  it('end a trial whose last update made them infinite, in that epoch and without validation rows', async () => {
    const engine = await engineOf(kind);
    const run = trainPopulation(engine, data, [trial(1000)]);
    while (await run.epoch());
    expect(run.history.length).toBe(1);
    expect(run.history[0].train_loss).toBeCloseTo(1.6e37, -35);
    expect(run.outcome).toMatchObject({ stopped: 'diverged', epochs_run: 1 });
    expect(await run.parameters()).toEqual(new Float32Array(2));
    await run.destroy();
  });

  it('leave the trials beside it the bits they have alone', async () => {
    const engine = await engineOf(kind);
    const together = trainPopulation(engine, data, [trial(1e-35), trial(1000), trial(2e-35)]);
    while (await together.epoch());
    expect(together.trials.map(({ outcome }) => outcome?.stopped)).toEqual(['epochs', 'diverged', 'epochs']);
    for (const [index, rate] of [
      [0, 1e-35],
      [2, 2e-35],
    ]) {
      const alone = trainPopulation(engine, data, [trial(rate)]);
      while (await alone.epoch());
      expect(await together.parameters(index)).toEqual(await alone.parameters());
      expect((await alone.parameters())[0]).toBeGreaterThan(1);
      await alone.destroy();
    }
    await together.destroy();
  });
});
