/** `predict --explain`: what each column contributes to the predictions for the first rows of a file. */
import { cli } from '../messages/en/command-line/cli.ts';
import { targetNames } from '../model/csv/file-columns.ts';
import type { Model } from '../model/model.ts';
import { modelExplanations } from '../train/explain/explain.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { openInput } from './files/read.ts';
import { type ExplainedRows, explanationsJson, explanationsText } from './output/explanation-text.ts';
import { print, printJson } from './output/output.ts';
import { type ReadingFlags, readingFrom, readTable, withStatus } from './reading.ts';
import { wholeNumber } from './whole-number.ts';

export interface ExplainFlags extends ReadingFlags {
  explain?: boolean;
  rows?: string;
  background?: string;
  out?: string;
  json?: boolean;
}

const usual = 10;
const most = 10_000;

/** @throws InputError where they are given without `--explain` */
export function refuseWithoutExplain({ rows, background }: ExplainFlags): void {
  const option = rows !== undefined ? '--rows' : background !== undefined ? '--background' : undefined;
  if (option) throw new InputError(message(cli, 'option_of_explain', { option }), option);
}

export async function explainCommand(model: Model, modelFile: string, file: string, flags: ExplainFlags) {
  if (flags.out !== undefined) throw new InputError(message(cli, 'explain_and_out'), '--out');
  const wanted = flags.rows === undefined ? usual : wholeNumber('rows', flags.rows, most);
  const reading = readingFrom(flags);
  const read = await readTable(await openInput(file), reading);
  const background =
    flags.background === undefined ? read : await readTable(await openInput(flags.background), reading);
  const rows = Array.from({ length: Math.min(wanted, read.rows) }, (_, row) => row);
  const found = await withStatus(read.source, 'explaining', () => modelExplanations(model, read, { rows, background }));
  const explained: ExplainedRows = { found, rows, table: read, source: background.source };
  if (!flags.json) {
    print(explanationsText(model, explained));
    return;
  }
  printJson({
    command: 'predict',
    model: modelFile,
    file,
    target: targetNames(model.preprocessing).join(','),
    rows: read.rows,
    explanations: explanationsJson(explained),
    notices: read.notices,
  });
}
