/** How far a sweep is: what ends early counts as done, what is interrupted does not. */
import { expect, it } from 'vitest';
import { type LiveTrial, sweepProgress } from '../../../src/sweep/schedule/progress.ts';
import type { StopReason } from '../../../src/train/stopping.ts';

const asked = 100;
type Arguments = Parameters<typeof sweepProgress>;

const spec = (configuration: number) =>
  ({ place: configuration, configuration, trial: { training: { epochs: asked } } }) as unknown as Arguments[0][number];
const over = (cell: number, epochs_run: number, stopped: StopReason) =>
  ({ cell, epochs_run, stopped, metrics: { train: null, validation: null, test: null } }) as Arguments[1][number];
const live = (done: number, stopped?: StopReason) =>
  ({
    history: Array.from({ length: done }, () => ({ validation: null })),
    outcome: stopped && { stopped },
    trial: { training: { epochs: asked } },
  }) as unknown as LiveTrial;

const progressOf = (results: Arguments[1], running: readonly LiveTrial[]) => {
  const specs = [...results, ...running].map((_, place) => spec(place));
  const { ended, epochs, ofEpochs } = sweepProgress(specs, results, running, 1, () => undefined);
  return { ended, epochs, ofEpochs };
};

it('counts what stops early as done', () => {
  const progress = progressOf([over(0, 40, 'early_stopping')], [live(30), live(20, 'loss_plateau')]);
  expect(progress).toEqual({ ended: 2, epochs: 230, ofEpochs: 300 });
});

it('counts of what is interrupted the epochs that it has trained', () => {
  const progress = progressOf([over(0, 100, 'epochs'), over(1, 40, 'interrupted')], [live(30, 'interrupted')]);
  expect(progress).toEqual({ ended: 1, epochs: 170, ofEpochs: 300 });
});
