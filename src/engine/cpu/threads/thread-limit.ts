/** How many threads one may ask for: in a file of its own, so that what is asked for is checked before the engine is loaded. */
import { InputError } from '../../../util/errors.ts';

/** More would wait for each other longer than they work. */
export const maxThreads = 16;

/** @throws InputError naming `setting` and what was given */
export function checkThreads(threads: number, setting: string, given: string | number = threads): void {
  if (Number.isInteger(threads) && threads >= 1 && threads <= maxThreads) return;
  throw new InputError(
    `${setting}: ${given} is no number of threads; give a whole number from 1 to ${maxThreads}.`,
    'threads',
  );
}
