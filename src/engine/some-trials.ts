/** A part of a population's checkpoint: some of its trials, for a population of these alone. */
import type { Checkpoint } from './engine.ts';
import { allocatedBytes } from './gpu/memory/buffer-spec.ts';

/**
 * @param kept numbers of its trials @param steps that the smaller population has done
 * @returns undefined where a population in parts would be put together otherwise
 */
export function selectTrials(
  { arrays, trials, stopped, parts, ...checkpoint }: Checkpoint,
  kept: readonly number[],
  steps: number,
): Checkpoint | undefined {
  if (parts) return undefined;
  const selected: Checkpoint['arrays'] = {};
  for (const [name, bytes] of Object.entries(arrays)) {
    // The CPU names a trial's own; a GPU has one buffer for all.
    const [, prefix, number] = /^(.*) (\d+)$/.exec(name) ?? [];
    if (number === undefined) selected[name] = selectRows(bytes, bytes.length / trials.length, kept);
    else if (kept.includes(Number(number))) selected[`${prefix} ${kept.indexOf(Number(number))}`] = bytes;
  }
  return {
    ...checkpoint,
    steps,
    trials: kept.map((trial) => trials[trial]),
    stopped: kept.flatMap((trial, index) => (stopped.includes(trial) ? [index] : [])),
    arrays: selected,
  };
}

function selectRows(bytes: Uint8Array, stride: number, kept: readonly number[]): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array(allocatedBytes({ bytes: kept.length * stride }));
  kept.forEach((row, index) => {
    rows.set(bytes.subarray(row * stride, (row + 1) * stride), index * stride);
  });
  return rows;
}
