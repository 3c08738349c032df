/**
 * Cuts a sweep into shards, for machines that know nothing of each other: which trials a shard has follows from the sweep and
 * from the number of shards alone. All shards of a sweep have each of its trials once, and cost about the same.
 */
import type { DataSet } from '../data/prepare/dataset.ts';
import { parameterCount } from '../engine/parameters.ts';
import { layersOf, resolveTrial } from '../train/trials.ts';
import type { Shard } from '../util/shard.ts';
import type { TrialSpec } from './definition/trial-specs.ts';
import { relativeCost } from './schedule/time-left.ts';

/** Places of the trials that a shard has. @param specs of the whole sweep */
export function shardTrials(
  specs: readonly TrialSpec[],
  sets: readonly DataSet[],
  { part, of }: Shard,
): ReadonlySet<number> {
  const shards = assignShards(
    specs.map((spec) => costOf(spec, sets)),
    of,
  );
  return new Set(specs.flatMap(({ place }, index) => (shards[index] === part ? [place] : [])));
}

/**
 * The most expensive first, each to the shard that has the least so far (Graham 1969): what costs the same is dealt out in
 * turn. @param costs whole numbers, so that sums are exact @returns for each, its shard
 */
export function assignShards(costs: readonly number[], of: number): number[] {
  const loads = new Float64Array(of);
  const shards = new Array<number>(costs.length);
  const order = costs.map((_, index) => index).sort((a, b) => costs[b] - costs[a] || a - b);
  for (const index of order) {
    let least = 0;
    for (let shard = 1; shard < of; shard++) if (loads[shard] < loads[least]) least = shard;
    loads[least] += costs[index];
    shards[index] = least + 1;
  }
  return shards;
}

/** Of all of its epochs, though rules may end it sooner. */
function costOf({ fold, trial }: TrialSpec, sets: readonly DataSet[]): number {
  const data = sets[fold];
  const layers = layersOf(resolveTrial(trial, data.preprocessing.task).model, data);
  return relativeCost({ parameterCount: parameterCount(layers) }) * trial.training.epochs;
}
