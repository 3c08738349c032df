/** A sweep can be watched trial by trial, and its combinations ranked while it trains. */

import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import type { SweepNews } from '../../../src/lab/protocol/sweep.ts';
import { SweepCurves } from '../../../src/lab/sweep/curves.ts';
import { defineSweep, leadersOf, SweepJob } from '../../../src/lab/worker/sweep/job.ts';
import { checkData } from '../../../src/spec/check.ts';
import { withFirstDefaults } from '../../../src/spec/first-defaults.ts';
import type { LeaderboardEntry } from '../../../src/sweep/results/types.ts';
import type { TrialStatus } from '../../../src/sweep/schedule/progress.ts';
import { sweep } from '../../../src/sweep/sweep.ts';
import { prepare } from '../../support/first-defaults.ts';

const rows = Array.from({ length: 60 }, (_, row) => `${row / 30 - 1},${Math.sin(row / 10)}`);
const input = {
  base: withFirstDefaults({ model: { hidden: [4] }, training: { epochs: 3 } }),
  grid: { 'training.optimizer.learning_rate': [1e-4, 1e-1] },
  seeds: 2,
};

async function curve() {
  const table = await readCsv(['x,y', ...rows].join('\n'), { source: 'curve.csv' });
  // Epochs have the errors of outputs before they are kept within limits, the results those of predictions.
  const data = prepare(table, { target: 'y', clip_predictions: false });
  return { table, data, engine: await requestEngine({ kind: 'reference' }) };
}

describe('a sweep that is watched', () => {
  it('tells how every trial stands, in the order of its results', async () => {
    const { data, engine } = await curve();
    let last: TrialStatus[] = [];
    const result = await sweep(engine, data, input, {
      progress: (_, standings) => {
        last = standings();
      },
    });
    expect(last.map(({ place, configuration, stopped }) => [place, configuration, stopped])).toEqual([
      [0, 0, 'epochs'],
      [1, 0, 'epochs'],
      [2, 1, 'epochs'],
      [3, 1, 'epochs'],
    ]);
    expect(last.map(({ history }) => history)).toEqual(result.trials.map(({ history }) => history));
    expect([...result.models.keys()].sort()).toEqual([0, 1]);
    const leaders = leadersOf(last, defineSweep(input, data));
    expect(leaders.map(({ cell }) => cell)).toEqual(result.leaderboard.map(({ cell }) => cell));
    expect(leaders[0].metrics.validation.rmse.mean).toBeCloseTo(result.leaderboard[0].metrics.validation.rmse.mean, 5);
  });

  it('ranks by the epochs that trials keep, as the results do', async () => {
    const { data, engine } = await curve();
    const training = { epochs: 30, batch_size: 2, early_stopping: { patience: 4 } };
    const jumping = {
      base: withFirstDefaults({ model: { hidden: [8] }, training }),
      grid: { 'training.optimizer.learning_rate': [0.02, 0.2] },
      seeds: 3,
    };
    let last: TrialStatus[] = [];
    const result = await sweep(engine, data, jumping, {
      progress: (_, standings) => {
        last = standings();
      },
    });
    const leaders = leadersOf(last, defineSweep(jumping, data));
    const places = (board: readonly LeaderboardEntry[]) => board.map(({ cell }) => cell);
    expect(places(leaders)).toEqual(places(result.leaderboard));
    const stoppedEarly = result.trials.filter(({ stopped }) => stopped === 'early_stopping').length;
    expect(stoppedEarly).toBeGreaterThan(0);
    for (const [index, { metrics }] of leaders.entries()) {
      const { mean } = result.leaderboard[index].metrics.validation.rmse;
      expect(Math.abs(metrics.validation.rmse.mean / mean - 1)).toBeLessThan(1e-5);
    }
  });

  it('gives the page every loss once, its end, and its files', async () => {
    const { table, data, engine } = await curve();
    const definition = defineSweep(input, data);
    const curves = new SweepCurves(definition.plan);
    const told: SweepNews[] = [];
    const settings = { definition, table, folds: [data], data: checkData({ target: 'y' }), engine, command: 'again' };
    const job = new SweepJob(settings, (news) => {
      told.push(news);
      curves.add(news.trials);
    });
    await job.run();
    expect(told.at(-1)?.end).toMatchObject({ interrupted: false, diverged: 0 });
    expect(told.at(-1)?.end?.models.length).toBe(2);
    for (const trial of curves.trials) expect(trial.epochs).toEqual([1, 2, 3]);
    expect(curves.trials.every(({ stopped }) => stopped === 'epochs')).toBe(true);
    const csv = await (await job.file('trials.csv')).text();
    expect(csv.trim().split('\n').length).toBe(5);
    expect(JSON.parse(await (await job.file('sweep.json')).text())).toMatchObject({ command: 'sweep', target: 'y' });
    expect(job.model(1).members[0].settings.training.optimizer.learning_rate).toBe(0.1);
  });

  it('is refused where it is too large', async () => {
    const { data } = await curve();
    expect(() => defineSweep({ ...input, seeds: 501 }, data)).toThrow(
      'The sweep has 1\u202f002 trials, more than 1\u202f000',
    );
  });
});
