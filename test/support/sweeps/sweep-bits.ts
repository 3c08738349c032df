/** What two sweeps have to agree in that came to the same bits. */
import type { SweepResult } from '../../../src/sweep/results/types.ts';

/** All but the times and the machines. */
export function sweepBits({ trials, leaderboard, variance_shares, best, models, populations }: SweepResult) {
  const timeless = trials.map(({ history, ran_on: _, ...trial }) => ({
    ...trial,
    history: history.map(({ seconds: _, ...record }) => record),
  }));
  const networks = [...models]
    .sort(([a], [b]) => a - b)
    .map(([cell, { trial, model }]) => [cell, trial, model.members]);
  return { trials: timeless, leaderboard, variance_shares, best: best.trial, networks, populations };
}
