/** What is told once, and what only where it has changed. */
import { expect, test } from 'vitest';
import { Untold } from '../../../../src/lab/worker/untold.ts';
import { checkTrial } from '../../../../src/spec/check.ts';
import type { Run } from '../../../../src/train/trainer.ts';

const trial = checkTrial({});

function running() {
  const progress = { trial, initial: trial, changes: [], planned: [], history: [] as unknown[] };
  const run = { trials: [progress], planCode: 'gpu:' } as unknown as Run & { planCode: string };
  return { run, progress };
}

test('records come once, and nothing else while nothing changes', () => {
  const { run, progress } = running();
  const untold = new Untold(run, {});
  progress.history.push('first');
  const frames = [0];
  expect(untold.take(run, frames)).toEqual({ records: ['first'], frames });
  progress.history.push('second');
  expect(untold.take(run, frames)).toEqual({ records: ['second'] });
  expect(untold.take(run, frames)).toEqual({ records: [] });
});

test('settings, plan and frames are told where they have changed', () => {
  const { run, progress } = running();
  const untold = new Untold(run, {});
  untold.take(run, []);
  progress.trial = { ...trial };
  run.planCode = 'gpu:8';
  const frames = [0, 1];
  const news = untold.take(run, frames);
  expect(news).toMatchObject({ plan_code: 'gpu:8', frames, settings: { initial: trial } });
  expect(untold.take(run, frames)).toEqual({ records: [] });
});

test('that all records come again is told once', () => {
  const { run } = running();
  const untold = new Untold(run, { afresh: 'the device was lost' });
  const frames: number[] = [];
  expect(untold.take(run, frames).afresh).toBe('the device was lost');
  expect(untold.take(run, frames)).not.toHaveProperty('afresh');
});
