/**
 * A fit in shards: of the one sequence of packs that a seed gives, each machine trains every n-th. Their plan has to be the same
 * without a word between them, so it goes by a nominal speed where a fit on one machine measures its own.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import type { FitPlan } from '../spec/fit-settings.ts';
import type { Shard } from '../util/shard.ts';
import { planFor } from './plan.ts';
import { isTimed, type PlannedPack, packsOf } from './sequence.ts';
import type { TrainedPack } from './trained-pack.ts';

/** Of a plain processor core. */
const operationsPerSecond = 5e9;
/** Units of each of the two hidden layers that `plan.ts` measures a speed with. */
const width = 128;

/** By the table and the minutes alone. */
export function plannedForShards(data: DataSet, ordered: boolean, minutes: number): FitPlan {
  const rows = data.sets.train.length;
  const parameters = width * (data.columns + 1) + width * (width + 1) + data.outputs * (width + 1);
  // Forward, and twice as much backward: a product and a sum for each parameter and row.
  const secondsPerEpoch = (6 * parameters * rows) / operationsPerSecond;
  return planFor({ rows, ordered, seconds: 60 * minutes, secondsPerEpoch });
}

/** Whether a shard trains this pack. */
function isOfShard({ part, of }: Shard, pack: number): boolean {
  return pack % of === part - 1;
}

/** Its packs, in order. @param last the number of the last one, where the time ended it before */
export function* packsOfShard(plan: FitPlan, shard: Shard, last = Number.POSITIVE_INFINITY): Generator<PlannedPack> {
  for (const pack of packsOf(plan)) {
    if (pack.number > last) return;
    if (isOfShard(shard, pack.number)) yield pack;
  }
}

/** What one shard has trained. */
export interface ShardPacks {
  shard: Shard;
  packs: ReadonlyMap<number, Pick<TrainedPack, 'whole' | 'epochs'>>;
}

/** The plan of all shards together: with it a fit on one machine comes to the same. */
export function mergedPlan(plan: FitPlan, shards: readonly ShardPacks[]): FitPlan {
  if (!isTimed(plan)) return plan;
  const { of } = shards[0].shard;
  const shard_packs = new Array<number>(of).fill(0);
  const shard_epochs = new Array<number>(of).fill(0);
  for (const { shard, packs } of shards) {
    const own = [...packs.values()];
    shard_packs[shard.part - 1] = own.filter(({ whole }) => whole).length;
    shard_epochs[shard.part - 1] = own.find(({ whole }) => !whole)?.epochs ?? 0;
  }
  return { ...plan, shard_packs, shard_epochs };
}

/** Packs of a shard that its plan has and that are not there; of one that the time ends, those before its last. */
export function missingPacks(plan: FitPlan, { shard, packs }: ShardPacks): number[] {
  const last = isTimed(plan) ? Math.max(-1, ...packs.keys()) : undefined;
  return [...packsOfShard(plan, shard, last)].flatMap(({ number }) => (packs.has(number) ? [] : [number]));
}
