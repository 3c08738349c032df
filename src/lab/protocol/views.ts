/** What the views of the centre are told by the worker: plain data in original units, made only while they are open. */
import type { RocCurve } from '../../model/roc.ts';
import type { Dependence } from '../../train/explain/dependence.ts';
import type { Importance } from '../../train/explain/importance.ts';
import type { Diagnosis, Finding } from '../../train/results/diagnostics.ts';

/** `fit` is the view of the table's picture: a curve, predicted against actual, or a table of classes. */
export type ViewName = 'fit' | 'surface' | 'residuals' | 'roc' | 'importance' | 'dependence' | 'inside';

/** Two numeric inputs, and the rows that are drawn over the model's surface. */
export interface SurfacePicture {
  x: SurfaceAxis;
  y: SurfaceAxis;
  train: SurfacePoints;
  validation: SurfacePoints;
  /** Names of the classes; null where the target is a number. */
  classes: string[] | null;
  /** Range of the target, where it is a number. */
  low: number;
  high: number;
}

export interface SurfaceAxis {
  name: string;
  low: number;
  high: number;
}

export interface SurfacePoints {
  x: Float64Array;
  y: Float64Array;
  /** The target, or the index of the class. */
  value: Float64Array;
  /** Places of the rows in the table. */
  rows: Uint32Array;
}

/** The model on a square grid, from its lower left corner along x, edges included. */
export interface SurfaceValues {
  side: number;
  /**
   * [y, x] in original units where the target is a number, [y, x] probabilities of the second of two classes, or
   * [y, x, class] of more.
   */
  values: Float32Array;
}

export interface ResidualsView {
  set: 'validation' | 'train';
  actual: Float64Array;
  predicted: Float64Array;
  /** Places of the rows in the table. */
  rows: Uint32Array;
}

export interface RocView {
  set: 'validation' | 'train';
  rows: number;
  /** Null where the rows are of one class only. */
  curve: RocCurve | null;
}

export interface InsideView {
  /** Passes over the training rows so far, and the part of the one in progress. */
  epoch: number;
  diagnosis: Diagnosis;
  findings: Finding[];
}

/** What is new; null for what is not looked at, or has been sent a moment ago. */
export interface ViewsUpdate {
  surface: SurfaceValues | null;
  residuals: ResidualsView | null;
  roc: RocView | null;
  inside: InsideView | null;
}

/** Rows of the table: numbers, and everything else as it was read; null for missing cells. */
export interface RowsView {
  columns: string[];
  rows: { number: number; cells: (string | number | null)[] }[];
}

/** What the views show of an epoch that a run has gone through. */
export interface Frame {
  run: number;
  epoch: number;
  predictions: Float64Array | null;
  views: ViewsUpdate;
}

/** What is worked out on demand. */
export type QueryRequest =
  | { kind: 'importance' }
  | { kind: 'dependence'; column: string }
  | { kind: 'rows'; places: number[] };

/** Epochs that the run had done when it was asked and when it had answered; null for a model that is no run. */
export type Answer =
  | { kind: 'importance'; epochs: [number, number] | null; importance: Importance }
  | { kind: 'dependence'; epochs: [number, number] | null; dependence: Dependence }
  | { kind: 'rows'; rows: RowsView };
