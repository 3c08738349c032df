/** `fit --shard`: trains a share of a fit's packs, and leaves them in its folder for `merge`. */
import { hostname } from 'node:os';
import { sortNotices } from '../../data/table/notices.ts';
import type { Table } from '../../data/table/table.ts';
import type { Engine } from '../../engine/engine.ts';
import { type PreparedFit, prepareFit } from '../../fit/prepared.ts';
import type { FitProgress } from '../../fit/result.ts';
import { type SearchResult, searchPacks } from '../../fit/search.ts';
import { isTimed } from '../../fit/sequence.ts';
import { packsOfShard, plannedForShards } from '../../fit/shard.ts';
import { shards } from '../../messages/en/command-line/shards.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import type { DataSettingsInput } from '../../spec/data-settings.ts';
import type { FitSettings } from '../../spec/fit-settings.ts';
import { unusableNotices } from '../../sweep/store/read-store.ts';
import type { SweepStore, UnusableValue } from '../../sweep/store/store.ts';
import { RunError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { Shard } from '../../util/shard.ts';
import { watched } from '../interrupt.ts';
import { inLanguage } from '../language.ts';
import { named } from '../options.ts';
import type { OutFolder } from '../out-folder.ts';
import { fitBar } from '../output/fit-progress.ts';
import {
  duration,
  engineFact,
  fact,
  notedFacts,
  print,
  printJson,
  warnCritical,
  wrapped,
  writtenFiles,
} from '../output/output.ts';
import { printError } from '../output/terminal.ts';
import { keptNumbers, keptPacks } from './pack-store.ts';
import { beginShard, newRecord, type ShardRecord, writeRecord } from './record.ts';
import { doneWords } from './shard-text.ts';

export interface FitShardRun {
  shard: Shard;
  store: SweepStore & { path: string };
  out: OutFolder;
  file: string;
  rows: Table;
  dataSettings: DataSettingsInput;
  settings: FitSettings;
  asked: Pick<ShardRecord, 'reading' | 'engine'>;
  flags: { quiet?: boolean; json?: boolean };
}

/** @throws InputError where the folder holds another shard */
export async function fitShard(engine: Engine, run: FitShardRun): Promise<void> {
  const { shard, store, file, rows, settings, flags } = run;
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  const prepared = await named(() =>
    prepareFit(rows, run.dataSettings, settings, (data, ordered) => plannedForShards(data, ordered, settings.minutes)),
  );
  const { data, dataSettings, plan } = prepared;
  const job = { minutes: settings.minutes, seed: settings.seed, plan };
  const record = await newRecord({ command: 'fit', shard, file, data: dataSettings, job, folds: [data], ...run.asked });
  const held = await beginShard(store, record);
  // What the time ended gets no more packs, though damaged ones are trained again.
  const last = held?.done && isTimed(settings.plan) ? Math.max(-1, ...(await keptNumbers(store))) : undefined;
  // No clock ends that.
  const untimed = { ...settings, plan: { ...plan, packs: (last ?? 0) + 1 } };
  const fitted = last === undefined ? prepared : { ...prepared, settings: untimed };
  const sequence = () => packsOfShard(plan, shard, last);
  const length = isTimed(settings.plan) ? { seconds: 60 * settings.minutes } : { packs: [...sequence()].length };
  const unusable: UnusableValue[] = [];
  const { found, interrupted } = await watched(!flags.quiet, ({ signal, withBar }) =>
    withBar(
      () => fitBar(length),
      async (bar) => {
        const progress = (progress: FitProgress) => bar?.update(progress);
        const options = { progress, signal, own: { packs: keptPacks(store, unusable) }, sequence: sequence(), seconds };
        return { found: await searchPacks(engine, fitted, options), interrupted: signal.aborted };
      },
    ),
  );
  if (!interrupted && !found.failed) await writeRecord(store, { ...record, done: true });
  const unwritten = await present(prepared, { ...run, found, interrupted, seconds: seconds(), unusable });
  if (interrupted) {
    process.exitCode = 130;
    printError(inLanguage(message(summary, 'interrupted')));
  }
  if (found.failed) throw new RunError(found.failed);
  if (unwritten) throw unwritten;
}

interface EndedFitShard extends FitShardRun {
  found: SearchResult;
  interrupted: boolean;
  seconds: number;
  unusable: readonly UnusableValue[];
}

async function present({ data, dataSettings, plan }: PreparedFit, ended: EndedFitShard) {
  const { shard, out, file, rows, settings, found, interrupted, seconds, flags } = ended;
  const { networks, diverged, progress } = found;
  const notices = sortNotices([...rows.notices, ...data.notices, ...unusableNotices(ended.unusable)]);
  if (flags.quiet) warnCritical(notices, dataSettings);
  const json = {
    command: 'fit',
    shard: { ...shard, packs: progress.length, machine: hostname() },
    file,
    target: dataSettings.target,
    settings: { data: dataSettings, fit: { ...settings, plan } },
    ...{ networks, diverged, interrupted, notices, seconds: Number(seconds.toFixed(3)) },
  };
  const { files, unwritten } = await out.write(
    { files: { 'shard.json': () => [`${JSON.stringify(json, null, 1)}\n`] } },
    [file],
  );
  const trained = { packs: progress.length, networks, diverged, time: duration(seconds) };
  const lines = [
    fact('data', message(summary, 'table_rows', { file, count: data.rows })),
    ...(found.engine ? [engineFact(found.engine, message(shards, 'fit_shard_trained', trained))] : []),
  ];
  if (flags.json) printJson({ ...json, files });
  else if (!flags.quiet) {
    const next = interrupted ? [] : [wrapped(inLanguage(doneWords(shard.of)))];
    print([notedFacts(lines, notices, dataSettings), ...next, ...writtenFiles(files)].join('\n\n'));
  }
  return unwritten;
}
