/**
 * The device is destroyed at any of the calls that are made to it. What works meanwhile ends with one designed error, or with
 * what it would have come to anyway; gone on with on another device it ends with the bits of one that was never disturbed.
 */
import { describe, expect, it } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { fit as fitModel } from '../../../src/fit/fit.ts';
import { createPredictor } from '../../../src/model/predictor.ts';
import { sweep } from '../../../src/sweep/sweep.ts';
import type { RunCheckpoint } from '../../../src/train/checkpoint.ts';
import { resumeRun } from '../../../src/train/resume.ts';
import { type Run, train } from '../../../src/train/trainer.ts';
import { RunError } from '../../../src/util/errors.ts';
import { uniformAt } from '../../../src/util/random.ts';
import { faultSeed, times } from '../../support/faults.ts';
import { memoryStore } from '../../support/sweeps/memory-store.ts';
import { openGpuEngine, reference } from '../support/engines.ts';
import { memoryStore as memoryChoices } from '../support/store.ts';
import { fixed } from './behaviour.ts';

const table = generate('curve', { rows: 40, seed: 4 });
const data = prepare(table, { target: 'y', split: { train: 0.6, validation: 0.2, seed: 3 } });
const training = { epochs: 4, batch_size: 8, early_stopping: false } as const;

/** What asks a device for something, with the device's own calls first: they say which it is. */
const calls = [
  [GPUDevice, 'createBuffer'],
  [GPUDevice, 'createBindGroup'],
  [GPUDevice, 'createShaderModule'],
  [GPUDevice, 'createComputePipelineAsync'],
  [GPUDevice, 'createCommandEncoder'],
  [GPUQueue, 'writeBuffer'],
  [GPUQueue, 'submit'],
  [GPUBuffer, 'mapAsync'],
] as const;

/** Destroys the device at one of the calls, and counts them. */
async function losing(at: number, work: () => Promise<unknown>): Promise<number> {
  let [count, device] = [0, undefined as GPUDevice | undefined];
  const undo = calls.map(([owner, name]) => {
    const target = owner.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
    const original = target[name];
    target[name] = function (this: unknown, ...args) {
      if (owner === GPUDevice) device = this as GPUDevice;
      count += 1;
      if (count === at) device?.destroy();
      return original.apply(this, args);
    };
    return () => {
      target[name] = original;
    };
  });
  try {
    await work();
  } finally {
    for (const one of undo) one();
  }
  return count;
}

/** Trains to the end, keeping a checkpoint of every epoch. */
async function trainOn(engine: Engine, plan: 'layered' | 'resident', kept: { checkpoint?: RunCheckpoint }) {
  const run: Run = kept.checkpoint
    ? resumeRun(engine, data, kept.checkpoint)
    : train(engine, data, { model: { hidden: plan === 'layered' ? [9, 5] : [6] }, training });
  try {
    for await (const _ of run) kept.checkpoint = structuredClone(await run.checkpoint());
    const metrics = [await run.metrics('train'), await run.metrics('validation')];
    const { members } = await run.model();
    return { members: members.map(({ parameters }) => parameters), metrics };
  } finally {
    await run.destroy();
  }
}

const sweepOn = async (engine: Engine, store = memoryStore()) => {
  const grid = { 'model.hidden': [[4], [3, 3]] };
  const { trials } = await sweep(engine, data, { base: { training }, grid, seeds: 2 }, { store });
  return trials.map(({ cell, fold, history }) => ({
    cell,
    fold,
    history: history.map(({ seconds: _, ...one }) => one),
  }));
};

/** What was found before the loss, of which a fit makes the best. */
const lessThanAll = 'less than all';
const plan = { folds: 1, held_out: 0.3, max_rows: 40, max_width: 6, trials: 2, epochs: 2, packs: 1 };
const fitOn = async (engine: Engine) => {
  const { model, plan: done } = await fitModel(engine, table, { target: 'y', minutes: 1, seed: 3, plan });
  return (done.packs ?? 0) < plan.packs ? lessThanAll : model.members.map(({ parameters }) => parameters);
};

/** Answers and scores of a trained model: what the commands ask of the CPU, a library may ask of a GPU. */
const trained = train(reference, data, { model: { hidden: [9, 5] }, training }).model();
const predictOn = async (engine: Engine) => {
  const predictor = await createPredictor(await trained, engine);
  try {
    return [await predictor.predict(table), await predictor.evaluate(table)];
  } finally {
    predictor.destroy();
  }
};

/** What each does once, and again after it has failed, with what it kept; the first is tested always. */
const commands: Record<string, () => (engine: Engine) => Promise<unknown>> = {
  'train, layered': () => {
    const kept = {};
    return (engine) => trainOn(engine, 'layered', kept);
  },
  'train, resident': () => {
    const kept = {};
    return (engine) => trainOn(engine, 'resident', kept);
  },
  sweep: () => {
    const store = memoryStore();
    return (engine) => sweepOn(engine, store);
  },
  fit: () => fitOn,
  'predict and evaluate': () => predictOn,
};

describe.each(Object.entries(commands).slice(0, times(1, 5)))('a device that is destroyed: %s', (_, begin) => {
  it('ends it with one error, and it ends with the same bits on another', { timeout: 900_000 }, async () => {
    // What was measured is kept, as the commands keep it: a fit says nothing of the plans that it took.
    const choices = memoryChoices();
    const on = async (work: (engine: Engine) => Promise<unknown>) => {
      const engine = await openGpuEngine({ ...fixed, calibration: choices.store });
      try {
        return await work(engine);
      } finally {
        engine.destroy();
      }
    };
    let undisturbed: unknown;
    const count = await losing(0, async () => {
      undisturbed = await on(begin());
    });
    expect(count).toBeGreaterThan(20);
    for (let number = 0; number < times(1, 50); number++) {
      const at = 1 + Math.floor(count * uniformAt(faultSeed, number));
      const attempt = begin();
      const told = `seed ${faultSeed}, at call ${at} of ${count}`;
      let outcome: unknown;
      await losing(at, () =>
        on(attempt).then(
          (result) => {
            outcome = result;
          },
          (error) => {
            outcome = error;
          },
        ),
      );
      if (!(outcome instanceof Error)) {
        if (outcome !== lessThanAll) expect(outcome, told).toEqual(undisturbed);
        continue;
      }
      expect(outcome, told).toBeInstanceOf(RunError);
      expect(outcome.message, told).toMatch(/device was lost/);
      expect(outcome.message, told).not.toContain('\n');
      expect(await on(attempt), told).toEqual(undisturbed);
    }
  });
});
