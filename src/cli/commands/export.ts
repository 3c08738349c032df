/** `export MODEL --format FORMAT`: a trained model as files for other programs. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Command, Option } from 'commander';
import type { ExportedFile } from '../../export/description.ts';
import { type ExportFormat, exportFormats, exportModel } from '../../export/formats.ts';
import { cli } from '../../messages/en/command-line/cli.ts';
import { intervalsAt } from '../../model/intervals.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { nearest } from '../../util/nearest.ts';
import { prepareFolder, writeFile } from '../files/write.ts';
import { type LevelFlags, levelFrom, levelOption } from '../level.ts';
import { modelArgument, openModel } from '../model-file.ts';
import { writeSet } from '../out-folder.ts';
import { closing } from '../output/help.ts';
import { print, printJson, writtenFiles } from '../output/output.ts';

interface Flags extends LevelFlags {
  format?: string;
  out?: string;
  overwrite?: boolean;
  json?: boolean;
}

const formatHelp: Record<ExportFormat, string> = {
  onnx: 'model.onnx: for ONNX Runtime and whatever else runs ONNX',
  c: 'model.h: one header of C99, for microcontrollers',
  card: 'model-card.md: what it is, what it was trained on, how well it does, and its limits',
  js: 'predict.js: a module without dependencies, for pages, workers and Node',
  json: 'model.json: columns, layers and numbers as plain data',
  python: 'perceptron_model.py, model.onnx: predict and predict_proba as in scikit-learn',
  pytorch: 'model.py, train.py, model.safetensors: an nn.Module, and a loop that goes on training it',
};

const notes = [
  'Every format takes the raw columns, fills gaps, encodes and scales them, runs the network or the ensemble, and answers in units of the target or with class names and probabilities.',
];

export function define(command: Command): void {
  command
    .argument('MODEL', modelArgument)
    .addOption(
      new Option(
        '--format <format>',
        exportFormats.map((format) => `${format.padEnd(8)} ${formatHelp[format]}`).join('\n'),
      ),
    )
    .option('--out <folder>', 'Write the files there\nbeside the model unless given')
    .option('--overwrite', 'Replace files of these names')
    .addOption(levelOption())
    .option('--json', 'Print one JSON object that names the files')
    .addHelpText('after', () => closing(notes))
    .action(exportCommand);
}

async function exportCommand(modelPath: string, flags: Flags): Promise<void> {
  const format = formatOf(flags.format);
  const { model, file } = await openModel(modelPath);
  const level = levelFrom(flags);
  intervalsAt(model, level);
  const folder = flags.out ?? dirname(file);
  prepareFolder(folder);
  const files = await exportModel(model, format, level === undefined ? {} : { level });
  const paths = write(folder, files, flags.overwrite);
  if (flags.json) printJson({ command: 'export', model: file, format, files: paths });
  else for (const line of writtenFiles(paths)) print(line);
}

/** Several files appear together or not at all. @returns the paths of those that were not there already */
function write(folder: string, files: readonly ExportedFile[], overwrite: boolean | undefined): string[] {
  let missing: ExportedFile[] = [];
  const made = () => {
    missing = files.filter((file) => !isThere(folder, file, overwrite));
    return Object.fromEntries(missing.map(({ name, bytes }) => [name, () => [bytes]]));
  };
  if (files.length > 1) writeSet(folder, 'export', made);
  else for (const [name, parts] of Object.entries(made())) writeFile(join(folder, name), parts());
  return missing.map(({ name }) => join(folder, name));
}

/** @throws InputError where there is no such format */
function formatOf(text: string | undefined): ExportFormat {
  const known = exportFormats.find((format) => format === text);
  if (known) return known;
  const near = text === undefined ? undefined : nearest(text, exportFormats);
  throw new InputError(message(cli, 'format_unknown', { text, formats: exportFormats, near }), 'format');
}

/** Whether it is there already, as it would be written. @throws InputError where another file has its name */
function isThere(folder: string, { name, bytes }: ExportedFile, overwrite = false): boolean {
  const path = join(folder, name);
  if (!existsSync(path)) return false;
  if (readFileSync(path).equals(bytes)) return true;
  if (overwrite) return false;
  throw new InputError(message(cli, 'export_exists', { file: path }), 'out');
}
