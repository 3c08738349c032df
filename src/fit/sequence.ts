/** Which packs a fit trains, one after the other: all, until the time is up, or those that its plan counts. */
import type { FitPlan } from '../spec/fit-settings.ts';

export interface PlannedPack {
  number: number;
  /** Epochs, those of every fold counted; it is cut off there. */
  limit: number;
}

/** What came of a pack: all of it, or so many epochs. */
export interface EndedPack {
  number: number;
  whole: boolean;
  epochs: number;
}

/** Whether the time decides how many packs there are. */
export function isTimed(plan: FitPlan | undefined): boolean {
  return plan?.packs === undefined && plan?.shard_packs === undefined;
}

/** @param plan none where one is still to be made */
export function* packsOf(plan: FitPlan | undefined): Generator<PlannedPack> {
  // A fit of one machine is one of one shard.
  const whole = plan?.shard_packs ?? [plan?.packs ?? Number.POSITIVE_INFINITY];
  const last = plan?.shard_epochs ?? [plan?.last_epochs ?? 0];
  const shards = whole.length;
  for (let number = 0; number < shards * (Math.max(...whole) + 1); number++) {
    const [shard, index] = [number % shards, Math.floor(number / shards)];
    if (index < whole[shard]) yield { number, limit: Number.POSITIVE_INFINITY };
    else if (index === whole[shard] && last[shard] > 0) yield { number, limit: last[shard] };
  }
}

/** The plan with the packs that came of it: with it a fit comes to the same. */
export function planWith(plan: FitPlan, trained: readonly EndedPack[]): FitPlan {
  const { packs: _, last_epochs: __, shard_packs, shard_epochs: ___, ...shared } = plan;
  // Ended by hand, it has trained less than its shards had.
  if (shard_packs && isSequence(plan, trained)) return plan;
  const last = trained.length - 1;
  if (trained.every(({ number, whole }, index) => number === index && (whole || index === last))) {
    const cut = trained.find(({ whole }) => !whole);
    return { ...shared, packs: cut ? last : last + 1, last_epochs: cut?.epochs ?? 0 };
  }
  // Some are missing, or several were cut off: as many shards as packs have one each.
  const shards = trained[last].number + 1;
  const counts = {
    ...shared,
    shard_packs: new Array<number>(shards).fill(0),
    shard_epochs: new Array<number>(shards).fill(0),
  };
  for (const { number, whole, epochs } of trained) {
    if (whole) counts.shard_packs[number] = 1;
    else counts.shard_epochs[number] = epochs;
  }
  return counts;
}

/** Whether these are all packs of a plan, each as far as it says. */
function isSequence(plan: FitPlan, trained: readonly EndedPack[]): boolean {
  const planned = [...packsOf(plan)];
  return (
    planned.length === trained.length &&
    trained.every(({ number, whole, epochs }, index) => {
      return number === planned[index].number && (whole ? Number.POSITIVE_INFINITY : epochs) === planned[index].limit;
    })
  );
}
