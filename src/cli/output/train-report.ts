/** What `train` knows of a run, as the report wants it. Loaded when there is a report to write, and not before. */

import type { DataSet } from '../../data/prepare/dataset.ts';
import type { Notice } from '../../data/table/notices.ts';
import type { Table } from '../../data/table/table.ts';
import type { EngineInfo } from '../../engine/engine.ts';
import { dataFacts } from '../../html/data-facts.ts';
import { pictureOf } from '../../html/picture.ts';
import { trainReport } from '../../html/train-report.ts';
import type { ModelData } from '../../model/model-data.ts';
import { changedSettings } from '../../spec/changes.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import type { Trial } from '../../spec/settings.ts';
import { bestEpoch, networkWords, scheduleWords, trainingWords } from '../../train/results/summary.ts';
import type { Outcome, Run } from '../../train/trainer.ts';
import { inEnglish, type Message, type Said } from '../../util/message.ts';
import { madeBy } from './page-facts.ts';
import type { MetricsBySet } from './scores.ts';

export interface Trained {
  file: string;
  rows: Table;
  data: DataSet;
  engine: EngineInfo;
  plan: string;
  planWhy: Said;
  run: Run;
  trial: Trial;
  dataSettings: DataSettings;
  outcome: Outcome;
  seconds: number;
  metrics: MetricsBySet;
  baseline: MetricsBySet;
  notices: Notice[];
  /** What it is worth, and what to do next. */
  verdict: Notice[];
  /** Which model was saved, where it is not the one that was scored. */
  saved?: Message;
}

/** @param model as it is saved */
export async function trainPage(trained: Trained, model: ModelData): Promise<string> {
  const { file, rows, data, engine, run, trial, dataSettings, outcome, metrics, baseline } = trained;
  const { initial_parameters: _, ...settings } = trial;
  return trainReport({
    target: dataSettings.target,
    data: dataFacts(file, rows, data, dataSettings, trained.notices),
    history: run.history,
    outcome: {
      ...outcome,
      verdict: trained.verdict,
      ended:
        `${outcome.explanation} ${bestEpoch(outcome, trial, data.sets.validation.length > 0)?.text ?? ''} ${trained.saved?.text ?? ''}`.trim(),
    },
    network: {
      units: [data.columns, ...run.layers.map(({ outputs }) => outputs)],
      words: wordsOf(trial),
      parameters: run.parameterCount,
    },
    settings: { data: dataSettings, trial: settings },
    changes: changedSettings(trial, run.trials[0].changes),
    metrics,
    baseline,
    picture: await pictureOf(data, (features, count) => run.predict(features, count)),
    model,
    origin: {
      ...madeBy(engine),
      plans: [{ name: trained.plan, why: inEnglish(trained.planWhy), code: run.planCode }],
      seconds: trained.seconds,
    },
  });
}

function wordsOf(trial: Trial): string {
  const schedule = scheduleWords(trial);
  const network = networkWords(trial).replace(/, $/, '');
  return `${network ? `Network: ${network}. ` : ''}Training: ${trainingWords(trial)}.${schedule ? ` Schedule: ${schedule}.` : ''}`;
}
