/** What a job of a stage has left on the queue is taken where it is whole and its own, whatever else lies there. */
import { beforeAll, expect, it } from 'vitest';
import type { DataSet } from '../../../src/data/prepare/dataset.ts';
import { generate } from '../../../src/data/prepare/generate.ts';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { packedValue } from '../../../src/queue/results.ts';
import { planSweep, type QueuePlan, type SweepJob, withoutHistory } from '../../../src/queue/sweep/plan.ts';
import { queuedProgress } from '../../../src/queue/sweep/progress.ts';
import { resultsIn } from '../../../src/queue/sweep/results.ts';
import { checkSweep } from '../../../src/sweep/definition/definition.ts';
import { trainStage } from '../../../src/sweep/stage.ts';
import { memoryStore } from '../../support/sweeps/memory-store.ts';

const engine = createReferenceEngine('reference', 'asked for');
const definition = checkSweep({
  base: { model: { hidden: [4] }, training: { epochs: 9, early_stopping: false } },
  grid: { 'training.optimizer.learning_rate': [1e-6, 0.003, 0.03, 1e-5] },
  halving: { first: 2, factor: 2 },
});

type Fields = Record<string, Uint8Array>;
let folds: DataSet[];
let first: Fields;
let second: Fields;
let keys: string[];
let job: SweepJob;
let plan: QueuePlan;
beforeAll(async () => {
  folds = [prepare(generate('curve', { rows: 60, seed: 4 }), { target: 'y' })];
  const folder = memoryStore();
  plan = await planSweep(definition, folds, folder, [], 4);
  const store = memoryStore();
  const train = async ({ part }: SweepJob) => {
    await trainStage(engine, folds, definition, part, { store, only: () => true });
    const fields: Fields = {};
    for (const name of store.names()) if (name !== 'about') fields[name] = packedValue(await store.read(name));
    return fields;
  };
  keys = [...plan.keys];
  [job] = plan.jobs('task');
  first = await train(job);
  const results = await resultsIn(first, keys, 2);
  if (!results) throw new Error('no results');
  await plan.stages.add(job.part, results);
  [job] = plan.jobs('task');
  second = await train(job);
});

const named = (fields: Fields, beginning: string) => Object.keys(fields).filter((name) => name.startsWith(beginning));

it('those that wait at the rung, and those that have lost', async () => {
  expect([named(first, 'running').length, named(first, 'ended').length]).toEqual([1, 0]);
  expect([named(second, 'running').length, named(second, 'ended').length]).toEqual([1, 1]);
  const results = await resultsIn(second, keys, 4);
  expect([...(results?.running.values() ?? [])].map(({ run }) => run.epochs)).toEqual([4]);
  expect(
    [...(results?.ended.values() ?? [])].flatMap(({ trials }) => trials.map(({ result }) => result.stopped)),
  ).toEqual(['halving', 'halving']);
});

it('without what a worker has left that was taken for dead', async () => {
  const results = await resultsIn({ ...first, ...second }, keys, 4);
  expect(results).toEqual(await resultsIn(second, keys, 4));
  expect(results).toBeDefined();
});

it('not where some are missing, damaged, of another rung or of other trials', async () => {
  const [running] = named(second, 'running');
  const [ended] = named(second, 'ended');
  const { [running]: _, ...withoutRunning } = second;
  const { [ended]: __, ...withoutEnded } = second;
  const damaged = { ...second, [running]: second[running].slice(0, -9) };
  for (const fields of [withoutRunning, withoutEnded, damaged]) {
    expect(await resultsIn(fields, keys, 4)).toBeUndefined();
  }
  expect(await resultsIn(second, keys, 8)).toBeUndefined();
  expect(await resultsIn(second, keys)).toBeUndefined();
  expect(await resultsIn(second, [...keys.slice(1), 'other'], 4)).toBeUndefined();
});

it('count for progress as far as they are kept, and their job as far as its worker tells', async () => {
  let told = job.epochs ?? 0;
  const open = [job];
  const progress = queuedProgress(plan, { open, epochs: () => told });
  expect(progress()).toMatchObject({ trials: 4, ended: 0, epochs: 4 * 2, ofEpochs: 4 * 9, left: undefined });
  expect(progress().best?.name).toBe('rmse');
  // Two have lost, and two are an epoch on.
  told = 2 * 9 + 2 * 3;
  expect(progress()).toMatchObject({ ended: 0, epochs: 2 * 9 + 2 * 3 });
  const results = await resultsIn(second, keys, 4);
  if (!results) throw new Error('no results');
  await plan.stages.add(job.part, results);
  open.pop();
  told = 0;
  for (const { trials } of results.ended.values()) {
    plan.ended.push(...trials.map(({ result }) => withoutHistory(plan.specs[0], result)));
  }
  // One of the two goes on from this rung.
  const { seconds, left = 0, ...rest } = progress();
  expect(rest).toMatchObject({ trials: 4, ended: 2, epochs: 2 * 9 + 2 * 4 });
  const perEpoch = seconds / (2 * 2 + 2 * 4 - 4 * 2);
  expect(left / perEpoch).toBeCloseTo(9 - 4);
});
