/** What is said of shards, and of putting them together. */
import { counted, count as whole } from '../../../util/thousands.ts';
import { some } from '../../../util/words.ts';
import { type ValueProblem, valueProblems } from '../training/sweeps.ts';

/** A folder that `--shard --out` wrote. */
export interface ShardNamed {
  folder: string;
  /** Such as "3/16". */
  shard: string;
}

/** In what two shards differ that would be of one sweep or fit. */
export const differences = {
  command: 'one is of a sweep and one of a fit',
  program: 'they are of two versions of the program',
  job: 'what is to be trained is not the same',
  data: 'the settings of the data are not the same',
  rows: 'the tables are not the same',
  number: 'there are not as many shards of one as of the other, and the time ended them',
};

export type ShardDifference = keyof typeof differences;

const named = ({ folder, shard }: ShardNamed) => `${folder} (shard ${shard})`;

export const shards = {
  shard_invalid: ({ text }: { text: string }) =>
    `--shard: "${text}" is not a part of a whole; give such as 3/16, the third of sixteen, counted from 1.`,
  shard_without_out: '--shard: is put together with others later, from its folder; say which with --out.',
  shard_and_queue:
    '--shard: is for machines that know nothing of each other, and --queue for those that do; give one of them.',
  shard_halving:
    '--shard: with successive halving who goes on is decided among all trials, so no shard can train by itself; train it on one machine or on a queue, or leave "halving" out of the sweep file.',
  shard_other: ({ folder, held, shard }: { folder: string; held: string; shard: string }) =>
    `--resume: ${folder} holds shard ${held}, and not ${shard}; give that, or name another folder.`,
  fit_other: ({ folder }: { folder: string }) =>
    `--resume: ${folder} holds packs of another fit: the table, the settings or the version of the program differ. Give the same ones, or another folder.`,
  shard_begins: ({ shard, count, of }: { shard: string; count: number; of: number }) =>
    `Shard ${shard}: ${whole(count)} of ${counted(of, 'trial')}.`,
  fit_shard_trained: (p: { packs: number; networks: number; diverged: number; time: string }) =>
    `${counted(p.packs, 'pack')}, ${counted(p.networks, 'network')} trained${p.diverged > 0 ? `, ${whole(p.diverged)} diverged` : ''}, ${p.time}`,
  resume_without_shard:
    '--resume: goes on with a shard of a fit or with one on a queue, and a fit by itself ends after its minutes; give --shard or --queue.',
  shard_done: ({ of, command }: { of: number; command: string }) =>
    of === 1
      ? `This is the only shard: ${command} makes the results.`
      : `This is one of ${whole(of)} shards: with the folders of all of them, ${command} makes the results.`,

  merge_into_shard: ({ folder }: { folder: string }) =>
    `--out: ${folder} is one of the shards, whose files the merged ones would replace; give another folder.`,
  merge_without_out: '--out: is missing; name the folder for the results.',
  folder_without_shard: ({ folder }: { folder: string }) =>
    `${folder}: holds no shard; name the folders that --shard --out wrote.`,
  shard_unreadable: ({ file, damage }: { file: string; damage: ValueProblem }) =>
    `${file}: ${valueProblems[damage]}. It says what the shard is of; the command that trained it writes it again, with --resume.`,
  shards_foreign: (p: { folder: string; other: string; difference: ShardDifference }) =>
    `${p.other} and ${p.folder} do not belong together: ${differences[p.difference]}. Merge only shards of the same command.`,
  shards_table_other: ({ file }: { file: string }) =>
    `${file}: is not the table that the shards were trained on; name that one with --table.`,
  shards_table_missing: ({ file }: { file: string }) =>
    `${file}: the table that the shards were trained on is not there; say with --table where it is.`,
  shards_missing: ({ missing, command }: { missing: readonly string[]; command: string }) =>
    `Missing: shard ${some(missing, 8)}. Train what is missing: ${command}`,
  shards_unfinished: (p: {
    unfinished: readonly ShardNamed[];
    left: number;
    what: 'trial' | 'pack';
    command: string;
    damaged: readonly string[];
  }) =>
    `Not finished: ${some(p.unfinished.map(named), 8)}, where ${counted(p.left, p.what)} ${p.left === 1 ? 'is' : 'are'} left${p.damaged.length > 0 ? ` (damaged: ${some(p.damaged, 3)})` : ''}. Go on: ${p.command}`,
  pack_differs: (p: { pack: number; folder: string; other: string }) =>
    `Pack ${whole(p.pack)} of the fit is in ${p.other} and in ${p.folder}, with other results: leave one of the folders out.`,
  packs_merged: ({ packs, folders, machines }: { packs: number; folders: number; machines: readonly string[] }) =>
    `${counted(packs, 'pack')} of ${counted(folders, 'folder')}, trained on ${some(machines, 4)}.`,
  packs_doubled: ({ count, names }: { count: number; names: readonly string[] }) =>
    `${counted(count, 'pack')} ${count === 1 ? 'is' : 'are'} in several folders with the same results, and ${count === 1 ? 'counts' : 'count'} once: ${some(names, 4)}.`,
  trial_differs: (p: { trial: string; folder: string; other: string }) =>
    `${p.trial} is in ${p.other} and in ${p.folder}, with other results: they were not trained alike. Leave one of the folders out.`,
  shards_merged: ({ count, folders, machines }: { count: number; folders: number; machines: readonly string[] }) =>
    `${counted(count, 'trial')} of ${counted(folders, 'folder')}, trained on ${some(machines, 4)}.`,
  trials_doubled: ({ count, names }: { count: number; names: readonly string[] }) =>
    `${counted(count, 'trial')} ${count === 1 ? 'is' : 'are'} in several folders with the same results, and ${count === 1 ? 'counts' : 'count'} once: ${some(names, 4)}.`,
  trials_on_engines: ({ engines }: { engines: readonly string[] }) =>
    `The trials ran on ${some(engines, 4)}: the same trial may differ between them in its last digits.`,
};
