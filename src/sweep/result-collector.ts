/** Collects the results of a sweep's trials, as populations end or from a store. */
import type { EngineInfo, RowSet } from '../engine/engine.ts';
import type { Metrics } from '../model/metrics.ts';
import { createModel } from '../model/model.ts';
import { groupBy } from '../util/arrays.ts';
import type { Configuration } from './definition/definition.ts';
import type { TrialSpec } from './definition/trial-specs.ts';
import { createBestModels } from './results/best-models.ts';
import { buildLeaderboard, trialCost } from './results/leaderboard.ts';
import type { SweepResult, TrialResult } from './results/types.ts';
import type { TrialHistory } from './schedule/rungs.ts';
import type { SweepPopulation } from './schedule/scheduler.ts';
import type { ResumeState } from './store/resume.ts';
import type { EndedPopulation, StoredTrial } from './store/store.ts';

export interface ResultCollector {
  /** Trials that have ended. */
  readonly ended: readonly TrialResult[];
  /** The same by index; trials that have not ended are holes. */
  readonly places: readonly (TrialResult | undefined)[];
  addStored(population: ResumeState['ended'][number]): void;
  /** Scores the trials of a population that have ended. @param tests whether on its test rows too */
  add(population: SweepPopulation, keys: readonly string[], tests: boolean): Promise<EndedPopulation>;
  histories(): TrialHistory[];
  /** What trained the population that was added last. */
  readonly engine: EngineInfo | undefined;
  result(): Pick<SweepResult, 'trials' | 'leaderboard' | 'best' | 'models' | 'populations'>;
}

/**
 * @param folds how many there are @param groups the trials that begin as a population, for each
 * @param machine a name of this one, for what trains here
 */
export function createResults(
  configurations: readonly Configuration[],
  folds: number,
  groups: readonly TrialSpec[][],
  machine?: string,
): ResultCollector {
  const trials: TrialResult[] = [];
  /** By trial. */
  const plans: string[] = [];
  const models = createBestModels();
  let engine: EngineInfo | undefined;

  const put = ({ place, configuration: cell, seed, fold }: TrialSpec, kept: StoredTrial, plan: string): TrialResult => {
    plans[place] = plan;
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
      for (const { spec, result, model } of taken) {
        const found = { trial: spec.place, score: trialCost(put(spec, result, plan).metrics) };
        if (model && models.wants(spec.configuration, found)) models.add(spec.configuration, { ...found, model });
      }
    },
    async add({ specs, run, engine: begunOn }, keys, tests) {
      const plan = await run.plan();
      engine = begunOn ?? (await run.engineInfo());
      const ran_on = machine === undefined ? undefined : { machine, engine: engine.kind, adapter: engine.adapter };
      const metricsOf = async (set: RowSet) => (await run.metricsOfAll(set)) ?? undefined;
      const train = await metricsOf('train');
      const validation = await metricsOf('validation');
      const test = tests ? await metricsOf('test') : undefined;
      const ended: EndedPopulation = { plan, trials: [], models: [] };
      /** Indices of the trials. */
      const own = new Map<number, number>();
      for (const [index, spec] of specs.entries()) {
        const { outcome, history } = run.trials[index];
        if (!outcome) continue;
        const of = (metrics: Metrics[] | undefined) => metrics?.[index] ?? null;
        const metrics = { train: of(train), validation: of(validation), test: of(test) };
        const { epochs_run, stopped } = outcome;
        const result = { metrics, epochs_run, stopped, history, ...(ran_on ? { ran_on } : {}) };
        put(spec, result, plan);
        own.set(spec.place, ended.trials.length);
        ended.trials.push({ key: keys[spec.place], result });
        const found = { trial: spec.place, score: trialCost(metrics) };
        if (!models.wants(spec.configuration, found)) continue;
        const model = await run.modelData(index);
        models.add(spec.configuration, { ...found, model: { ...model, origin: { ...model.origin, metrics } } });
      }
      for (const { trial, model } of models.best.values()) {
        const index = own.get(trial);
        if (index !== undefined) ended.models.push({ index, model });
      }
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
        populations: groups
          .flatMap((group) => groupBy(group, ({ place }) => plans[place]))
          .map((group) => ({ trials: group.length, plan: plans[group[0].place] })),
      };
    },
  };
}
