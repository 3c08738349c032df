/** Runs of mixed shapes, and what a process holds after them. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { prepare } from '../../src/library/prepare.ts';
import type { TrialInput } from '../../src/spec/settings.ts';
import { type Run, trainPopulation } from '../../src/train/trainer.ts';
import { uniformAt } from '../../src/util/random.ts';
import { faultSeed } from './faults.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const draw = (run: number, place: number, most: number) =>
  1 + Math.floor(most * uniformAt(faultSeed, 16 * run + place, 0));

const optimizers = ['sgd', 'rmsprop', 'adam', 'adamw'] as const;

function shapeOf(run: number): { rows: number; trials: TrialInput[] } {
  const hidden = Array.from({ length: draw(run, 0, 3) }, (_, l) => draw(run, 1 + l, 120));
  const kind = optimizers[draw(run, 5, 4) - 1];
  const trial: TrialInput = {
    model: { hidden },
    training: { optimizer: { kind }, batch_size: draw(run, 6, 64), epochs: 2, early_stopping: undefined },
  };
  return { rows: 10 + draw(run, 7, 200), trials: Array(draw(run, 8, 4)).fill(trial) };
}

export function mixedRun(engine: Engine, run: number): Run {
  const { rows, trials } = shapeOf(run);
  const features = Float32Array.from({ length: rows * 2 }, (_, i) => Math.sin(i + run));
  const targets = features.filter((_, i) => i % 2 === 0);
  return trainPopulation(engine, prepare({ features, targets, rows, columns: 2 }), trials);
}

export async function trainOnce(engine: Engine, run: number): Promise<void> {
  await using training = mixedRun(engine, run);
  await training.model();
  expect(training.epochsDone).toBe(2);
}

/** Megabytes that are held once all that can be freed is. */
async function held(): Promise<{ resident: number; heap: number; arrays: number }> {
  for (let turn = 0; turn < 3; turn++) {
    collectGarbage();
    await new Promise(setImmediate);
  }
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  return { resident: rss / 1e6, heap: heapUsed / 1e6, arrays: arrayBuffers / 1e6 };
}

/**
 * Megabytes that are held more after all of so many than after the first quarter, or after the `kinds` of run
 * have each been seen: what a kind compiles when it is first met stays.
 */
export async function grownBy(times: number, once: (run: number) => Promise<void>, kinds = 1) {
  const warm = Math.max(kinds, Math.ceil(times / 4));
  for (let run = 0; run < warm; run++) await once(run);
  const before = await held();
  for (let run = warm; run < times; run++) await once(run);
  const after = await held();
  return {
    resident: after.resident - before.resident,
    heap: after.heap - before.heap,
    arrays: after.arrays - before.arrays,
  };
}

/** A run holds about 1 MB; of hundreds that stay there would be hundreds. */
export function expectNothingGrown({ resident, heap, arrays }: Awaited<ReturnType<typeof grownBy>>): void {
  expect(arrays).toBeLessThan(2);
  expect(heap).toBeLessThan(10);
  expect(resident).toBeLessThan(60);
}
