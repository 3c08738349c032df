/** What the page shows of a fit, and what a person asks of it. */

import { createContext } from '@lit/context';
import type { FitProgress } from '../../fit/fit.ts';
import type { Metrics } from '../../model/metrics.ts';
import type { Task } from '../../spec/answers.ts';
import type { Said } from '../../util/errors.ts';
import { text } from '../i18n/text.ts';
import type { FitEnd, FitFile } from '../protocol/fit.ts';
import type { FitController } from './controller.ts';

export type FitState = 'idle' | 'starting' | 'looking' | 'stopping' | 'done' | 'failed';

export interface FitView {
  state: FitState;
  /** Whether it is shown in place of the single run. */
  shown: boolean;
  /** The table that it is of, and what is predicted. */
  table: string;
  target: string;
  task: Task;
  /** By `performance.now()`. */
  begun: number;
  /** Of the budget. */
  seconds: number;
  /** In the order of time. */
  progress: readonly FitProgress[];
  end: FitEnd | undefined;
  /** What repeats it; empty until it has ended. */
  command: string;
  /** Whether it was kept from before: of its files the model is there. */
  kept: boolean;
  /** Whether its model is, with the worker that had it. */
  gone: boolean;
  failure: Said;
  /** What is said aloud: how it begins, the first score, one in the middle, and how it ends. */
  milestone: string;
}

/** There once the best model has been asked for. */
export const fitContext = createContext<FitController | undefined>('fit');

/** Of a search whose time nobody has chosen. */
export const usualSeconds = 60;

/** Comes up as the detail of the event `fit-command`. */
export type FitCommand =
  | { do: 'start'; seconds: number }
  | { do: 'open'; id: string }
  | { do: 'stop' | 'show' | 'hide' | 'predict' | 'export' }
  | { do: 'save'; name: FitFile };

declare global {
  interface HTMLElementEventMap {
    /** What a person asks of a fit. */
    'fit-command': CustomEvent<FitCommand>;
  }
}

/** Whether it trains, and the single run is held. */
export function isBusy(view: Pick<FitView, 'state'> | undefined): boolean {
  return view?.state === 'starting' || view?.state === 'looking' || view?.state === 'stopping';
}

/** The score that models are compared by; smaller is better. */
export function comparedScore(metrics: Metrics | null | undefined): number | undefined {
  if (!metrics) return undefined;
  return 'rmse' in metrics ? metrics.rmse : metrics.log_loss;
}

export function comparedLabel(task: Task): string {
  return task === 'regression' ? 'RMSE' : text.results.logLoss;
}
