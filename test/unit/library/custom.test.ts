/** Losses and metrics that programs write: in training, records, results and early stopping, and in what is kept of a run. */
import { describe, expect, it } from 'vitest';
import {
  type ClassPrediction,
  type CustomLoss,
  InputError,
  loadModel,
  type NumberPrediction,
  prepare,
  type RowLoss,
  refit,
  requestEngine,
  resumeRun,
  saveModel,
  type TargetsPrediction,
  train,
} from '../../../src/index.ts';
import { engineLoss } from '../../../src/library/custom-loss.ts';

await using reference = await requestEngine({ kind: 'reference' });
await using cpu = await requestEngine({ kind: 'reproducible', threads: 1 });

const rows = Array.from({ length: 90 }, (_, i) => ({
  x: ((i * 37) % 90) / 15 - 3,
  y: Math.sin(((i * 37) % 90) / 15 - 3) + (i % 9 === 0 ? 3 : 0),
  kind: ((i * 37) % 90) / 15 > 4 ? 'rare' : 'common',
}));
const numbers = prepare(rows, { target: 'y', ignore: ['kind'], split: { train: 0.7, validation: 0.3 } });
const classes = prepare(rows, { target: 'kind', ignore: ['y'], split: { train: 0.7, validation: 0.3 } });
const settings = { model: { hidden: [6] }, training: { epochs: 15, batch_size: 8 } };

/** The 0.9 quantile of the target. */
const pinball: CustomLoss = {
  name: 'pinball 0.9',
  value: (output, target) => Math.max(0.9 * (target - output), 0.1 * (output - target)),
  slope: (output, target) => (output < target ? -0.9 : 0.1),
};

/** Lin et al. 2017 on the logit of two classes, by a row. */
const focal: RowLoss = {
  name: 'focal',
  row([z], [t], slopes) {
    const sign = t >= 0.5 ? 1 : -1;
    const p = 1 / (1 + Math.exp(-sign * z));
    slopes[0] = sign * ((1 - p) ** 2 * (2 * p * Math.log(p) + p - 1));
    return -((1 - p) ** 2) * Math.log(p);
  },
};

const mae = (predictions: readonly NumberPrediction[], targets: readonly number[]) =>
  predictions.reduce((sum, { value }, i) => sum + Math.abs(value - targets[i]), 0) / targets.length;
const recall = (predictions: readonly ClassPrediction[], targets: readonly string[]) => {
  const rare = predictions.filter((_, i) => targets[i] === 'rare');
  return rare.filter((prediction) => prediction.class === 'rare').length / rare.length;
};

const refused = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'taken';
};

describe('a loss', () => {
  it.each([pinball, focal])('has slopes that match central differences: $name', (loss) => {
    const { row } = engineLoss(loss);
    const slopes = new Float64Array(1);
    for (const target of [0, 1]) {
      for (const z of [-2.5, -0.3, 0.4, 1.7]) {
        const at = (output: number) => row(Float64Array.of(output), Float64Array.of(target), 0, 1, slopes);
        const numeric = (at(z + 1e-6) - at(z - 1e-6)) / 2e-6;
        at(z);
        expect(slopes[0]).toBeCloseTo(numeric, 7);
      }
    }
  });

  it('trains on the CPU as on the reference, and does what it says', async () => {
    const long = { ...settings, training: { ...settings.training, epochs: 120 } };
    const [model, other] = await Promise.all([
      train(cpu, numbers, long, { loss: pinball }).model(),
      train(reference, numbers, long, { loss: pinball }).model(),
    ]);
    const below = rows.filter(({ x, y }) => y <= model.predict([{ x }])[0].value!).length / rows.length;
    expect(below).toBeGreaterThan(0.8);
    expect(below).toBeLessThan(0.97);
    model.predict(rows).forEach(({ value }, i) => {
      expect(value).toBeCloseTo(other.predict([rows[i]])[0].value!, 1);
    });
    const plain = await train(cpu, numbers, long).model();
    expect(rows.filter(({ x, y }) => y <= plain.predict([{ x }])[0].value!).length / rows.length).not.toBe(below);
  });

  it('of classes leaves their probabilities what they are', async () => {
    const run = train(cpu, classes, settings, { loss: focal });
    const [{ class: name, probabilities }] = (await run.model()).predict([{ x: 2.9 }]);
    expect(name).toBe('rare');
    expect(probabilities?.rare).toBeGreaterThan(0.5);
    expect(run.history[0].train_loss).toBeLessThan(Math.LN2);
  });

  it('is named in the file of its model and in its checkpoint, which goes on with it alone', async () => {
    const run = train(reference, numbers, settings, { loss: pinball });
    await run.steps(11);
    const checkpoint = structuredClone(await run.checkpoint());
    const model = await run.model();
    expect(loadModel(saveModel(model)).origin.custom_loss).toBe('pinball 0.9');
    expect(loadModel(saveModel(model)).predict(rows)).toEqual(model.predict(rows));
    expect(refused(() => resumeRun(reference, numbers, checkpoint))).toBe(
      'loss: the checkpoint was trained with pinball 0.9, a loss of your own; give it again to go on.',
    );
    const resumed = await resumeRun(reference, numbers, checkpoint, { loss: pinball }).model();
    expect(resumed.members[0].parameters).toEqual(model.members[0].parameters);
    const whole = prepare(rows, { target: 'y', ignore: ['kind'], split: { train: 1 } });
    expect((await refit(reference, whole, run).model()).origin.custom_loss).toBe('pinball 0.9');
  });

  it('is refused where something is missing of it', () => {
    const trained = (loss: unknown, training = {}) =>
      refused(() => train(cpu, classes, { training }, { loss: loss as CustomLoss }));
    expect(trained({ name: 'x', value: () => 0 })).toBe(
      'loss: x is not whole; give it a name, and value and slope, or row.',
    );
    expect(trained({ row: () => 0 })).toContain('loss: loss is not whole');
    expect(trained(focal, { label_smoothing: 0.1 })).toBe(
      'training.label_smoothing: does not go with focal, a loss of your own; leave it out, or smooth the targets in the loss.',
    );
  });
});

describe('a metric', () => {
  it('is in the records of epochs and in the metrics of every part', async () => {
    const run = train(reference, numbers, settings, { metrics: { mae } });
    for await (const { validation, custom } of run) {
      expect(custom?.mae).toBeCloseTo((validation as { mae: number }).mae, 5);
    }
    for (const set of ['train', 'validation'] as const) {
      const metrics = await run.metrics(set);
      expect(metrics?.custom?.mae).toBeCloseTo((metrics as { mae: number }).mae, 5);
    }
  });

  it('is given classes by their names', async () => {
    const run = train(reference, classes, settings, { metrics: { recall } });
    const model = await run.model();
    const held = [...classes.sets.validation].map((row) => rows[row]);
    const known = held.map(({ kind }) => kind);
    const answers = model.predict(held) as ClassPrediction[];
    expect(new Set(known)).toEqual(new Set(['common', 'rare']));
    expect((await run.metrics('validation'))?.custom?.recall).toBe(recall(answers, known));
  });

  it('of several targets is given each by its name', async () => {
    const features = Float32Array.from({ length: 40 }, (_, i) => i / 10);
    const targets = Float32Array.from({ length: 80 }, (_, i) => (1 + (i % 2)) * features[i >> 1]);
    const data = prepare({ features, rows: 40, columns: 1, targets, outputs: 2 });
    const ratio = (_: readonly TargetsPrediction[], known: readonly Record<string, number>[]) =>
      known.reduce((sum, { y1, y2 }) => sum + Math.abs(y2 - 2 * y1), 0);
    const run = train(reference, data, { training: { epochs: 1 } }, { metrics: { ratio } });
    expect((await run.metrics('train'))?.custom?.ratio).toBeCloseTo(0, 5);
  });

  it('is given answers that are worked out once, and lists that it may sort', async () => {
    const features = Float32Array.from({ length: 40 }, (_, i) => i / 10);
    const targets = Float32Array.from({ length: 80 }, (_, i) => (i % 7) + features[i >> 1]);
    const data = prepare({ features, rows: 40, columns: 1, targets, outputs: 2 }, { split: { validation: 0.5 } });
    const given: Record<string, number>[] = [];
    const first = (_: unknown, known: readonly Record<string, number>[]) => {
      given.push(known[0]);
      (known as Record<string, number>[]).sort((a, b) => b.y1 - a.y1);
      return known[0].y1;
    };
    await train(reference, data, { training: { epochs: 3 } }, { metrics: { first, again: first } }).model();
    expect(given).toHaveLength(6);
    // The very object.
    for (const answer of given) expect(answer).toBe(given[0]);
  });

  it.each(['min', 'max'] as const)('decides when to stop, and which epoch is kept: %s', async (mode) => {
    let epoch = 0;
    // Best in epoch 3.
    const metrics = { bend: () => (mode === 'min' ? 1 : -1) * Math.abs(++epoch - 3) };
    const training = { ...settings.training, epochs: 50, early_stopping: { patience: 4 } };
    const run = train(reference, numbers, { ...settings, training }, { metrics, monitor: { metric: 'bend', mode } });
    await run.model();
    expect(run.outcome).toMatchObject({
      stopped: 'early_stopping',
      epochs_run: 7,
      kept_epoch: 3,
      code: 'ended_early_metric',
      explanation: 'Stopped after epoch 7: 4 epochs without a better bend.',
    });
  });

  it('is refused where it gives no number, or cannot be monitored', async () => {
    const wrong = { wrong: () => 'x' as unknown as number };
    await expect(train(reference, numbers, settings, { metrics: wrong }).model()).rejects.toThrow(
      'metrics.wrong: has to give a number, and gave string.',
    );
    const metrics = { mae };
    const monitored = (metric: string, training = {}, data = numbers) =>
      refused(() => train(reference, data, { training }, { metrics, monitor: { metric } }));
    expect(monitored('mea')).toBe('monitor: there is no metric mea; choose one of mae.');
    expect(monitored('mae', { early_stopping: false })).toContain('monitor: training.early_stopping is off');
    const whole = prepare(rows, { target: 'y', split: { train: 1 } });
    expect(monitored('mae', {}, whole)).toContain('monitor: there are no validation rows');
  });
});
