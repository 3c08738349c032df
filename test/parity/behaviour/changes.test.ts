/** A run that was changed at the end of an epoch and within others is repeated by its initial settings and its list of changes. */

import { expect, it } from 'vitest';
import { requestCpuEngine } from '../../../src/engine/cpu/engine.ts';
import { prepare } from '../../../src/library/prepare.ts';
import type { LiveChanges, Run } from '../../../src/train/trainer.ts';
import { normalAt } from '../../../src/util/random.ts';
import { train } from '../../support/first-defaults.ts';
import { reference } from '../support/engines.ts';
import { fixedEngine } from './behaviour.ts';

const features = Float32Array.from({ length: 200 }, (_, i) => normalAt(1, i));
const targets = features.map((x, i) => Math.sin(2 * x) + 0.1 * normalAt(2, i));
const data = prepare({ features, rows: 200, columns: 1, targets });

const trial = {
  model: { hidden: [8] },
  training: {
    epochs: 60,
    batch_size: 3,
    clip_norm: 1,
    optimizer: { kind: 'sgd' as const, learning_rate: 0.01, momentum: 0.9 },
    schedule: { kind: 'reduce_on_plateau' as const, plateau: 5 },
  },
};

const later: LiveChanges[] = [
  { learning_rate: 0.05, l2: 0.001 },
  { clip_norm: undefined },
  { momentum: 0.5, l1: 1e-4 },
];

async function endOf(run: Run) {
  while (await run.epoch());
  const history = run.history.map(({ seconds: _, ...record }) => record);
  return { parameters: await run.parameters(), history, outcome: run.outcome, rate: run.trials[0].learning_rate };
}

it.each([
  ['reference', async () => reference],
  ['cpu', () => requestCpuEngine('parity test')],
  ['webgpu', () => fixedEngine(4)],
] as const)('with the same bits, on %s', async (_, open) => {
  const engine = await open();
  const run = train(engine, data, trial);
  for (const [index, changes] of later.entries()) {
    for (let epoch = 0; epoch < 10; epoch++) await run.epoch();
    await run.steps(7 * index);
    await run.change(changes);
  }
  const end = await endOf(run);
  const [{ initial, changes }] = run.trials;
  expect(changes).toHaveLength(later.length);
  const again = train(engine, data, initial, changes);
  expect(await endOf(again)).toEqual(end);
  const plain = train(engine, data, trial);
  expect((await endOf(plain)).parameters).not.toEqual(end.parameters);
  for (const one of [run, again, plain]) await one.destroy();
  if (engine !== reference) engine.destroy();
});
