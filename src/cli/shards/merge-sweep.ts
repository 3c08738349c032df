/** Puts the shards of a sweep together: their trials, then leaderboard, report and model as of a sweep on one machine. */
import { shards } from '../../messages/en/command-line/shards.ts';
import { checkData } from '../../spec/check.ts';
import { checkSweep, countTrials } from '../../sweep/definition/definition.ts';
import { listTrialSpecs, type TrialSpec, trialKeys } from '../../sweep/definition/trial-specs.ts';
import { shardTrials } from '../../sweep/shards.ts';
import { sweep } from '../../sweep/sweep.ts';
import { rowsDigest } from '../../train/fingerprint.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { keptFolder } from '../checkpoints/kept-folder.ts';
import { engineRequest, headlessEngine } from '../headless.ts';
import { watched } from '../interrupt.ts';
import { holdFolder } from '../out-folder.ts';
import { prepareTable } from '../reading.ts';
import { modelToSave, presentSweep, type SweepJob } from '../sweeps/ending.ts';
import { engineFlags, type MergeFlags, type ShardTable } from './merge-table.ts';
import { refuseIncomplete, type ShardFolder } from './read-shards.ts';
import { configurationsOf } from './sweep-shard.ts';
import { copyUnion, type Union, unite, type WholeSweep } from './union.ts';

export async function mergeSweep(folders: readonly ShardFolder[], table: ShardTable, flags: MergeFlags): Promise<void> {
  const [{ record }] = folders;
  const definition = checkSweep(record.job);
  const dataSettings = checkData(record.data);
  const folds = await prepareTable(table.read, dataSettings, definition.folds, flags.quiet);
  if ((await rowsDigest(folds)) !== record.rows) {
    throw new InputError(message(shards, 'shards_table_other', { file: table.path }), 'table');
  }
  const job = { file: record.file, inputs: [table.path], definition, read: table.read, folds, dataSettings };
  const whole = await wholeSweep(job);
  const union = await unite(folders, whole);
  refuseMissing(folders, union, whole, job);
  const out = holdFolder(flags, 'sweep');
  const store = keptFolder(flags);
  const engine = await headlessEngine(engineRequest(engineFlags(flags, record.engine)));
  try {
    if (store) await copyUnion(union, store);
    const found = await watched(!flags.quiet, async (watch) => {
      const options = { store, max_trials: countTrials(definition) };
      // The shards went on, if anything did.
      const result = { ...(await sweep(engine, folds, definition, options)), resumed: 0 };
      return { result, saved: await modelToSave(engine, job, result, watch, flags), aborted: watch.signal.aborted };
    });
    const unwritten = await presentSweep(job, { ...found, interrupted: false, notices: union.notices }, out, flags);
    if (found.aborted) process.exitCode = 130;
    if (unwritten) throw unwritten;
  } finally {
    engine.destroy();
    out?.release();
  }
}

async function wholeSweep(job: SweepJob): Promise<WholeSweep> {
  const configurations = configurationsOf(job);
  const specs = listTrialSpecs(job.definition, configurations);
  return {
    specs,
    keys: await trialKeys(specs, job.folds),
    nameOf({ configuration, seed, fold }: TrialSpec) {
      const settings = { ...configurations[configuration].settings, seed, ...(job.folds.length > 1 ? { fold } : {}) };
      return Object.entries(settings)
        .map(([path, value]) => `${path} = ${JSON.stringify(value)}`)
        .join(', ');
    },
  };
}

/** @throws InputError where there are trials that no folder has */
function refuseMissing(
  folders: readonly ShardFolder[],
  { ended, damaged }: Union,
  { specs, keys }: WholeSweep,
  { folds }: SweepJob,
): void {
  if (keys.every((key) => ended.has(key))) return;
  refuseIncomplete(
    folders.map((shard) => {
      const own = shardTrials(specs, folds, shard.record.shard);
      const left = [...own].filter((place) => !ended.has(keys[place])).length;
      return { shard, left, damaged: damaged.get(shard) ?? [] };
    }),
    'trial',
  );
}
