/** Targets so small, unscaled, that float32 holds no squares of their errors: engines add them up as 0, a perfect score. */
import { expect, it } from 'vitest';
import { prepare } from '../../../src/library/prepare.ts';
import { train } from '../../../src/train/trainer.ts';
import { fixedEngine } from './behaviour.ts';

const rows = 40;
const features = Float32Array.from({ length: rows }, (_, row) => Math.sin(row));

it.runIf(globalThis.parityEveryCase)('are not met by answers of 0', async () => {
  const targets = Float32Array.from({ length: rows }, (_, row) => (1 + (row % 4)) * 1e-30);
  const data = prepare({ rows, columns: 1, features, targets }, { scaling: 'none', split: { train: 0.5, test: 0 } });
  const run = train(await fixedEngine(), data, {
    model: { hidden: [] },
    training: { epochs: 1, batch_size: 64, optimizer: { kind: 'sgd', learning_rate: 1e-30 } },
    initial_parameters: new Float32Array(2),
  });
  const r2 = [];
  for await (const { validation } of run) if (validation && 'r2' in validation) r2.push(validation.r2);
  const trained = await run.metrics('train');
  if (trained && 'r2' in trained) r2.push(trained.r2);
  expect(r2).toHaveLength(2);
  expect(Math.max(...r2)).toBeLessThan(-1);
});
