/** What sweep.json holds: what was asked for, every trial without its epochs, the leaderboard, and what made them. */
import type { DataSet } from '../../data/prepare/dataset.ts';
import type { Notice } from '../../data/table/notices.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import { inEnglish } from '../../util/message.ts';
import type { Sweep } from '../definition/definition.ts';
import type { SweepResult } from './types.ts';

export interface SweepFacts {
  /** Name of the table's file. */
  file: string;
  definition: Sweep;
  /** One of the folds, or the only data set. */
  data: DataSet;
  dataSettings: DataSettings;
  result: SweepResult;
  /** Ended by hand. */
  interrupted: boolean;
  notices: Notice[];
}

export function sweepJson({ file, definition, data, dataSettings, result, interrupted, notices }: SweepFacts) {
  return {
    command: 'sweep',
    file,
    sweep: definition,
    target: dataSettings.target,
    task: data.preprocessing.task,
    engine: { ...result.engine, why: inEnglish(result.engine.why) },
    data: dataSettings,
    interrupted,
    // Curves have a file of their own, and so has the best model.
    trials: result.trials.map(({ history: _, ...trial }) => trial),
    leaderboard: result.leaderboard,
    variance_shares: result.variance_shares,
    best: { trial: result.best.trial },
    populations: result.populations,
    resumed: result.resumed,
    seconds: Number(result.seconds.toFixed(3)),
    notices,
  };
}
