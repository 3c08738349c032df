/** What the page and the worker of the founding report say to each other. Plain data only. */
import type { Progress } from '../../founding/population.ts';
import type { Finding, FoundingCell } from '../../founding/report.ts';

export interface FoundingSize {
  hidden: number[];
  seeds: number;
  epochs: number;
}

/** What the page shows of a report; the whole of it is in the page that can be opened. */
export interface FoundingAnswer {
  findings: Pick<Finding, 'id' | 'claim' | 'verdict' | 'numbers'>[];
  cells: (Pick<FoundingCell, 'activation' | 'optimizer' | 'batch_size' | 'validation_rmse' | 'diverged'> & {
    epochs: number;
  })[];
  baseline: number;
  /** A page of its own: it needs nothing else. */
  html: string;
  /** Ended by hand, so that trials stand as they were. */
  interrupted: boolean;
  seconds: number;
  /** What it ran on, and how. */
  engine: string;
}

export interface FoundingWorker {
  report(size: FoundingSize, progress: (progress: Progress) => void): Promise<FoundingAnswer>;
  /** Ends the training; the report is of what there is. */
  stop(): void;
}
