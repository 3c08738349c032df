/** What the page shows of predictions, and what a person asks of them. */
import { createContext } from '@lit/context';
import type { Said } from '../../util/errors.ts';
import type { Problem } from '../protocol/messages.ts';
import type { Batch, BatchProgress, PredictForm, Prediction } from '../protocol/predict.ts';
import type { PredictController } from './controller.ts';
import type { ExplanationView } from './row-explainer.ts';

export const predictContext = createContext<PredictController>('predict');

export interface PredictView {
  /** Whether anybody looks. */
  open: boolean;
  /** Undefined while there is no model. */
  form: PredictForm | undefined;
  /** What is typed, by column. */
  row: Readonly<Record<string, string>>;
  prediction: Prediction | undefined;
  /** Why there is no prediction, and the column that it is about. */
  problem: Problem | undefined;
  /** Why a model was not loaded. */
  modelProblem: Said;
  /** How far a file is; undefined while none is worked on. */
  progress: (BatchProgress & { name: string }) | undefined;
  batch: Batch | undefined;
  /** Why a file was not predicted for. */
  batchProblem: Said;
  /** Why the row is answered as it is. */
  why: ExplanationView;
}

/** What a person asks; comes up as the detail of the event `predict-command`. */
export type PredictCommand =
  | { do: 'look'; open: boolean }
  | { do: 'type'; column: string; text: string }
  | { do: 'load'; files: readonly File[] }
  | { do: 'batch'; file: File }
  | { do: 'forget' | 'cancel' | 'save' | 'usual' | 'explain' | 'unexplain' };

declare global {
  interface HTMLElementEventMap {
    /** What a person asks of predictions; the parts of lab-predict send it. */
    'predict-command': CustomEvent<PredictCommand>;
  }
}
