/** Which packs a fit trains, one after the other: all, until the time is up, or those that its plan counts. */
import type { FitPlan } from '../spec/fit-settings.ts';

export interface PlannedPack {
  number: number;
  /** Epochs, those of every fold counted; it is cut off there. */
  limit: number;
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
