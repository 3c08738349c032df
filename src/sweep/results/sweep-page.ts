/** What a sweep knows, as its report wants it. Loaded when there is a report to write, and not before. */
import type { DataSet } from '../../data/prepare/dataset.ts';
import type { Notice } from '../../data/table/notices.ts';
import type { Table } from '../../data/table/table.ts';
import type { Origin } from '../../html/appendix.ts';
import { dataFacts } from '../../html/data-facts.ts';
import { pictureOf } from '../../html/picture.ts';
import { sweepReport } from '../../html/sweep-report.ts';
import { baselineMetrics } from '../../model/metrics.ts';
import { forwardRows } from '../../model/model.ts';
import { type ModelData, onlyMember } from '../../model/model-data.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import type { Sweep } from '../definition/definition.ts';
import type { SweepResult } from './types.ts';

export interface Swept {
  file: string;
  rows: Table;
  /** A data set for each fold, or the only one. */
  folds: DataSet[];
  dataSettings: DataSettings;
  definition: Sweep;
  result: SweepResult;
  interrupted: boolean;
  notices: Notice[];
  /** The model that is saved with it, and what it is, in English; the best trial's where none is. */
  model?: ModelData;
  saved?: string;
  /** What made it. */
  origin: Omit<Origin, 'plans' | 'seconds'>;
}

export async function sweepPage(swept: Swept): Promise<string> {
  const { file, rows, folds, dataSettings, definition, result, interrupted, notices, saved, origin } = swept;
  const { trials, leaderboard, variance_shares, best, populations, seconds } = result;
  const { layers, parameters, settings } = onlyMember(best.model);
  const data = folds[trials[best.trial].fold ?? 0];
  const baseline = (set: 'train' | 'validation' | 'test') =>
    data.sets[set].length > 0 ? baselineMetrics(data, set) : null;
  return sweepReport({
    target: dataSettings.target,
    data: dataFacts(file, rows, data, dataSettings, notices),
    definition,
    trials,
    leaderboard,
    variance_shares,
    best: {
      trial: best.trial,
      settings: { ...settings, training: { ...settings.training, loss: String(settings.training.loss) } },
      units: [data.columns, ...layers.map(({ outputs }) => outputs)],
      parameters: parameters.length,
      picture: await pictureOf(data, (features, count) => forwardRows(best.model, features, count)),
    },
    baseline: { train: baseline('train'), validation: baseline('validation'), test: baseline('test') },
    populations,
    interrupted,
    ...(saved ? { saved } : {}),
    model: swept.model ?? best.model,
    origin: { ...origin, plans: [], seconds },
  });
}
