/** Many runs of mixed shapes, one after the other in one process: it ends with the memory that it began with. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import { trainPopulation } from '../../../src/train/trainer.ts';
import { uniformAt } from '../../../src/util/random.ts';
import { faultSeed, times } from '../../support/faults.ts';

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

async function trainOnce(engine: Engine, run: number): Promise<void> {
  const { rows, trials } = shapeOf(run);
  const features = Float32Array.from({ length: rows * 2 }, (_, i) => Math.sin(i + run));
  const targets = features.filter((_, i) => i % 2 === 0);
  await using training = trainPopulation(engine, prepare({ features, targets, rows, columns: 2 }), trials);
  await training.model();
  expect(training.epochsDone).toBe(2);
}

/** Bytes that are held once all that can be freed is. */
async function held(): Promise<{ resident: number; heap: number; arrays: number }> {
  for (let turn = 0; turn < 3; turn++) {
    collectGarbage();
    await new Promise(setImmediate);
  }
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  return { resident: rss, heap: heapUsed, arrays: arrayBuffers };
}

it('grows nothing', async () => {
  const runs = times(16, 1000);
  const engines = await Promise.all((['cpu', 'reference'] as const).map((kind) => requestEngine({ kind })));
  const warm = Math.ceil(runs / 4);
  for (let run = 0; run < warm; run++) await trainOnce(engines[run % 2], run);
  const before = await held();
  for (let run = warm; run < runs; run++) await trainOnce(engines[run % 2], run);
  const after = await held();
  for (const engine of engines) engine.destroy();
  const grown = {
    resident: (after.resident - before.resident) / 1e6,
    heap: (after.heap - before.heap) / 1e6,
    arrays: (after.arrays - before.arrays) / 1e6,
  };
  // A run holds about 1 MB; of hundreds that stay there would be hundreds.
  expect(grown.arrays).toBeLessThan(2);
  expect(grown.heap).toBeLessThan(10);
  expect(grown.resident).toBeLessThan(60);
});
