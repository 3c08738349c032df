/** What becomes of a run whose device was lost: it goes on from its last checkpoint, unless that keeps happening. */
import type { Said } from '../../../util/errors.ts';
import type { RunEntry } from '../../protocol/runs.ts';

/** So often from one and the same epoch: then it is the work that kills the device. */
const mostOften = 3;

export function mayRecover({ recovered }: RunEntry): boolean {
  const last = recovered.at(-1)?.epoch;
  return recovered.filter(({ epoch }) => epoch === last).length < mostOften;
}

/** @param moved whether it goes on on another engine */
export function recovered(entry: RunEntry, epoch: number, reason: Said, moved = false): RunEntry {
  const recovery = { epoch, reason, ...(moved && { moved: true as const }) };
  return { ...entry, recovered: [...entry.recovered, recovery] };
}
