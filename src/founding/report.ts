/**
 * What the founding report says, as plain data: `report` prints it, writes it as report.json, and a page or an HTML file
 * draws it. Everything here survives JSON; a number that is not finite (a trial that diverged, a spread of nothing) is
 * NaN in memory and null in the file.
 *
 * Units: `loss` is half the mean squared error of the scaled target (standard deviation 1 on the training rows), so
 * loss = rmse^2 / (2 scale^2); `rmse`, x and y are in the file's own units; times are seconds unless the name says ms.
 */

import type { Notice } from '../data/table/notices.ts';
import type { ActivationName } from '../spec/settings.ts';
import type { StopReason } from '../train/stopping.ts';
import type { Message, Said } from '../util/message.ts';
import type { Spread } from '../util/statistics/statistics.ts';
import type {
  CellKey,
  Curve,
  DepthStudy,
  FoundingActivation,
  FoundingOptimizer,
  MeanSd,
  SlipStudy,
  Theory,
} from './studies.ts';

export * from './studies.ts';

export interface FoundingReport {
  /** The table, as it was named. */
  file: string;
  experiment: Experiment;
  engine: EngineRecord;
  versions: { 'perceptron-lab': string; runtime: string };
  /** What was typed, or what to type, to get the same again. */
  repeat: string;
  data: ReportData;
  /** In the order activation, optimizer, batch size: 24 of them. */
  cells: FoundingCell[];
  /** How `FoundingCell.ms_per_step` was measured, one sentence. */
  timing: string;
  /** Absent where the run was ended before it. */
  depth?: DepthStudy;
  theory?: Theory;
  /** The same cells trained by the update rule as it was published; absent where it was not asked for. */
  published?: PublishedRun;
  /** In the order a to h; those whose data are missing are left out. */
  findings: Finding[];
  /** Absent where no trial finished an epoch. */
  best?: BestModel;
  /** Ended by hand: trials stand as they were. */
  interrupted: boolean;
  /** Sentences about the data that a person should know. */
  notices: Notice[];
  /** Of everything. */
  seconds: number;
  /** `timing`, and why this engine and plan, as messages, for other languages. */
  said: { timing: Message; why: Said; plan_why: Said };
}

export interface Experiment {
  /** Units of the hidden layers: 150, 150. */
  hidden: number[];
  output_activation: 'identity';
  initializer: 'glorot_normal';
  loss: 'half_mse';
  /** Most epochs of a trial. */
  epochs: number;
  learning_rate: number;
  /** Training stops when the mean training loss of two epochs in a row differs by no more. */
  loss_plateau: number;
  activations: FoundingActivation[];
  optimizers: FoundingOptimizer[];
  batch_sizes: number[];
  /** The same for every cell: initial parameters and the order of the rows. */
  seeds: number[];
  split: { train: number; validation: number; test: number; seed: number };
  scaling: 'standardize';
  /** Weights and biases of one network: 23,101. */
  parameters: number;
}

export interface EngineRecord {
  kind: string;
  adapter: string;
  /** A GPU that is a CPU in disguise. */
  software: boolean;
  plan: string;
  plan_why: string;
  /** Why this engine. */
  why: string;
}

export interface ReportData {
  x: string;
  y: string;
  /** All of them, and those of each set. */
  rows: number;
  train: number;
  validation: number;
  points: { x: number; y: number; set: 'train' | 'validation' }[];
  /** Standard deviation of y over the training rows: what the target is scaled by. */
  target_sd: number;
  /**
   * Standard deviation of the noise in y as its own neighbours tell it: the root of half the mean squared difference of y
   * between rows next to each other in x (Rice 1984). No honest model gets far below it.
   */
  noise_sd: number;
  /** Validation RMSE of always answering the mean of the training rows. */
  baseline_rmse: number;
}

export interface CellTrial {
  seed: number;
  /** Of the parameters that are kept: the last, or the last good ones of a trial that diverged. */
  train_loss: number;
  validation_loss: number;
  validation_rmse: number;
  epochs_run: number;
  stopped: StopReason;
  /** The first epoch whose validation loss was good (see `FoundingCell.epochs_to_good`); null where none was. */
  good_epoch: number | null;
}

export interface FoundingCell extends CellKey {
  /** Trials: one for each seed. */
  n: number;
  diverged: number;
  /** How many ended for which reason; those with none are left out. */
  stopped: Partial<Record<StopReason, number>>;
  /** Over the seeds, as all spreads here. */
  train_loss: Spread;
  validation_loss: Spread;
  validation_rmse: Spread;
  epochs_run: Spread;
  /**
   * Epochs until the validation loss is good: at most 1.5 times the lowest mean of any cell, and at most a quarter of the
   * baseline's. A trial that never gets there counts as one epoch more than were allowed, and not as `reached`.
   */
  epochs_to_good: Spread & { reached: number };
  /** One step of one trial trained alone, ms: median, lowest and highest of the rounds. */
  ms_per_step: { median: number; low: number; high: number };
  /** Training alone: steps taken times `ms_per_step.median`. */
  seconds: Spread;
  curve: Curve;
  fit: Fit;
  trials: CellTrial[];
}

/** Predictions over the seeds on a grid of x, in original units; arrays [point], 121 points from lowest to highest x. */
export interface Fit extends MeanSd {
  x: number[];
}

export interface PublishedRun {
  /** One sentence: which rule, and on what it ran. */
  rule: string;
  seeds: number[];
  epochs: number;
  /** As `FoundingReport.cells`; times are those of the plain loops that run this rule. */
  cells: FoundingCell[];
  /** Which slip does what. */
  slips: SlipStudy;
  seconds: number;
  /** The sentence as a message, for other languages. */
  said: { rule: Message };
}

export type Verdict = 'holds' | 'does not hold' | 'depends';
export type FindingId = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h';

/** One comparison that a verdict is made of. */
export interface Check {
  /** Such as "relu", "batch 4", "a perceptron learns OR". */
  name: string;
  /** `unclear`: the difference is within what chance makes of so many seeds. */
  outcome: 'yes' | 'no' | 'unclear';
  /** The figures, short: "0.123 ± 0.004 against 0.456 ± 0.02". */
  numbers: string;
}

export interface Finding {
  id: FindingId;
  /** The report's claim, one sentence. */
  claim: string;
  verdict: Verdict;
  /** One or two plain sentences with the figures. */
  numbers: string;
  /** What has to be seen for each verdict, one sentence. */
  criterion: string;
  checks: Check[];
  /** The same under the published rule, where it was run and has a say. */
  published?: { verdict: Verdict; numbers: string; checks: Check[]; said: { numbers: Message } };
  /** The sentences as messages, for other languages. */
  said: { claim: Message; criterion: Message; numbers: Message };
}

export interface BestModel {
  cell: CellKey;
  seed: number;
  validation_rmse: number;
  epochs_run: number;
  /** 23,101. */
  parameters: number;
  /** About the count, for people. */
  note: string;
  /** The same as a message, for other languages. */
  said: { note: Message };
  layers: {
    inputs: number;
    outputs: number;
    activation: ActivationName;
    /** [output, input], row-major, for scaled inputs. */
    weight: number[];
    /** [output] */
    bias: number[];
  }[];
  /** What turns x into the network's input and its output into y: scaled = (value - offset) / scale. */
  scaling: { x: { offset: number; scale: number }; y: { offset: number; scale: number } };
  fit: { x: number[]; y: number[] };
}
