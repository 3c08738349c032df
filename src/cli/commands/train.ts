/** `train FILE --target COL`: from a table to a trained network, its metrics and its files. */
import { type Command, Option } from 'commander';
import { type Notice, sortNotices, warning } from '../../data/table/notices.ts';
import type { RowSet } from '../../engine/engine.ts';
import { cli } from '../../messages/en/cli.ts';
import { baselineMetrics, type Metrics } from '../../model/metrics.ts';
import { saveModel } from '../../model/model.ts';
import { changesText, parseChanges } from '../../spec/changes.ts';
import { historyCsv } from '../../train/history-csv.ts';
import { type Run, train } from '../../train/trainer.ts';
import { verdictOfRun } from '../../train/verdict.ts';
import type { RunError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { openInput } from '../files/read.ts';
import { type EngineFlags, engineOptions, engineRequest, headlessEngine } from '../headless.ts';
import { type Watch, watched } from '../interrupt.ts';
import { type FolderFlags, overwriteOption, refuseEarlier } from '../kept-folder.ts';
import { addSettingOptions, dataSettingsFrom, type Given, named, settingsFrom } from '../options.ts';
import { holdFolder, type OutFolder } from '../out-folder.ts';
import { closing } from '../output/help.ts';
import { print, printJson, warnCritical } from '../output/output.ts';
import { watchRun } from '../output/progress.ts';
import { type MetricsBySet, scoresTable } from '../output/scores.ts';
import { printError } from '../output/terminal.ts';
import { endInWords, type TrainResult, trainJson, trainText } from '../output/train-text.ts';
import {
  addReadingOptions,
  prepareTable,
  prepareWhole,
  type ReadingFlags,
  readingFrom,
  readTable,
  withStatus,
} from '../reading.ts';
import { isRefittable, refitOnAllRows } from '../refit.ts';

interface Flags extends ReadingFlags, EngineFlags, FolderFlags {
  changes?: string;
  refit?: string;
  json?: boolean;
  quiet?: boolean;
}

const notes = [
  "Losses are in scaled units, metrics in the target's own, or of classes. Weights act on the training loss alone: validation loss and metrics count every row once. Ctrl-C ends the run and keeps what was learned.",
  '--learning-rate and --training.optimizer.learning_rate are --learning_rate; --no-shuffle is --shuffle false.',
  'Exit codes: 0 done, 1 the run failed or diverged, 2 bad usage or bad input, 130 interrupted.',
];

const examples = [
  'perceptron-lab train curve.csv --target y --hidden 150,150 --out run',
  'perceptron-lab train curve.csv --target y --optimizer sgd --momentum 0.9',
  'perceptron-lab train curve.csv --target y --activation relu,tanh --l2 1e-4',
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
      '--changes <list>',
      'Settings to change while it trains: learning_rate:0.003@1280 once 1280 steps are done\nany of learning_rate, momentum, weight_decay, l1, l2, clip_norm; setting:value@step,...',
    ),
    new Option('--out <folder>', 'Write model.safetensors, history.csv and report.html there'),
    new Option(
      '--refit <true|false>',
      'Train again on all rows before the model is saved, for as many epochs as were best; scores stay those of the first training\ndefault true',
    ).choices(['true', 'false']),
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
  const rows = await readTable(await openInput(file), reading, flags.quiet);
  const dataSettings = dataSettingsFrom(settings, rows);
  const [data] = await prepareTable(rows, dataSettings, 1, flags.quiet);
  const out = holdFolder(flags, 'run');

  const engine = await headlessEngine(request);
  let run: Run | undefined;
  try {
    const trained = named(() => train(engine, data, settings.trial, changes));
    run = trained;
    const result = await watched(!flags.quiet, async (watch): Promise<TrainResult> => {
      const scored = await resultOf(trained, watch, { file, rows, data, dataSettings }, flags.quiet);
      if (out === undefined || flags.refit === 'false' || !isRefittable(data, scored.outcome)) return scored;
      const whole = await prepareWhole(rows, dataSettings, flags.quiet);
      const refitted = await refitOnAllRows(engine, whole, trained, (again, epochs) =>
        watchRun(watch, again, epochs, 'again on all rows, '),
      );
      return { ...scored, refitted, saved: refitted.saved, interrupted: watch.signal.aborted && !refitted.model };
    });
    const unwritten = out && (await write(result, out));
    if (flags.quiet) warnCritical(result.notices, dataSettings);
    if (flags.json) printJson(trainJson(result));
    else print(flags.quiet ? scoresTable(data, result.metrics, result.baseline) : trainText(result));
    conclude(result, unwritten);
  } finally {
    await run?.destroy();
    engine.destroy();
    out?.release();
  }
}

/** Trains and scores. */
async function resultOf(
  run: Run,
  watch: Watch,
  about: Pick<TrainResult, 'file' | 'rows' | 'data' | 'dataSettings'>,
  quiet: boolean | undefined,
): Promise<TrainResult> {
  const { file, rows, data } = about;
  const { outcome, seconds } = await watchRun(watch, run, run.trials[0].initial.training.epochs);
  // What was changed before the first step is an initial setting.
  const trial = run.trials[0].initial;
  const scored = (metricsOf: (set: RowSet) => Promise<Metrics | null>) =>
    withStatus(file, 'scoring', () => metricsBySet(metricsOf), quiet);
  const metrics = await scored((set) => run.metrics(set));
  const baseline = await scored(async (set) => (data.sets[set].length > 0 ? baselineMetrics(data, set) : null));
  const notices = sortNotices([...rows.notices, ...data.notices]);
  const { class_weights } = about.dataSettings;
  return {
    ...about,
    engine: await run.engineInfo(),
    plan: await run.plan(),
    planWhy: await run.planWhy(),
    run,
    trial,
    outcome,
    seconds,
    metrics,
    baseline,
    notices: sortNotices([...notices, ...unmade(run)]),
    verdict: verdictOfRun(run, { metrics, baseline }, { notices, class_weights }),
    interrupted: outcome.stopped === 'interrupted',
    files: [],
  };
}

async function metricsBySet(metricsOf: (set: RowSet) => Promise<Metrics | null>): Promise<MetricsBySet> {
  return { train: await metricsOf('train'), validation: await metricsOf('validation'), test: await metricsOf('test') };
}

async function write(result: TrainResult, out: OutFolder): Promise<RunError | undefined> {
  const model = result.refitted?.model ?? (await result.run.model());
  model.origin.metrics = result.metrics;
  const results = {
    'model.safetensors': () => [saveModel(model)],
    'history.csv': () => historyCsv(result.run.history, result.data.preprocessing.task),
  };
  const report = async () => {
    const { trainPage } = await import('../output/train-report.ts');
    return trainPage(result);
  };
  const { files, unwritten } = await out.write({ files: results, report }, [result.file]);
  result.files = files;
  return unwritten;
}

/** Changes that were to be made after the last step. */
function unmade(run: Run): Notice[] {
  const [{ planned }] = run.trials;
  return planned.length > 0 ? [warning(message(cli, 'changes_unmade', { changes: changesText(planned) }))] : [];
}

function conclude({ outcome, interrupted }: TrainResult, unwritten: RunError | undefined): void {
  if (outcome.stopped === 'diverged') printError(endInWords(outcome));
  if (interrupted) process.exitCode = 130;
  if (outcome.stopped === 'diverged') process.exitCode = 1;
  if (unwritten) throw unwritten;
}
