/** The training loop, on the reference engine: what a run promises whatever computes it. */

import { describe, expect, it, vi } from 'vitest';
import type { DataSet } from '../../../src/data/prepare/dataset.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import type { EpochMetrics } from '../../../src/model/metrics.ts';
import { onlyMember } from '../../../src/model/model-data.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import { bestEpoch } from '../../../src/train/results/summary.ts';
import type { EpochRecord, Run } from '../../../src/train/trainer.ts';
import { normalAt } from '../../../src/util/random.ts';
import { prepare, train, trainPopulation } from '../../support/first-defaults.ts';

const engine = createReferenceEngine('reference', 'asked for', { slice_ms: 1 });

/** A noisy line: rows of one feature and one target. */
function line(rows = 60): DataSet {
  const features = Float32Array.from({ length: rows }, (_, i) => normalAt(1, i));
  const targets = features.map((x, i) => 100 + 20 * x + 2 * normalAt(2, i));
  return prepare({ features, rows, columns: 1, targets });
}

const settings: TrialInput = {
  model: { hidden: [8], activation: 'tanh' },
  training: { optimizer: { kind: 'adam', learning_rate: 0.02 }, batch_size: 5, epochs: 12, seed: 3 },
};

async function recordsOf(run: Run): Promise<EpochRecord[]> {
  const records: EpochRecord[] = [];
  for await (const record of run) records.push(record);
  return records;
}

function rmseOf(metrics: EpochMetrics | null): number {
  if (!metrics || !('rmse' in metrics)) throw new Error('no metrics of numbers');
  return metrics.rmse;
}

/** What does not depend on the clock. */
const timeless = (records: readonly EpochRecord[]) => records.map(({ seconds: _, ...record }) => record);

function changed(training: NonNullable<TrialInput['training']>): TrialInput {
  return { ...settings, training: { ...settings.training, ...training } };
}

describe('a run', () => {
  it("yields one record an epoch, learns, and reports in the target's units", async () => {
    const data = line();
    const run = train(engine, data, settings);
    const records = await recordsOf(run);
    expect(records.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(records[11].steps).toBe(12 * Math.ceil(data.sets.train.length / 5));
    expect(records[11].train_loss).toBeLessThan(0.2 * records[0].train_loss);
    expect(rmseOf(records[11].validation)).toBeLessThan(8);
    expect(rmseOf(records[11].validation)).toBeGreaterThan(1);
    expect(run.outcome).toMatchObject({ stopped: 'epochs', epochs_run: 12 });
  });

  it('gives the same numbers for the same seed and others for another', async () => {
    const first = timeless(await recordsOf(train(engine, line(), settings)));
    expect(timeless(await recordsOf(train(engine, line(), settings)))).toEqual(first);
    expect(timeless(await recordsOf(train(engine, line(), changed({ seed: 4 }))))).not.toEqual(first);
  });

  it('destroys its population at the end of a block that uses it', async () => {
    const destroyed = vi.fn();
    const observed: Engine = {
      ...engine,
      createPopulation: async (...given) => {
        const population = await engine.createPopulation(...given);
        population.destroy = destroyed;
        return population;
      },
    };
    {
      await using run = train(observed, line(), settings);
      await run.steps(1);
      expect(destroyed).not.toHaveBeenCalled();
    }
    expect(destroyed).toHaveBeenCalledOnce();
  });

  it('trains exactly the steps asked for, and goes on from there', async () => {
    const whole = train(engine, line(), settings);
    const parts = train(engine, line(), settings);
    await parts.steps(7);
    expect(parts.history.length).toBe(0);
    await parts.steps(1);
    expect(parts.history.length).toBe(1);
    await whole.steps(8);
    expect(await parts.parameters()).toEqual(await whole.parameters());
    const records = timeless(await recordsOf(parts));
    expect(records.length).toBe(11);
    expect(timeless(parts.history)).toEqual(timeless(await recordsOf(train(engine, line(), settings))));
  });

  it('pauses between slices and comes to the same end when it is resumed', async () => {
    const long = changed({ epochs: 60 });
    const expected = timeless(await recordsOf(train(engine, line(), long)));
    const run = train(engine, line(), long);
    let seen = 0;
    for await (const record of run) {
      seen = record.number;
      if (record.number % 20 !== 0 || record.number === 60) continue;
      run.pause();
      expect(run.paused).toBe(true);
      const waiting = run.epoch();
      const before = await run.parameters();
      await new Promise((resolve) => setImmediate(resolve));
      expect(await run.parameters()).toEqual(before);
      expect(run.history.length).toBe(record.number);
      run.resume();
      expect(await waiting).toBe(true);
    }
    expect(seen).toBe(60);
    expect(timeless(run.history)).toEqual(expected);
  });

  it('stops when told, in the middle of an epoch, and keeps what it has learned', async () => {
    const run = train(engine, line(), changed({ epochs: 1_000_000 }));
    for await (const record of run) if (record.number === 3) run.stop();
    expect(run.outcome).toMatchObject({ stopped: 'interrupted', epochs_run: 3 });
    const model = await run.model();
    expect(onlyMember(model).parameters).toEqual(await run.parameters());
  });

  it('stops while it is paused', async () => {
    const run = train(engine, line(), settings);
    run.pause();
    const records = recordsOf(run);
    run.stop();
    expect(await records).toEqual([]);
    expect(run.outcome?.stopped).toBe('interrupted');
  });

  it('needs no validation rows', async () => {
    const features = Float32Array.of(1, 2, 3, 4, 5, 6);
    const data = prepare(
      { features, rows: 6, columns: 1, targets: features.map((x) => 2 * x) },
      { split: { train: 1, validation: 0, test: 0 } },
    );
    const records = await recordsOf(train(engine, data, changed({ epochs: 2 })));
    expect(records[1]).toMatchObject({ validation_loss: null, validation: null });
  });
});

describe('early stopping', () => {
  it('stops after `patience` epochs without a better loss and goes back to the best', async () => {
    const early = changed({
      epochs: 500,
      optimizer: { kind: 'adam', learning_rate: 0.1 },
      early_stopping: { patience: 4 },
    });
    const run = train(engine, line(30), early);
    const records = await recordsOf(run);
    const losses = records.map(({ validation_loss }) => validation_loss ?? Number.NaN);
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(run.outcome).toMatchObject({ stopped: 'early_stopping', best_epoch: best, epochs_run: best + 4 });
    expect(rmseOf(await run.metrics('validation'))).toBe(rmseOf(records[best - 1].validation));
  });

  it.each([true, false])(
    'says which epoch its parameters are of, also when it is interrupted (best: %s)',
    async (best) => {
      const early_stopping = { patience: 400, restore_best: best };
      const optimizer = { kind: 'adam' as const, learning_rate: 0.1 };
      const run = train(engine, line(30), changed({ epochs: 500, optimizer, early_stopping }));
      for await (const record of run) if (record.number === 40) run.stop();
      const losses = run.history.map(({ validation_loss }) => validation_loss ?? Number.NaN);
      const lowest = losses.indexOf(Math.min(...losses)) + 1;
      expect(lowest).toBeLessThan(40);
      const kept = best ? lowest : 40;
      expect(run.outcome).toMatchObject({ stopped: 'interrupted', best_epoch: lowest, kept_epoch: kept });
      expect(run.weightsEpoch).toBe(kept);
      expect(rmseOf(await run.metrics('validation'))).toBe(rmseOf(run.history[kept - 1].validation));
      expect(bestEpoch(run.outcome!, run.trials[0].trial, true)?.text).toBe(
        best
          ? `Lowest validation loss in epoch ${lowest}, whose parameters are kept.`
          : `Lowest validation loss in epoch ${lowest}; the last parameters are kept.`,
      );
    },
  );

  it('on a plateau compares the training losses of two epochs', async () => {
    const run = train(engine, line(), changed({ epochs: 5000, loss_plateau: { tolerance: 1e-4 } }));
    const records = await recordsOf(run);
    const changes = records.slice(1).map(({ train_loss }, i) => Math.abs(train_loss - records[i].train_loss));
    expect(run.outcome?.stopped).toBe('loss_plateau');
    expect(changes.at(-1)).toBeLessThanOrEqual(1e-4);
    expect(Math.min(...changes.slice(0, -1))).toBeGreaterThan(1e-4);
  });
});

describe('a run that diverges', () => {
  it('stops by itself, says why, and keeps the parameters of the last good epoch', async () => {
    const wild = {
      ...settings,
      model: { hidden: [8], activation: 'relu' as const },
      training: { ...settings.training, optimizer: { kind: 'sgd' as const, learning_rate: 50 } },
    };
    const run = train(engine, line(), wild);
    await recordsOf(run);
    expect(run.outcome?.stopped).toBe('diverged');
    expect(run.outcome?.explanation).toMatch(/^Diverged in epoch \d+: .*learning rate 50 .*try 5/);
    expect((await run.parameters()).every(Number.isFinite)).toBe(true);
    expect(run.outcome?.kept_epoch).toBe(run.history.length - 1);
    expect(run.outcome?.explanation).toContain(
      run.history.length > 1
        ? `The parameters of epoch ${run.history.length - 1} are kept.`
        : 'The initial parameters are kept.',
    );
    expect(run.outcome).toMatchObject({
      code: 'ended_diverged',
      params: { epoch: run.history.length, rate: 50, lower: 5, kept: run.history.length - 1 },
    });
    const { origin } = await run.modelData();
    expect(Object.keys(origin).filter((name) => ['code', 'params'].includes(name))).toEqual([]);
  });
});

describe('a population', () => {
  it('gives each trial what it gets alone, and stops each by itself', async () => {
    const trials = [2, 5, 3].map((epochs, seed) => changed({ epochs, seed }));
    const together = trainPopulation(engine, line(), trials);
    while (await together.epoch());
    for (const [index, trial] of trials.entries()) {
      const alone = train(engine, line(), trial);
      const records = await recordsOf(alone);
      expect(timeless(together.trials[index].history)).toEqual(timeless(records));
      expect(together.trials[index].outcome).toEqual(alone.outcome);
      expect(await together.parameters(index)).toEqual(await alone.parameters());
    }
  });

  it('refuses trials that do not share a program', () => {
    expect(() => trainPopulation(engine, line(), [settings, { ...settings, model: { hidden: [9] } }])).toThrow(
      /Trial 1 .* hidden layers, embedding and loss/,
    );
  });
});

describe('settings', () => {
  it('are refused with one sentence before anything starts', () => {
    expect(() => train(engine, line(), changed({ batch_size: 0 }))).toThrow(
      'training.batch_size: 0 is too small; give a value of at least 1 (default 16).',
    );
    expect(() => train(engine, line(), { ...settings, initial_parameters: new Float32Array(3) })).toThrow(
      /has 3 values; this network has 25 parameters/,
    );
  });

  it('take initial parameters as they are, and a batch larger than the rows', async () => {
    const initial_parameters = Float32Array.from({ length: 25 }, (_, i) => i / 100);
    const run = train(engine, line(), { ...changed({ batch_size: 1000 }), initial_parameters });
    expect(await run.parameters()).toEqual(initial_parameters);
    await run.steps(1);
    expect(run.history.length).toBe(1);
  });
});

describe('a run on classes', () => {
  /** Points around the centres of three classes, of two features. */
  function clusters(classes: number, rows = 90): DataSet {
    const features = Float32Array.from({ length: 2 * rows }, (_, i) => {
      const own = Math.floor(i / 2) % classes;
      const angle = (2 * Math.PI * own) / classes;
      return 2 * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) + 0.5 * normalAt(5, i);
    });
    const outputs = classes === 2 ? 1 : classes;
    const targets = Float32Array.from({ length: rows * outputs }, (_, i) => {
      const own = Math.floor(i / outputs) % classes;
      return outputs === 1 ? own : Number(i % outputs === own);
    });
    return prepare({ features, rows, columns: 2, targets, outputs }, { task: 'classification' });
  }

  it.each([
    [2, 'binary_cross_entropy'],
    [3, 'softmax_cross_entropy'],
  ])('of %i classes chooses its loss, learns, and judges the same rows alike in every way', async (classes, loss) => {
    const data = clusters(classes);
    const run = train(engine, data, settings);
    expect(run.trials[0].trial.training.loss).toBe(loss);
    const records = await recordsOf(run);
    const last = records[11].validation;
    const final = await run.metrics('validation');
    if (!last || !final || !('log_loss' in last) || !('confusion' in final)) throw new Error('no metrics of classes');
    expect(Object.keys(last).sort()).toEqual(['accuracy', 'log_loss']);
    expect(last.accuracy).toBeGreaterThan(0.9);
    expect(last.log_loss).toBeLessThan(records[0].validation_loss ?? 0);
    expect(final.accuracy).toBe(last.accuracy);
    expect(final.log_loss).toBeCloseTo(last.log_loss, 6);
    expect(final.roc_auc).toBeGreaterThan(0.8);
    const model = await run.model();
    expect(onlyMember(model).settings.training.loss).toBe(loss);
    expect(model.preprocessing.targets).toHaveLength(1);
  });

  it('takes a loss of numbers too, and still says what it makes of the classes', async () => {
    const data = clusters(3);
    const run = train(engine, data, changed({ loss: 'mse' }));
    const records = await recordsOf(run);
    const last = records[11].validation;
    if (!last || !('log_loss' in last)) throw new Error('no metrics of classes');
    expect(last.accuracy).toBeGreaterThan(0.9);
    expect(last.log_loss).toBeLessThan(1);
  });

  it('keeps its loss when a number is changed on the way', async () => {
    const run = train(engine, clusters(3), settings);
    await run.epoch();
    await run.change({ learning_rate: 0.001 });
    expect(run.trials[0].trial.training.loss).toBe('softmax_cross_entropy');
  });
});
