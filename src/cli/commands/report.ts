/** `report [FILE]`: the founding experiment, whole, and its findings checked one by one. */
import { type Command, Option } from 'commander';
import curve from '../../../data/curve.csv?raw';
import type { Notice } from '../../data/table/notices.ts';
import { type FoundingResult, foundingReport } from '../../founding/founding.ts';
import type { Watching } from '../../founding/population.ts';
import { cellsCsv, curvesCsv, fitsCsv } from '../../founding/report-csv.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import { saveModel } from '../../model/model.ts';
import { message } from '../../util/message.ts';
import {
  type FolderFlags,
  keepingChoices,
  keptFolder,
  overwriteOption,
  refuseEarlier,
} from '../checkpoints/kept-folder.ts';
import { type Input, openInput } from '../files/read.ts';
import type { Written } from '../files/results.ts';
import { type EngineFlags, engineOptions, engineRequest, headlessEngine } from '../headless.ts';
import { interruptible } from '../interrupt.ts';
import { inLanguage } from '../language.ts';
import { holdFolder, isFinished, type OutFolder } from '../out-folder.ts';
import { closing } from '../output/help.ts';
import { print, printJson } from '../output/output.ts';
import { reportProgress } from '../output/report-progress.ts';
import { findingsText, reportText } from '../output/report-text.ts';
import { printError } from '../output/terminal.ts';
import { addReadingOptions, type ReadingFlags, readingFrom, readTable } from '../reading.ts';
import { wholeNumber } from '../whole-number.ts';

interface Flags extends ReadingFlags, EngineFlags, FolderFlags {
  hidden?: string;
  seeds?: string;
  epochs?: string;
  asPublished?: boolean;
  json?: boolean;
  quiet?: boolean;
}

const sample: Input = {
  source: 'data/curve.csv',
  async *bytes() {
    yield new TextEncoder().encode(curve);
  },
};
const mostSeeds = 1000;
const mostEpochs = 100_000;
const mostUnits = 4096;

const notes = [
  'A course report trained 1-150-150-1 networks on a curve: {sigmoid, tanh, relu, leaky_relu} x {sgd, adam} x batch size {1, 4, 8}, learning rate 1e-4, 80/20 split. This trains all of them with several seeds, and asks of each finding whether it holds.',
  'FILE has columns x and y, or just two columns of numbers. Without a GPU the whole report takes some minutes: try --seeds 2 --epochs 10 first.',
  'Ctrl-C ends the training and reports what there is. With --out, the same command with --resume goes on, after Ctrl-C or anything else that ended it, and comes to the same numbers to the last bit; only times are those of the last start.',
];

export function define(command: Command): void {
  command
    .argument('[FILE]', `A CSV file with columns x and y, or - for standard input\ndefault the sample ${sample.source}`)
    .usage('[FILE] [--seeds N] [--epochs N] [--out FOLDER]')
    .addHelpText('after', () => closing(notes, ['perceptron-lab report --out founding']))
    .action(reportCommand);
  for (const option of [
    new Option('--seeds <n>', 'Seeds of each combination\ndefault 10'),
    new Option('--epochs <n>', 'Most epochs of a trial\ndefault 100'),
    new Option('--hidden <a,b,...>', 'Units of the hidden layers, for a quick look\ndefault 150,150'),
    new Option('--as-published', 'Train by the published update rule too, with its three slips'),
    ...engineOptions(),
    new Option(
      '--out <folder>',
      'Write report.html, report.json, cells.csv, curves.csv, fits.csv and best.safetensors there',
    ),
    new Option('--resume', 'Go on with the report in the folder of --out'),
    overwriteOption(),
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
  const request = engineRequest(flags);
  refuseEarlier(flags, 'report');
  if (isFinished(flags, 'report')) {
    if (flags.json) printJson({ command: 'report', finished: true, files: [] });
    return;
  }
  const input = file === undefined ? sample : await openInput(file);
  const table = await readTable(input, readingFrom(flags));
  const out = holdFolder(flags, 'report');
  const store = keptFolder(flags);

  const unusable: Notice[] = [];
  const engine = await headlessEngine(request, store && ((known) => keepingChoices(store, known, unusable)));
  try {
    const result = await watched(!flags.quiet, (watching) =>
      foundingReport(engine, table, {
        seeds,
        epochs,
        hidden,
        published: flags.asPublished ?? false,
        runtime: `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
        repeat: repeated(file, seeds, epochs, flags),
        store,
        ...watching,
      }),
    );
    const { report } = result;
    report.notices.push(...unusable);
    const { files, unwritten } = await written(out, file === undefined ? [] : [file], result);
    if (flags.json) printJson({ command: 'report', ...report, files });
    else print(flags.quiet ? findingsText(report) : reportText(report, files));
    if (report.interrupted) {
      process.exitCode = 130;
      if (store) printError(inLanguage(message(summary, 'interrupted')));
    }
    if (unwritten) throw unwritten;
    // What there was to go on from is in the results now.
    if (!report.interrupted) store?.clear();
  } finally {
    engine.destroy();
    out?.release();
  }
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
    ...(flags.reproducible ? ['--reproducible'] : []),
  ];
  return words.join(' ');
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

async function written(
  out: OutFolder | undefined,
  inputs: readonly string[],
  { report, best }: FoundingResult,
): Promise<Written> {
  if (out === undefined) return { files: [] };
  const results = {
    'report.json': () => [`${JSON.stringify(report, inNineDigits, 1)}\n`],
    'cells.csv': () => cellsCsv(report),
    'curves.csv': () => curvesCsv(report),
    'fits.csv': () => fitsCsv(report),
    ...(best ? { 'best.safetensors': () => [saveModel(best)] } : {}),
  };
  const page = async () => {
    const { foundingHtml } = await import('../../founding/page/page.ts');
    return foundingHtml(report, new Date(), best && saveModel(best));
  };
  return out.write({ files: results, report: page }, inputs);
}
