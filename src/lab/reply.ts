/** What a person can mend comes back from the worker as a reply: comlink would lose the `where` of an InputError. */
import { InputError, saidBy } from '../util/errors.ts';
import type { Reply } from './messages.ts';

export function replyOf<Value>(work: Promise<Value>): Promise<Reply<Value>> {
  return work.then(
    (value): Reply<Value> => ({ ok: true, value }),
    (error: unknown): Reply<Value> => {
      if (!(error instanceof InputError)) throw error;
      return { ok: false, problem: { message: saidBy(error), where: error.where } };
    },
  );
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
