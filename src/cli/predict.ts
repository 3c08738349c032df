/** `predict MODEL FILE`: the rows of a table as they were typed, with a column of predictions added. */
import type { Command } from 'commander';
import { readSheet } from '../data/sheet.ts';
import { counted } from '../spec/words.ts';
import { answerColumns, answeredText, answerTable } from '../train/answers.ts';
import { openInput, prepareFile, refuseItself, writeFiles } from './files.ts';
import { closing } from './help.ts';
import { modelArgument, openModel } from './model-file.ts';
import { print, printJson } from './output.ts';
import { addReadingOptions, type ReadingFlags, readingFrom } from './reading.ts';

interface Flags extends ReadingFlags {
  out?: string;
  json?: boolean;
}

const note =
  'Adds a column predicted_<target>, in units of the target; for classes their names, and a column probability_<class> for each. The target itself need not be in the file. What is unusual about the rows is said on standard error.';

export function define(command: Command): void {
  command
    .argument('MODEL', modelArgument)
    .argument(
      'FILE',
      'A CSV file with the columns that the model was trained on, or - for standard input\nall columns are kept as they are',
    )
    .option('--out <file>', 'Write the CSV there instead of to standard output')
    .option('--json', 'Print one JSON object instead of CSV, with the predictions unless --out is given')
    .addHelpText('after', () => closing([note]))
    .action(predictCommand);
  addReadingOptions(command);
}

async function predictCommand(modelPath: string, file: string, flags: Flags): Promise<void> {
  const { model, file: modelFile } = await openModel(modelPath);
  if (flags.out !== undefined) prepareFile(flags.out);
  refuseItself(flags.out, [file, modelFile]);
  const { source, bytes } = await openInput(file);
  const sheet = await readSheet({ source, bytes: typeof bytes === 'function' ? bytes() : bytes }, readingFrom(flags));
  const answers = await answerTable(model, sheet.table, { score: false });
  const notices = [...sheet.table.notices, ...answers.notices];
  const added = answerColumns(sheet, answers.columns);
  const csv = answeredText(sheet, added);
  const files = flags.out === undefined ? [] : writeFiles({ [flags.out]: csv });
  if (!flags.json) for (const notice of notices) process.stderr.write(`${notice.text}\n`);
  if (flags.json) {
    printJson({
      command: 'predict',
      model: modelFile,
      file,
      target: model.preprocessing.targets.map(({ column }) => column).join(','),
      rows: sheet.records.length,
      columns: added.map(({ name }) => name),
      ...(flags.out === undefined
        ? { predictions: Object.fromEntries(added.map(({ name, values }) => [name, values])) }
        : {}),
      notices,
      files,
    });
  } else if (flags.out === undefined) {
    for (const part of csv) process.stdout.write(part);
  } else {
    print(
      `Wrote ${counted(sheet.records.length, 'row')} with ${added.map(({ name }) => name).join(', ')} to ${flags.out}.`,
    );
  }
}
