/**
 * The two kinds of failure a person can mend. Every message is one line that says what, where and how to mend it;
 * the command line maps the first to exit code 2 and the second to 1, and the page shows the same sentence next to
 * the control it is about. Anything else that is thrown is a defect of ours.
 */
import { printable, quotable } from './bounded.ts';
import type { Message, Params, Said } from './message.ts';

export type { Said } from './message.ts';

class Failure extends Error {
  readonly code: string | undefined;
  readonly params: Params | undefined;
  /** The setting (dotted path, as in the schema) or column the message is about, where there is one. */
  readonly where: string | undefined;
  constructor(said: Said, where?: string) {
    const { code, params, text } = typeof said === 'string' ? ({ text: said } as Partial<Message>) : said;
    super(printable(text ?? ''));
    this.code = code;
    this.params = params;
    this.where = where === undefined ? undefined : quotable(where);
  }
}

/** Bad usage or bad input: a setting, a file, a column, a cell. */
export class InputError extends Failure {
  override name = 'InputError';
}

/** The run itself failed: the device was lost for good, memory ran out. */
export class RunError extends Failure {
  override name = 'RunError';
}

/** What an error says, in all languages where it has a code. */
export function saidBy(error: unknown): Said {
  if (!(error instanceof Error)) return String(error);
  const { code, params, message: text } = error as Failure;
  return params === undefined ? text : { code: code!, params, text };
}
