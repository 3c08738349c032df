/** Collects the results of a sweep's trials, as populations end or from a store. */
import type { EngineInfo, RowSet } from '../engine/engine.ts';
import type { Metrics } from '../model/metrics.ts';
import { createModel } from '../model/model.ts';
import { createBestModels } from './best-models.ts';
import type { Configuration } from './definition.ts';
import { buildLeaderboard, trialCost } from './leaderboard.ts';
import type { ResumeState } from './resume.ts';
import type { TrialHistory } from './rungs.ts';
import type { SweepPopulation } from './scheduler.ts';
import type { EndedPopulation, StoredTrial } from './store.ts';
import type { TrialSpec } from './trial-specs.ts';
import type { SweepResult, TrialResult } from './types.ts';

export interface ResultCollector {
  /** Trials that have ended. */
  readonly ended: readonly TrialResult[];
  /** The same by index; trials that have not ended are holes. */
  readonly places: readonly (TrialResult | undefined)[];
  addStored(population: ResumeState['ended'][number]): void;
  /** Scores a population that has ended. @param tests whether on its test rows too */
  add(population: SweepPopulation, keys: readonly string[], tests: boolean): Promise<EndedPopulation>;
  histories(): TrialHistory[];
  /** What trained the population that was added last. */
  readonly engine: EngineInfo | undefined;
  result(): Pick<SweepResult, 'trials' | 'leaderboard' | 'best' | 'models' | 'populations'>;
}

/** @param folds how many there are */
export function createResults(configurations: readonly Configuration[], folds: number): ResultCollector {
  const trials: TrialResult[] = [];
  const populations: { first: number; trials: number; plan: string }[] = [];
  const models = createBestModels();
  let engine: EngineInfo | undefined;

  const put = ({ place, configuration: cell, seed, fold }: TrialSpec, kept: StoredTrial): TrialResult => {
    const result = { cell, settings: configurations[cell].settings, seed, fold: folds > 1 ? fold : null, ...kept };
    trials[place] = result;
    return result;
  };

  return {
    places: trials,
    get ended() {
      // `filter` skips holes.
      return trials.filter(() => true);
    },
    get engine() {
      return engine;
    },
    addStored({ plan, trials: taken }) {
      populations.push({ first: taken[0].spec.place, trials: taken.length, plan });
      for (const { spec, result, model } of taken) {
        const found = { trial: spec.place, score: trialCost(put(spec, result).metrics) };
        if (model && models.wants(spec.configuration, found)) models.add(spec.configuration, { ...found, model });
      }
    },
    async add({ specs, run }, keys, tests) {
      const plan = await run.plan();
      engine = await run.engineInfo();
      const metricsOf = async (set: RowSet) => (await run.metricsOfAll(set)) ?? undefined;
      const train = await metricsOf('train');
      const validation = await metricsOf('validation');
      const test = tests ? await metricsOf('test') : undefined;
      const ended: EndedPopulation = { plan, trials: [], models: [] };
      for (const [index, spec] of specs.entries()) {
        const { outcome, history } = run.trials[index];
        if (!outcome) throw new Error('a trial has not ended');
        const of = (metrics: Metrics[] | undefined) => metrics?.[index] ?? null;
        const metrics = { train: of(train), validation: of(validation), test: of(test) };
        const result = { metrics, epochs_run: outcome.epochs_run, stopped: outcome.stopped, history };
        put(spec, result);
        ended.trials.push({ key: keys[spec.place], result });
        const found = { trial: spec.place, score: trialCost(metrics) };
        if (models.wants(spec.configuration, found))
          models.add(spec.configuration, { ...found, model: await run.modelData(index) });
      }
      const own = new Map(specs.map(({ place }, index) => [place, index]));
      for (const { trial, model } of models.best.values()) {
        const index = own.get(trial);
        if (index !== undefined) ended.models.push({ index, model });
      }
      populations.push({ first: specs[0].place, trials: specs.length, plan });
      return ended;
    },
    histories: () => trials.flatMap(({ cell, history }) => [{ configuration: cell, history }]),
    result() {
      const leaderboard = buildLeaderboard(trials);
      const found = leaderboard.map(({ cell }) => models.best.get(cell)).find((one) => one !== undefined);
      if (!found) throw new Error('a sweep has ended without a trial');
      return {
        trials,
        leaderboard,
        best: { trial: found.trial, model: createModel(found.model) },
        models: new Map([...models.best].map(([cell, { trial, model }]) => [cell, { trial, model }])),
        // Ordered by their trials, not by which ended first.
        populations: populations
          .sort((a, b) => a.first - b.first)
          .map(({ trials: count, plan }) => ({ trials: count, plan })),
      };
    },
  };
}
