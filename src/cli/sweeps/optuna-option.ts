/** `--optuna`: what a sweep has found as a journal of Optuna's, too. */
import { Option } from 'commander';
import { cli } from '../../messages/en/command-line/cli.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';

export const optunaFile = 'optuna.log';

export const optunaOption = () =>
  new Option('--optuna', `Write ${optunaFile} too, the trials as a journal that optuna-dashboard shows`);

/** Before a table is read. @throws InputError where there will be no results of a whole sweep to write it with */
export function refuseOptuna(
  flags: { optuna?: boolean; out?: string; shard?: string },
  command: 'sweep' | 'fit' = 'sweep',
): void {
  if (!flags.optuna) return;
  if (command === 'fit') throw new InputError(message(cli, 'optuna_of_fit'), 'optuna');
  if (flags.shard !== undefined) throw new InputError(message(cli, 'optuna_of_shard'), 'optuna');
  if (flags.out === undefined) throw new InputError(message(cli, 'optuna_without_out'), 'optuna');
}
