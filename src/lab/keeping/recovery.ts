/** What becomes of a run whose device was lost: it goes on from its last checkpoint, unless that keeps happening. */
import type { Said } from '../../util/errors.ts';
import { text } from '../text/text.ts';
import type { Recovery, RunEntry } from './kept.ts';

export type { Recovery };

/** So often from one and the same epoch: then it is the work that kills the device. */
const mostOften = 3;

export function mayRecover({ recovered }: RunEntry): boolean {
  const last = recovered.at(-1)?.epoch;
  return recovered.filter(({ epoch }) => epoch === last).length < mostOften;
}

export function recovered(entry: RunEntry, epoch: number, reason: Said): RunEntry {
  return { ...entry, recovered: [...entry.recovered, { epoch, reason }] };
}

export function recoveryInWords({ epoch, reason }: { epoch: number; reason: string }): string {
  return text.run.deviceLost({ reason, epoch });
}
