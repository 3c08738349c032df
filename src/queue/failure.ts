/** Why a job has failed, as it lies on the queue: a message, so that everyone reads it in a language of their own. */
import * as z from 'zod/mini';
import type { Said } from '../util/message.ts';
import { jsonIn } from './keys.ts';

const messageSchema = z.object({ code: z.string(), params: z.record(z.string(), z.unknown()), text: z.string() });

export function encodeFailure(said: Said): string {
  return typeof said === 'string' ? said : JSON.stringify(said);
}

/** What is no message is BullMQ's own sentence, or another program's: it is said as it is. */
export function decodeFailure(text = ''): Said {
  const parsed = messageSchema.safeParse(jsonIn(text));
  return parsed.success ? parsed.data : text;
}
