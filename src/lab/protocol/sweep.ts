/** What page and worker say to each other about a sweep. Plain data only. */

import type { Notice } from '../../data/table/notices.ts';
import type { DataSettingsInput } from '../../spec/data-settings.ts';
import type { SweepInput } from '../../sweep/definition.ts';
import type { SweepProgress } from '../../sweep/progress.ts';
import type { LeaderboardEntry } from '../../sweep/types.ts';
import type { VarianceShare } from '../../sweep/variance-shares.ts';
import type { StopReason } from '../../train/stopping.ts';
import type { Said } from '../../util/errors.ts';
import type { EngineChoice, Reply } from './messages.ts';

export interface SweepRequest {
  sweep: SweepInput;
  data: DataSettingsInput;
  engine: EngineChoice;
}

/** What a sweep will be. */
export interface SweepPlan {
  /** What varies in each combination, in the order of trials. */
  cells: Record<string, unknown>[];
  /** Of every combination: trials are in the order of cells, then seeds, then folds. */
  seeds: number[];
  folds: number;
  /** Epochs that any trial trains at most. */
  epochs: number;
  /** Parameters of one trial, fewest and most, and of all together. */
  parameters: { least: number; most: number; total: number };
  /** Whether there are validation rows. */
  validated: boolean;
  /** The metric that decides, and whether it is to be large. */
  deciding: { name: string; large: boolean };
}

/** What is new of one trial. */
export interface TrialNews {
  place: number;
  /** Epochs, counted from 1, and their losses; not every epoch of a long sweep. */
  epochs: number[];
  train: number[];
  /** NaN where there are no validation rows. */
  validation: number[];
  stopped: StopReason | null;
}

export interface SweepNews {
  progress: SweepProgress;
  trials: TrialNews[];
  /** Best first, by how trials stand; null where it has not been worked out anew. */
  leaders: LeaderboardEntry[] | null;
  /** There once the sweep has ended. */
  end: SweepEnd | null;
  /** Why it could not go on. */
  failure: Said | null;
}

export interface SweepEnd {
  /** Ended by hand: trials are scored as they stood. */
  interrupted: boolean;
  seconds: number;
  populations: { trials: number; plan: string }[];
  diverged: number;
  /** Which settings matter. */
  shares: VarianceShare[] | null;
  notices: Notice[];
  /** Combinations whose best model can be had, each with its seed and fold. */
  models: { cell: number; seed: number; fold: number | null }[];
}

export type SweepFile = 'trials.csv' | 'sweep.json' | 'report.html';

/** The part of the worker that sweeps. */
export interface SweepService {
  /** What a sweep would be, without training anything. */
  plan(request: SweepRequest): Promise<Reply<SweepPlan>>;
  /** Begins it; the single run is held until it ends. Another that is under way is ended first. */
  start(
    request: SweepRequest,
    command: string,
    listener: (news: SweepNews) => Promise<void> | void,
  ): Promise<Reply<SweepPlan>>;
  stop(): void;
  /** Of the sweep that has ended. */
  file(name: SweepFile): Promise<Blob>;
  /** The bytes of a .safetensors file: the best model of a combination. */
  model(cell: number): Promise<Uint8Array>;
}
