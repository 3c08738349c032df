/** What the libraries make of a file: whatever they throw is about its bytes, which they do not check before they read them. */
import { binaryFiles } from '../../../messages/en/tables/binary-files.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import type { TypedKind } from '../bytes/signatures.ts';

/** @throws InputError for anything that is thrown */
export function decoded<Result>(kind: TypedKind, source: string, decode: () => Result): Result {
  try {
    return decode();
  } catch (error) {
    throw damaged(kind, source, error);
  }
}

export function damaged(kind: TypedKind, source: string, error: unknown): InputError {
  if (error instanceof InputError) return error;
  const cause = error instanceof Error ? error.message : String(error);
  const refused = new InputError(message(binaryFiles, 'typed_damaged', { source, kind, cause }));
  refused.cause = error;
  return refused;
}
