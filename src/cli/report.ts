/** `report [FILE]`: the founding experiment, whole, and its findings checked one by one. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import { readCsv } from '../data/csv.ts';
import { engineChoices } from '../engine/request.ts';
import { type FoundingResult, foundingReport } from '../report/founding.ts';
import type { Watching } from '../report/population.ts';
import { cellsCsv, curvesCsv, fitsCsv } from '../report/report-csv.ts';
import { InputError, RunError } from '../spec/errors.ts';
import { list } from '../spec/words.ts';
import { saveModel } from '../train/model.ts';
import { openInput, prepareFolder, writeFiles } from './files.ts';
import { engineChoice, headlessEngine } from './headless.ts';
import { closing } from './help.ts';
import { interruptible } from './interrupt.ts';
import { print, printJson } from './output.ts';
import { addReadingOptions, type ReadingFlags, readingFrom } from './reading.ts';
import { reportProgress } from './report-progress.ts';
import { findingsText, reportText } from './report-text.ts';

interface Flags extends ReadingFlags {
  hidden?: string;
  seeds?: string;
  epochs?: string;
  asPublished?: boolean;
  engine?: string;
  out?: string;
  json?: boolean;
  quiet?: boolean;
}

/** It lies in the package, beside the built command. */
const sample = { name: 'data/curve.csv', path: '../../data/curve.csv' };
const mostSeeds = 1000;
const mostEpochs = 100_000;
const mostUnits = 4096;

const notes = [
  'A course report trained 1-150-150-1 networks on a curve: {sigmoid, tanh, relu, leaky_relu} x {sgd, adam} x batch size {1, 4, 8}, learning rate 1e-4, 80/20 split. This trains all of them with several seeds, and asks of each finding whether it holds.',
  'FILE has columns x and y, or just two columns of numbers. Without a GPU the whole report takes hours: try --seeds 2 --epochs 10 first.',
  'Ctrl-C ends the training and reports what there is.',
];

export function define(command: Command): void {
  command
    .argument('[FILE]', `A CSV file with columns x and y, or - for standard input\ndefault the sample ${sample.name}`)
    .usage('[FILE] [--seeds N] [--epochs N] [--out FOLDER]')
    .addHelpText('after', () => closing(notes, ['perceptron-lab report --out founding']))
    .action(reportCommand);
  for (const option of [
    new Option('--seeds <n>', 'Seeds of each combination\ndefault 10'),
    new Option('--epochs <n>', 'Most epochs of a trial\ndefault 100'),
    new Option('--hidden <a,b,...>', 'Units of the hidden layers, for a quick look\ndefault 150,150'),
    new Option('--as-published', 'Train by the published update rule too, with its three slips'),
    new Option('--engine <name>', `What computes\n${list(engineChoices)}; default auto`),
    new Option('--out <folder>', 'Write report.json, cells.csv, curves.csv, fits.csv and best.safetensors there'),
    new Option('--json', 'Print one JSON object instead of text'),
    new Option('--quiet', 'Print the findings and nothing else, and show no progress'),
  ]) {
    command.addOption(option.helpGroup('Run:'));
  }
  addReadingOptions(command);
}

async function reportCommand(file: string | undefined, flags: Flags): Promise<void> {
  const seeds = wholeNumber('seeds', flags.seeds ?? '10', mostSeeds);
  const epochs = wholeNumber('epochs', flags.epochs ?? '100', mostEpochs);
  const hidden = (flags.hidden ?? '150,150').split(',').map((text) => wholeNumber('hidden', text, mostUnits));
  const choice = engineChoice(flags.engine ?? 'auto');
  const input = await openInput(file ?? samplePath());
  const source = file === undefined ? sample.name : input.source;
  const table = await readCsv(input.bytes, { ...readingFrom(flags), source });
  if (flags.out !== undefined) refuseOther(flags.out);

  const engine = await headlessEngine(choice);
  try {
    const result = await watched(!flags.quiet, (watching) =>
      foundingReport(engine, table, {
        seeds,
        epochs,
        hidden,
        published: flags.asPublished ?? false,
        runtime: `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
        repeat: repeated(file, seeds, epochs, flags),
        ...watching,
      }),
    );
    const { report } = result;
    const { files, unwritten } = flags.out === undefined ? { files: [] } : write(flags.out, result);
    if (flags.json) printJson({ command: 'report', ...report, files });
    else print(flags.quiet ? findingsText(report) : reportText(report, files));
    if (report.interrupted) process.exitCode = 130;
    if (unwritten) throw unwritten;
  } finally {
    engine.destroy();
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new InputError(`--${name}: "${text}" is not a whole number from 1 to ${most.toLocaleString('en-US')}.`, name);
}

function samplePath(): string {
  return join(dirname(fileURLToPath(import.meta.url)), sample.path);
}

/** The command that gives the same report again. */
function repeated(file: string | undefined, seeds: number, epochs: number, flags: Flags): string {
  const words = [
    'perceptron-lab report',
    ...(file === undefined ? [] : [/[\s'"$]/.test(file) ? JSON.stringify(file) : file]),
    `--seeds ${seeds} --epochs ${epochs}`,
    ...(flags.hidden === undefined ? [] : [`--hidden ${flags.hidden}`]),
    ...(flags.asPublished ? ['--as-published'] : []),
    ...(flags.engine === undefined ? [] : [`--engine ${flags.engine}`]),
  ];
  return words.join(' ');
}

const names = ['report.json', 'cells.csv', 'curves.csv', 'fits.csv', 'best.safetensors'] as const;

/** Hours are not to be written over. @throws InputError where the folder holds a report, or cannot be written to */
function refuseOther(folder: string): void {
  prepareFolder(folder);
  const there = names.find((name) => existsSync(join(folder, name)));
  if (there) {
    throw new InputError(`--out ${folder}: holds a report already (${there}); name another folder.`, 'out');
  }
}

async function watched(
  visibly: boolean,
  work: (watching: Watching) => Promise<FoundingResult>,
): Promise<FoundingResult> {
  const abort = new AbortController();
  const bar = visibly && process.stderr.isTTY ? await reportProgress() : undefined;
  try {
    return await interruptible(
      () => abort.abort(),
      () => bar?.stop(),
      () => work({ progress: (progress) => bar?.update(progress), signal: abort.signal }),
    );
  } finally {
    bar?.stop();
  }
}

/** Nine digits hold every bit of a float32, and more of anything else would be noise. */
function inNineDigits(_: string, value: unknown): unknown {
  return typeof value === 'number' && Number.isFinite(value) ? Number(value.toPrecision(9)) : value;
}

/** Results are printed even if they cannot be written, so the failure is handed back and not thrown. */
function write(folder: string, { report, best }: FoundingResult): { files: string[]; unwritten?: RunError } {
  const contents: Record<string, Iterable<string | Uint8Array>> = {
    'report.json': [`${JSON.stringify(report, inNineDigits, 1)}\n`],
    'cells.csv': cellsCsv(report),
    'curves.csv': curvesCsv(report),
    'fits.csv': fitsCsv(report),
    ...(best ? { 'best.safetensors': [saveModel(best)] } : {}),
  };
  try {
    const paths = Object.entries(contents).map(([name, content]) => [join(folder, name), content]);
    return { files: writeFiles(Object.fromEntries(paths)) };
  } catch (error) {
    if (error instanceof RunError) return { files: [], unwritten: error };
    throw error;
  }
}
