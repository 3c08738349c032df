/** Where the trials of a sweep were trained, and what follows of several engines. */
import { info, type Notice } from '../../data/table/notices.ts';
import { shards } from '../../messages/en/command-line/shards.ts';
import type { RanOn } from '../../sweep/results/types.ts';
import { message } from '../../util/message.ts';

type Trained = readonly { ran_on?: RanOn }[];

/** Their names, each once. */
export function machinesOf(trials: Trained): string[] {
  return [...new Set(trials.flatMap(({ ran_on }) => ran_on?.machine ?? []))].sort();
}

/** Says that there were several, if that is so. */
export function engineNotices(trials: Trained): Notice[] {
  const named = trials.flatMap(({ ran_on }) => (ran_on ? [`${ran_on.engine} (${ran_on.adapter})`] : []));
  const engines = [...new Set(named)].sort();
  return engines.length > 1 ? [info(message(shards, 'trials_on_engines', { engines }))] : [];
}
