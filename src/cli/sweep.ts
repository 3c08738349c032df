/** `sweep FILE SWEEP.json`: many networks at once, and what they say together. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { readCsv } from '../data/csv.ts';
import type { DataSet } from '../data/dataset.ts';
import { prepare, prepareFolds } from '../data/prepare.ts';
import { engineChoices } from '../engine/request.ts';
import type { DataSettings } from '../spec/data-settings.ts';
import { InputError, RunError } from '../spec/errors.ts';
import { counted, list } from '../spec/words.ts';
import { checkSweep, type SweepInput, trialsOf } from '../sweep/definition.ts';
import { type SweepProgress, type SweepResult, sweep } from '../sweep/sweep.ts';
import { trialsCsv } from '../sweep/trials-csv.ts';
import { openInput, prepareFolder, writeFiles } from './files.ts';
import { engineChoice, headlessEngine } from './headless.ts';
import { closing } from './help.ts';
import { leaderTable, mostShown } from './leader-table.ts';
import { addSettingOptions, type Given, named, settingsFrom } from './options.ts';
import { duration, pairs, print, printJson, significant, wrapped } from './output.ts';
import { addReadingOptions, type ReadingFlags, readingFrom } from './reading.ts';

interface Flags extends ReadingFlags {
  engine?: string;
  out?: string;
  maxTrials?: string;
  json?: boolean;
  quiet?: boolean;
}

const mostTrials = 10_000;

const notes = [
  'SWEEP.json: { "base": settings that all share, "grid": { "model.activation": ["relu", "tanh"], ... }, "random": { "training.optimizer.learning_rate": { "from": 1e-4, "to": 0.1, "scale": "log" } }, "samples": 20, "seeds": 10, "folds": 5 }; every part may be left out. Settings have the names that train has, with their section in front.',
  'Combinations are ordered by the mean of the validation metric over seeds and folds; test rows are scored once, at the end. Intervals are 95 % bootstrap intervals of the mean.',
  'Ctrl-C ends the sweep and scores what there is.',
];

export function define(command: Command): void {
  command
    .argument('FILE', 'A CSV file with a header row, or - for standard input')
    .argument('SWEEP', 'A JSON file that says what to try')
    .usage('FILE SWEEP.json --target COLUMN [settings of the data] [--out FOLDER]')
    .addHelpText('after', () => closing(notes, ['perceptron-lab sweep curve.csv sweep.json --target y --out sweep']))
    .action((file: string, sweepFile: string, given: Given) =>
      sweepCommand(file, sweepFile, given, given as unknown as Flags),
    );
  addSettingOptions(command, 'data');
  addReadingOptions(command);
  for (const option of [
    new Option('--engine <name>', `What computes\n${list(engineChoices)}; default auto`),
    new Option('--out <folder>', 'Write sweep.json and trials.csv there'),
    new Option('--max-trials <n>', `Refuse sweeps with more trials\ndefault ${mostTrials}`),
    new Option('--json', 'Print one JSON object instead of text'),
    new Option('--quiet', 'Print the leaderboard and nothing else, and show no progress'),
  ]) {
    command.addOption(option.helpGroup('Run:'));
  }
}

async function sweepCommand(file: string, sweepFile: string, given: Given, flags: Flags): Promise<void> {
  const settings = settingsFrom(given);
  const choice = engineChoice(flags.engine ?? 'auto');
  const max_trials = maxTrials(flags.maxTrials);
  const input = readSweep(sweepFile);
  const definition = inFile(sweepFile, () => checkSweep(input));
  refuseTooMany(trialsOf(definition), max_trials);
  const opened = await openInput(file);
  const read = await readCsv(opened.bytes, { ...readingFrom(flags), source: opened.source });
  if (settings.data.target === undefined) {
    const names = read.columns.map(({ name }) => name);
    throw new InputError(`--target: is missing; name the column to predict: ${list(names)}.`, 'target');
  }
  const dataSettings = { ...settings.data } as DataSettings;
  const folds = named(() =>
    definition.folds > 1 ? prepareFolds(read, dataSettings, definition.folds) : [prepare(read, dataSettings)],
  );
  if (flags.out !== undefined) refuseOther(flags.out);

  const engine = await headlessEngine(choice);
  try {
    const { result, interrupted } = await watched(!flags.quiet, (progress, signal) =>
      inFile(sweepFile, () => sweep(engine, folds, input, { max_trials, progress, signal })),
    );
    const [data] = folds;
    const json = {
      command: 'sweep',
      file,
      sweep: definition,
      target: dataSettings.target,
      task: data.preprocessing.task,
      engine: { kind: engine.kind, adapter: engine.adapter, software: engine.software, why: engine.why },
      data: dataSettings,
      interrupted,
      ...result,
      seconds: Number(result.seconds.toFixed(3)),
      notices: [...read.notices, ...(read.format?.unclear ?? []), ...data.notices],
    };
    const files = flags.out === undefined ? [] : write(flags.out, json, result);
    if (flags.json) printJson({ ...json, files });
    else print(flags.quiet ? leaderTable(result) : textOf(file, data, json.engine, json.notices, result, files));
    if (interrupted) process.exitCode = 130;
  } finally {
    engine.destroy();
  }
}

function maxTrials(text: string | undefined): number {
  const value = text === undefined ? mostTrials : Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new InputError(`--max-trials: "${text}" is not a whole number of at least 1.`, 'max_trials');
}

function refuseTooMany(trials: number, most: number): void {
  if (trials <= most) return;
  const shown = [trials, most].map((count) => count.toLocaleString('en-US'));
  throw new InputError(
    `The sweep has ${shown[0]} trials, more than ${shown[1]}; try fewer values or seeds, or allow it with --max-trials ${trials}.`,
    'max_trials',
  );
}

function readSweep(file: string): SweepInput {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(`${file}: ${code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`}.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file}: is not JSON: ${(error as Error).message}.`);
  }
}

/** What is refused is said with the file that it stands in. */
function inFile<Result>(file: string, work: () => Result): Result {
  const say = (error: unknown) =>
    error instanceof InputError ? new InputError(`${file}, ${error.message}`, error.where) : error;
  try {
    const result = work();
    if (!(result instanceof Promise)) return result;
    return result.catch((error) => {
      throw say(error);
    }) as Result;
  } catch (error) {
    throw say(error);
  }
}

/** @throws InputError where the folder holds a sweep already, or cannot be written to */
function refuseOther(folder: string): void {
  prepareFolder(folder);
  const there = ['sweep.json', 'trials.csv'].find((name) => existsSync(join(folder, name)));
  if (there) {
    throw new InputError(`--out ${folder}: holds a sweep already (${there}); name another folder.`, 'out');
  }
}

async function watched(
  visibly: boolean,
  work: (progress: (progress: SweepProgress) => void, signal: AbortSignal) => Promise<SweepResult>,
): Promise<{ result: SweepResult; interrupted: boolean }> {
  const abort = new AbortController();
  const interrupt = () => {
    if (abort.signal.aborted) process.exit(130);
    abort.abort();
  };
  const bar = visibly && process.stderr.isTTY ? await progressBar() : undefined;
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    const result = await work((progress) => bar?.update(progress), abort.signal);
    return { result, interrupted: abort.signal.aborted };
  } finally {
    bar?.stop();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

async function progressBar() {
  const { SingleBar } = (await import('cli-progress')).default;
  const bar = new SingleBar({
    format: '{bar} {percentage} %  {ended}/{trials} trials  {rate} epochs/s  {left} left',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false, // the sweep has its own answer to Ctrl-C
    barsize: 24,
  });
  bar.start(1, 0, { ended: 0, trials: '…', rate: '…', left: '…' });
  return {
    update({ trials, ended, epochs, ofEpochs, seconds }: SweepProgress) {
      const rate = epochs / Math.max(seconds, 1e-3);
      bar.setTotal(ofEpochs);
      bar.update(epochs, { ended, trials, rate: significant(rate), left: duration((ofEpochs - epochs) / rate) });
    },
    stop: () => bar.stop(),
  };
}

function write(folder: string, json: object, result: SweepResult): string[] {
  try {
    return writeFiles({
      [join(folder, 'sweep.json')]: [`${JSON.stringify(json, null, 1)}\n`],
      [join(folder, 'trials.csv')]: trialsCsv(result.trials),
    });
  } catch (error) {
    // The results are on the screen in any case.
    if (!(error instanceof RunError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
    return [];
  }
}

function textOf(
  file: string,
  data: DataSet,
  engine: { kind: string; adapter: string; software: boolean; why: string },
  notices: string[],
  result: SweepResult,
  files: string[],
): string {
  const { trials, populations, leaderboard, seconds } = result;
  const diverged = trials.filter(({ stopped }) => stopped === 'diverged').length;
  const facts = pairs([
    ['data', `${file}: ${counted(data.rows, 'row')}`],
    [
      'sweep',
      `${counted(leaderboard.length, 'combination')}, ${counted(trials.length, 'trial')} in ${counted(populations.length, 'population')}`,
    ],
    [
      'engine',
      `${engine.kind} (${engine.adapter}${engine.software ? ', a software adapter' : ''}), ${[...new Set(populations.map(({ plan }) => plan))].join(' and ')}; ${engine.why}`,
    ],
    ...notices.map((notice) => ['note', notice] as const),
    ...(diverged > 0
      ? [['note', `${counted(diverged, 'trial')} diverged; they are scored with their last good parameters.`] as const]
      : []),
  ]);
  const more = leaderboard.length > mostShown ? `, the best ${mostShown} of ${leaderboard.length}` : '';
  return [
    facts,
    leaderTable(result),
    wrapped(
      `Ordered by the validation mean${more}. ± is the standard deviation over seeds and folds, brackets hold the 95 % interval of the mean. ${duration(seconds)}.`,
    ),
    ...(files.length > 0 ? [pairs([['wrote', files.join(', ')]])] : []),
  ].join('\n\n');
}
