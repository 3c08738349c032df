/** How a sweep ends: the model that is saved of it, the files, and what is printed. */
import { join } from 'node:path';
import type { DataSet } from '../../data/prepare/dataset.ts';
import { type Notice, sortNotices } from '../../data/table/notices.ts';
import type { Table } from '../../data/table/table.ts';
import type { Engine } from '../../engine/engine.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import { type Model, saveModel } from '../../model/model.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import type { Sweep } from '../../sweep/definition/definition.ts';
import type { SweepEstimate } from '../../sweep/estimate.ts';
import { curvesCsv, trialsCsv } from '../../sweep/results/csv.ts';
import { sweepJson } from '../../sweep/results/sweep-json.ts';
import type { Swept } from '../../sweep/results/sweep-page.ts';
import type { SweepResult } from '../../sweep/results/types.ts';
import { inEnglish, type Message, message } from '../../util/message.ts';
import { type SavedModel, savedAverage, savedBest } from '../average.ts';
import type { Written } from '../files/results.ts';
import type { Watch } from '../interrupt.ts';
import { inLanguage } from '../language.ts';
import type { OutFolder } from '../out-folder.ts';
import { leaderNote, leaderTable } from '../output/leaderboard-table.ts';
import {
  divergedNotices,
  duration,
  engineFact,
  fact,
  notedFacts,
  type Pair,
  print,
  printJson,
  warnCritical,
  wrapped,
  writtenFiles,
} from '../output/output.ts';
import { madeBy } from '../output/page-facts.ts';
import { sweepBar } from '../output/sweep-progress.ts';
import { prepareWhole } from '../reading.ts';
import { journalIn } from './optuna-live.ts';
import { optunaFile } from './optuna-option.ts';
import { optunaJournal, type StudyFacts } from './optuna-study.ts';

/** A sweep whose table is read and prepared. */
export interface SweepJob {
  /** What the table is called. */
  file: string;
  /** Paths of the files that it is made of. */
  inputs: readonly string[];
  definition: Sweep;
  read: Table;
  folds: DataSet[];
  dataSettings: DataSettings;
}

export interface EndingFlags {
  /** With a journal of Optuna's. */
  optuna?: boolean;
  model?: 'average' | 'best';
  json?: boolean;
  quiet?: boolean;
}

/** The average of the winner's seeds and folds; where that is not wanted, or the sweep was ended by hand, the best trial. */
export async function modelToSave(
  engine: Engine,
  { read, dataSettings }: SweepJob,
  result: SweepResult,
  { signal, withBar }: Watch,
  flags: EndingFlags,
): Promise<SavedModel> {
  if (flags.model === 'best' || signal.aborted) return savedBest(result);
  const whole = await prepareWhole(read, dataSettings, flags.quiet);
  return withBar(
    () => sweepBar('again on all rows'),
    (bar) => savedAverage(engine, whole, result, { progress: (progress) => bar?.update(progress), signal }),
  );
}

export interface Ending {
  result: SweepResult;
  saved: SavedModel | undefined;
  /** Ended by hand. */
  interrupted: boolean;
  estimate?: SweepEstimate;
  /** Beside those of the table and the result. */
  notices: readonly Notice[];
}

/** Writes and prints. @returns why the files could not be written where they should be, if that is so */
export async function presentSweep(
  job: SweepJob,
  { result, saved, interrupted, estimate, notices: others }: Ending,
  out: OutFolder | undefined,
  flags: EndingFlags,
): Promise<Written['unwritten']> {
  const { file, definition, read, folds, dataSettings } = job;
  const [data] = folds;
  const notices = sortNotices([...read.notices, ...data.notices, ...result.notices, ...others]);
  if (flags.quiet) warnCritical(notices, dataSettings);
  const facts = { file, definition, data, dataSettings, result, interrupted, notices };
  const json = { ...sweepJson(facts), model: saved?.facts ?? null };
  const { files, unwritten } = await written(
    out,
    job.inputs,
    json,
    saved?.model ?? result.best.model,
    {
      file,
      rows: read,
      folds,
      dataSettings,
      definition,
      result,
      interrupted,
      notices,
      ...(saved ? { model: saved.model, saved: saved.words.map(inEnglish).join(' ') } : {}),
      origin: madeBy(result.engine),
    },
    flags,
  );
  if (flags.json) printJson({ ...json, time_estimate: estimate ?? null, files });
  else
    print(flags.quiet ? leaderTable(result) : textOf(file, data, dataSettings, notices, result, files, saved?.words));
  return unwritten;
}

export function studyFacts({
  file,
  definition,
  folds,
  dataSettings,
}: Pick<SweepJob, 'file' | 'definition' | 'folds' | 'dataSettings'>): StudyFacts {
  return { file, target: dataSettings.target, definition, folds };
}

async function written(
  out: OutFolder | undefined,
  inputs: readonly string[],
  json: object,
  model: Model,
  swept: Swept,
  { optuna }: EndingFlags,
): Promise<Written> {
  if (out === undefined) return { files: [] };
  const { result } = swept;
  const { trials, best } = result;
  const results = {
    'sweep.json': () => [`${JSON.stringify(json, null, 1)}\n`],
    'trials.csv': () => trialsCsv(trials),
    'curves.csv': () => curvesCsv(trials, best.model.preprocessing.task),
    'model.safetensors': () => [saveModel(model)],
    ...(optuna
      ? { [optunaFile]: () => optunaJournal(studyFacts(swept), result, journalIn(join(out.path, optunaFile))) }
      : {}),
  };
  const report = async () => {
    const { sweepPage } = await import('../../sweep/results/sweep-page.ts');
    return sweepPage(swept);
  };
  return out.write({ files: results, report }, inputs);
}

function textOf(
  file: string,
  data: DataSet,
  dataSettings: DataSettings,
  notices: Notice[],
  result: SweepResult,
  files: string[],
  saved: readonly Message[] = [],
): string {
  const { trials, populations, seconds, engine } = result;
  const diverged = trials.filter(({ stopped }) => stopped === 'diverged').length;
  const plans = [...new Set(populations.map(({ plan }) => plan))];
  const lines: Pair[] = [
    fact('data', message(summary, 'table_rows', { file, count: data.rows })),
    sizeFact(result),
    engineFact(engine, message(summary, 'plans_used', { plans })),
  ];
  const facts = notedFacts(lines, [...notices, ...divergedNotices(diverged)], dataSettings);
  return [
    facts,
    leaderTable(result),
    wrapped(`${leaderNote(result)} ${duration(seconds)}.`),
    ...(saved.length > 0 ? [wrapped(saved.map(inLanguage).join(' '))] : []),
    ...writtenFiles(files),
  ].join('\n\n');
}

export function sizeFact({ trials, populations, leaderboard, resumed }: SweepResult): Pair {
  const size = { combinations: leaderboard.length, trials: trials.length, populations: populations.length, resumed };
  return fact('sweep', message(summary, 'sweep_size', size));
}
