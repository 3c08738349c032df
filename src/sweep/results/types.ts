/** What a sweep returns. */
import type { Notice } from '../../data/table/notices.ts';
import type { EngineInfo, EngineKind, RowSet } from '../../engine/engine.ts';
import type { Metrics } from '../../model/metrics.ts';
import type { Model } from '../../model/model.ts';
import type { ModelData } from '../../model/model-data.ts';
import type { EpochRecord } from '../../train/progress.ts';
import type { StopReason } from '../../train/stopping.ts';
import type { PairedDifference, Spread } from '../../util/statistics/statistics.ts';
import type { VarianceShare } from './variance-shares.ts';

/** What trained something. */
export interface RanOn {
  /** What the machine was called. */
  machine: string;
  /** Which engine. */
  engine: EngineKind;
  /** What the engine runs on. */
  adapter: string;
}

/** One network of a sweep. */
export interface TrialResult {
  /** Index of its configuration. */
  cell: number;
  /** The settings that vary, without the seed. */
  settings: Record<string, unknown>;
  /** Of its training. */
  seed: number;
  /** Counted from 0; null where there is the one split. */
  fold: number | null;
  /** Of each part of the rows; null of one without rows. */
  metrics: Record<RowSet, Metrics | null>;
  /** Epochs that it trained. */
  epochs_run: number;
  /** Why it ended. */
  stopped: StopReason;
  /** One record per epoch. */
  history: readonly EpochRecord[];
  /** Where it was trained; of sweeps whose machines have names (see `SweepOptions`). */
  ran_on?: RanOn;
}

/** Of a sweep that was found done already: the engine that it was given. */
export type SweepEngine = EngineInfo<EngineKind | 'auto'>;

export interface SweepResult {
  /** Ordered by configuration, then seed, then fold. */
  trials: TrialResult[];
  /** Best first, by the primary validation metric: RMSE, or accuracy. */
  leaderboard: LeaderboardEntry[];
  /** Which settings matter, largest share first; null where nothing can be said (see `variance-shares.ts`). */
  variance_shares: VarianceShare[] | null;
  /** The best trial of the best configuration, by the same metric, and its model. */
  best: { trial: number; model: Model };
  /** The best trial of each configuration and its model; the worst are dropped where memory is short. */
  models: ReadonlyMap<number, { trial: number; model: ModelData }>;
  /** What trained the population that ended last: `auto` decides for each. */
  engine: SweepEngine;
  /** How the trials were grouped to begin with: how many, and the plan of each group. */
  populations: { trials: number; plan: string }[];
  /** Trials that the store had, finished or as a checkpoint. */
  resumed: number;
  /** What differs from the request. */
  notices: Notice[];
  /** That it took. */
  seconds: number;
}

/** One configuration with all its trials. */
export interface LeaderboardEntry {
  /** Index of its configuration. */
  cell: number;
  /** Those that vary, by their paths. */
  settings: Record<string, unknown>;
  /** Trials: seeds times folds. */
  n: number;
  /** Those of them that diverged. */
  diverged: number;
  /** Those of them that successive halving stopped. */
  halved: number;
  /** Of each part of the rows, by the name of the metric: mean and spread over the trials. */
  metrics: Record<RowSet, Record<string, Spread>>;
  /** Null for the best itself, and where there is nothing to compare (see `versus-best.ts`). */
  versus_best: PairedDifference | null;
}
