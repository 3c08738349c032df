/** What the trials of a sweep came to: collected as populations end, or taken from a store. */
import type { RowSet } from '../engine/engine.ts';
import type { Metrics } from '../model/metrics.ts';
import { createModel } from '../model/model.ts';
import { createModels } from './best-models.ts';
import type { Cell } from './definition.ts';
import { costOf, leaderboardOf } from './leaderboard.ts';
import type { TakenUp } from './resume.ts';
import type { Reached } from './rungs.ts';
import type { Group } from './scheduler.ts';
import type { Ended, KeptTrial } from './store.ts';
import type { SweepResult, TrialResult } from './sweep.ts';
import type { Entry } from './trial-specs.ts';

export interface Scores {
  /** Trials that have ended. */
  readonly ended: readonly TrialResult[];
  /** The same by their places; those that have not ended are holes. */
  readonly places: readonly (TrialResult | undefined)[];
  takeUp(population: TakenUp['ended'][number]): void;
  /** Scores a population that has ended. @param tests whether on its test rows too */
  add(group: Group, keys: readonly string[], tests: boolean): Promise<Ended>;
  reached(): Reached[];
  result(): Pick<SweepResult, 'trials' | 'leaderboard' | 'best' | 'models' | 'populations'>;
}

/** @param folds how many there are */
export function createScores(cells: readonly Cell[], folds: number): Scores {
  const trials: TrialResult[] = [];
  const populations: { first: number; trials: number; plan: string }[] = [];
  const models = createModels();

  const put = ({ place, cell, seed, fold }: Entry, kept: KeptTrial): TrialResult => {
    const result = { cell, settings: cells[cell].settings, seed, fold: folds > 1 ? fold : null, ...kept };
    trials[place] = result;
    return result;
  };

  return {
    places: trials,
    get ended() {
      // Those that have not ended are holes.
      return trials.filter(() => true);
    },
    takeUp({ plan, trials: taken }) {
      populations.push({ first: taken[0].entry.place, trials: taken.length, plan });
      for (const { entry, result, model } of taken) {
        const found = { trial: entry.place, score: costOf(put(entry, result).metrics) };
        if (model && models.wants(entry.cell, found)) models.add(entry.cell, { ...found, model });
      }
    },
    async add({ entries, run }, keys, tests) {
      const plan = await run.plan();
      const metricsOf = async (set: RowSet) => (await run.metricsOfAll(set)) ?? undefined;
      const train = await metricsOf('train');
      const validation = await metricsOf('validation');
      const test = tests ? await metricsOf('test') : undefined;
      const ended: Ended = { plan, trials: [], models: [] };
      for (const [index, entry] of entries.entries()) {
        const { outcome, history } = run.trials[index];
        if (!outcome) throw new Error('a trial has not ended');
        const of = (metrics: Metrics[] | undefined) => metrics?.[index] ?? null;
        const metrics = { train: of(train), validation: of(validation), test: of(test) };
        const result = { metrics, epochs_run: outcome.epochs_run, stopped: outcome.stopped, history };
        put(entry, result);
        ended.trials.push({ key: keys[entry.place], result });
        const found = { trial: entry.place, score: costOf(metrics) };
        if (models.wants(entry.cell, found)) models.add(entry.cell, { ...found, model: await run.modelData(index) });
      }
      const own = new Map(entries.map(({ place }, index) => [place, index]));
      for (const { trial, model } of models.best.values()) {
        const index = own.get(trial);
        if (index !== undefined) ended.models.push({ index, model });
      }
      populations.push({ first: entries[0].place, trials: entries.length, plan });
      return ended;
    },
    reached: () => trials.filter(() => true),
    result() {
      const leaderboard = leaderboardOf(trials);
      const found = leaderboard.map(({ cell }) => models.best.get(cell)).find((one) => one !== undefined);
      if (!found) throw new Error('a sweep has ended without a trial');
      return {
        trials,
        leaderboard,
        best: { trial: found.trial, model: createModel(found.model) },
        models: new Map([...models.best].map(([cell, { trial, model }]) => [cell, { trial, model }])),
        // In the order of their trials, whichever ended first.
        populations: populations
          .sort((a, b) => a.first - b.first)
          .map(({ trials: count, plan }) => ({ trials: count, plan })),
      };
    },
  };
}
