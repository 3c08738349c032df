/** What page and worker say to each other about predicting: one row from a form, or the rows of a file. */

import type { Notice } from '../../data/table/notices.ts';
import type { Unit } from '../../data/table/quantity.ts';
import type { ModelScores } from '../../model/model.ts';
import type { Task } from '../../spec/answers.ts';
import type { AnswerExplanation } from '../../train/explain/shapley.ts';
import type { Said } from '../../util/errors.ts';
import type { Reply } from './messages.ts';

/** What a model asks for. */
export interface PredictForm {
  of: ModelName;
  task: Task;
  targets: string[];
  fields: PredictField[];
  /** Predictions that explaining one takes; null where no table is open to compare with. */
  explaining: number | null;
}

/** The model of the run as it is, or one that was loaded. */
export type ModelName = { kind: 'run'; run: number } | { kind: 'model'; name: string; members: number };

/** A column that a model learns from; `start` is what a row usually has. */
export type PredictField = { column: string; start: string } & (
  | {
      kind: 'number';
      unit?: Unit;
      low: number;
      high: number;
      whole: boolean;
      missing: { value: number; indicator: boolean };
    }
  | { kind: 'category'; levels: string[]; other: boolean; missing: string | null }
  | { kind: 'boolean'; truth: string; falsehood: string; missing: string }
  | { kind: 'date'; format: string; earliest: string; latest: string; missing: string }
);

/** What a model says of one row. */
export interface Prediction {
  answers: PredictedAnswer[];
  /** The row as the model took it: what is missing is what the model puts in its place. */
  at: Record<string, number | string | null>;
  /** Passes over the training rows that the run had done; null for a model from elsewhere. */
  epoch: number | null;
}

export type PredictedAnswer =
  | {
      kind: 'number';
      target: string;
      value: number;
      unit?: Unit;
      /** Between which the share of answers that is its level lies, where the model knows it. */
      interval?: { level: number; low: number; high: number };
    }
  | { kind: 'classes'; target: string; chosen: string; classes: { name: string; probability: number }[] };

/** Why a row is answered as it is. */
export interface Explanation {
  /** Every target in its units, or the probability of every class. */
  answers: AnswerExplanation[];
  /** The row as the model took it. */
  at: Prediction['at'];
  /** Rows that were compared with, drawn from so many of the run's training rows or of the open table. */
  background: { rows: number; of: number };
  from: 'training' | 'table';
  predictions: number;
  seconds: number;
  epoch: Prediction['epoch'];
}

/** What a model says of the rows of a file. */
export interface Batch {
  name: string;
  rows: number;
  /** The columns that were added. */
  added: string[];
  /** The first rows, with the added columns first. */
  head: string[];
  preview: string[][];
  /** Against the answers that the file has; absent where it has none. */
  scored?: ModelScores;
  /** Why the file's answers could not be held against the model's. */
  unscored?: Said;
  notices: Notice[];
  /** The file with the added columns. */
  csv: Blob;
}

export interface BatchProgress {
  doing: 'reading' | 'predicting';
  /** Of bytes, or of rows. */
  share: number;
}

/** The part of the worker that predicts. */
export interface PredictService {
  /** Undefined while there is no model. */
  form(): Promise<PredictForm | undefined>;
  /** @param row what was typed, by column; empty is missing */
  ask(row: Record<string, string>): Promise<Reply<Prediction | undefined>>;
  /**
   * Says what each column contributes to the answer for a row; another question ends the one before, whose answer then is
   * undefined.
   */
  explain(row: Record<string, string>, progress: (share: number) => void): Promise<Reply<Explanation | undefined>>;
  cancelExplaining(): void;
  /** Predicts with the model of a file from now on: one of ours, or a network of another program and its NAME.columns.json. */
  load(files: readonly File[]): Promise<Reply<PredictForm>>;
  /** Predicts with the best model of a combination of the sweep. */
  open(cell: number, name: string): Promise<PredictForm>;
  /** Predicts with the best model that a fit has found. */
  openBest(name: string): Promise<PredictForm>;
  /** Predicts with the run again. */
  forget(): void;
  /** Undefined where it was cancelled. */
  batch(file: File, progress: (progress: BatchProgress) => void): Promise<Reply<Batch | undefined>>;
  cancel(): void;
}

/** A row that somebody asks a model about, as the views of the model mark it. */
export interface ProbeRow {
  /** By column, as the model takes it: what is missing is what the model puts in its place. */
  at: Readonly<Record<string, number | string | null>>;
  /** The answer, where it is a number. */
  value: number | null;
  /** The answer, where it is a class. */
  chosen: string | null;
}
