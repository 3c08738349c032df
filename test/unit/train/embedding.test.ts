/** The setting `embedding`, from the table to the file: which features get cosines, and that a model keeps them. */

import { describe, expect, it } from 'vitest';
import { requestCpuEngine } from '../../../src/engine/cpu/engine.ts';
import { modelTensors } from '../../../src/engine/parameters.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { saveModel } from '../../../src/model/model.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import { resumeRun } from '../../../src/train/resume.ts';
import { uniformAt } from '../../../src/util/random.ts';
import { range, tableOf, valuesOf } from '../../support/data/tables.ts';
import { prepare, train, trainPopulation } from '../../support/first-defaults.ts';

/** y is a wave of x; the colour moves it, and the date says nothing. */
const rows = range(200);
const x = rows.map((row) => 4 * uniformAt(1, row) - 2);
const colour = rows.map((row) => ['red', 'green', 'blue'][row % 3]);
const table = tableOf({
  colour,
  x,
  day: rows.map((row) => `2024-${String(1 + (row % 12)).padStart(2, '0')}-${String(1 + (row % 28)).padStart(2, '0')}`),
  y: rows.map((row) => Math.sin(6 * x[row]) + (row % 3)),
});
const data = prepare(table, { target: 'y' });
const day = data.featureNames.indexOf('day');

const trial = (embedding: NonNullable<TrialInput['model']>['embedding'], epochs = 30): TrialInput => ({
  model: { hidden: [16], dropout: 0.1, embedding },
  training: { epochs, batch_size: 8, optimizer: { kind: 'adam', learning_rate: 0.01 } },
});
const periodic = { kind: 'periodic', frequencies: 6, scale: 0.5 } as const;
const reference = () => createReferenceEngine('reference', 'asked for');

async function trained(engine: ReturnType<typeof reference>, input: TrialInput) {
  const run = train(engine, data, input);
  for await (const _ of run);
  return run;
}

describe('an embedding', () => {
  it('is a layer of cosines of numbers and dates before the first hidden one; what is 0 or 1 passes', async () => {
    const run = train(reference(), data, trial(periodic));
    expect(data.featureNames.slice(0, 4)).toEqual(['colour = blue', 'colour = red', 'colour = green', 'x']);
    const [first, hidden] = run.layers;
    expect(first).toMatchObject({ kind: 'periodic', activation: 'identity', inputs: data.columns });
    expect(first.embedding).toEqual({ inputs: [3, day], frequencies: 6, scale: 0.5 });
    expect(first.outputs).toBe(data.columns + 12);
    expect(hidden.inputs).toBe(first.outputs);
    expect(run.parameterCount).toBe(2 * 12 + (first.outputs + 1) * 16 + 17);
    await run.destroy();
  });

  it.each([
    ['no feature is a number', { ignore: ['x', 'day'] }],
    ['numbers are in pieces', { numeric: 'piecewise_linear' as const }],
  ])('is left out where %s', async (_, settings) => {
    const run = train(reference(), prepare(table, { target: 'y', ...settings }), trial(periodic));
    expect(run.layers.map(({ kind }) => kind)).toEqual([undefined, undefined]);
    await run.destroy();
  });

  it('learns a wave that the same network without it does not, and its model predicts the same from a file', async () => {
    const cpu = await requestCpuEngine('asked for', { threads: 1 });
    const scores: number[] = [];
    for (const embedding of [periodic, undefined]) {
      const run = await trained(cpu, trial(embedding));
      const model = await run.model();
      const again = loadModel(saveModel(model));
      expect(again.members[0].layers).toEqual(run.layers);
      const [ours, theirs] = [model, again].map((one) => valuesOf(one.predict(table)[0]));
      expect(theirs).toEqual(ours);
      scores.push(run.history.at(-1)?.validation_loss ?? Number.NaN);
      await run.destroy();
    }
    cpu.destroy();
    expect(scores[0]).toBeLessThan(0.4 * scores[1]);
  });

  it('begins with a scale of each trial in one population, and trains each as it trains alone', async () => {
    const scales = [0.1, 1];
    const population = trainPopulation(
      reference(),
      data,
      scales.map((scale) => trial({ ...periodic, scale }, 2)),
    );
    const starts = await Promise.all(scales.map((_, index) => population.parameters(index)));
    const [{ size }] = modelTensors(population.layers);
    for (let i = 0; i < size; i++) expect(starts[1][i]).toBeCloseTo(10 * starts[0][i], 5);
    expect(starts[1].subarray(size)).toEqual(starts[0].subarray(size));
    for await (const _ of population);
    const alone = await trained(reference(), trial({ ...periodic, scale: 1 }, 2));
    expect(await population.parameters(1)).toEqual(await alone.parameters());
    await population.destroy();
  });

  it.each([{ ...periodic, frequencies: 5 }, { ...periodic, learning_rate_factor: 0.1 }, { kind: 'none' as const }])(
    'is refused in a population with another: %j',
    (other) => {
      expect(() => trainPopulation(reference(), data, [trial(periodic), trial(other)])).toThrow(
        'Trial 1 cannot train in one population with trial 0: hidden layers, embedding and loss have to be the same.',
      );
    },
  );

  it('has a learning rate of its own, and goes on from a checkpoint and with changed settings', async () => {
    const factor = { ...periodic, learning_rate_factor: 0.1 };
    const run = train(reference(), data, {
      ...trial(factor, 3),
      training: { optimizer: { kind: 'sgd', learning_rate: 0.1 }, shuffle: false, epochs: 3 },
      model: { hidden: [4], embedding: factor },
    });
    const plain = train(reference(), data, {
      training: { optimizer: { kind: 'sgd', learning_rate: 0.1 }, shuffle: false, epochs: 3 },
      model: { hidden: [4], embedding: periodic },
    });
    const [before] = await Promise.all([run.parameters(), plain.parameters()]);
    await Promise.all([run.steps(1), plain.steps(1)]);
    const [slow, fast] = await Promise.all([run.parameters(), plain.parameters()]);
    for (let i = 0; i < 24; i++) expect(slow[i] - before[i]).toBeCloseTo(0.1 * (fast[i] - before[i]), 6);
    expect(slow.subarray(24)).toEqual(fast.subarray(24));

    await run.change({ learning_rate: 0.05 });
    const resumed = resumeRun(reference(), data, await run.checkpoint());
    for (const one of [run, resumed]) for await (const _ of one);
    expect(await resumed.parameters()).toEqual(await run.parameters());
    await Promise.all([run, plain, resumed].map((one) => one.destroy()));
  });
});
