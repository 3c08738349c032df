/** What a person can mend comes back from the worker as a reply, to be shown beside what it is about. */
import { InputError, saidBy } from '../../util/errors.ts';
import type { Reply } from '../protocol/messages.ts';

export function replyOf<Value>(work: Promise<Value>): Promise<Reply<Value>> {
  return work.then(
    (value): Reply<Value> => ({ ok: true, value }),
    (error: unknown): Reply<Value> => {
      if (!(error instanceof InputError)) throw error;
      return { ok: false, problem: { message: saidBy(error), where: error.where } };
    },
  );
}
