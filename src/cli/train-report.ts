/** What `train` knows of a run, as the report wants it. Loaded when there is a report to write, and not before. */
import type { DataSet } from '../data/dataset.ts';
import { summarize } from '../data/summary.ts';
import type { Table } from '../data/table.ts';
import type { Engine } from '../engine/engine.ts';
import type { DataFacts } from '../export/html/data-section.ts';
import { pictureOf } from '../export/html/picture.ts';
import { trainReport } from '../export/html/train-report.ts';
import type { DataSettings } from '../spec/data-settings.ts';
import type { Trial } from '../spec/settings.ts';
import type { Outcome, Run } from '../train/trainer.ts';
import type { MetricsBySet } from './scores.ts';
import { bestEpochWords, networkWords, scheduleWords, trainingWords } from './summary.ts';

export interface Trained {
  file: string;
  rows: Table;
  data: DataSet;
  engine: Engine;
  plan: string;
  planWhy: string;
  run: Run;
  trial: Trial;
  dataSettings: DataSettings;
  outcome: Outcome;
  seconds: number;
  metrics: MetricsBySet;
  baseline: MetricsBySet;
  notices: string[];
}

export async function trainPage(trained: Trained): Promise<string> {
  const { file, rows, data, engine, run, trial, dataSettings, outcome, metrics, baseline } = trained;
  const { initial_parameters: _, ...settings } = trial;
  return trainReport({
    target: dataSettings.target,
    data: dataFacts(file, rows, data, dataSettings, trained.notices),
    history: run.history,
    outcome: {
      ...outcome,
      ended: `${outcome.explanation} ${bestEpochWords(outcome, trial, data.sets.validation.length > 0)}`.trim(),
    },
    network: {
      units: [data.columns, ...run.layers.map(({ outputs }) => outputs)],
      words: wordsOf(trial),
      parameters: run.parameterCount,
    },
    settings: { data: dataSettings, trial: settings },
    metrics,
    baseline,
    picture: await pictureOf(data, (features, count) => run.predict(features, count)),
    origin: {
      ...made(engine),
      plans: [{ name: trained.plan, why: trained.planWhy }],
      seconds: trained.seconds,
    },
  });
}

/** The same for every report of a command. */
export function made({ kind, adapter, software, why }: Engine) {
  return {
    command: process.argv.slice(2),
    version: __VERSION__,
    node: process.versions.node,
    made: new Date(),
    engine: { kind, adapter, software, why },
  };
}

export function dataFacts(
  file: string,
  rows: Table,
  data: DataSet,
  { target, task, types, ignore }: DataSettings,
  notices: string[],
): DataFacts {
  const { train, validation, test } = data.sets;
  return {
    file: file === '-' ? 'standard input' : file,
    summary: summarize(rows, { target, task, types, ignore }),
    preprocessing: data.preprocessing,
    rows: { total: data.rows, train: train.length, validation: validation.length, test: test.length },
    inputs: data.columns,
    notices,
  };
}

function wordsOf(trial: Trial): string {
  const schedule = scheduleWords(trial);
  const network = networkWords(trial).replace(/, $/, '');
  return `${network ? `Network: ${network}. ` : ''}Training: ${trainingWords(trial)}.${schedule ? ` Schedule: ${schedule}.` : ''}`;
}
