/** Losses and metrics that programs write, in sweeps and fits: by the rule of `train`, and with its errors. */
import { describe, expect, it } from 'vitest';
import {
  averageWinner,
  type CustomLoss,
  fit as fitTable,
  loadModel,
  type NumberPrediction,
  prepare,
  type RowLoss,
  requestEngine,
  saveModel,
  sweep,
  train,
} from '../../../src/index.ts';
import { uniformAt } from '../../../src/util/random.ts';

await using reference = await requestEngine({ kind: 'reference' });
await using cpu = await requestEngine({ kind: 'reproducible', threads: 1 });

/** Above a line by an amount that is drawn evenly: the 0.9 quantile is 0.8 above the mean's. */
const rows = Array.from({ length: 200 }, (_, i) => {
  const x = 4 * uniformAt(1, 2 * i) - 2;
  return { x, y: x + 2 * uniformAt(1, 2 * i + 1), kind: x > 1 ? 'rare' : 'common' };
});
const ignore = ['kind'];
const numbers = prepare(rows, { target: 'y', ignore, split: { train: 0.7, validation: 0.3 } });

const pinball: CustomLoss = {
  name: 'pinball 0.9',
  value: (output, target) => Math.max(0.9 * (target - output), 0.1 * (output - target)),
  slope: (output, target) => (output < target ? -0.9 : 0.1),
};

const squares: RowLoss = {
  name: 'squares',
  row([z], [t], slopes) {
    slopes[0] = 2 * (z - t);
    return (z - t) ** 2;
  },
};

const below = (predictions: readonly NumberPrediction[], targets: readonly number[]) =>
  predictions.filter(({ value }, i) => targets[i] <= value).length / targets.length;
const mae = (predictions: readonly NumberPrediction[], targets: readonly number[]) =>
  predictions.reduce((sum, { value }, i) => sum + Math.abs(value - targets[i]), 0) / targets.length;

const base = { model: { hidden: [6] }, training: { epochs: 40, batch_size: 8 } };

describe.each([
  ['reference', reference],
  ['cpu', cpu],
])('a sweep on %s', (_, engine) => {
  it('trains its trials with a loss, as train does, and scores them by metrics', async () => {
    const input = { base, seeds: [3] };
    const result = await sweep(engine, numbers, input, { loss: pinball, metrics: { below, mae } });
    const [trial] = result.trials;
    const run = train(engine, numbers, { ...base, training: { ...base.training, seed: 3 } }, { loss: pinball });
    const alone = await run.model();
    expect(result.best.model.members[0].parameters).toEqual(alone.members[0].parameters);
    expect(loadModel(saveModel(result.best.model)).origin.custom_loss).toBe('pinball 0.9');
    expect(trial.history.map(({ train_loss }) => train_loss)).toEqual(run.history.map(({ train_loss }) => train_loss));
    const { validation } = trial.metrics;
    expect(validation?.custom?.mae).toBeCloseTo((validation as { mae: number }).mae, 5);
    expect(validation?.custom?.below).toBeGreaterThan(0.75);
    expect(trial.history[5].custom?.below).toEqual(expect.any(Number));
  });
});

describe('a sweep', () => {
  it('keeps the loss where trials go on by themselves, and in the average of its winner', async () => {
    const seeds = 2;
    const grid = { 'training.optimizer.learning_rate': [1e-2, 3e-3, 1e-3, 1e-4] };
    const halving = { first: 4, factor: 2 };
    const own = { loss: squares };
    const input = { base: { ...base, training: { ...base.training, epochs: 12 } }, grid, seeds, halving };
    const result = await sweep(cpu, numbers, input, own);
    const plain = await sweep(cpu, numbers, input);
    // The same sum as the loss of numbers, by the caller's own function.
    const ends = ({ trials }: typeof result) => trials.map(({ epochs_run, stopped }) => [epochs_run, stopped]);
    expect(ends(result)).toEqual(ends(plain));
    expect(result.trials.some(({ stopped }) => stopped === 'halving')).toBe(true);
    result.trials.forEach(({ history }, place) => {
      expect(history.at(-1)?.train_loss).toBeCloseTo(plain.trials[place].history.at(-1)!.train_loss, 4);
    });
    const whole = prepare(rows, { target: 'y', ignore, split: { train: 1 } });
    const { model } = await averageWinner(cpu, whole, result);
    expect(model.origin.custom_loss).toBe('squares');
  });

  it('stops trials by a metric of the caller', async () => {
    const training = { ...base.training, early_stopping: { patience: 4 } };
    let epoch = 0;
    // Best in epoch 3.
    const metrics = { bend: () => Math.abs(++epoch - 3) };
    const { trials } = await sweep(
      reference,
      numbers,
      { base: { ...base, training } },
      { metrics, monitor: { metric: 'bend' } },
    );
    expect(trials[0]).toMatchObject({ stopped: 'early_stopping', epochs_run: 7 });
  });

  it('refuses what train refuses, and a store, which could not hold it', async () => {
    const refused = (options: object, input: object = { base }) => sweep(cpu, numbers, input, options);
    await expect(refused({ loss: { name: 'x' } })).rejects.toThrow('loss: x is not whole; give it a name');
    await expect(refused({ loss: squares }, { grid: { 'training.label_smoothing': [0.1] } })).rejects.toThrow(
      'label_smoothing',
    );
    await expect(refused({ metrics: { mae }, monitor: { metric: 'mea' } })).rejects.toThrow('there is no metric mea');
    const store = { list: () => [], read: () => undefined, write() {}, remove() {} };
    await expect(refused({ loss: squares, store })).rejects.toThrow('store: cannot keep what goes by loss of your own');
  });
});

describe('a fit', () => {
  const plan = { folds: 2, held_out: 0.5, max_rows: 200, max_width: 16, trials: 2, epochs: 20, packs: 2 };

  it.each([
    ['reference', reference],
    ['cpu', cpu],
  ])('trains and chooses by a loss, and scores by metrics: %s', async (_, engine) => {
    const settings = { target: 'y', ignore, plan: engine === reference ? { ...plan, packs: 1 } : plan };
    const own = await fitTable(engine, rows, settings, { loss: pinball, metrics: { below, mae } });
    const plain = await fitTable(engine, rows, settings, { metrics: { below } });
    expect(own.metrics.custom?.below).toBeGreaterThan(0.78);
    expect(plain.metrics.custom?.below).toBeLessThan(0.65);
    expect(own.metrics.custom?.mae).toBeCloseTo((own.metrics as { mae: number }).mae, 4);
    const answers = own.model.predict(rows) as NumberPrediction[];
    expect(
      below(
        answers,
        rows.map(({ y }) => y),
      ),
    ).toBeGreaterThan(0.78);
    expect(loadModel(saveModel(own.model)).origin.custom_loss).toBe('pinball 0.9');
  });

  it("is the same by the caller's squares as by its own", async () => {
    const settings = { target: 'y', ignore, plan };
    const [own, plain] = [await fitTable(cpu, rows, settings, { loss: squares }), await fitTable(cpu, rows, settings)];
    expect(own.model.members.length).toBe(plain.model.members.length);
    expect((own.metrics as { rmse: number }).rmse).toBeCloseTo((plain.metrics as { rmse: number }).rmse, 2);
  });

  it('of classes trains by a loss, and is chosen by log loss', async () => {
    const settings = { target: 'kind', ignore: ['y'], plan };
    const logistic: CustomLoss = {
      name: 'logistic',
      value: (z, t) => Math.log1p(Math.exp(z)) - t * z,
      slope: (z, t) => 1 / (1 + Math.exp(-z)) - t,
    };
    const { model, metrics } = await fitTable(cpu, rows, settings, { loss: logistic });
    expect(model.origin.custom_loss).toBe('logistic');
    expect((metrics as { accuracy: number }).accuracy).toBeGreaterThan(0.85);
  });

  it('refuses what train refuses', async () => {
    const settings = { target: 'y', ignore, plan };
    const incomplete = { name: 'x' } as unknown as CustomLoss;
    await expect(fitTable(cpu, rows, settings, { loss: incomplete })).rejects.toThrow('loss: x is not whole');
    const wrong = { wrong: () => 'x' as unknown as number };
    await expect(fitTable(cpu, rows, settings, { metrics: wrong })).rejects.toThrow('has to give a number');
  });
});
