/** `train FILE --target COL`: from a table to a trained network, its metrics and its files. */
import { type Command, Option } from 'commander';
import { type Notice, sortNotices, warning } from '../../data/table/notices.ts';
import type { RowSet } from '../../engine/engine.ts';
import { cli } from '../../messages/en/cli.ts';
import { summary } from '../../messages/en/summary.ts';
import { baselineMetrics, type Metrics } from '../../model/metrics.ts';
import { saveModel } from '../../model/model.ts';
import { changedSettings, changeInJson, changesText, parseChanges } from '../../spec/changes.ts';
import { historyCsv } from '../../train/history-csv.ts';
import { bestEpoch, changeInWords, networkWords, scheduleWords, trainingWords } from '../../train/summary.ts';
import { type Outcome, type Run, train } from '../../train/trainer.ts';
import { verdictOfRun } from '../../train/verdict.ts';
import type { RunError } from '../../util/errors.ts';
import { inEnglish, message } from '../../util/message.ts';
import { openInput, prepareFolder, writeResults } from '../files.ts';
import { type EngineFlags, engineOptions, engineRequest, headlessEngine } from '../headless.ts';
import { type FolderFlags, overwriteOption, refuseEarlier, removeEarlier } from '../kept-folder.ts';
import { inLanguage } from '../language.ts';
import { addSettingOptions, dataSettingsFrom, type Given, named, settingsFrom } from '../options.ts';
import { closing } from '../output/help.ts';
import {
  duration,
  engineFact,
  fact,
  notedFacts,
  type Pair,
  print,
  printJson,
  warnCritical,
  withOption,
  wrapped,
  writtenFiles,
} from '../output/output.ts';
import { watchRun } from '../output/progress.ts';
import {
  baselineName,
  confusionTable,
  isImbalanced,
  type MetricsBySet,
  scoresNote,
  scoresTable,
  sets,
} from '../output/scores.ts';
import type { Trained } from '../output/train-report.ts';
import { addReadingOptions, prepareTable, type ReadingFlags, readingFrom, readTable, withStatus } from '../reading.ts';
import { isRefittable, type Refitted, refitOnAllRows, savedWords } from '../refit.ts';

interface Flags extends ReadingFlags, EngineFlags, FolderFlags {
  changes?: string;
  refit?: string;
  json?: boolean;
  quiet?: boolean;
}

interface Result extends Trained {
  refitted?: Refitted;
  files: string[];
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
  if (flags.out !== undefined) prepareFolder(flags.out);

  const engine = await headlessEngine(request);
  let run: Run | undefined;
  try {
    run = named(() => train(engine, data, settings.trial, changes));
    const [{ initial: trial }] = run.trials;
    const { outcome, seconds } = await watchRun(run, trial.training.epochs, !flags.quiet);
    const scored = (metricsOf: (set: RowSet) => Promise<Metrics | null>) =>
      withStatus(file, 'scoring', () => metricsBySet(metricsOf), flags.quiet);
    const metrics = await scored(async (set) => run?.metrics(set) ?? null);
    const baseline = await scored(async (set) => (data.sets[set].length > 0 ? baselineMetrics(data, set) : null));
    const notices = sortNotices([...rows.notices, ...data.notices]);
    const { class_weights } = dataSettings;
    const result: Result = {
      file,
      rows,
      data,
      engine: await run.engineInfo(),
      plan: await run.plan(),
      planWhy: await run.planWhy(),
      run,
      // What was changed before the first step is an initial setting.
      trial: run.trials[0].initial,
      dataSettings,
      outcome,
      seconds,
      metrics,
      baseline,
      notices: sortNotices([...notices, ...unmade(run)]),
      verdict: verdictOfRun(run, { metrics, baseline }, { notices, class_weights }),
      files: [],
    };
    if (flags.out !== undefined && flags.refit !== 'false' && isRefittable(data, outcome)) {
      const first = { rows, dataSettings, run, quiet: flags.quiet };
      result.refitted = await refitOnAllRows(engine, first, (again, epochs) => watchRun(again, epochs, !flags.quiet));
      result.saved = savedWords(result.refitted);
    }
    const unwritten = flags.out === undefined ? undefined : await write(result, flags.out);
    if (flags.quiet) warnCritical(result.notices, dataSettings);
    if (flags.json) printJson(jsonOf(result));
    else print(flags.quiet ? scoresTable(data, result.metrics, result.baseline) : textOf(result));
    conclude(result.refitted?.interrupted ? { ...outcome, stopped: 'interrupted' } : outcome, unwritten);
    removeEarlier(flags, 'run', result.files, [file]);
  } finally {
    await run?.destroy();
    engine.destroy();
  }
}

async function metricsBySet(metricsOf: (set: RowSet) => Promise<Metrics | null>): Promise<MetricsBySet> {
  return { train: await metricsOf('train'), validation: await metricsOf('validation'), test: await metricsOf('test') };
}

async function write(result: Result, folder: string): Promise<RunError | undefined> {
  const model = result.refitted?.model ?? (await result.run.model());
  model.origin.metrics = result.metrics;
  const results = {
    'model.safetensors': [saveModel(model)],
    'history.csv': historyCsv(result.run.history, result.data.preprocessing.task),
  };
  const { files, unwritten } = await writeResults(folder, results, async () => {
    const { trainPage } = await import('../output/train-report.ts');
    return trainPage(result);
  });
  result.files = files;
  return unwritten;
}

/** Changes that were to be made after the last step. */
function unmade(run: Run): Notice[] {
  const [{ planned }] = run.trials;
  return planned.length > 0 ? [warning(message(cli, 'changes_unmade', { changes: changesText(planned) }))] : [];
}

function conclude(outcome: Outcome, unwritten: RunError | undefined): void {
  if (outcome.stopped === 'diverged') process.stderr.write(`${endInWords(outcome)}\n`);
  if (outcome.stopped === 'interrupted') process.exitCode = 130;
  if (outcome.stopped === 'diverged') process.exitCode = 1;
  if (unwritten) throw unwritten;
}

function endInWords({ explanation, code, params }: Outcome): string {
  return inLanguage({ code, params, text: explanation });
}

function jsonOf(result: Result) {
  const { file, data, engine, plan, planWhy, run, trial, dataSettings, outcome, metrics, baseline } = result;
  const { notices, verdict, refitted } = result;
  const [{ changes }] = run.trials;
  return {
    command: 'train',
    file,
    target: dataSettings.target,
    task: data.preprocessing.task,
    rows: {
      total: data.rows,
      train: data.sets.train.length,
      validation: data.sets.validation.length,
      test: data.sets.test.length,
    },
    engine: {
      kind: engine.kind,
      adapter: engine.adapter,
      software: engine.software,
      plan,
      plan_why: inEnglish(planWhy),
      why: inEnglish(engine.why),
    },
    model: { layers: run.layers, parameters: run.parameterCount },
    settings: { data: dataSettings, ...trial },
    ...(changes.length > 0 ? { changes: changes.map(changeInJson) } : {}),
    epochs_run: outcome.epochs_run,
    best_epoch: outcome.best_epoch,
    kept_epoch: outcome.kept_epoch,
    stopped: outcome.stopped,
    explanation: outcome.explanation,
    seconds: Number(result.seconds.toFixed(3)),
    refit: refitted?.model ? { epochs: refitted.epochs, seconds: Number(refitted.seconds.toFixed(3)) } : null,
    metrics,
    baseline: { name: baselineName(data), ...baseline },
    verdict,
    // Scripts look for it here.
    notices: sortNotices([...notices, ...verdict.filter(({ code }) => code === 'overfitted')]),
    files: result.files,
  };
}

function textOf(result: Result): string {
  const { data, engine, plan, planWhy, run, trial, outcome, files, metrics, baseline, notices, verdict } = result;
  const schedule = scheduleWords(trial);
  const features = data.preprocessing.features.map(({ column }) => column);
  const units = [data.columns, ...run.layers.map(({ outputs }) => outputs)].join('-');
  const lines: Pair[] = [
    fact(
      'data',
      message(summary, 'rows_by_set', {
        file: result.file,
        count: data.rows,
        sets: sets.map((set) => [set, data.sets[set].length] as const),
      }),
    ),
    fact('target', message(summary, 'target_from', { target: result.dataSettings.target, features })),
    fact(
      'network',
      message(summary, 'network', { units, settings: networkWords(trial), parameters: run.parameterCount }),
    ),
    fact('training', trainingWords(trial)),
    ...(schedule ? [fact('schedule', schedule)] : []),
    ...changedSettings(trial, run.trials[0].changes).map((change) => fact('changed', changeInWords(change))),
    engineFact(engine, message(summary, 'plan_used', { plan, why: planWhy })),
  ];
  const facts = notedFacts(lines, notices, result.dataSettings);
  const confusion = confusionTable(metrics);
  const ending = [
    // The whole sentence goes to standard error.
    outcome.stopped === 'diverged'
      ? inLanguage(message(summary, 'diverged_in', { epoch: outcome.epochs_run }))
      : endInWords(outcome),
    inLanguage(bestEpoch(outcome, trial, data.sets.validation.length > 0) ?? ''),
    `${duration(result.seconds)}.`,
  ];
  return [
    facts,
    wrapped(ending.filter((part) => part).join(' ')),
    ...verdict.map((notice) => wrapped(withOption(notice, result.dataSettings))),
    scoresTable(data, metrics, baseline),
    ...(confusion
      ? [`${inLanguage(message(summary, 'confusion_of_set', { set: confusion.set }))}\n${confusion.text}`]
      : []),
    wrapped(scoresNote(result.dataSettings.target, data, isImbalanced(baseline))),
    ...(result.saved ? [wrapped(inLanguage(result.saved))] : []),
    ...writtenFiles(files),
  ].join('\n\n');
}
