/** What `train` prints of a run: as text, and as JSON. */
import { sortNotices } from '../../data/table/notices.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import { changedSettings, changeInJson } from '../../spec/changes.ts';
import { bestEpoch, changeInWords, networkWords, scheduleWords, trainingWords } from '../../train/results/summary.ts';
import type { Outcome } from '../../train/trainer.ts';
import { inEnglish, message } from '../../util/message.ts';
import { inLanguage } from '../language.ts';
import type { Refitted } from '../refit.ts';
import { duration, engineFact, fact, notedFacts, type Pair, withOption, wrapped, writtenFiles } from './output.ts';
import { baselineName, confusionTable, isImbalanced, scoresNote, scoresTable, sets } from './scores.ts';
import type { Trained } from './train-report.ts';

export interface TrainResult extends Trained {
  refitted?: Refitted;
  /** By Ctrl-C, the first training or the second. */
  interrupted: boolean;
  /** Epochs that an earlier process had trained. */
  resumed: number;
  files: string[];
}

/** How training ended. */
export function endInWords({ explanation, code, params }: Outcome): string {
  return inLanguage({ code, params, text: explanation });
}

export function trainJson(result: TrainResult) {
  const { file, data, engine, plan, planWhy, run, trial, dataSettings, outcome, metrics, baseline } = result;
  const { notices, verdict, refitted } = result;
  const [{ changes }] = run.trials;
  const { initial_parameters: _, ...settings } = trial;
  return {
    command: 'train',
    file,
    target: dataSettings.target,
    task: data.preprocessing.task,
    rows: {
      total: data.rows,
      train: data.sets.train.length,
      validation: data.sets.validation.length,
      test: data.sets.test.length,
    },
    engine: {
      kind: engine.kind,
      adapter: engine.adapter,
      software: engine.software,
      plan,
      plan_code: run.planCode,
      plan_why: inEnglish(planWhy),
      why: inEnglish(engine.why),
    },
    model: { layers: run.layers, parameters: run.parameterCount },
    settings: { data: dataSettings, ...settings },
    ...(changes.length > 0 ? { changes: changes.map(changeInJson) } : {}),
    epochs_run: outcome.epochs_run,
    best_epoch: outcome.best_epoch,
    kept_epoch: outcome.kept_epoch,
    stopped: outcome.stopped,
    explanation: outcome.explanation,
    seconds: Number(result.seconds.toFixed(3)),
    resumed: result.resumed,
    refit: refitted?.model ? { epochs: refitted.epochs, seconds: Number(refitted.seconds.toFixed(3)) } : null,
    metrics,
    baseline: { name: baselineName(data), ...baseline },
    verdict,
    // Scripts look for it here.
    notices: sortNotices([...notices, ...verdict.filter(({ code }) => code === 'overfitted')]),
    files: result.files,
  };
}

export function trainText(result: TrainResult): string {
  const { data, engine, plan, planWhy, run, trial, outcome, files, metrics, baseline, notices, verdict } = result;
  const schedule = scheduleWords(trial);
  const features = data.preprocessing.features.map(({ column }) => column);
  const units = [data.columns, ...run.layers.map(({ outputs }) => outputs)].join('-');
  const lines: Pair[] = [
    fact(
      'data',
      message(summary, 'rows_by_set', {
        file: result.file,
        count: data.rows,
        sets: sets.map((set) => [set, data.sets[set].length] as const),
      }),
    ),
    fact('target', message(summary, 'target_from', { target: result.dataSettings.target, features })),
    fact(
      'network',
      message(summary, 'network', { units, settings: networkWords(trial), parameters: run.parameterCount }),
    ),
    fact('training', trainingWords(trial)),
    ...(schedule ? [fact('schedule', schedule)] : []),
    ...changedSettings(trial, run.trials[0].changes).map((change) => fact('changed', changeInWords(change))),
    engineFact(engine, message(summary, 'plan_used', { plan, why: planWhy })),
  ];
  const facts = notedFacts(lines, notices, result.dataSettings);
  const confusion = confusionTable(metrics);
  const ending = [
    // The whole sentence goes to standard error.
    outcome.stopped === 'diverged'
      ? inLanguage(message(summary, 'diverged_in', { epoch: outcome.epochs_run }))
      : endInWords(outcome),
    inLanguage(bestEpoch(outcome, trial, data.sets.validation.length > 0) ?? ''),
    `${duration(result.seconds)}.`,
  ];
  return [
    facts,
    wrapped(ending.filter((part) => part).join(' ')),
    ...verdict.map((notice) => wrapped(withOption(notice, result.dataSettings))),
    scoresTable(data, metrics, baseline),
    ...(confusion
      ? [`${inLanguage(message(summary, 'confusion_of_set', { set: confusion.set }))}\n${confusion.text}`]
      : []),
    wrapped(scoresNote(result.dataSettings.target, data, isImbalanced(baseline))),
    ...(result.saved ? [wrapped(inLanguage(result.saved))] : []),
    ...writtenFiles(files),
  ].join('\n\n');
}
