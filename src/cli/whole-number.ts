/** Options that are counts. */
import { cli } from '../messages/en/command-line/cli.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';

/** @throws InputError that names the option */
export function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new InputError(message(cli, 'whole_number', { option: `--${name}`, text, most }), name);
}
