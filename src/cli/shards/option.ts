/** `--shard 3/16`: which part of a sweep or a fit this machine trains. */
import { Option } from 'commander';
import { shards } from '../../messages/en/command-line/shards.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { Shard } from '../../util/shard.ts';

export const shardOption = () =>
  new Option(
    '--shard <i/n>',
    'Train only this part, such as 3/16, and leave it in the folder of --out; merge puts all of them together',
  );

/** More would be one machine for each trial of the largest sweep, and some. */
const mostShards = 100_000;

/** @throws InputError */
export function parseShard(text: string): Shard {
  const [, part, of] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number);
  if (part >= 1 && part <= of && of <= mostShards) return { part, of };
  throw new InputError(message(shards, 'shard_invalid', { text }), 'shard');
}

export function shardName({ part, of }: Shard): string {
  return `${part}/${of}`;
}
