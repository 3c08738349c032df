/** What was thrown, as one line for a person and an exit code for a script. */
import { existsSync } from 'node:fs';
import { CommanderError } from 'commander';
import { cli, type FileReason, type Stream } from '../messages/en/command-line/cli.ts';
import { printable } from '../util/bounded.ts';
import { InputError, RunError, saidBy } from '../util/errors.ts';
import { inEnglish, message, type Said } from '../util/message.ts';
import { inLanguage } from './language.ts';

export interface Failure {
  /** Empty where everything has been said, as after the help text. */
  message: string;
  stack?: string;
  exitCode: number;
}

/** @param stream what was read or written, for errors that do not name a file. */
export function failureOf(error: unknown, stream: Stream = 'unknown'): Failure {
  if (error instanceof CommanderError) return usage(error);
  const stack = error instanceof Error ? error.stack : undefined;
  if (error instanceof InputError || error instanceof RunError) {
    return { message: oneLine(inLanguage(saidBy(error))), stack, exitCode: error instanceof InputError ? 2 : 1 };
  }
  const reason = fileProblem(error);
  if (reason) {
    const file = (error as NodeJS.ErrnoException).path;
    const said =
      file === undefined
        ? message(cli, 'stream_refused', { stream, reason })
        : message(cli, 'file_refused', { file, reason });
    return { message: inLanguage(said), stack, exitCode: 1 };
  }
  return {
    message: inLanguage(message(cli, 'defect', { detail: oneLine(inEnglish(saidBy(error))) })),
    stack,
    exitCode: 1,
  };
}

/** commander's wording is left aside where it takes more than a line or does not say how to go on. */
function usage({ code, exitCode, message: text }: CommanderError): Failure {
  if (code === 'commander.help' || code === 'commander.helpDisplayed' || code === 'commander.version') {
    return { message: '', exitCode: exitCode === 0 ? 0 : 2 };
  }
  return { message: inLanguage(usageMessage(oneLine(text.replace(/^error: /, '')).replace(/\.$/, ''))), exitCode: 2 };
}

/** What has no message of ours stays commander's. */
function usageMessage(said: string): Said {
  const argument = /^missing required argument '(.+)'$/.exec(said)?.[1];
  if (argument) return message(cli, 'argument_missing', { argument });
  const [, option, value] = /^option '.*(--[^ ]+) ([^ ]+)' argument missing$/.exec(said) ?? [];
  if (option) return message(cli, 'option_without_value', { option, value });
  const [, needed, form] = /^required option '(--[^ ]+) ([^ ]+)' not specified$/.exec(said) ?? [];
  if (needed) return message(cli, 'option_missing', { option: needed, value: form });
  const unknown = /^unknown option '(.+?)'/.exec(said)?.[1];
  if (unknown) return message(cli, existsSync(unknown) ? 'option_or_file' : 'option_unknown', { option: unknown });
  return printable(`${said}.`);
}

const reasons: Record<string, FileReason> = {
  ENOENT: 'missing',
  EISDIR: 'folder',
  ENOTDIR: 'within_file',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'read_only',
  ENOSPC: 'full',
  EDQUOT: 'full',
  ENAMETOOLONG: 'long_name',
  EMFILE: 'many_open',
  ENFILE: 'many_open',
  EIO: 'broken',
};

/** Why the system would not open, read or write a file; undefined where the error is something else. */
export function fileProblem(error: unknown): FileReason | undefined {
  return reasons[(error as NodeJS.ErrnoException | undefined)?.code ?? ''];
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
