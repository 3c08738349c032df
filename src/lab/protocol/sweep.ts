/** What page and worker say to each other about a sweep. Plain data only. */

import type { Notice } from '../../data/table/notices.ts';
import type { Task } from '../../spec/answers.ts';
import type { DataSettingsInput } from '../../spec/data-settings.ts';
import type { SweepInput } from '../../sweep/definition/definition.ts';
import type { SweepEstimate } from '../../sweep/estimate.ts';
import type { LeaderboardEntry, SweepEngine } from '../../sweep/results/types.ts';
import type { VarianceShare } from '../../sweep/results/variance-shares.ts';
import type { SweepProgress } from '../../sweep/schedule/progress.ts';
import type { StopReason } from '../../train/stopping.ts';
import type { Said } from '../../util/errors.ts';
import type { EngineChoice, Reply } from './messages.ts';
import type { RunPicture, StoredRun } from './runs.ts';

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

/** A sweep that has begun, and under which name it is kept. */
export interface SweepStart {
  id: string;
  plan: SweepPlan;
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
  /** What trained the population that ended last. */
  engine: SweepEngine;
  /** Of every trial, by place: its metrics on validation rows, or on training rows where there are none. */
  scores: Record<string, number>[];
}

/** Of the form of a sweep's record: older ones are left out. */
export const sweepVersion = 1;

/** A sweep that is kept in this browser, as it stood last. */
export interface SweepEntry {
  /** Of the form of this record. */
  version: number;
  id: string;
  /** When it began, in milliseconds. */
  created: number;
  /** The tab that trained it last; null where tabs have no names. */
  tab: string | null;
  /** The table it was trained on. */
  table: { key: string; name: string; rows: number };
  task: Task;
  target: string;
  request: SweepRequest;
  command: string;
  plan: SweepPlan;
  /** By place; holes are trials that have not begun. */
  trials: (TrialNews | undefined)[];
  progress: SweepProgress | null;
  leaders: LeaderboardEntry[];
  /** Null where it has not ended. */
  end: SweepEnd | null;
  failure: Said | null;
}

/** What a list says of a sweep that is kept. */
export interface KeptSweep extends Pick<SweepEntry, 'id' | 'created' | 'table' | 'target'> {
  varied: string[];
  trials: number;
  finished: boolean;
  /** Whether what it has left can be trained: its checkpoints are kept. */
  resumable: boolean;
  /** Whether another tab that is open trains it, or has. */
  elsewhere: boolean;
}

export type SweepFile = 'trials.csv' | 'sweep.json' | 'report.html';

/** The part of the worker that sweeps. */
export interface SweepService {
  /** What a sweep would be, without training anything. */
  plan(request: SweepRequest): Promise<Reply<SweepPlan>>;
  /** How long it would take, measured; null where that has been ended, or something trains. One at a time: the newest. */
  estimate(request: SweepRequest): Promise<Reply<SweepEstimate | null>>;
  /** Ends the estimate that is being measured. */
  endEstimate(): void;
  /** Begins it; the single run is held until it ends. Another that is under way is ended first. */
  start(
    request: SweepRequest,
    command: string,
    listener: (news: SweepNews) => Promise<void> | void,
  ): Promise<Reply<SweepStart>>;
  stop(): void;
  /** Sweeps that are kept, newest first, and how many there are that cannot be read. */
  kept(): Promise<{ sweeps: KeptSweep[]; unread: number }>;
  /** Takes up one that is kept: files and models are its own from now on; undefined where it is kept no more. */
  open(id: string): Promise<SweepEntry | undefined>;
  /** The trials of those that are kept. */
  trials(): Promise<StoredRun[]>;
  /** What is drawn of these trials: null where nothing is kept of one. */
  pictures(ids: string[]): Promise<(RunPicture | null)[]>;
  /** Trains what one that is kept has left, from its checkpoints. */
  resume(id: string, listener: (news: SweepNews) => Promise<void> | void): Promise<Reply<SweepStart>>;
  /** Of the sweep that has ended. */
  file(name: SweepFile): Promise<Blob>;
  /** The bytes of a .safetensors file: the best model of a combination. */
  model(cell: number): Promise<Uint8Array>;
}
