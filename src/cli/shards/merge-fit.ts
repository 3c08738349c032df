/** Puts the shards of a fit together: the ensemble is chosen among all that they have trained, as on one machine. */
import { isDeepStrictEqual } from 'node:util';
import { info, type Notice } from '../../data/table/notices.ts';
import { fit as fitModel } from '../../fit/fit.ts';
import { prepareFit } from '../../fit/prepared.ts';
import { isTimed } from '../../fit/sequence.ts';
import { mergedPlan, missingPacks, type ShardPacks } from '../../fit/shard.ts';
import type { PackStore, TrainedPack } from '../../fit/trained-pack.ts';
import { shards } from '../../messages/en/command-line/shards.ts';
import { checkData, checkFit } from '../../spec/check.ts';
import type { FitPlan, FitSettings } from '../../spec/fit-settings.ts';
import type { UnusableValue } from '../../sweep/store/store.ts';
import { rowsDigest } from '../../train/fingerprint.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { presentFit } from '../fits/ending.ts';
import { engineRequest, headlessEngine } from '../headless.ts';
import { holdFolder } from '../out-folder.ts';
import { engineFlags, type MergeFlags, type ShardTable } from './merge-table.ts';
import { keptNumbers, keptPacks } from './pack-store.ts';
import { type Part, refuseIncomplete, type ShardFolder } from './read-shards.ts';

export async function mergeFit(folders: readonly ShardFolder[], table: ShardTable, flags: MergeFlags): Promise<void> {
  const [{ record }] = folders;
  const { plan, ...others } = checkFit(record.job);
  if (!plan) throw new Error('a shard of a fit without a plan');
  const cut = folders.find((other) => other.record.shard.of !== record.shard.of);
  if (cut && isTimed(plan)) {
    const said = { folder: cut.folder, other: folders[0].folder, difference: 'number' as const };
    throw new InputError(message(shards, 'shards_foreign', said));
  }
  const dataSettings = checkData(record.data);
  const prepared = await prepareFit(table.read, dataSettings, { ...others, plan }, () => plan);
  if ((await rowsDigest([prepared.data])) !== record.rows) {
    throw new InputError(message(shards, 'shards_table_other', { file: table.path }), 'table');
  }
  const answers = prepared.folds.heldOut.length * prepared.data.outputs;
  const { packs, trained, notices } = await unitePacks(folders, plan, answers);
  const settings: FitSettings = { ...others, plan: mergedPlan(plan, trained) };
  const out = holdFolder(flags, 'fit');
  const engine = await headlessEngine(engineRequest(engineFlags(flags, record.engine)));
  try {
    const result = await fitModel(engine, table.read, { ...dataSettings, ...settings }, { packs });
    const job = {
      file: record.file,
      path: table.path,
      rows: table.read,
      settings,
      result,
      interrupted: false,
      notices,
    };
    const unwritten = await presentFit(job, out, flags);
    if (unwritten) throw unwritten;
  } finally {
    engine.destroy();
    out?.release();
  }
}

interface UnitedPacks {
  packs: PackStore;
  trained: ShardPacks[];
  notices: Notice[];
}

/**
 * @param answers numbers that each candidate has for the held-out rows
 * @throws InputError where some are missing, or there twice with other results
 */
async function unitePacks(folders: readonly ShardFolder[], plan: FitPlan, answers: number): Promise<UnitedPacks> {
  const homes = new Map<number, ShardFolder>();
  const trained: ShardPacks[] = [];
  const damaged = new Map<ShardFolder, UnusableValue[]>();
  const doubledIn = new Set<string>();
  let doubled = 0;
  for (const shard of folders) {
    const packs = new Map<number, Pick<TrainedPack, 'whole' | 'epochs'>>();
    const unusable: UnusableValue[] = [];
    const store = keptPacks(shard.store, unusable);
    for (const number of await keptNumbers(shard.store)) {
      const pack = await store.read(number);
      if (!pack || pack.candidates.some(({ outputs }) => outputs.length !== answers)) continue;
      packs.set(number, { whole: pack.whole, epochs: pack.epochs });
      const home = homes.get(number);
      if (!home) {
        homes.set(number, shard);
        continue;
      }
      await refuseOther(number, pack, shard, home);
      doubledIn.add(home.folder).add(shard.folder);
      doubled += 1;
    }
    trained.push({ shard: shard.record.shard, packs });
    damaged.set(shard, unusable);
  }
  refuseMissing(folders, plan, trained, homes, damaged);
  const machines = [...new Set(folders.map(({ record }) => record.machine))].sort();
  const merged = { packs: homes.size, folders: folders.length, machines };
  return {
    packs: {
      async read(number) {
        const home = homes.get(number);
        return home && keptPacks(home.store, []).read(number);
      },
      write: async () => {},
    },
    trained,
    notices: [
      info(message(shards, 'packs_merged', merged)),
      ...(doubled > 0
        ? [info(message(shards, 'packs_doubled', { count: doubled, names: [...doubledIn].sort() }))]
        : []),
    ],
  };
}

/** @throws InputError where two folders have different results of a pack */
async function refuseOther(number: number, pack: TrainedPack, { folder }: ShardFolder, home: ShardFolder) {
  const other = await keptPacks(home.store, []).read(number);
  const results = ({ candidates, whole, epochs }: TrainedPack) => ({
    ...{ whole, epochs },
    candidates: candidates.map(({ outputs, inputs }) => ({ outputs, inputs })),
  });
  if (other && isDeepStrictEqual(results(other), results(pack))) return;
  throw new InputError(message(shards, 'pack_differs', { pack: number, folder, other: home.folder }));
}

/** @throws InputError where there are packs that no folder has */
function refuseMissing(
  folders: readonly ShardFolder[],
  plan: FitPlan,
  trained: readonly ShardPacks[],
  homes: ReadonlyMap<number, ShardFolder>,
  damaged: ReadonlyMap<ShardFolder, UnusableValue[]>,
): void {
  const parts = folders.map((shard, index): Part => {
    const missing = missingPacks(plan, trained[index]).filter((number) => !homes.has(number)).length;
    // Of one that the time ends nobody else knows what it would have come to.
    const begun = isTimed(plan) && !shard.record.done ? 1 : 0;
    return { shard, left: Math.max(missing, begun), damaged: damaged.get(shard) ?? [] };
  });
  const all = isTimed(plan) ? wholeSet(trained) : wholeSequence(plan, homes);
  if (!all || parts.some(({ left }) => left > 0)) refuseIncomplete(parts, 'pack');
}

/** Whether every shard is there. */
function wholeSet(trained: readonly ShardPacks[]): boolean {
  return new Set(trained.map(({ shard }) => shard.part)).size === trained[0].shard.of;
}

function wholeSequence(plan: FitPlan, homes: ReadonlyMap<number, ShardFolder>): boolean {
  return (
    missingPacks(plan, { shard: { part: 1, of: 1 }, packs: new Map([...homes.keys()].map(notCutOff)) }).length === 0
  );
}

const notCutOff = (number: number) => [number, { whole: true, epochs: 0 }] as const;
