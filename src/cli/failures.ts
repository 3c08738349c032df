/** What was thrown, as one line for a person and an exit code for a script. */
import { CommanderError } from 'commander';
import { InputError, RunError } from '../util/errors.ts';
import { inLanguage } from './language.ts';

export interface Failure {
  /** Empty where everything has been said, as after the help text. */
  message: string;
  stack?: string;
  exitCode: number;
}

/** @param what the thing that was read or written, for errors that do not name a file. */
export function failureOf(error: unknown, what?: string): Failure {
  if (error instanceof CommanderError) return usage(error);
  const { message = String(error), stack } = error instanceof Error ? error : {};
  if (error instanceof InputError || error instanceof RunError) {
    const { code, params } = error;
    const said = inLanguage({ code, params, text: message });
    return { message: oneLine(said), stack, exitCode: error instanceof InputError ? 2 : 1 };
  }
  const reason = fileProblem(error);
  if (reason) {
    const { path } = error as NodeJS.ErrnoException;
    return { message: `${path ?? what ?? 'A file'}: ${reason}.`, stack, exitCode: 1 };
  }
  return {
    message: `This is a defect of perceptron-lab: ${oneLine(message)} (the same command with --verbose shows where).`,
    stack,
    exitCode: 1,
  };
}

/** commander's wording is left aside where it takes more than a line or does not say how to go on. */
function usage({ code, exitCode, message }: CommanderError): Failure {
  if (code === 'commander.help' || code === 'commander.helpDisplayed' || code === 'commander.version') {
    return { message: '', exitCode: exitCode === 0 ? 0 : 2 };
  }
  const said = oneLine(message.replace(/^error: /, '')).replace(/\.$/, '');
  const argument = /^missing required argument '(.+)'$/.exec(said)?.[1];
  if (argument) return { message: `${argument} is missing; --help shows how the command is written.`, exitCode: 2 };
  const [, option, value] = /^option '.*(--[^ ]+) ([^ ]+)' argument missing$/.exec(said) ?? [];
  if (option) return { message: `${option}: needs a value, ${option} ${value}.`, exitCode: 2 };
  const unknown = /^unknown option '(.+?)'/.exec(said)?.[1];
  if (unknown) return { message: `There is no option \`${unknown}\`; --help lists them all.`, exitCode: 2 };
  return { message: `${said}.`, exitCode: 2 };
}

/** Why the system would not open, read or write a file; undefined where the error is something else. */
export function fileProblem(error: unknown): string | undefined {
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case 'ENOENT':
      return 'no such file';
    case 'EISDIR':
      return 'is a folder, not a file';
    case 'ENOTDIR':
      return 'a part of this path is a file, not a folder';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EROFS':
      return 'the disk is read-only';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'no space left on the disk';
    case 'ENAMETOOLONG':
      return 'the name is too long';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many open files';
    case 'EIO':
      return 'the disk cannot be read or written';
    default:
      return undefined;
  }
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
