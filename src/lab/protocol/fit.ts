/** What page and worker say to each other about a fit, the search for the best model. Plain data only. */
import type { Notice } from '../../data/table/notices.ts';
import type { EngineInfo } from '../../engine/engine.ts';
import type { FitProgress, FitResult } from '../../fit/fit.ts';
import type { Task } from '../../spec/answers.ts';
import type { DataSettingsInput } from '../../spec/data-settings.ts';
import type { FitSettingsInput } from '../../spec/fit-settings.ts';
import type { Said } from '../../util/errors.ts';
import type { EngineChoice, Reply } from './messages.ts';
import type { Answer, QueryRequest } from './views.ts';

export interface FitRequest extends FitSettingsInput {
  /** What is other than the defaults; the rest is for the fit to choose. */
  data: DataSettingsInput;
  engine: EngineChoice;
}

/** One of these at a time, the last of them an end or a failure. */
export type FitNews =
  | { kind: 'progress'; progress: FitProgress }
  | { kind: 'end'; end: FitEnd }
  /** @param cancelled ended by hand before there was anything to keep */
  | { kind: 'failure'; message: Said; cancelled: boolean };

/** What came of it. */
export interface FitEnd
  extends Pick<FitResult, 'metrics' | 'linear' | 'baseline' | 'verdict' | 'test' | 'networks' | 'seconds'> {
  /** Ended by hand. */
  interrupted: boolean;
  /** Networks of the ensemble. */
  members: number;
  /** Rows that were held out, in turns or always. */
  rows: number;
  /** Of some of these rows, where the target is one number, in its units. */
  answers: { actual: Float64Array; predicted: Float64Array } | null;
  /** Share of these rows whose answer lies within its interval. */
  coverage: { level: number; share: number } | null;
  notices: Notice[];
  engine: Pick<EngineInfo, 'kind' | 'adapter' | 'software'>;
}

/** A fit that is kept. */
export interface StoredFit {
  table: string;
  target: string;
  task: Task;
  end: FitEnd;
}

export type FitFile = 'model.safetensors' | 'fit.json' | 'report.html';

/** The part of the worker that fits. */
export interface FitService {
  /** Begins it; the single run is held until it ends. What else trains is ended first. */
  start(request: FitRequest, listener: (news: FitNews) => Promise<void> | void): Promise<Reply<null>>;
  /** Ends it with the best so far. */
  stop(): void;
  /** Takes up one that is kept: its model is what is predicted with; undefined where it is kept no more. */
  open(id: string): Promise<StoredFit | undefined>;
  /** Works something out on demand of its model; undefined where it was cancelled, or another question came. */
  ask(asked: QueryRequest, progress: (share: number) => void): Promise<Reply<Answer | undefined>>;
  cancelAsked(): void;
  /** Of the fit that has ended; of one that was kept the model alone. */
  file(name: FitFile): Promise<Blob>;
}
