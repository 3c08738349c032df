/** `evaluate MODEL FILE`: how right a trained model is on rows with known answers. */
import type { Command } from 'commander';
import { withRawCsv } from '../../data/read/raw-csv.ts';
import type { Notice } from '../../data/table/notices.ts';
import { type Unit, unitOfStep, withUnit } from '../../data/table/quantity.ts';
import type { RowNumbering } from '../../data/table/table.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import { evaluateFile } from '../../model/csv/evaluate-file.ts';
import { trainedRowsNotices } from '../../model/csv/trained-rows.ts';
import { failureIn } from '../../model/finite.ts';
import type { IntervalScores } from '../../model/intervals.ts';
import type { Model, ModelScores } from '../../model/model.ts';
import { withPredictor } from '../../model/predictor.ts';
import { metricName } from '../../spec/metric-facts.ts';
import {
  type ModelDependence,
  type ModelImportance,
  modelDependence,
  modelImportance,
} from '../../train/explain/explain.ts';
import { message } from '../../util/message.ts';
import { openInput } from '../files/read.ts';
import { inLanguage } from '../language.ts';
import { type LevelFlags, levelFrom, levelOption } from '../level.ts';
import { modelArgument, openModel } from '../model-file.ts';
import { dependenceJson, dependenceText, importanceText } from '../output/explain-text.ts';
import { closing } from '../output/help.ts';
import { fact, notedFacts, print, printJson, score, significant, table, wrapped } from '../output/output.ts';
import { confusionTable } from '../output/scores.ts';
import { statusLine, watchedError } from '../output/status-line.ts';
import { addReadingOptions, type ReadingFlags, readingFrom, readTable, withStatus } from '../reading.ts';

interface Flags extends ReadingFlags, LevelFlags {
  importance?: boolean;
  dependence?: string;
  json?: boolean;
}

const note =
  'Metrics are in units of the target, or of classes. Definitions are those of scikit-learn: macro precision, recall and F1 are means over classes, ROC AUC of more than two is the mean of each against all others, and their Brier score is a sum over them (0 to 2). The calibration error is over 15 bins of equal width. Every row counts once, whatever weights the model was trained with.';

export function define(command: Command): void {
  command
    .argument('MODEL', modelArgument)
    .argument(
      'FILE',
      'A CSV file with the columns that the model was trained on and the target, or - for standard input',
    )
    .addOption(levelOption())
    .option('--importance', 'How much worse it does when a column is shuffled, for each column')
    .option('--dependence <column>', 'How its answers depend on one column')
    .option('--json', 'Print one JSON object instead of text')
    .addHelpText('after', () => closing([note]))
    .action(evaluateCommand);
  addReadingOptions(command);
}

/** The square of a unit has no sign of its own. */
function figureOf(name: string, value: number, unit: Unit | undefined): string {
  if (name === 'mse') return significant(value);
  return name === 'rmse' || name === 'mae' ? withUnit(significant(value), unit) : score(value);
}

function intervalRows({ level, coverage, mean_width }: IntervalScores, unit: Unit | undefined): string[][] {
  return [
    [inLanguage(message(summary, 'interval_coverage', { level })), score(coverage)],
    [inLanguage(message(summary, 'interval_width', { level })), withUnit(significant(mean_width), unit)],
  ];
}

interface Evaluated {
  scores: ModelScores & { notices: Notice[] };
  importance?: ModelImportance;
  dependence?: ModelDependence;
  /** Of the table that `dependence` is of. */
  numbering?: RowNumbering;
}

function refuseOverflow(notices: readonly Notice[]): void {
  const failure = failureIn(notices);
  if (failure) throw failure;
}

/** Scores want each row once. */
async function evaluateRows(model: Model, file: string, flags: Flags): Promise<Evaluated> {
  const level = levelFrom(flags);
  const { source, bytes, size } = await openInput(file);
  const status = statusLine(source, 'evaluating', watchedError(false));
  try {
    const options = { ...status.reading, ...readingFrom(flags), source, size };
    const scores = await withRawCsv(bytes, options, (csv) =>
      withPredictor(model, (predictor) => evaluateFile(model, csv, { predictor, level })),
    );
    refuseOverflow(scores.notices);
    return { scores };
  } finally {
    status.clear();
  }
}

/** Explanations want the whole table at hand. */
async function explainRows(model: Model, file: string, flags: Flags): Promise<Evaluated> {
  const read = await readTable(await openInput(file), readingFrom(flags));
  const doing = <Found>(what: string, work: () => Promise<Found>) => withStatus(read.source, what, work);
  const notices = [...read.notices];
  const scores = await doing('evaluating', () =>
    withPredictor(model, (predictor) => predictor.evaluate(read, { notices, level: levelFrom(flags) })),
  );
  refuseOverflow(notices);
  notices.push(...trainedRowsNotices(model, read));
  const { importance, dependence: column } = flags;
  return {
    scores: { ...scores, notices },
    importance: importance ? await doing('explaining', () => modelImportance(model, read)) : undefined,
    dependence:
      column === undefined ? undefined : await doing('explaining', () => modelDependence(model, read, column)),
    numbering: read,
  };
}

async function evaluateCommand(modelPath: string, file: string, flags: Flags): Promise<void> {
  const { model, file: modelFile } = await openModel(modelPath);
  const answered = flags.importance || flags.dependence !== undefined ? explainRows : evaluateRows;
  const { scores, importance, dependence, numbering } = await answered(model, file, flags);
  const { rows, metrics, intervals, notices } = scores;
  const { task, targets } = model.preprocessing;
  const target = targets.map(({ column }) => column).join(',');
  if (flags.json) {
    printJson({
      command: 'evaluate',
      model: modelFile,
      file,
      target,
      task,
      rows,
      metrics,
      ...(intervals ? { intervals } : {}),
      ...(importance ? { importance } : {}),
      ...(dependence && numbering ? { dependence: dependenceJson(dependence, numbering) } : {}),
      notices,
    });
    return;
  }
  const numbers = Object.entries(metrics).filter(([, value]) => typeof value === 'number') as [string, number][];
  const confusion = confusionTable({ train: null, validation: null, test: metrics });
  print(
    [
      notedFacts(
        [fact('model', modelFile), fact('data', message(summary, 'rows_known', { file, count: rows, target }))],
        notices,
      ),
      table(
        ['', target],
        [
          ...numbers.map(([name, value]) => [metricName(name), figureOf(name, value, unitOfStep(targets[0]))]),
          ...(intervals ? intervalRows(intervals, unitOfStep(targets[0])) : []),
        ],
      ),
      ...(confusion ? [wrapped(inLanguage(message(summary, 'confusion'))), confusion.text] : []),
      ...(importance ? importanceText(importance) : []),
      ...(dependence ? dependenceText(dependence) : []),
    ].join('\n\n'),
  );
}
