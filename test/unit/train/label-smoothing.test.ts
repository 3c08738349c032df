/** Smoothed labels: what the training loss becomes, and what stays as it is. */

import { describe, expect, it } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { gatherRows } from '../../../src/engine/reference/evaluation.ts';
import { probabilitiesOf } from '../../../src/spec/answers.ts';
import { prepare, trainPopulation } from '../../support/first-defaults.ts';

const engine = createReferenceEngine('reference', 'asked for');
const shares = [0, 0.1, 0.5];

/** [row, class] of the first trial, and the class of each row. */
async function predicted(run: ReturnType<typeof trainPopulation>, rows: Uint32Array) {
  const { data } = run;
  const loss = run.trials[0].trial.training.loss;
  const outputs = await run.predict(gatherRows(data.features, data.columns, rows), rows.length);
  const own = outputs.subarray(0, rows.length * data.outputs);
  const classes = Math.max(2, data.outputs);
  const targets = gatherRows(data.targets, data.outputs, rows);
  const truth = Array.from(rows, (_, r) =>
    data.outputs === 1 ? targets[r] : targets.subarray(r * classes, (r + 1) * classes).indexOf(1),
  );
  return { logs: probabilitiesOf(own, rows.length, data.outputs, loss).map(Math.log), truth, classes };
}

describe.each([
  ['two classes', 'moons'],
  ['more classes', 'blobs'],
] as const)('label smoothing with %s', (_, name) => {
  const data = prepare(generate(name, { rows: 60, seed: 3, noise: 0.5 }), {
    target: 'class',
    split: { train: 0.7, validation: 0.3 },
  });
  const { train, validation } = data.sets;
  const settings = shares.map((label_smoothing) => ({
    model: { hidden: [5] },
    // One batch, which hardly moves the parameters.
    training: {
      label_smoothing,
      batch_size: train.length,
      epochs: 1,
      seed: 1,
      optimizer: { kind: 'sgd' as const, learning_rate: 1e-12 },
    },
  }));

  it("makes the training loss that of torch's CrossEntropyLoss, and leaves the validation loss alone", async () => {
    const run = trainPopulation(engine, data, settings);
    while (await run.epoch());
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const { logs, truth, classes } = await predicted(run, train);
    const right = mean(truth.map((own, r) => -logs[r * classes + own]));
    const all = mean(truth.map((__, r) => -mean([...logs.subarray(r * classes, (r + 1) * classes)])));
    const held = await predicted(run, validation);
    const heldOut = mean(held.truth.map((own, r) => -held.logs[r * classes + own]));
    expect(run.trials.map(({ history }) => history[0].train_loss)).toEqual(
      shares.map((share) => expect.closeTo((1 - share) * right + share * all, 5)),
    );
    expect(run.trials.map(({ history }) => history[0].validation_loss)).toEqual(
      shares.map(() => expect.closeTo(heldOut, 5)),
    );
    expect(Math.abs(right - all)).toBeGreaterThan(0.01);
    const metrics = await run.metricsOfAll('validation');
    expect(metrics?.map((own) => 'log_loss' in own && own.log_loss)).toEqual(
      shares.map(() => expect.closeTo(heldOut, 5)),
    );
  });
});
