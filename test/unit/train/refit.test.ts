/** A refit trains the run's settings again on all rows, for as many epochs as the run has kept. */
import { describe, expect, it } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import { refit } from '../../../src/train/refit.ts';
import { train } from '../../../src/train/trainer.ts';

const engine = createReferenceEngine('reference', 'asked for');
const table = generate('curve', { rows: 60, seed: 4 });
const data = prepare(table, { target: 'y' });
const whole = prepare(table, { target: 'y', split: { train: 1 } });
const settings: TrialInput = {
  model: { hidden: [5] },
  training: {
    epochs: 40,
    batch_size: 6,
    schedule: { kind: 'cosine' },
    optimizer: { kind: 'sgd', learning_rate: 0.5 },
    early_stopping: { patience: 3 },
  },
};

describe('a refit', () => {
  it('has as many epochs as were kept, on all rows, with the settings and the schedule of the run', async () => {
    const run = train(engine, data, settings);
    await run.model();
    const kept = run.outcome?.kept_epoch ?? 0;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(run.outcome?.epochs_run ?? 0);
    const again = refit(engine, whole, run);
    const model = await again.model();
    expect(again.outcome).toMatchObject({ stopped: 'refit', epochs_run: kept, kept_epoch: kept });
    expect(model.members[0].settings).toEqual(run.trials[0].initial);
    expect(model.origin).toMatchObject({ refit: { epochs: kept, rows: 60 } });
    // What 40 epochs with the same schedule are after so many.
    const straight = train(engine, whole, { ...settings, training: { ...settings.training, early_stopping: false } });
    for (let epoch = 0; epoch < kept; epoch++) await straight.epoch();
    expect(await again.parameters()).toEqual(await straight.parameters());
  });

  it('repeats changes at the same share of an epoch', async () => {
    const trial = { ...settings, training: { ...settings.training, epochs: 6, early_stopping: false as const } };
    const run = train(engine, data, trial, [{ step: 14, learning_rate: 0.1 }]);
    await run.model();
    const again = refit(engine, whole, run);
    await again.model();
    // 7 steps an epoch there, 10 here.
    expect(again.trials[0].changes).toMatchObject([{ step: 20, epoch: 3, learning_rate: 0.1 }]);
  });

  it('needs a run that has ended with an epoch to keep', async () => {
    const run = train(engine, data, settings);
    const refused = 'There is nothing to train again';
    expect(() => refit(engine, whole, run)).toThrow(refused);
    run.stop();
    await run.model();
    expect(run.outcome?.kept_epoch).toBe(0);
    expect(() => refit(engine, whole, run)).toThrow(refused);
  });
});
