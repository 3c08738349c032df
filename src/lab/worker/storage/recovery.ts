/** What becomes of a run whose device was lost: it goes on from its last checkpoint, unless that keeps happening. */
import type { Said } from '../../../util/errors.ts';
import type { RunEntry } from '../../protocol/runs.ts';

/** So often from one and the same epoch: then it is the work that kills the device. */
const mostOften = 3;

export function mayRecover({ recovered }: RunEntry): boolean {
  const last = recovered.at(-1)?.epoch;
  return recovered.filter(({ epoch }) => epoch === last).length < mostOften;
}

export function recovered(entry: RunEntry, epoch: number, reason: Said): RunEntry {
  return { ...entry, recovered: [...entry.recovered, { epoch, reason }] };
}
