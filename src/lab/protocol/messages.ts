/**
 * What the page and its worker say to each other. Plain data only, everything in original units, so that the page
 * needs to know nothing of engines or scaling.
 */

import type { ProxyMarked } from 'comlink';
import type { GenerateSettings } from '../../data/prepare/generate.ts';
import type { Notice } from '../../data/table/notices.ts';
import type { RowNumbering } from '../../data/table/table.ts';
import type { EngineKind } from '../../engine/engine.ts';
import type { LayerShape } from '../../engine/parameters.ts';
import type { EngineChoice } from '../../engine/request.ts';
import type { Metrics } from '../../model/metrics.ts';
import type { Task } from '../../spec/answers.ts';
import type { DataSettings, DataSettingsInput } from '../../spec/data-settings.ts';
import type { ReadingInput } from '../../spec/reading-settings.ts';
import type { LossChoice, TrialInput } from '../../spec/settings.ts';
import type { EpochRecord, LiveChanges, MadeChange, Outcome, PlannedChange } from '../../train/trainer.ts';
import type { ResolvedTrial } from '../../train/trials.ts';
import type { Said } from '../../util/errors.ts';
import type { FitService } from './fit.ts';
import type { NetworkPicture } from './network-picture.ts';
import type { PredictService } from './predict.ts';
import type { TablePreview } from './preview.ts';
import type { RunEntry, StorageForPage, StoredViews } from './runs.ts';
import type { BaseModel, LegalForm } from './settings.ts';
import type { SweepService } from './sweep.ts';
import type { Answer, Frame, QueryRequest, SurfacePicture, ViewName, ViewsUpdate } from './views.ts';

export type { EngineChoice };

/** What a person can mend comes back as a sentence; anything else is thrown. */
export type Reply<Value> = { ok: true; value: Value } | { ok: false; problem: Problem };

export interface Problem {
  /** What an InputError says. */
  message: Said;
  /** The setting or column it is about. */
  where: string | undefined;
}

/** A file somebody chose, text that is there already, or a sample with the settings of its formula. */
export type Source =
  | File
  | { name: string; file: File; reading: ReadingInput }
  | { name: string; text: string; reading?: ReadingInput }
  | SampleSource;

export interface SampleSource {
  /** Its name in the catalogue. */
  sample: string;
  /** What is other than in the catalogue. */
  generate?: Partial<GenerateSettings>;
}

/** A sample in small: SVG paths, one for each class. */
export interface Thumbnail {
  name: string;
  paths: string[];
}

/** How far the reading of a table is. */
export interface ReadingProgress {
  bytes: number;
  total: number;
  rows: number;
  /** The share of preparing that is done, once the table is read. */
  preparing?: number;
}

/** What the page shows of a prepared table. */
export interface TableView {
  name: string;
  rows: number;
  /** How its rows are numbered in the file. */
  numbering: RowNumbering;
  /** All columns, in the order of the file. */
  columns: string[];
  target: string;
  /** With its unit, as figures are titled. */
  targetLabel: string;
  task: Task;
  /** Columns that are learned from. */
  features: string[];
  featureLabels: string[];
  /** What the network takes and gives: numbers of a row, once encoded. */
  inputs: number;
  outputs: number;
  /** Which of the inputs are numbers, rather than 0 or 1: those that an embedding takes. */
  numbers: number[];
  /** Whether the inputs come from two columns, so that units can be drawn over their plane. */
  plane: boolean;
  sets: { train: number; validation: number; test: number };
  notices: Notice[];
  settings: DataSettings;
  /** What answering without having learned anything would score, per set. */
  baseline: Record<'train' | 'validation' | 'test', Metrics | null>;
  picture: Picture;
  /** Where the model learns from two numbers. */
  surface: SurfacePicture | null;
}

/** The view that fits the data: a curve where there is one feature, predicted against actual, or a table of classes. */
export type Picture = CurvePicture | PairsPicture | ClassesPicture;

export interface CurvePicture {
  kind: 'curve';
  train: Points;
  validation: Points;
  /** Where the model's curve is worked out. */
  grid: Float64Array;
}

export interface PairsPicture {
  kind: 'pairs';
  /** The rows that are shown: validation, or training where there are no validation rows. */
  set: 'validation' | 'train';
  actual: Float64Array;
  /** Places of the rows in the table. */
  rows: Uint32Array;
}

export interface ClassesPicture {
  kind: 'classes';
  set: 'validation' | 'train';
  /** Those that are shown; where there are too many, the last one stands for all the others. */
  classes: string[];
  /** For each row, the index of its class among those shown. */
  actual: Uint32Array;
  /** Places of the rows in the table. */
  rows: Uint32Array;
  /** Class of the data set -> index among those shown. */
  places: number[];
}

export interface Points {
  x: Float64Array;
  y: Float64Array;
  /** Places of the rows in the table. */
  rows: Uint32Array;
}

export interface StartRequest {
  trial: TrialInput;
  data: DataSettingsInput;
  engine: EngineChoice;
  /** What it begins with. */
  from?: BaseModel;
  /** Changes to make at their steps, where a run that was changed is to be repeated. */
  changes?: readonly PlannedChange[];
  /** The plan of a run that is to be repeated. */
  plan_code?: string;
  /** More memory is refused, with a problem about `memory`: a start that nobody has asked for asks first. */
  most_bytes?: number;
}

/** What follows from the model that a run is to go on from, on the table that is open. */
export interface BaseChoice {
  from: BaseModel;
  model: TrialInput['model'];
  loss: LossChoice | undefined;
  data: DataSettings;
}

/** The settings of a run, those it began with, and what was, and will be, changed while it trains. */
export interface RunSettings {
  trial: ResolvedTrial;
  initial: ResolvedTrial;
  changes: readonly MadeChange[];
  planned: readonly PlannedChange[];
}

export interface RunView extends RunSettings {
  id: number;
  /** Under which it is kept. */
  key: string;
  engine: EngineView;
  layers: LayerShape[];
  parameters: number;
  data: TableView;
  /** Why it did not take the plan that it was to take. */
  replanned?: Said;
}

/** What became of changes to a run that trains. */
export interface LiveReply {
  run: number;
  settings: RunSettings;
  /** Why a change is not to be had without a new run. */
  refused: Partial<Record<keyof LiveChanges, Said>>;
}

export interface EngineView {
  choice: EngineChoice;
  kind: EngineKind;
  adapter: string;
  software: boolean;
  why: Said;
  plan: string;
  /** With it another run has the same bits; runs of earlier versions have none. */
  plan_code?: string;
}

export type RunState = 'ready' | 'running' | 'paused' | 'done' | 'diverged' | 'failed';

/** What has happened since the last update. */
export interface Update {
  run: number;
  state: RunState;
  records: EpochRecord[];
  /** Seconds spent training, pauses left out. */
  seconds: number;
  /** Over the last second or so; null while there is nothing to tell. */
  steps_per_second: number | null;
  /** At the grid of a curve or for the rows of `pairs` in original units; for `classes` indices of those shown. */
  predictions: Float64Array | null;
  /** For the views that are open. */
  views: ViewsUpdate;
  outcome: Outcome | null;
  /** There once the run has ended. */
  metrics: FinalMetrics | null;
  /** What they mean and what to do next; empty until the run has ended. */
  verdict: readonly Notice[];
  failure: Said | null;
  /** Where they have changed since the last update. */
  settings?: RunSettings;
  /** Where it has changed: it is whole once the run has been evaluated. */
  plan_code?: string;
  /** Epochs of which there is a frame, oldest first; there where they have changed. */
  frames?: readonly number[];
  /** Why all records come again: the device was lost, and the run goes on from a checkpoint. */
  afresh?: Said;
  /** What trains it from there. */
  engine?: EngineView;
}

/** What a tab had open when it was last here. */
export interface Recalled {
  source: Source;
  entry: RunEntry;
  settings: LegalForm;
  /** Undefined where its checkpoint cannot be gone on from; its settings can be trained anew. */
  run: RunView | undefined;
  /** Why it cannot, where that is known; of a run that goes on: why that is on the CPU. */
  why?: Said;
  playing: boolean;
}

export type FinalMetrics = Record<'train' | 'validation' | 'test', Metrics | null>;

/** Resolves when the page has drawn the update; the worker sends the next one after that. */
export type Listener = (update: Update) => Promise<void> | void;

/** Whether this browser has WebGPU. */
export type GpuPresence = 'present' | 'no-adapter' | 'absent';

/** What `worker.ts` exposes. */
export interface LabWorker {
  watch(listener: Listener): void;
  /** Holds a lock by this name for as long as the worker lives; false where the browser has none. */
  hold(lock: string): Promise<boolean>;
  /**
   * Reads and prepares a table; the one before stays if that fails, and whatever trains goes on meanwhile. The target
   * is the last column that can be one, unless given. Another `open` ends the reading of the one before.
   */
  open(
    source: Source,
    settings: Partial<DataSettingsInput>,
    tell?: (progress: ReadingProgress) => void,
  ): Promise<Reply<TableView>>;
  /** Ends the reading; `open` answers with a problem about `cancelled`. */
  cancelOpen(): void;
  /** A small picture of every sample. */
  thumbnails(): Promise<Thumbnail[]>;
  /** Shows the open table as these settings take it; refused only where a column cannot be of the type that it is given. */
  preview(data: DataSettingsInput): Promise<Reply<TablePreview>>;
  /** Finds out what `start` would refuse of table and loss, without changing anything. */
  tryOut(request: Pick<StartRequest, 'trial' | 'data' | 'from'>): Promise<Reply<null>>;
  /**
   * Finds out whether a run can go on from a model on the open table, without changing anything.
   * @param base one that was chosen before; by its name alone, the model that answers predictions, which is chosen with it
   * @param data what it leaves open
   */
  trainFrom(base: BaseModel | { name: string }, data: Partial<DataSettingsInput>): Promise<Reply<BaseChoice>>;
  /** Replaces the run, which then waits at epoch 0. The one before stays if settings or data are refused. */
  start(request: StartRequest): Promise<Reply<RunView>>;
  /** Changes the run as it trains, from its next slice on; undefined when it has ended. */
  change(changes: LiveChanges): Promise<LiveReply | undefined>;
  play(): void;
  pause(): void;
  /** Says which views are open: only these are worked out. Holds for later runs too. */
  look(views: ViewName[]): void;
  /** What the open views show of an epoch among `frames`; undefined where there is none any more. */
  frame(epoch: number): Promise<Frame | undefined>;
  /** Epochs a second from now on, for later runs too; null is as fast as it can. */
  pace(epochs: number | null): void;
  /** Works something out on demand; undefined where it was cancelled, or another question came. */
  ask(asked: QueryRequest, progress: (share: number) => void): Promise<Reply<Answer | undefined>>;
  cancelAsked(): void;
  /** Sends an update as things stand. */
  report(): void;
  /** Trains to the end of one epoch, then holds. */
  step(): void;
  /** The bytes of a .safetensors file: the model as it is now. */
  model(): Promise<Uint8Array>;
  presence(): Promise<GpuPresence>;
  /** What the diagram shows of the model as it is; undefined where there is no run, or it failed. */
  network(): Promise<NetworkPicture | undefined>;
  readonly sweeps: SweepService & ProxyMarked;
  readonly fits: FitService & ProxyMarked;
  /** The run that a tab had open, as it was; null where there is none. It waits for `goOn`. */
  recall(tab: string): Promise<Reply<Recalled | null>>;
  /** Opens a run that is kept as it was left, in place of the one that is open. It waits for `goOn`. */
  openRun(id: string): Promise<Reply<Recalled>>;
  /** How a run that is kept answers; undefined where its model is not kept. */
  storedViews(id: string): Promise<Reply<StoredViews | undefined>>;
  /** Reports the run that was recalled, and trains it if it was being trained. */
  goOn(playing: boolean): void;
  /** The run as a page of its own, to be kept or printed. */
  reportPage(link: string): Promise<string>;
  readonly keeping: StorageForPage & ProxyMarked;
  readonly predictions: PredictService & ProxyMarked;
}
