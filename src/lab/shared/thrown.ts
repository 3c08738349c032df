/**
 * Errors of a worker reach the page as what they are: comlink itself carries no more of an error than its name, message and
 * stack, and would lose the code, parameters and place of what a person can mend. Both sides call it before they talk.
 */
import { type TransferHandler, transferHandlers } from 'comlink';
import { InputError, RunError, saidBy } from '../../util/errors.ts';
import type { Said } from '../../util/message.ts';

/** As comlink has it: what was thrown, marked as such. */
interface Thrown {
  value: unknown;
}

interface Carried {
  kind: keyof typeof kinds;
  said: Said;
  where: string | undefined;
  stack: string | undefined;
}

const kinds = { InputError, RunError };

const others = transferHandlers.get('throw') as TransferHandler<Thrown, unknown>;
const handler: TransferHandler<Thrown, unknown> = {
  canHandle: others.canHandle,
  serialize(thrown: Thrown) {
    const { value } = thrown;
    if (!(value instanceof InputError || value instanceof RunError)) return others.serialize(thrown);
    const kind = value instanceof InputError ? 'InputError' : 'RunError';
    const carried: Carried = { kind, said: saidBy(value), where: value.where, stack: value.stack };
    return [carried, []];
  },
  deserialize(carried: unknown) {
    if (!isCarried(carried)) return others.deserialize(carried);
    const error = new kinds[carried.kind](carried.said, carried.where);
    error.stack = carried.stack;
    throw error;
  },
};

export function carryErrors(): void {
  transferHandlers.set('throw', handler);
}

function isCarried(value: unknown): value is Carried {
  return typeof value === 'object' && value !== null && 'said' in value;
}
