/**
 * One sweep on the worker's side: trains it, tells the page at the pace it can draw, and keeps what came of it for files
 * and models.
 */
import type { DataSet } from '../../../data/prepare/dataset.ts';
import type { Table } from '../../../data/table/table.ts';
import type { Engine } from '../../../engine/engine.ts';
import { parameterCount } from '../../../engine/parameters.ts';
import { sweeps } from '../../../messages/en/training/sweeps.ts';
import type { ModelData } from '../../../model/model-data.ts';
import type { DataSettings } from '../../../spec/data-settings.ts';
import {
  type Configuration,
  checkSweep,
  checkTrialCount,
  listConfigurations,
  listSeeds,
  type Sweep,
  type SweepInput,
} from '../../../sweep/definition/definition.ts';
import { trialsCsv } from '../../../sweep/results/csv.ts';
import { buildLeaderboard } from '../../../sweep/results/leaderboard.ts';
import { sweepJson } from '../../../sweep/results/sweep-json.ts';
import type { LeaderboardEntry, SweepEngine, SweepResult, TrialResult } from '../../../sweep/results/types.ts';
import type { SweepProgress, TrialStatus } from '../../../sweep/schedule/progress.ts';
import type { SweepStore } from '../../../sweep/store/store.ts';
import { sweep } from '../../../sweep/sweep.ts';
import { keptEpoch } from '../../../train/stopping.ts';
import { layersOf, resolveTrial } from '../../../train/trials.ts';
import { InputError, saidBy } from '../../../util/errors.ts';
import { inEnglish, message } from '../../../util/message.ts';
import type { SweepEnd, SweepFile, SweepNews, SweepPlan, TrialNews } from '../../protocol/sweep.ts';
import { told } from '../told.ts';

/** More trials than this are for the command line: the page keeps a curve of each. */
export const mostTrials = 1000;

/** Milliseconds between reports, and between leaderboards, whose intervals take their time. */
const reportEvery = 100;
const leadersEvery = 500;
/** Points of a curve: a small chart has room for no more. */
const mostPoints = 100;

export interface Definition {
  sweep: Sweep;
  cells: Configuration[];
  plan: SweepPlan;
}

/** @throws InputError about the sweep, naming the combination */
export function defineSweep(input: SweepInput, data: DataSet): Definition {
  const definition = checkSweep(input);
  checkTrialCount(definition, mostTrials);
  const cells = listConfigurations(definition, { rows: data.sets.train.length, outputs: data.outputs });
  const seeds = listSeeds(definition, cells[0].trial.training.seed);
  const counts = cells.map(({ trial }) =>
    parameterCount(layersOf(resolveTrial(trial, data.preprocessing.task).model, data)),
  );
  const each = seeds.length * definition.folds;
  const classes = data.preprocessing.task !== 'regression';
  return {
    sweep: definition,
    cells,
    plan: {
      cells: cells.map(({ settings }) => settings),
      seeds,
      folds: definition.folds,
      epochs: Math.max(...cells.map(({ trial }) => trial.training.epochs)),
      parameters: {
        least: Math.min(...counts),
        most: Math.max(...counts),
        total: counts.reduce((sum, count) => sum + count * each, 0),
      },
      validated: definition.folds > 1 || data.sets.validation.length > 0,
      deciding: { name: classes ? 'accuracy' : 'rmse', large: classes },
    },
  };
}

export interface SweepJobSettings {
  definition: Definition;
  table: Table;
  /** A data set for each fold, or the only one. */
  folds: DataSet[];
  data: DataSettings;
  engine: Engine;
  /** What repeats it on the command line. */
  command: string;
  /** Where it is kept, and goes on from. */
  store?: SweepStore;
  /** Seconds that it was trained before. */
  secondsBefore?: number;
}

export class SweepJob {
  readonly #settings: SweepJobSettings;
  readonly #tell: (news: SweepNews) => Promise<void>;
  readonly #abort = new AbortController();
  readonly #sent: number[] = [];
  readonly #saidStopped = new Set<number>();
  readonly #stride: number;
  #telling: Promise<void> | undefined;
  #told = 0;
  #ranked = 0;
  #rankEvery = leadersEvery;
  #progress: SweepProgress = { trials: 0, ended: 0, epochs: 0, ofEpochs: 1, seconds: 0 };
  #result: SweepResult | undefined;

  constructor(settings: SweepJobSettings, tell: (news: SweepNews) => Promise<void> | void) {
    this.#settings = settings;
    this.#tell = (news) => told(() => tell(news));
    this.#stride = Math.max(1, Math.ceil(settings.definition.plan.epochs / mostPoints));
  }

  get engine(): Engine {
    return this.#settings.engine;
  }

  /** Trains to the end, which is told of like everything else. */
  async run(): Promise<void> {
    const { definition, engine, folds, store, secondsBefore: before = 0 } = this.#settings;
    try {
      const trained = await sweep(engine, folds, definition.sweep, {
        max_trials: mostTrials,
        signal: this.#abort.signal,
        progress: (progress, standings) => this.#report({ ...progress, seconds: before + progress.seconds }, standings),
        store,
      });
      const result = { ...trained, seconds: before + trained.seconds };
      this.#result = result;
      await this.#telling;
      await this.#tell({ ...this.#newsOf(standingsOf(result), result.leaderboard), end: this.#endOf(result) });
    } catch (error) {
      await this.#telling;
      await this.#tell({ ...this.#newsOf([], null), failure: saidBy(error) });
    }
  }

  /** Takes up one whose trials have all ended, from where it is kept. @throws InputError where some are missing */
  async restore({ seconds, notices }: SweepEnd): Promise<void> {
    const { definition, engine, folds, store } = this.#settings;
    const restored = await sweep(engine, folds, definition.sweep, { max_trials: mostTrials, store });
    this.#result = { ...restored, seconds, notices };
  }

  /** Ends it: trials are scored as they stand. */
  stop(): void {
    this.#abort.abort();
  }

  async file(name: SweepFile): Promise<Blob> {
    const { definition, table, folds, data, command } = this.#settings;
    const result = this.#ended();
    if (name === 'trials.csv') return new Blob([...trialsCsv(result.trials)], { type: 'text/csv' });
    const notices = [...table.notices, ...folds[0].notices, ...result.notices];
    const common = { file: table.source, result, interrupted: this.#abort.signal.aborted, notices };
    if (name === 'sweep.json') {
      const json = sweepJson({ ...common, definition: definition.sweep, data: folds[0], dataSettings: data });
      return new Blob([`${JSON.stringify(json, null, 1)}\n`], { type: 'application/json' });
    }
    const { sweepPage } = await import('../../../sweep/results/sweep-page.ts');
    const report = await sweepPage({
      ...common,
      rows: table,
      folds,
      dataSettings: data,
      definition: definition.sweep,
      origin: {
        command,
        version: __VERSION__,
        runtime: navigator.userAgent,
        made: new Date(),
        engine: { ...result.engine, why: inEnglish(result.engine.why) },
      },
    });
    return new Blob([report], { type: 'text/html' });
  }

  model(cell: number): ModelData {
    const found = this.#ended().models.get(cell);
    if (!found) throw new Error('The model of this combination was not kept.');
    return found.model;
  }

  #ended(): SweepResult {
    if (!this.#result) throw new Error('The sweep has not ended.');
    return this.#result;
  }

  #report(progress: SweepProgress, standings: () => TrialStatus[]): void {
    this.#progress = progress;
    const now = performance.now();
    if (this.#telling || now - this.#told < reportEvery) return;
    const all = standings();
    const leaders = now - this.#ranked < this.#rankEvery ? null : this.#rank(all);
    this.#told = now;
    this.#telling = this.#tell(this.#newsOf(all, leaders)).finally(() => {
      this.#telling = undefined;
    });
  }

  /** Takes a tenth of the time at most. */
  #rank(standings: readonly TrialStatus[]): LeaderboardEntry[] {
    const begun = performance.now();
    const leaders = leadersOf(standings, this.#settings.definition);
    this.#ranked = performance.now();
    this.#rankEvery = Math.max(leadersEvery, 10 * (this.#ranked - begun));
    return leaders;
  }

  #newsOf(standings: readonly TrialStatus[], leaders: LeaderboardEntry[] | null): SweepNews {
    const trials = standings.flatMap((standing) => this.#trialNews(standing) ?? []);
    return { progress: this.#progress, trials, leaders, end: null, failure: null };
  }

  #trialNews({ place, history, stopped }: TrialStatus): TrialNews | undefined {
    const news: TrialNews = { place, epochs: [], train: [], validation: [], stopped: stopped ?? null };
    for (let index = this.#sent[place] ?? 0; index < history.length; index++) {
      const { number, train_loss, validation_loss } = history[index];
      const last = index === history.length - 1 && stopped;
      if (number !== 1 && number % this.#stride !== 0 && !last) continue;
      news.epochs.push(number);
      news.train.push(train_loss);
      news.validation.push(validation_loss ?? Number.NaN);
    }
    const ended = stopped !== undefined && !this.#saidStopped.has(place);
    if (ended) this.#saidStopped.add(place);
    this.#sent[place] = history.length;
    return ended || news.epochs.length > 0 ? news : undefined;
  }

  #endOf({ seconds, populations, trials, variance_shares: shares, notices, models, engine }: SweepResult): SweepEnd {
    return {
      interrupted: this.#abort.signal.aborted,
      seconds,
      populations,
      diverged: trials.filter(({ stopped }) => stopped === 'diverged').length,
      shares,
      notices,
      models: [...models].map(([cell, { trial }]) => ({ cell, seed: trials[trial].seed, fold: trials[trial].fold })),
      engine,
      scores: trials.map(({ metrics }) => numbersIn(metrics.validation ?? metrics.train)),
    };
  }
}

/** In the place of the engine that has trained a sweep: nothing is left to train. */
export function untrained(engine: SweepEngine): Engine {
  return {
    ...engine,
    bytes: 0,
    lost: new Promise(() => {}),
    memoryFor: () => 0,
    createPopulation: () => Promise.reject(new InputError(message(sweeps, 'sweep_trials_missing'))),
    destroy: () => {},
  };
}

function numbersIn(metrics: object | null): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics ?? {}).filter(([, value]) => typeof value === 'number'));
}

function standingsOf({ trials }: SweepResult): TrialStatus[] {
  return trials.map(({ cell, history, stopped }, place) => ({ place, configuration: cell, history, stopped }));
}

/** How combinations stand by the metric that decides, at the epoch that each trial keeps as it stands. */
export function leadersOf(
  standings: readonly TrialStatus[],
  { cells, plan }: Pick<Definition, 'cells' | 'plan'>,
): LeaderboardEntry[] {
  const results = standings.flatMap(({ place, configuration: cell, history, stopped }): TrialResult[] => {
    if (!history.at(-1)?.validation) return [];
    const { settings, trial } = cells[cell];
    const kept = history[keptEpoch(stopped === 'diverged' ? history.slice(0, -1) : history, trial.training) - 1];
    const scores = kept?.finite ? (kept.validation as unknown as Record<string, number>) : undefined;
    const validation = { [plan.deciding.name]: scores?.[plan.deciding.name] ?? Number.NaN } as unknown;
    const metrics = { train: null, validation, test: null } as TrialResult['metrics'];
    const seed = plan.seeds[Math.floor(place / plan.folds) % plan.seeds.length];
    const fold = plan.folds > 1 ? place % plan.folds : null;
    return [{ cell, settings, seed, fold, metrics, epochs_run: 0, stopped: stopped ?? 'epochs', history }];
  });
  return buildLeaderboard(results);
}
