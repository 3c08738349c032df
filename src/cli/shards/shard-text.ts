/** What a shard says of itself once it has ended. */
import type { Notice } from '../../data/table/notices.ts';
import { shards } from '../../messages/en/command-line/shards.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import type { SweepResult } from '../../sweep/results/types.ts';
import { message } from '../../util/message.ts';
import type { Shard } from '../../util/shard.ts';
import { inLanguage } from '../language.ts';
import { leaderTable } from '../output/leaderboard-table.ts';
import { divergedNotices, duration, engineFact, fact, notedFacts, wrapped, writtenFiles } from '../output/output.ts';
import { type SweepJob, sizeFact } from '../sweeps/ending.ts';

export interface EndedShard {
  shard: Shard;
  /** Undefined where it has no trials. */
  result: SweepResult | undefined;
  interrupted: boolean;
  notices: Notice[];
}

/** With the leaderboard of its own trials, which says how they do and not yet who is best. */
export function shardText(
  { file, folds, dataSettings }: SweepJob,
  { shard, result, interrupted, notices, files }: EndedShard & { files: readonly string[] },
): string {
  const data = fact('data', message(summary, 'table_rows', { file, count: folds[0].rows }));
  const next = interrupted ? [] : [wrapped(inLanguage(doneWords(shard.of)))];
  if (!result) return [notedFacts([data], notices, dataSettings), ...next, ...writtenFiles(files)].join('\n\n');
  const { trials, populations, engine, seconds } = result;
  const plans = [...new Set(populations.map(({ plan }) => plan))];
  const lines = [data, sizeFact(result), engineFact(engine, message(summary, 'plans_used', { plans }))];
  const diverged = trials.filter(({ stopped }) => stopped === 'diverged').length;
  return [
    notedFacts(lines, [...notices, ...divergedNotices(diverged)], dataSettings),
    leaderTable(result),
    `${duration(seconds)}.`,
    ...next,
    ...writtenFiles(files),
  ].join('\n\n');
}

export function doneWords(of: number) {
  return message(shards, 'shard_done', { of, command: 'perceptron-lab merge FOLDER... --out FOLDER' });
}
