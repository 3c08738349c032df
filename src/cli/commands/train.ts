/** `train FILE --target COL`: from a table to a trained network, its metrics and its files. */
import { type Command, Option } from 'commander';
import { type Notice, sortNotices } from '../../data/table/notices.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import { saveModel } from '../../model/model.ts';
import { parseChanges } from '../../spec/changes.ts';
import type { RecordedBase } from '../../train/base-model.ts';
import { recordedData } from '../../train/recorded-data.ts';
import { historyCsv } from '../../train/results/history-csv.ts';
import { type Run, train } from '../../train/trainer.ts';
import type { RunError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import {
  type FolderFlags,
  keepingChoices,
  keptFolder,
  overwriteOption,
  refuseEarlier,
} from '../checkpoints/kept-folder.ts';
import { TrainCheckpoints } from '../checkpoints/train-checkpoint.ts';
import { trainIdentity } from '../checkpoints/train-identity.ts';
import { openInput } from '../files/read.ts';
import { preparationFor } from '../fine-tune.ts';
import { type EngineFlags, engineOptions, engineRequest, headlessEngine } from '../headless.ts';
import { watched } from '../interrupt.ts';
import { inLanguage } from '../language.ts';
import { addSettingOptions, type Given, named, settingsFrom } from '../options.ts';
import { holdFolder, isFinished, type OutFolder } from '../out-folder.ts';
import { closing } from '../output/help.ts';
import { print, printJson, warnCritical } from '../output/output.ts';
import { watchRun } from '../output/progress.ts';
import { scoresTable } from '../output/scores.ts';
import { printError } from '../output/terminal.ts';
import { endInWords, type TrainResult, trainJson, trainText } from '../output/train-text.ts';
import { addReadingOptions, type ReadingFlags, readingFrom, readTable } from '../reading.ts';
import { isRefittable, refitOnAllRows } from '../refit.ts';
import { scoredRun } from '../scored-run.ts';

interface Flags extends ReadingFlags, EngineFlags, FolderFlags {
  changes?: string;
  from?: string;
  refit?: string;
  json?: boolean;
  quiet?: boolean;
}

const notes = [
  "Losses are in scaled units, metrics in the target's own, or of classes. Weights act on the training loss alone: validation loss and metrics count every row once. Ctrl-C ends the run and keeps what was learned.",
  'With --out, the same command with --resume goes on, after Ctrl-C or anything else that ended it, and comes to the same numbers to the last bit; only times are those of the last start.',
  '--learning-rate and --training.optimizer.learning_rate are --learning_rate; --no-shuffle is --shuffle false.',
  'Exit codes: 0 done, 1 the run failed or diverged, 2 bad usage or bad input, 130 interrupted.',
];

const examples = [
  'perceptron-lab train curve.csv --target y --hidden 150,150 --out run',
  'perceptron-lab train curve.csv --target y --optimizer sgd --momentum 0.9',
  'perceptron-lab train curve.csv --target y --activation relu,tanh --l2 1e-4',
  'perceptron-lab train more.csv --from run --learning_rate 1e-4 --epochs 20 --out tuned',
  'perceptron-lab train people.csv --target answer --types zip=category,born=date --ignore name',
];

export function define(command: Command): void {
  command
    .argument('FILE', 'A CSV file with a header row, or - for standard input')
    .usage('FILE --target COLUMN [settings] [--out FOLDER]')
    .addHelpText('after', () => closing(notes, examples))
    .action((file: string, given: Given) => trainCommand(file, given, given as unknown as Flags));
  addSettingOptions(command);
  addReadingOptions(command);
  for (const option of [
    ...engineOptions(),
    new Option(
      '--from <model>',
      'Go on training this model, a .safetensors file or its folder: target, columns and network are its own\nsplit and training are asked for here; a lower learning rate and few epochs suit it',
    ),
    new Option(
      '--changes <list>',
      'Settings to change while it trains: learning_rate:0.003@1280 once 1280 steps are done\nany of learning_rate, momentum, weight_decay, l1, l2, clip_norm; setting:value@step,...',
    ),
    new Option(
      '--plan <code>',
      'Repeat the bits of a run: its plan_code, as --json, its report, its model and its link say\ndefault what is measured to be the quickest',
    ),
    new Option('--out <folder>', 'Write model.safetensors, history.csv and report.html there'),
    new Option(
      '--refit <true|false>',
      'Train again on all rows before the model is saved, for as many epochs as were best; scores stay those of the first training\ndefault true',
    ).choices(['true', 'false']),
    new Option('--resume', 'Go on with the run in the folder of --out'),
    overwriteOption(),
    new Option('--json', 'Print one JSON object instead of text'),
    new Option('--quiet', 'Print the metrics and nothing else, and show no progress'),
  ]) {
    command.addOption(option.helpGroup('Run:'));
  }
}

async function trainCommand(file: string, given: Given, flags: Flags): Promise<void> {
  const settings = settingsFrom(given);
  const changes = named(() => parseChanges(flags.changes ?? ''));
  const request = engineRequest(flags);
  const reading = readingFrom(flags);
  refuseEarlier(flags, 'run');
  if (isFinished(flags, 'run')) {
    if (flags.json) printJson({ command: 'train', file, finished: true, files: [] });
    return;
  }
  const rows = await readTable(await openInput(file), reading, flags.quiet);
  const preparation = await preparationFor(flags.from, given, settings, flags.quiet);
  const dataSettings = preparation.settings(rows);
  const data = await preparation.data(rows);
  const out = holdFolder(flags, 'run');
  const store = keptFolder(flags);

  const notices: Notice[] = [];
  const engine = await headlessEngine(request, store && ((known) => keepingChoices(store, known, notices)));
  let run: Run | undefined;
  try {
    const fresh = named(() => train(engine, data, preparation.trial, changes, flags.plan));
    run = fresh;
    const result = await watched(!flags.quiet, async (watch): Promise<TrainResult> => {
      const about = await trainIdentity(fresh, dataSettings, flags);
      const kept = store && (await TrainCheckpoints.open(store, about, notices));
      const trained = (await kept?.resume('train', fresh)) ?? fresh;
      run = trained;
      // A checkpoint leaves out what a run has begun with.
      const [{ initial_parameters }, progress] = [preparation.trial, trained.trials[0]];
      if (initial_parameters) progress.initial = { ...progress.initial, initial_parameters };
      const scored = await scoredRun(trained, watch, { file, rows, data, dataSettings }, flags.quiet, kept);
      if (out === undefined || flags.refit === 'false' || !isRefittable(data, scored.outcome)) return scored;
      const whole = await preparation.whole(rows);
      const refitted = await refitOnAllRows(
        engine,
        whole,
        trained,
        (again, epochs) => watchRun(watch, again, epochs, { doing: 'again on all rows, ', kept, part: 'refit' }),
        (again) => kept?.resume('refit', again) ?? Promise.resolve(again),
      );
      const interrupted = watch.signal.aborted && !refitted.model;
      return { ...scored, refitted, saved: refitted.saved, interrupted, resumed: kept?.resumed ?? 0 };
    });
    result.notices = sortNotices([...result.notices, ...notices]);
    const unwritten = out && (await write(result, out, preparation.base));
    if (flags.quiet) warnCritical(result.notices, dataSettings);
    if (flags.json) printJson(trainJson(result));
    else print(flags.quiet ? scoresTable(data, result.metrics, result.baseline) : trainText(result));
    conclude(result, unwritten, store !== undefined);
    // What there was to go on from is in the results now.
    if (!result.interrupted) store?.clear();
  } finally {
    await run?.destroy();
    engine.destroy();
    out?.release();
  }
}

async function write(
  result: TrainResult,
  out: OutFolder,
  base: RecordedBase | undefined,
): Promise<RunError | undefined> {
  const model = result.refitted?.model ?? (await result.run.model());
  if (base) model.origin.from = base;
  model.origin.metrics = result.metrics;
  // Of the rows that were scored: a refit has learned from all.
  model.origin.data = await recordedData(result.data);
  const results = {
    'model.safetensors': () => [saveModel(model)],
    'history.csv': () => historyCsv(result.run.history, result.data.preprocessing.task),
  };
  const report = async () => {
    const { trainPage } = await import('../output/train-report.ts');
    return trainPage(result, model);
  };
  const { files, unwritten } = await out.write({ files: results, report }, [result.file]);
  result.files = files;
  return unwritten;
}

function conclude({ outcome, interrupted }: TrainResult, unwritten: RunError | undefined, resumable: boolean): void {
  if (outcome.stopped === 'diverged') printError(endInWords(outcome));
  if (interrupted) process.exitCode = 130;
  if (interrupted && resumable) printError(inLanguage(message(summary, 'interrupted')));
  if (outcome.stopped === 'diverged') process.exitCode = 1;
  if (unwritten) throw unwritten;
}
