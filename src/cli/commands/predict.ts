/** `predict MODEL FILE`: the rows of a table as they were typed, with a column of predictions added. */

import type { Command } from 'commander';
import { withRawCsv } from '../../data/read/raw-csv.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import { targetNames } from '../../model/csv/file-columns.ts';
import { type PredictedColumn, type PredictedFile, predictFile } from '../../model/csv/predict-file.ts';
import { failureIn } from '../../model/finite.ts';
import { intervalsAt } from '../../model/intervals.ts';
import { withPredictor } from '../../model/predictor.ts';
import { message } from '../../util/message.ts';
import { type ExplainFlags, explainCommand, refuseWithoutExplain } from '../explain-rows.ts';
import { openInput } from '../files/read.ts';
import { prepareFile, refuseItself, writeOutput, writeStream } from '../files/write.ts';
import { interruptible } from '../interrupt.ts';
import { inLanguage } from '../language.ts';
import { type LevelFlags, levelFrom, levelOption } from '../level.ts';
import { modelArgument, openModel } from '../model-file.ts';
import { closing } from '../output/help.ts';
import { print, printJson } from '../output/output.ts';
import { statusLine, watchedError } from '../output/status-line.ts';
import { printError, visibleLines } from '../output/terminal.ts';
import { addReadingOptions, readingFrom } from '../reading.ts';

type Flags = ExplainFlags & LevelFlags;

const notes = [
  'Adds a column predicted_<target>, in units of the target; for classes their names, and a column probability_<class> for each. A model that keeps its errors (of fit, for numbers) adds low_<target> and high_<target>, between which the share of answers that --level says lies. The target itself need not be in the file.',
  'Every row of the file is one row of the output, in the same delimiter, decimal mark and line ends; an empty row stays empty, and a file without names gets none. The output is UTF-8, with a byte order mark where the file had one or was written otherwise, so that spreadsheets read it right. The name of a class that a spreadsheet would calculate, such as =1+1, gets an apostrophe in front.',
  'With --explain, contributions are Shapley values by sampled permutations of the columns: they add up to the prediction less the mean prediction for the rows that are compared with, 128 of them at most, and ± is their standard error. They are of the probability of a class, or in units of the target.',
  'What is unusual about the rows is said on standard error: cells without a value, values outside the range of the training rows, texts that training did not have.',
];

export function define(command: Command): void {
  command
    .argument('MODEL', modelArgument)
    .argument(
      'FILE',
      'A CSV file with the columns that the model was trained on, or - for standard input\nall columns are kept as they are',
    )
    .option('--out <file>', 'Write the CSV there instead of to standard output, which is -')
    .addOption(levelOption())
    .option('--explain', 'Print what each column contributes to the predictions for the first rows, instead of CSV')
    .option('--rows <n>', 'How many rows --explain is about\ndefault 10')
    .option(
      '--background <file>',
      'A CSV file with the rows that --explain compares with, such as those of the training\nthose of FILE unless given',
    )
    .option('--json', 'Print one JSON object instead of CSV, with the predictions unless --out is given')
    .addHelpText('after', () => closing(notes))
    .action(predictCommand);
  addReadingOptions(command);
}

async function predictCommand(modelPath: string, file: string, flags: Flags): Promise<void> {
  const { model, file: modelFile } = await openModel(modelPath);
  if (flags.explain) return explainCommand(model, modelFile, file, flags);
  refuseWithoutExplain(flags);
  const { json } = flags;
  const level = levelFrom(flags);
  intervalsAt(model, level);
  const out = flags.out === '-' ? undefined : flags.out;
  if (out !== undefined) prepareFile(out);
  refuseItself(out, [file, modelFile]);
  const { source, bytes, size } = await openInput(file);
  const predictions = new Map<string, PredictedColumn['values']>();
  const each = json && out === undefined ? (columns: PredictedColumn[]) => collect(predictions, columns) : undefined;
  const abort = new AbortController();
  // Rows that are printed in a terminal say themselves how far it is.
  const status = statusLine(source, 'predicting', watchedError(out === undefined && process.stdout.isTTY));
  const { signal } = abort;
  const answered = await interruptible(
    () => abort.abort(),
    () => status.clear(),
    () =>
      withRawCsv(bytes, { ...status.reading, ...readingFrom(flags), source, size, signal }, async (csv) => {
        return withPredictor(model, async (predictor) => {
          const { parts, result } = withResult(predictFile(model, csv, { signal, predictor, level, each }));
          if (out !== undefined) await writeStream(out, parts);
          else if (json) for await (const _ of parts);
          else await writeOutput(process.stdout.isTTY ? visibleParts(parts) : parts);
          return result();
        });
      }),
  )
    .catch((error: unknown) => {
      if (!signal.aborted) throw error;
      process.exitCode = 130;
    })
    .finally(() => status.clear());
  if (!answered) return;
  const { rows, empty, added, level: held, notices, findings } = answered;
  const failure = failureIn(notices);
  const others = notices.filter(({ code }) => code !== failure?.code);
  if (!json) for (const notice of others) printError(inLanguage(notice));
  if (json) {
    printJson({
      command: 'predict',
      model: modelFile,
      file,
      target: targetNames(model.preprocessing).join(','),
      rows,
      empty_rows: empty,
      columns: added,
      ...(held === undefined ? {} : { level: held }),
      ...(each ? { predictions: Object.fromEntries(predictions) } : {}),
      findings,
      notices,
      files: out === undefined ? [] : [out],
    });
  } else if (out !== undefined) {
    print(inLanguage(message(summary, 'predictions_written', { count: rows, columns: added, file: out })));
  }
  // What could be answered has been written.
  if (failure) throw failure;
}

/** In a terminal the CSV is read by a person; to a file or another program it goes as it is. */
async function* visibleParts(parts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const part of parts) yield visibleLines(part);
}

function collect(all: Map<string, PredictedColumn['values']>, columns: readonly PredictedColumn[]): void {
  for (const { name, values } of columns) {
    const known = all.get(name);
    if (!known) all.set(name, values);
    else for (const value of values) known.push(value);
  }
}

/** The parts of a generator, and what it returns once they are through. */
function withResult(generator: AsyncGenerator<string, PredictedFile>) {
  let answered: PredictedFile | undefined;
  async function* parts(): AsyncGenerator<string> {
    answered = yield* generator;
  }
  return {
    parts: parts(),
    result(): PredictedFile {
      if (!answered) throw new Error('the rows were not gone through');
      return answered;
    },
  };
}
