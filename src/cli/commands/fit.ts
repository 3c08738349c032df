/** `fit FILE --target COL`: the best model of a table by itself, what it is worth, and the files that hold and repeat it. */
import { dirname } from 'node:path';
import { type Command, Option } from 'commander';
import * as z from 'zod/mini';
import { type FitResult, fit as fitModel } from '../../fit/fit.ts';
import { cli } from '../../messages/en/command-line/cli.ts';
import { shards } from '../../messages/en/command-line/shards.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import { checkData, checkFit } from '../../spec/check.ts';
import type { DataSettingsInput } from '../../spec/data-settings.ts';
import { fitDefaultsByPath, fitSplit } from '../../spec/fit-defaults.ts';
import type { FitSettings, FitSettingsInput } from '../../spec/fit-settings.ts';
import { InputError, RunError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { type FolderFlags, keptFolder, overwriteOption, refuseEarlier } from '../checkpoints/kept-folder.ts';
import { type Input, openInput } from '../files/read.ts';
import { presentFit } from '../fits/ending.ts';
import { type EngineFlags, engineOptions, engineRequest, headlessEngine } from '../headless.ts';
import { interruptible } from '../interrupt.ts';
import { inFile, readJson } from '../json-file.ts';
import { inLanguage } from '../language.ts';
import { addFitOptions, addSettingOptions, type Given, named, withTarget, writtenSettings } from '../options.ts';
import { finishResults, holdFolder } from '../out-folder.ts';
import { fitBar, fitLength } from '../output/fit-progress.ts';
import { closing } from '../output/help.ts';
import { printError } from '../output/terminal.ts';
import { type FitWatch, fitOnQueue } from '../queue/fit.ts';
import { openWhole, type QueueFlags, queueOptions, queueRequest } from '../queue/request.ts';
import { addReadingOptions, type ReadingFlags, readingFrom, readTable } from '../reading.ts';
import { fitShard } from '../shards/fit-shard.ts';
import { parseShard, shardOption } from '../shards/option.ts';

interface Flags extends ReadingFlags, EngineFlags, FolderFlags, QueueFlags {
  minutes?: string;
  repeat?: string;
  shard?: string;
  json?: boolean;
}

const notes = [
  'Networks with random settings train as packs, each once on every fold; the ensemble of those that answer held-out rows best together is one model, which predict, evaluate and the page take. Scores are of rows that its networks had not seen, by ensembles that were chosen without them; a linear model and always the same answer stand beside them. docs/fit.md says how.',
  'Ctrl-C ends the search and keeps the best so far. fit.json has the plan that the search made of rows, speed and time: with --repeat the same table gives the same model to the last bit on the same engine. Data settings, seed, target and engine are those of the file then, unless others are given.',
  'With --queue workers on other machines train, and the minutes begin when one of them takes the first pack. Packs are kept in the folder of --out: the same command with --resume goes on, after Ctrl-C or anything else that ended it, and with more --minutes for longer.',
  'Exit codes: 0 done, 1 nothing could be trained, 2 bad usage or bad input, 130 interrupted.',
];

const examples = [
  'perceptron-lab fit houses.csv --target price --out houses',
  'perceptron-lab fit people.csv --target answer --minutes 5 --ignore name',
  'perceptron-lab fit houses.csv --repeat houses/fit.json --out again',
];

export function define(command: Command): void {
  command
    .argument('FILE', 'A CSV file with a header row, or - for standard input')
    .usage('FILE --target COLUMN [--minutes N] [settings of the data] [--out FOLDER]')
    .addHelpText('after', () => closing(notes, examples))
    .action((file: string, given: Given) => fitCommand(file, given, given as unknown as Flags));
  addFitOptions(command);
  command.addOption(
    new Option('--repeat <file>', 'Repeat the search that this fit.json is of, by its plan').helpGroup('Search:'),
  );
  addSettingOptions(command, 'data', fitDefaultsByPath);
  addReadingOptions(command);
  for (const option of [
    ...engineOptions(),
    new Option('--out <folder>', 'Write model.safetensors, fit.json and report.html there'),
    overwriteOption(),
    shardOption(),
    ...queueOptions(),
    new Option('--resume', 'Go on with the shard, or the fit on a queue, in the folder of --out'),
    new Option('--json', 'Print one JSON object instead of text'),
    new Option('--quiet', 'Print the scores and nothing else, and show no progress'),
  ]) {
    command.addOption(option.helpGroup('Run:'));
  }
}

async function fitCommand(file: string, given: Given, flags: Flags): Promise<void> {
  const shard = flags.shard === undefined ? undefined : parseShard(flags.shard);
  if (shard && flags.out === undefined) throw new InputError(message(shards, 'shard_without_out'), 'shard');
  const queued = await queueRequest(flags);
  if (shard && queued) throw new InputError(message(shards, 'shard_and_queue'), 'shard');
  if (flags.resume && !shard && !queued) throw new InputError(message(shards, 'resume_without_shard'), 'resume');
  const repeated = flags.repeat === undefined ? undefined : await readRepeated(flags.repeat, flags);
  const settings = named(() => checkFit({ ...repeated?.fit, ...writtenSettings(given, 'fit') }));
  const written = mergedData(repeated?.data, writtenSettings(given, 'data'));
  // What is wrong with them is said before a long table is read.
  named(() => checkData({ target: 'not yet known', ...written, split: fitSplit(written.split) }));
  const request = engineRequest({ ...flags, engine: flags.engine ?? repeated?.engine });
  const reading = readingFrom(flags);
  refuseEarlier(flags, 'fit');
  const opened: Input & { whole?: Uint8Array } = queued ? await openWhole(file) : await openInput(file);
  const rows = await readTable(opened, reading, flags.quiet);
  const dataSettings = withTarget(written, rows);
  const out = holdFolder(flags, 'fit');

  const engine = await headlessEngine(request);
  try {
    const store = keptFolder(flags);
    if (shard && store && out) {
      const asked = { reading: { ...reading }, engine: request };
      return await fitShard(engine, { shard, store, out, file, rows, dataSettings, settings, asked, flags });
    }
    const work = async (options: FitWatch) => {
      if (!queued || !store || !opened.whole) {
        const all = { ...dataSettings, ...settings, ...options };
        return { result: await named(() => fitModel(engine, rows, all)) };
      }
      const table = { bytes: opened.whole, reading: { ...reading } };
      return fitOnQueue(
        engine,
        { request: queued, asked: request, store, table, rows, dataSettings, settings },
        options,
      );
    };
    const found = await watched(settings, !flags.quiet, work);
    if (!found) return;
    const unwritten = await presentFit({ file, path: file, rows, settings, ...found }, out, flags);
    if (found.interrupted) {
      process.exitCode = 130;
      if (queued) printError(inLanguage(message(summary, 'interrupted')));
    }
    if (unwritten) throw unwritten;
  } finally {
    engine.destroy();
    out?.release();
  }
}

interface Repeated {
  data: DataSettingsInput;
  fit: FitSettingsInput;
  engine: string;
}

const repeatable = z.object({
  command: z.literal('fit'),
  engine: z.object({ kind: z.string() }),
  settings: z.object({
    data: z.record(z.string(), z.unknown()),
    fit: z.looseObject({ plan: z.record(z.string(), z.unknown()) }),
  }),
});

/** A fit of days, each second of its progress told. */
const maxFitBytes = 20_000_000;

/** What a fit.json says of how it was made. @throws InputError */
async function readRepeated(file: string, { minutes }: Flags): Promise<Repeated> {
  if (minutes !== undefined) throw new InputError(message(cli, 'repeat_and_minutes'), 'minutes');
  finishResults(dirname(file));
  const { data: contents } = repeatable.safeParse(await readJson(file, maxFitBytes));
  if (!contents) throw new InputError(message(cli, 'file_not_fit', { file }), 'repeat');
  const { engine, settings } = contents;
  return inFile(file, () => ({
    data: checkData(settings.data),
    fit: checkFit(settings.fit),
    engine: engine.kind,
  }));
}

/** What was given goes before what is repeated. */
function mergedData(
  repeated: DataSettingsInput | undefined,
  given: Partial<DataSettingsInput>,
): Partial<DataSettingsInput> {
  const split = { ...repeated?.split, ...given.split };
  return { ...repeated, ...given, ...(Object.keys(split).length > 0 ? { split } : {}) };
}

/** Fits to the end, or until Ctrl-C; undefined where that was too early. */
async function watched<Found extends { result: FitResult }>(
  settings: FitSettings,
  visibly: boolean,
  work: (options: FitWatch) => Promise<Found>,
): Promise<(Found & { interrupted: boolean }) | undefined> {
  const abort = new AbortController();
  const { signal } = abort;
  const bar = visibly && process.stderr.isTTY ? await fitBar(fitLength(settings)) : undefined;
  try {
    const found = await interruptible(
      () => abort.abort(),
      () => bar?.stop(),
      () => work({ signal, progress: (progress) => bar?.update(progress) }),
    );
    return { ...found, interrupted: signal.aborted };
  } catch (error) {
    const early = error === signal.reason || (error instanceof RunError && error.code === 'nothing_trained');
    if (!signal.aborted || !early) throw error;
    bar?.stop();
    printError(inLanguage(message(cli, 'fit_ended_early')));
    process.exitCode = 130;
    return undefined;
  } finally {
    bar?.stop();
  }
}
