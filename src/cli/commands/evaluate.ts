/** `evaluate MODEL FILE`: how right a trained model is on rows with known answers. */
import type { Command } from 'commander';
import { type Unit, unitOfStep, withUnit } from '../../data/table/quantity.ts';
import type { Table } from '../../data/table/table.ts';
import { summary } from '../../messages/en/summary.ts';
import { failureIn } from '../../model/finite.ts';
import type { IntervalScores } from '../../model/intervals.ts';
import type { Model } from '../../model/model.ts';
import { withPredictor } from '../../model/predictor.ts';
import { metricName } from '../../spec/metric-facts.ts';
import { modelDependence, modelImportance } from '../../train/explain/explain.ts';
import { message } from '../../util/message.ts';
import { openInput } from '../files/read.ts';
import { inLanguage } from '../language.ts';
import { type LevelFlags, levelFrom, levelOption } from '../level.ts';
import { modelArgument, openModel } from '../model-file.ts';
import { dependenceJson, dependenceText, importanceText } from '../output/explain-text.ts';
import { closing } from '../output/help.ts';
import { fact, notedFacts, print, printJson, score, significant, table, wrapped } from '../output/output.ts';
import { confusionTable } from '../output/scores.ts';
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

async function explained(model: Model, read: Table, { importance, dependence: column }: Flags) {
  const doing = <Found>(work: () => Promise<Found>) => withStatus(read.source, 'explaining', work);
  return {
    importance: importance ? await doing(() => modelImportance(model, read)) : undefined,
    dependence: column === undefined ? undefined : await doing(() => modelDependence(model, read, column)),
  };
}

async function evaluateCommand(modelPath: string, file: string, flags: Flags): Promise<void> {
  const { model, file: modelFile } = await openModel(modelPath);
  const read = await readTable(await openInput(file), readingFrom(flags));
  const notices = [...read.notices];
  const { rows, metrics, intervals } = await withStatus(file, 'evaluating', () =>
    withPredictor(model, (predictor) => predictor.evaluate(read, { notices, level: levelFrom(flags) })),
  );
  const failure = failureIn(notices);
  if (failure) throw failure;
  const { importance, dependence } = await explained(model, read, flags);
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
      ...(dependence ? { dependence: dependenceJson(dependence, read) } : {}),
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
