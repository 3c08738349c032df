/** `sweep --shard`: trains a part of a sweep, and leaves it in its folder for `merge`. */
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Notice } from '../../data/table/notices.ts';
import { sortNotices } from '../../data/table/notices.ts';
import type { Engine } from '../../engine/engine.ts';
import { cli } from '../../messages/en/command-line/cli.ts';
import { shards } from '../../messages/en/command-line/shards.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import { listConfigurations, type SweepInput } from '../../sweep/definition/definition.ts';
import { listTrialSpecs } from '../../sweep/definition/trial-specs.ts';
import { sweepJson } from '../../sweep/results/sweep-json.ts';
import type { SweepProgress } from '../../sweep/schedule/progress.ts';
import { shardTrials } from '../../sweep/shards.ts';
import type { SweepStore } from '../../sweep/store/store.ts';
import { sweep } from '../../sweep/sweep.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { Shard } from '../../util/shard.ts';
import { watched } from '../interrupt.ts';
import { inFile } from '../json-file.ts';
import { inLanguage } from '../language.ts';
import type { OutFolder } from '../out-folder.ts';
import { print, printJson, warnCritical } from '../output/output.ts';
import { estimateAloud } from '../output/sweep-estimate.ts';
import { sweepBar } from '../output/sweep-progress.ts';
import { printError } from '../output/terminal.ts';
import type { SweepJob } from '../sweeps/ending.ts';
import { shardName } from './option.ts';
import { beginShard, newRecord, type ShardRecord } from './record.ts';
import { type EndedShard, shardText } from './shard-text.ts';

export interface ShardRun {
  shard: Shard;
  store: SweepStore & { path: string };
  out: OutFolder;
  sweepFile: string;
  input: SweepInput;
  /** How table and engine were asked for. */
  asked: Pick<ShardRecord, 'reading' | 'engine'>;
  max_trials: number;
  /** What is wrong with the store beside. */
  notices: readonly Notice[];
  flags: { quiet?: boolean; json?: boolean; resume?: boolean; overwrite?: boolean };
}

/** @throws InputError where the folder holds another shard */
export async function sweepShard(engine: Engine, job: SweepJob, run: ShardRun): Promise<void> {
  const { shard, store, out, sweepFile, input, max_trials, flags } = run;
  const { file, definition, folds, dataSettings: data } = job;
  refuseWhole(out.path, flags);
  const specs = listTrialSpecs(definition, configurationsOf(job));
  const own = shardTrials(specs, folds, shard);
  const name = shardName(shard);
  await beginShard(
    store,
    await newRecord({ command: 'sweep', shard, file, data, job: definition, folds, ...run.asked }),
  );
  if (!flags.quiet) {
    printError(inLanguage(message(shards, 'shard_begins', { shard: name, count: own.size, of: specs.length })));
  }
  const only = (place: number) => own.has(place);
  const train = () =>
    watched(!flags.quiet, async ({ signal, withBar }) => {
      // What has been trained before is not counted.
      if (!flags.quiet && !flags.resume) {
        await inFile(sweepFile, () => estimateAloud(engine, folds, input, signal, only));
      }
      const result = await withBar(
        () => sweepBar(undefined, `shard ${name}`),
        (bar) => {
          const progress = (progress: SweepProgress) => bar?.update(progress);
          const options = { max_trials, progress, signal, store, only, machine: hostname() };
          return inFile(sweepFile, () => sweep(engine, folds, input, options));
        },
      );
      return { result, interrupted: signal.aborted };
    });
  // There may be more shards than trials.
  const { result, interrupted } = own.size > 0 ? await train() : { result: undefined, interrupted: false };
  const notices = sortNotices([...job.read.notices, ...folds[0].notices, ...(result?.notices ?? []), ...run.notices]);
  if (flags.quiet) warnCritical(notices, data);
  const json = shardJson(job, { shard, of: specs.length, result, interrupted, notices });
  const { files, unwritten } = await out.write(
    { files: { 'shard.json': () => [`${JSON.stringify(json, null, 1)}\n`] } },
    job.inputs,
  );
  if (flags.json) printJson({ ...json, files });
  else if (!flags.quiet) print(shardText(job, { shard, result, interrupted, notices, files }));
  if (interrupted) {
    process.exitCode = 130;
    printError(inLanguage(message(summary, 'interrupted')));
  }
  if (unwritten) throw unwritten;
}

/** A sweep that is there as a whole has no shard to go on with. @throws InputError */
function refuseWhole(folder: string, { overwrite }: ShardRun['flags']): void {
  const file = 'sweep.json';
  if (overwrite || !existsSync(join(folder, file))) return;
  throw new InputError(message(cli, 'out_holds_results', { folder, held: 'sweep', file, resumable: false }), 'out');
}

export function configurationsOf({ definition, folds }: Pick<SweepJob, 'definition' | 'folds'>) {
  return listConfigurations(definition, { rows: folds[0].sets.train.length, outputs: folds[0].outputs });
}

/** What shard.json holds, for people and scripts: `merge` reads the checkpoint. */
function shardJson(
  { file, definition, folds, dataSettings }: SweepJob,
  { shard, of, result, interrupted, notices }: EndedShard & { of: number },
) {
  const about = { ...shard, trials: result?.trials.length ?? 0, of_trials: of, machine: hostname() };
  if (!result) return { command: 'sweep', shard: about, file, sweep: definition, trials: [], interrupted, notices };
  const { command, ...json } = sweepJson({
    file,
    definition,
    data: folds[0],
    dataSettings,
    result,
    interrupted,
    notices,
  });
  return { command, shard: about, ...json };
}
