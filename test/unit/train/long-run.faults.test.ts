/** A run that trains for very long holds no more than its records, and its engine nothing more at all. */
import { expect, it } from 'vitest';
import { requestEngine } from '../../../src/engine/request.ts';
import { prepare } from '../../../src/library/prepare.ts';
import { train } from '../../../src/train/trainer.ts';
import { times } from '../../support/faults.ts';
import { grownBy } from '../../support/soak.ts';

function curve(rows: number) {
  const features = Float32Array.from({ length: rows }, (_, i) => i / rows);
  return prepare(
    { features, targets: features.map(Math.sin), rows, columns: 1 },
    { split: { train: 0.5, validation: 0.5 } },
  );
}

it.each(['cpu', 'reference'] as const)('of many steps grows nothing, %s', async (kind) => {
  const steps = times(8000, 20_000_000) / (kind === 'cpu' ? 1 : 10);
  await using engine = await requestEngine({ kind });
  // One epoch has all of them: there is no record.
  const training = { batch_size: 1, epochs: 1, early_stopping: false } as const;
  await using run = train(engine, curve(10_000), { model: { hidden: [2] }, training: { ...training, epochs: 1000 } });
  const { heap, arrays } = await grownBy(8, () => run.steps(steps / 8));
  expect(run.stepsDone).toBe(steps);
  if (process.env.FAULTS) console.info(kind, run.stepsDone, run.epochsDone, { heap, arrays });
  expect(heap).toBeLessThan(2);
  expect(arrays).toBeLessThan(1);
});

it('of many epochs grows by its records', async () => {
  const epochs = times(400, 400_000);
  await using engine = await requestEngine({ kind: 'cpu' });
  const training = { batch_size: 4, epochs, early_stopping: false } as const;
  await using run = train(engine, curve(8), { model: { hidden: [2] }, training });
  const { heap, arrays } = await grownBy(8, async () => {
    for (let epoch = 0; epoch < epochs / 8; epoch++) await run.epoch();
  });
  expect(run.history).toHaveLength(epochs);
  if (process.env.FAULTS) console.info(epochs, { heap, arrays });
  // Of a few hundred bytes each; what else a process does is up to 2 MB.
  expect(heap).toBeLessThan(2 + (400 * epochs) / 1e6);
  expect(arrays).toBeLessThan(1);
});
