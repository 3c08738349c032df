/** `sweep FILE SWEEP.json`: many networks at once, and what they say together. */
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { Notice } from '../../data/table/notices.ts';
import { cli } from '../../messages/en/command-line/cli.ts';
import { shards } from '../../messages/en/command-line/shards.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import { checkSweep, checkTrialCount, type Sweep, type SweepInput } from '../../sweep/definition/definition.ts';
import { maxTrials, type SweepOptions, sweep } from '../../sweep/sweep.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import {
  type FolderFlags,
  keepingChoices,
  keptFolder,
  overwriteOption,
  refuseEarlier,
} from '../checkpoints/kept-folder.ts';
import { openInput } from '../files/read.ts';
import { type EngineFlags, engineOptions, engineRequest, headlessEngine } from '../headless.ts';
import { watched } from '../interrupt.ts';
import { inFile, readJson } from '../json-file.ts';
import { inLanguage } from '../language.ts';
import { addSettingOptions, dataSettingsFrom, type Given, settingsFrom } from '../options.ts';
import { holdFolder } from '../out-folder.ts';
import { closing } from '../output/help.ts';
import { estimateAloud } from '../output/sweep-estimate.ts';
import { sweepBar } from '../output/sweep-progress.ts';
import { printError } from '../output/terminal.ts';
import { openWhole } from '../queue/request.ts';
import {
  type SweepQueueFlags,
  sweepQueueOptions,
  sweepRequest,
  type TrainedElsewhere,
  trainOnQueue,
  withElsewhere,
} from '../queue/sweep.ts';
import { addReadingOptions, prepareTable, type ReadingFlags, readingFrom, readTable } from '../reading.ts';
import { parseShard, shardOption } from '../shards/option.ts';
import { sweepShard } from '../shards/sweep-shard.ts';
import { type EndingFlags, modelToSave, presentSweep, studyFacts } from '../sweeps/ending.ts';
import { liveJournal } from '../sweeps/optuna-live.ts';
import { optunaFile, optunaOption, refuseOptuna } from '../sweeps/optuna-option.ts';

interface Flags extends ReadingFlags, EngineFlags, FolderFlags, EndingFlags, SweepQueueFlags {
  maxTrials?: string;
  shard?: string;
}

const notes = [
  'SWEEP.json: { "base": settings that all share, "grid": { "model.activation": ["relu", "tanh"], ... }, "random": { "training.optimizer.learning_rate": { "from": 1e-4, "to": 0.1, "scale": "log" } }, "samples": 20, "seeds": 10, "folds": 5 }; every part may be left out. Settings have the names that train has, with their section in front, in base as in grid: "training.batch_size": 8, or groups within groups.',
  "Combinations are ordered by the mean of the validation metric over seeds and folds; test rows are scored once, at the end. Intervals are 95 % intervals of the mean by Student's t, from 100 values on by bootstrap. Folds share rows to train on, so that a mean over them is less sure than its interval says.",
  'With "halving": { "first": 10, "factor": 3 }, the best third of the combinations goes on after 10 epochs, of these the best third after 30, and so on.',
  'Before a sweep of more than a few seconds it is said how long it will take, measured by training each size of network for a moment; not with --quiet or --resume.',
  'Ctrl-C ends the sweep and says what there is. With --out, the same command with --resume goes on, after Ctrl-C or anything else that ended it, and comes to the same results to the last bit. More seeds, values or combinations may be added: what has been trained is not trained again.',
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
    ...engineOptions(),
    new Option('--out <folder>', 'Write sweep.json, trials.csv, curves.csv, report.html and model.safetensors there'),
    new Option(
      '--model <average|best>',
      "The model to write: the average of the best combination's seeds and folds, each trained again on all rows for the epochs that it had kept, or its best trial as it is\ndefault average",
    ).choices(['average', 'best']),
    new Option('--resume', 'Go on with the sweep in the folder of --out'),
    overwriteOption(),
    ...sweepQueueOptions(),
    shardOption(),
    optunaOption(),
    new Option('--max-trials <n>', `Refuse sweeps with more trials\ndefault ${maxTrials}`),
    new Option('--json', 'Print one JSON object instead of text'),
    new Option('--quiet', 'Print the leaderboard and nothing else, and show no progress'),
  ]) {
    command.addOption(option.helpGroup('Run:'));
  }
}

/** What a person writes, and more than a thousand times that. */
const maxSweepBytes = 1_000_000;

async function sweepCommand(file: string, sweepFile: string, given: Given, flags: Flags): Promise<void> {
  const settings = settingsFrom(given);
  const request = engineRequest(flags);
  const max_trials = parseMaxTrials(flags.maxTrials);
  const shard = flags.shard === undefined ? undefined : parseShard(flags.shard);
  const input = (await readJson(sweepFile, maxSweepBytes)) as SweepInput;
  const definition = inFile(sweepFile, () => checkSweep(input));
  if (shard) refuseShard(definition, flags);
  // Before a long table is read.
  refuseOptuna(flags);
  refuseEarlier(flags, 'sweep');
  checkTrialCount(definition, max_trials, '--max-trials');
  const queued = await sweepRequest(flags);
  const opened = queued ? await openWhole(file) : await openInput(file);
  const read = await readTable(opened, readingFrom(flags), flags.quiet);
  const dataSettings = dataSettingsFrom(settings, read);
  const folds = await prepareTable(read, dataSettings, definition.folds, flags.quiet);
  const out = holdFolder(flags, 'sweep');
  const kept = keptFolder(flags);
  const live =
    flags.optuna && kept && out
      ? await liveJournal(
          join(out.path, optunaFile),
          studyFacts({ file, definition, folds, dataSettings }),
          kept,
          flags.resume,
        )
      : undefined;
  const store = live?.store ?? kept;

  const unusable: Notice[] = [];
  let elsewhere: TrainedElsewhere | undefined;
  if (queued && out && store) {
    const sent = { request: queued, flags, input, table: opened, folds, data: dataSettings, store, notices: unusable };
    elsewhere = await trainOnQueue(sent, out);
    if (!elsewhere) return;
  }
  const engine = await headlessEngine(request, store && ((known) => keepingChoices(store, known, unusable)));
  try {
    const job = { file, inputs: [file, sweepFile], definition, read, folds, dataSettings };
    if (shard && kept && out) {
      const asked = { reading: { ...readingFrom(flags) }, engine: request };
      return await sweepShard(engine, job, {
        ...{ shard, store: kept, out, sweepFile, input, asked, max_trials, flags },
        notices: unusable,
      });
    }
    const found = await watched(!flags.quiet, async (watch) => {
      const { signal, withBar } = watch;
      // What has been trained before is not counted.
      const estimate =
        flags.quiet || flags.resume || queued
          ? undefined
          : await inFile(sweepFile, () => estimateAloud(engine, folds, input, signal));
      const result = await withBar(
        () => sweepBar(),
        async (bar) => {
          const progress: SweepOptions['progress'] = (progress, statuses) => {
            bar?.update(progress);
            live?.progress(progress, statuses);
          };
          const found = await inFile(sweepFile, () =>
            sweep(engine, folds, input, { max_trials, progress, signal, store }),
          );
          return elsewhere ? withElsewhere(found, elsewhere) : found;
        },
      );
      const interrupted = signal.aborted;
      const saved = out && (await modelToSave(engine, job, result, watch, flags));
      return { result, saved, interrupted, estimate, aborted: signal.aborted };
    });
    const unwritten = await presentSweep(job, { ...found, notices: unusable }, out, flags);
    if (found.aborted) {
      process.exitCode = 130;
      if (store) printError(inLanguage(message(summary, 'interrupted')));
    }
    if (unwritten) throw unwritten;
  } finally {
    engine.destroy();
    out?.release();
  }
}

/** @throws InputError where no shard of it can be trained */
function refuseShard({ halving }: Sweep, { out, queue }: Flags): void {
  if (queue !== undefined) throw new InputError(message(shards, 'shard_and_queue'), 'shard');
  if (halving) throw new InputError(message(shards, 'shard_halving'), 'shard');
  if (out === undefined) throw new InputError(message(shards, 'shard_without_out'), 'shard');
}

function parseMaxTrials(text: string | undefined): number {
  const value = text === undefined ? maxTrials : Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new InputError(message(cli, 'max_trials', { text: text ?? '' }), 'max_trials');
}
