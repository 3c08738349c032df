/** What moves while a run trains: live changes and the plateau schedule. */

import { describe, expect, it } from 'vitest';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { repeated } from '../../../src/spec/changes.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import { resumeRun } from '../../../src/train/resume.ts';
import type { PlannedChange, Run } from '../../../src/train/trainer.ts';
import { InputError } from '../../../src/util/errors.ts';
import { train, trainPopulation } from '../../support/first-defaults.ts';
import { engine, line, timeless } from '../../support/line.ts';

type Training = NonNullable<TrialInput['training']>;

/** Plain gradient descent over the rows in their order: parameters and numbers are all that an epoch depends on. */
const plain = (training: Training = {}): TrialInput => ({
  model: { hidden: [6] },
  training: {
    optimizer: { kind: 'sgd', learning_rate: 0.05 },
    shuffle: false,
    batch_size: 5,
    epochs: 100,
    ...training,
  },
});

async function epochs(run: Run, count: number): Promise<void> {
  for (let epoch = 0; epoch < count; epoch++) expect(await run.epoch()).toBe(true);
}

/** The parameters one epoch after those of `run`, of a new run that has these settings from its start. */
async function nextWith(settings: TrialInput, run: Run, trial = 0): Promise<Float32Array> {
  const next = train(engine, run.data, { ...settings, initial_parameters: await run.parameters(trial) });
  await epochs(next, 1);
  return next.parameters();
}

describe('a change', () => {
  const changes = { learning_rate: 0.2, weight_decay: 0.01, l1: 0.02, l2: 0.1, clip_norm: 0.3 };

  it.each(Object.entries(changes))(
    'of %s to %d holds from the next step on, for its trial alone',
    async (name, value) => {
      const trials = [plain(), plain({ batch_size: 9 })];
      const run = trainPopulation(engine, line(), trials);
      await epochs(run, 2);
      await run.change({ [name]: value });
      const { optimizer, ...training } = plain().training as Training;
      const changed = ['learning_rate', 'weight_decay'].includes(name)
        ? plain({ optimizer: { ...optimizer, [name]: value } as Training['optimizer'] })
        : plain({ ...training, [name]: value });
      expect(run.trials[0].trial).toEqual(train(engine, run.data, changed).trials[0].trial);
      const expected = await nextWith(changed, run);
      const unchanged = await nextWith(plain(), run);
      const other = await nextWith(trials[1], run, 1);
      await epochs(run, 1);
      expect(await run.parameters(0)).toEqual(expected);
      expect(expected).not.toEqual(unchanged);
      expect(await run.parameters(1)).toEqual(other);
    },
  );

  it('of momentum goes on from the last gradient', async () => {
    const runs = [plain(), plain(), plain()].map((settings) => train(engine, line(), settings));
    const [unchanged, once, back] = runs;
    for (const run of runs) await run.steps(5);
    for (const run of [once, back]) await run.change({ momentum: 0.5 });
    await back.change({ momentum: 0 });
    for (const run of runs) await run.steps(5);
    expect(once.trials[0].trial.training.optimizer).toMatchObject({ momentum: 0.5 });
    expect(await once.parameters()).not.toEqual(await unchanged.parameters());
    expect(await back.parameters()).toEqual(await unchanged.parameters());
  });

  it('takes effect in the middle of an epoch', async () => {
    const run = train(engine, line(), plain());
    await run.steps(3);
    await run.change({ learning_rate: 1e-30 });
    const before = await run.parameters();
    await run.steps(2);
    (await run.parameters()).forEach((value, index) => {
      expect(value).toBeCloseTo(before[index], 20);
    });
  });

  it('reaches a run that is training', async () => {
    const run = train(engine, line(), plain({ epochs: 1_000_000 }));
    const ended = (async () => {
      while (await run.epoch());
    })();
    while (run.history.length < 3) await new Promise((resolve) => setImmediate(resolve));
    await run.change({ learning_rate: 1e-30 });
    const seen = run.history.length;
    const before = await run.parameters();
    while (run.history.length < seen + 3) await new Promise((resolve) => setImmediate(resolve));
    (await run.parameters()).forEach((value, index) => {
      expect(value).toBeCloseTo(before[index], 20);
    });
    run.stop();
    await ended;
    expect(run.outcome?.stopped).toBe('interrupted');
  });

  it('may come before the run has begun, and with others at the same time', async () => {
    const run = train(engine, line(), plain());
    await Promise.all([run.change({ learning_rate: 0.2 }), run.change({ l2: 0.1 }), run.change({ l2: undefined })]);
    await epochs(run, 3);
    const expected = train(engine, line(), plain({ optimizer: { kind: 'sgd', learning_rate: 0.2 }, l2: 0.1 }));
    await epochs(expected, 3);
    expect(await run.parameters()).toEqual(await expected.parameters());
    expect(timeless(run.history)).toEqual(timeless(expected.history));
  });

  it('switches clipping on and off', async () => {
    const run = train(engine, line(), plain({ clip_norm: 0.01 }));
    await epochs(run, 1);
    await run.change({ l2: 0 });
    expect(run.trials[0].trial.training.clip_norm).toBe(0.01);
    await run.change({ clip_norm: undefined });
    const expected = await nextWith(plain(), run);
    await epochs(run, 1);
    expect(await run.parameters()).toEqual(expected);
  });

  it.each([
    [{ learning_rate: -1 }, 'training.optimizer.learning_rate: -1 is too small; give a value above 0 (default 0.01).'],
    [{ learning_rate: 0.2, l2: Number.NaN }, 'training.l2: NaN is not a finite number (default 0).'],
    [{ momentum: 1 }, 'training.optimizer.momentum: 1 is too large; give a value below 1 (default 0).'],
    [{ clip_norm: 0 }, 'training.clip_norm: 0 is too small; give a value above 0 (off when left out).'],
  ])('to %j is refused and changes nothing', async (bad, message) => {
    const run = train(engine, line(), plain());
    await epochs(run, 2);
    const before = structuredClone(run.trials[0]);
    await expect(run.change(bad)).rejects.toThrow(message);
    expect(run.trials[0]).toEqual(before);
    const expected = await nextWith(plain(), run);
    await epochs(run, 1);
    expect(await run.parameters()).toEqual(expected);
  });

  it('of what the optimizer does not have is refused', async () => {
    const run = train(engine, line(), { model: { hidden: [3] } });
    await expect(run.change({ momentum: 0.9 })).rejects.toThrow(
      'training.optimizer: adam has no setting `momentum`; it belongs to sgd or rmsprop.',
    );
  });
});

describe('a run that was changed while it trained', () => {
  const schedule = { kind: 'reduce_on_plateau', factor: 0.5, plateau: 2 } as const;
  const settings = plain({ schedule, clip_norm: 1, shuffle: true, epochs: 30, early_stopping: { patience: 25 } });

  /** Changed at the end of an epoch, within one, and twice at one step. */
  async function changed(): Promise<Run> {
    const run = train(engine, line(), settings);
    await run.change({ l2: 0.001 });
    await epochs(run, 4);
    await run.change({ learning_rate: 0.3 });
    await epochs(run, 3);
    await run.steps(3);
    await run.change({ l1: 0.5 });
    await run.change({ l1: 0.01 });
    await run.change({ clip_norm: undefined });
    while (await run.epoch());
    return run;
  }

  it('keeps its initial settings, and every change with its epoch and step', async () => {
    const run = await changed();
    const [{ initial, trial, changes }] = run.trials;
    const perEpoch = run.history[0].steps;
    expect(initial.training).toMatchObject({ l1: 0, l2: 0.001, clip_norm: 1, optimizer: { learning_rate: 0.05 } });
    expect(trial.training).toMatchObject({ l1: 0.01, l2: 0.001, optimizer: { learning_rate: 0.3 } });
    expect(changes).toEqual([
      { epoch: 5, step: 4 * perEpoch, seconds: expect.any(Number), learning_rate: 0.3 },
      { epoch: 8, step: 7 * perEpoch + 3, seconds: expect.any(Number), l1: 0.01, clip_norm: undefined },
    ]);
    const { members, origin } = await run.modelData();
    expect(members[0].settings.training).toMatchObject({ l1: 0, optimizer: { learning_rate: 0.05 } });
    expect(JSON.parse(JSON.stringify(origin)).changes).toMatchObject([
      { step: 4 * perEpoch, learning_rate: 0.3 },
      { step: 7 * perEpoch + 3, clip_norm: null },
    ]);
  });

  it.each([1, 50])('is repeated by them with the same bits, however the work is cut (%i ms)', async (slice_ms) => {
    const run = await changed();
    const [{ initial, changes }] = run.trials;
    const again = train(createReferenceEngine('reference', '', { slice_ms }), line(), initial, changes);
    while (await again.epoch());
    expect(await again.parameters()).toEqual(await run.parameters());
    expect(timeless(again.history)).toEqual(timeless(run.history));
    expect(repeated(again.trials[0].changes)).toEqual(repeated(changes));
    expect(again.trials[0]).toMatchObject({ initial, learning_rate: run.trials[0].learning_rate });
  });

  it('is repeated from a checkpoint in between, which knows what is still to come', async () => {
    const run = await changed();
    const [{ initial, changes }] = run.trials;
    const first = train(engine, line(), initial, repeated(changes));
    await epochs(first, 5);
    const checkpoint = await first.checkpoint();
    expect(checkpoint.trials[0].planned).toHaveLength(1);
    const second = resumeRun(engine, line(), checkpoint);
    while (await second.epoch());
    expect(await second.parameters()).toEqual(await run.parameters());
    expect(repeated(second.trials[0].changes)).toEqual(repeated(changes));
  });

  it('is not repeated further once somebody changes the run that repeats it', async () => {
    const planned: PlannedChange[] = [{ step: 40, l2: 0.5 }];
    const run = train(engine, line(), plain(), planned);
    await epochs(run, 1);
    await run.change({ l1: 0.1 });
    await epochs(run, 9);
    expect(repeated(run.trials[0].changes)).toEqual([{ step: run.history[0].steps, l1: 0.1 }]);
  });

  it('is refused where a change is not legal, before anything is trained', () => {
    const learning_rate = -1;
    expect(() => train(engine, line(), plain(), [{ step: 9, learning_rate }])).toThrow(
      'training.optimizer.learning_rate: -1 is too small',
    );
  });
});

describe('a change that the engine refuses', () => {
  it('changes nothing, and leaves the next one alone', async () => {
    const picky = {
      ...engine,
      async createPopulation(...args: Parameters<typeof engine.createPopulation>) {
        const population = await engine.createPopulation(...args);
        const configure = population.configure.bind(population);
        population.configure = (trial, changes) => {
          if (changes.l2 === 0.5) throw new InputError('l2: not here.', 'l2');
          configure(trial, changes);
        };
        return population;
      },
    };
    const run = train(picky, line(), { model: { hidden: [4] } });
    const before = structuredClone(run.trials[0].trial);
    await expect(run.change({ l2: 0.5 })).rejects.toThrow('l2: not here.');
    expect(run.trials[0].trial).toEqual(before);
    await run.change({ l1: 0.25 });
    expect(run.trials[0].trial.training).toMatchObject({ l1: 0.25, l2: 0 });
    // Before the first step it is an initial setting.
    expect(run.trials[0].initial.training).toMatchObject({ l1: 0.25, l2: 0 });
    expect(run.trials[0].changes).toEqual([]);
  });
});

describe('reduce_on_plateau', () => {
  const plateau = { kind: 'reduce_on_plateau', factor: 0.5, plateau: 3 } as const;
  const still = (schedule: Training['schedule']) =>
    plain({ schedule, optimizer: { kind: 'sgd', learning_rate: 1e-30 }, epochs: 12 });

  async function rates(run: Run): Promise<number[]> {
    const seen: number[] = [];
    while (await run.epoch()) seen.push(run.trials[0].learning_rate);
    return seen;
  }

  it.each([true, false])(
    'lowers the rate after `plateau` epochs without a better loss (validated: %s)',
    async (rows) => {
      const expected = [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125, 0.125, 0.125];
      const seen = await rates(train(engine, line(rows), still(plateau)));
      expect(seen).toEqual(expected.map((factor) => factor * 1e-30));
    },
  );

  it('counts from the first epoch after the warm-up', async () => {
    const seen = await rates(train(engine, line(), still({ ...plateau, warmup: 2.5 })));
    // Epochs 1 to 3 warm up; the fourth is the first to compare with.
    const expected = [1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25];
    expect(seen).toEqual(expected.map((factor) => factor * 1e-30));
  });

  it('counts from the last better epoch, or the last fall, whichever is later', async () => {
    const schedule = { ...plateau, plateau: 2, factor: 0.8 };
    const run = train(
      engine,
      line(),
      plain({ schedule, shuffle: true, epochs: 80, optimizer: { kind: 'sgd', learning_rate: 0.3 } }),
    );
    const seen = await rates(run);
    // As PyTorch's ReduceLROnPlateau counts bad epochs, but for its `patience` of one less.
    let rate = 0.3;
    let best = Number.POSITIVE_INFINITY;
    let bad = 0;
    const expected = run.history.map(({ validation_loss }) => {
      bad = (validation_loss ?? Number.NaN) < best ? 0 : bad + 1;
      best = Math.min(best, validation_loss ?? Number.NaN);
      if (bad === schedule.plateau) {
        rate *= schedule.factor;
        bad = 0;
      }
      return rate;
    });
    expect(seen.slice(0, -1)).toEqual(expected.slice(0, -1));
    expect(new Set(seen).size).toBeGreaterThan(4);
    expect(seen.filter((value, epoch) => value === seen[epoch - 1]).length).toBeGreaterThan(20);
  });

  it('trains with the lower rate from then on, as without a schedule; other changes leave it', async () => {
    const settings = plain({ schedule: { ...plateau, plateau: 1 }, optimizer: { kind: 'sgd', learning_rate: 0.4 } });
    const run = train(engine, line(), settings);
    while (run.trials[0].learning_rate === 0.4) await epochs(run, 1);
    expect(run.trials[0].learning_rate).toBe(0.2);
    expect(run.trials[0].trial.training.optimizer.learning_rate).toBe(0.4);
    await run.change({ l2: 0.1 });
    expect(run.trials[0].learning_rate).toBe(0.2);
    const expected = await nextWith(plain({ l2: 0.1, optimizer: { kind: 'sgd', learning_rate: 0.2 } }), run);
    await epochs(run, 1);
    expect(await run.parameters()).toEqual(expected);
    await run.change({ learning_rate: 0.01 });
    expect(run.trials[0].learning_rate).toBe(0.01);
  });

  it('lowers the rate of each trial by its own losses', async () => {
    const run = trainPopulation(engine, line(), [still(plateau), still({ ...plateau, plateau: 5 }), plain()]);
    await epochs(run, 6);
    expect(run.trials.map(({ learning_rate }) => learning_rate)).toEqual([0.5e-30, 0.5e-30, 0.05]);
    await epochs(run, 1);
    expect(run.trials.map(({ learning_rate }) => learning_rate)).toEqual([0.25e-30, 0.5e-30, 0.05]);
  });
});
