/** How many threads one may ask for: in a file of its own, so that what is asked for is checked before the engine is loaded. */
import { engines } from '../../../messages/en/engines/engines.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';

/** More would wait for each other longer than they work. */
export const maxThreads = 16;

/** @throws InputError naming `option` and what was given */
export function checkThreads(threads: number, option: string, given: string | number = threads): void {
  if (Number.isInteger(threads) && threads >= 1 && threads <= maxThreads) return;
  throw new InputError(message(engines, 'threads', { option, input: given, most: maxThreads }), 'threads');
}
