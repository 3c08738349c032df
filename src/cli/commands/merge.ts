/** `merge FOLDER...`: one sweep, or one fit, of the shards that machines have trained. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { shards } from '../../messages/en/command-line/shards.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { overwriteOption, refuseEarlier } from '../checkpoints/kept-folder.ts';
import { engineOptions } from '../headless.ts';
import { closing } from '../output/help.ts';
import { mergeFit } from '../shards/merge-fit.ts';
import { mergeSweep } from '../shards/merge-sweep.ts';
import { type MergeFlags, readShardTable } from '../shards/merge-table.ts';
import { readShards } from '../shards/read-shards.ts';
import { optunaOption, refuseOptuna } from '../sweeps/optuna-option.ts';

const notes = [
  'The folders are those of sweep --shard --out, or of fit --shard --out. In whatever order and number they are given, the results are those of one machine, to the last bit where the engine is the same. Shards that are missing, not finished or of something else are named, with the command that trains them.',
  'The table is read where the shards had it, or from --table, and has to hold the same. The engine is asked for as the shards did it; it trains what a sweep or a fit trains at its end.',
];

export function define(command: Command): void {
  command
    .argument('<FOLDER...>', 'Folders that --shard --out wrote')
    .usage('FOLDER... --out FOLDER')
    .addHelpText('after', () => closing(notes, ['perceptron-lab merge parts/* --out whole']))
    .action((folders: string[], flags: MergeFlags) => mergeCommand(folders, flags));
  for (const option of [
    new Option('--out <folder>', 'Write the results there, as sweep --out does; more trials can be added there later'),
    overwriteOption(),
    new Option('--table <file>', 'The table, where it is not where the shards had it'),
    new Option('--model <average|best>', 'The model to write of a sweep\ndefault average').choices(['average', 'best']),
    optunaOption(),
    ...engineOptions(),
    new Option('--json', 'Print one JSON object instead of text'),
    new Option('--quiet', 'Print the leaderboard and nothing else, and show no progress'),
  ]) {
    command.addOption(option.helpGroup('Run:'));
  }
}

async function mergeCommand(folders: readonly string[], flags: MergeFlags): Promise<void> {
  if (flags.out === undefined) throw new InputError(message(shards, 'merge_without_out'), 'out');
  const out = resolve(flags.out);
  const own = folders.find((folder) => resolve(folder) === out);
  if (own !== undefined) throw new InputError(message(shards, 'merge_into_shard', { folder: own }), 'out');
  const found = await readShards(folders);
  const [{ record }] = found;
  refuseOptuna(flags, record.command);
  if (record.command === 'fit') {
    refuseEarlier(flags, 'fit');
    await mergeFit(found, await readShardTable(record, flags), flags);
  } else {
    refuseEarlier(flags, 'sweep');
    await mergeSweep(found, await readShardTable(record, flags), flags);
  }
}
