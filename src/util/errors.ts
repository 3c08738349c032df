/**
 * The two kinds of failure a person can mend. Every message is one line that says what, where and how to mend it;
 * the command line maps the first to exit code 2 and the second to 1, and the page shows the same sentence next to
 * the control it is about. Anything else that is thrown is a defect of ours.
 */

/** Bad usage or bad input: a setting, a file, a column, a cell. */
export class InputError extends Error {
  override name = 'InputError';
  /** The setting (dotted path, as in the schema) or column the message is about, where there is one. */
  readonly where: string | undefined;
  constructor(message: string, where?: string) {
    super(message);
    this.where = where;
  }
}

/** The run itself failed: the device was lost for good, memory ran out. */
export class RunError extends Error {
  override name = 'RunError';
}
