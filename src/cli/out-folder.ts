/** The folder of `--out`, held by one command from before it trains until its results are there. */
import { join } from 'node:path';
import { removeOrphans } from '../machine/whole-file.ts';
import { cli } from '../messages/en/command-line/cli.ts';
import { message } from '../util/message.ts';
import {
  clearEarlier,
  earlierFiles,
  type FolderFlags,
  hasEnded,
  type ResultKind,
  refuseEarlier,
} from './checkpoints/kept-folder.ts';
import { finishPlacing, isUnfinished, unfinished } from './files/journal.ts';
import { isLocked, lockFolder } from './files/lock.ts';
import { type Results, type Written, writeResults, writeTogether } from './files/results.ts';
import { prepareFolder, refused } from './files/write.ts';
import { inLanguage } from './language.ts';
import { printError } from './output/terminal.ts';

export interface OutFolder {
  readonly path: string;
  /** @param inputs paths of what they were made of, which stays */
  write(results: Omit<Results, 'replaced'>, inputs: readonly string[]): Promise<Written>;
  release(): void;
}

/**
 * Makes the folder, and sees that it can be written to, that no other process does, and that it holds nothing that would be
 * lost. What an earlier process was killed over is finished, and what it has left is removed.
 * @param what the command writes
 * @throws InputError
 */
export function holdFolder(flags: FolderFlags, what: ResultKind): OutFolder | undefined {
  const { out } = flags;
  if (out === undefined) return undefined;
  prepareFolder(out);
  const lock = lockOf(out, what === 'run' ? 'train' : what);
  try {
    finishPlacing(out);
    for (const folder of [out, join(out, 'checkpoint')]) removeOrphans(folder);
    refuseEarlier(flags, what);
  } catch (error) {
    lock.release();
    throw error;
  }
  return {
    path: out,
    async write(results, inputs) {
      const replaced = earlierFiles(flags, [...Object.keys(results.files), 'report.html'], inputs);
      const written = await writeResults(out, { ...results, replaced }, () => lock.renew());
      if (!written.unwritten) clearEarlier(flags, what);
      return written;
    },
    release: lock.release,
  };
}

/**
 * Files of a command that reads and writes in a moment. What an earlier process was killed over is finished before.
 * @param made names and contents, given once nobody else writes there
 * @throws InputError where another process does, RunError where the files cannot be written
 */
export function writeSet(folder: string, command: string, made: () => Results['files']): void {
  const lock = lockOf(folder, command);
  try {
    finishPlacing(folder);
    removeOrphans(folder);
    writeTogether(folder, made());
  } finally {
    lock.release();
  }
}

/**
 * Whether --resume finds that all is done. It says so; results stay as they are, and what a process has left that was killed at
 * its very end is removed.
 */
export function isFinished(flags: FolderFlags, what: 'report' | 'run'): boolean {
  const { out, resume } = flags;
  if (!resume || out === undefined || !hasEnded(out, what)) return false;
  holdFolder(flags, what)?.release();
  printError(inLanguage(message(cli, 'nothing_to_resume', { folder: out, held: what })));
  return true;
}

function lockOf(folder: string, command: string) {
  try {
    return lockFolder(folder, command);
  } catch (error) {
    throw refused(folder, error);
  }
}

/**
 * For what reads results: those that a process was killed over are finished first.
 * @throws RunError where they cannot be
 */
export function finishResults(folder: string): void {
  // Whoever has the lock is at it.
  if (!isUnfinished(folder) || isLocked(folder)) return;
  try {
    const lock = lockFolder(folder, 'predict');
    try {
      finishPlacing(folder);
      removeOrphans(folder);
    } finally {
      lock.release();
    }
  } catch (error) {
    throw unfinished(folder, error);
  }
}
