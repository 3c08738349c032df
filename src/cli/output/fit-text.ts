/** What `fit` prints: what was looked for and found, what it is worth, and beside it what it has to beat. */
import type { DataSet } from '../../data/prepare/dataset.ts';
import type { Notice } from '../../data/table/notices.ts';
import { unitName, unitOfStep, withUnit } from '../../data/table/quantity.ts';
import { calibrationFacts } from '../../fit/fit-json.ts';
import type { FitResult } from '../../fit/result.ts';
import { type Label, summary } from '../../messages/en/command-line/summary.ts';
import type { Metrics } from '../../model/metrics.ts';
import { message, type Said } from '../../util/message.ts';
import { count } from '../../util/thousands.ts';
import { inLanguage } from '../language.ts';
import {
  duration,
  engineFact,
  fact,
  heading,
  notedFacts,
  type Pair,
  score,
  significant,
  table,
  withOption,
  wrapped,
  writtenFiles,
} from './output.ts';
import { confusionOf, isImbalanced, scoresNote } from './scores.ts';

export interface FitText {
  file: string;
  result: FitResult;
  interrupted: boolean;
  notices: readonly Notice[];
  files: readonly string[];
}

export function fitText({ file, result, interrupted, notices, files }: FitText): string {
  const { data, dataSettings, engine, heldOut, metrics, model, networks, plan, progress, verdict } = result;
  const held_out = heldOut.rows.length;
  const { folds, max_width: width, trials } = plan;
  const features = data.preprocessing.features.map(({ column }) => column);
  const lines: Pair[] = [
    fact(
      'data',
      message(summary, 'fit_rows', { file, count: data.rows, held_out, folds, test: data.sets.test.length }),
    ),
    fact('target', message(summary, 'target_from', { target: dataSettings.target, features })),
    engineFact(engine, message(summary, 'fit_engine', { packs: progress.length, interrupted })),
    fact(
      'ensemble',
      message(summary, 'fit_ensemble', { members: model.members.length, networks, folds, width, trials }),
    ),
  ];
  const confusion = confusionOf(metrics);
  const scores =
    folds > 1 ? message(summary, 'fit_scores_turns', { folds }) : message(summary, 'fit_scores_held', { held_out });
  const calibration = calibrationSentence(result);
  const imbalanced = isImbalanced({ train: result.baseline });
  const note = [scores, ...(calibration ? [calibration] : []), scoresNote(dataSettings.target, data, imbalanced)];
  const again = files.find((name) => name.endsWith('fit.json'));
  return [
    notedFacts(lines, notices, dataSettings),
    wrapped([...verdict.map((notice) => withOption(notice)), `${duration(result.seconds)}.`].join(' ')),
    fitTable(result),
    ...(confusion ? [`${inLanguage(message(summary, 'confusion'))}\n${confusion}`] : []),
    wrapped(note.map((said) => inLanguage(said)).join(' ')),
    ...writtenFiles(files),
    ...(again ? [wrapped(inLanguage(message(summary, 'fit_again', { file: again })))] : []),
  ].join('\n\n');
}

/** Held-out rows by the fit, the linear model and the answer that is always the same; test rows where there are any. */
export function fitTable({ data, heldOut, metrics, linear, baseline, test }: FitResult): string {
  const imbalanced = isImbalanced({ train: baseline });
  const row = (label: Label, rows: number, own: Metrics) => [heading(label), count(rows), ...cells(own, imbalanced)];
  const held = heldOut.rows.length;
  const rows = [
    row('fit', held, metrics),
    ...(linear ? [row('linear_model', held, linear)] : []),
    row('baseline', held, baseline),
    ...(test ? [row('fit_test', test.rows, test.metrics)] : []),
  ];
  const decides = data.preprocessing.task === 'regression' ? 'rmse' : 'log_loss';
  const titles = head(data, imbalanced);
  return table(['', heading('rows'), ...titles.map(({ title }) => title)], rows, [
    0,
    2 + titles.findIndex(({ label }) => label === decides),
  ]);
}

function head({ preprocessing }: DataSet, imbalanced: boolean): { label: Label; title: string }[] {
  if (preprocessing.task !== 'regression') {
    const labels: Label[] = ['accuracy', 'log_loss', 'f1', 'roc_auc'];
    return [...(imbalanced ? (['balanced_accuracy'] as const) : []), ...labels].map((label) => ({
      label,
      title: heading(label),
    }));
  }
  const unit = unitOfStep(preprocessing.targets[0]);
  const of = (label: Label) => (unit ? `${heading(label)} (${unitName(unit)})` : heading(label));
  return [
    { label: 'rmse', title: of('rmse') },
    { label: 'mae', title: of('mae') },
    { label: 'r2', title: heading('r2') },
  ];
}

function cells(own: Metrics, imbalanced: boolean): string[] {
  if ('rmse' in own) return [significant(own.rmse), significant(own.mae), score(own.r2)];
  const scores = [score(own.accuracy), score(own.log_loss), score(own.f1), score(own.roc_auc)];
  return imbalanced ? [score(own.balanced_accuracy), ...scores] : scores;
}

function calibrationSentence(result: FitResult): Said | undefined {
  const facts = calibrationFacts(result);
  if (facts?.kind === 'temperature') {
    return message(summary, 'fit_temperature', { temperature: significant(facts.temperature) });
  }
  if (!facts || facts.coverage === null) return undefined;
  const unit = unitOfStep(result.data.preprocessing.targets[0]);
  const share = Number(facts.coverage.toFixed(3));
  return message(summary, 'fit_intervals', {
    level: facts.level,
    share,
    width: withUnit(significant(facts.mean_width), unit),
  });
}
