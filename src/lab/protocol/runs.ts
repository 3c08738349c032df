/**
 * What is kept of runs in this browser: plain data that structured clone stores. The worker writes it and the page
 * draws it. What a person says of a run (its name, a pin) is kept apart from what the run says of itself, so that neither
 * overwrites the other.
 */

import type { ProxyMarked } from 'comlink';
import type { EngineChoice } from '../../engine/request.ts';
import type { Task } from '../../spec/answers.ts';
import type { KeptChange, LiveChanges, PlannedChange } from '../../spec/changes.ts';
import type { EpochRecord, Outcome } from '../../train/trainer.ts';
import type { Said } from '../../util/errors.ts';
import type { EngineView, RunState, Source, TableView } from './messages.ts';
import type { LegalForm } from './settings.ts';
import type { ResidualsView } from './views.ts';

export interface RunEntry {
  id: string;
  /** When it began, in milliseconds. */
  created: number;
  /** The table it was trained on. */
  table: { key: string; name: string; rows: number };
  task: Task;
  target: string;
  /** Settings as they are now, with the loss as it was asked for. */
  settings: LegalForm;
  /** Live settings that it began with: they may have been changed since. */
  began: LiveChanges;
  changes: KeptChange[];
  /** Changes of the run it repeats that are still to come; absent in runs kept by earlier versions. */
  planned?: PlannedChange[];
  engine: EngineView;
  parameters: number;
  state: RunState;
  failure: Said | null;
  epochs: number;
  seconds: number;
  /** Metrics of one set: of the newest epoch, or of the end. */
  scores: Record<string, number>;
  /** Of which rows: validation where there are any. */
  of: 'validation' | 'train';
  outcome: Outcome | null;
  /** Where it went on from a checkpoint after its device was lost, or without its engine. */
  recovered: Recovery[];
  /** Bytes of the model that is kept; 0 where none is. */
  model: number;
  /** Where it is no single run, but the best model that was looked for: networks that were trained, and that answer. */
  fit?: { networks: number; members: number };
}

export interface Recovery {
  epoch: number;
  reason: Said;
  /** On the CPU, as its own engine could not be had: with other last digits. */
  moved?: true;
}

/** What a person says of a run. */
export interface RunMark {
  name?: string;
  note?: string;
  pinned?: boolean;
  /** When it was deleted; gone for good only later, so that it can be undone. */
  deleted?: number;
}

export interface StoredRun extends RunEntry {
  mark: RunMark;
  /** Whether another tab has it open, where the browser says so. */
  elsewhere?: boolean;
  /** Where it is no run, but a trial of a sweep: which combination of settings, and what that is called. */
  sweep?: { id: string; cell: number; name: string };
}

/** What is drawn of a run behind another: thinned losses, and its curve where there is one input. */
export interface RunPicture {
  epochs: number[];
  seconds: number[];
  train: (number | null)[];
  validation: (number | null)[];
  grid: Float64Array | null;
  fitted: Float64Array | null;
}

/** How a run that is kept answers the rows that it is judged by. */
export interface StoredViews {
  data: TableView;
  /** As `Update` has them. */
  predictions: Float64Array;
  /** Null where the target is a class. */
  residuals: ResidualsView | null;
}

/** What a tab has open, so that it opens again. */
export interface TabEntry {
  id: string;
  run: string;
  playing: boolean;
  seen: number;
  engine: EngineChoice;
}

/** How much room there is, and what came of keeping. */
export interface StorageState {
  /** False where the browser keeps nothing for this page. */
  lasting: boolean;
  usage: number | null;
  quota: number | null;
  /** Whether the browser has promised not to clear it by itself; null where it does not say. */
  persisted: boolean | null;
  /** Entries that cannot be read, and are not listed: damaged ones, or of another version. */
  unread: number;
  /** What was done about a full disk, or that keeping had to stop. */
  trouble: Trouble | null;
}

export type Trouble =
  | { kind: 'dropped'; models: number }
  | { kind: 'full' }
  | { kind: 'failed'; message: Said }
  | { kind: 'table'; name: string; bytes: number };

/** What the page may ask. */
export interface StorageForPage extends ProxyMarked {
  /** Whose tab this is. */
  claim(tab: string): Promise<void>;
  /** Tabs that were open, the newest first. */
  tabs(): Promise<TabEntry[]>;
  /** Newest first, without those that are deleted. */
  list(): Promise<StoredRun[]>;
  /** Removes what cannot be read. */
  removeUnread(): Promise<void>;
  /** Adds to what a person says of a run. */
  mark(id: string, mark: RunMark): Promise<void>;
  pictures(ids: string[]): Promise<(RunPicture | null)[]>;
  files(id: string): Promise<RunFiles>;
  state(): Promise<StorageState>;
  sourceNamed(name: string): Promise<Source | undefined>;
  /** At once, as the page may go. */
  now(): Promise<void>;
}

export interface RunFiles {
  model: Uint8Array | undefined;
  records: EpochRecord[];
}
