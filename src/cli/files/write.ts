/** Files out: they appear whole or not at all (`src/machine/whole-file.ts`). */
import { fstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { disk } from '../../machine/disk.ts';
import {
  draft,
  flushFolder,
  makeFolders,
  type Parts,
  removeOrphans,
  writeAll,
  writeWhole,
} from '../../machine/whole-file.ts';
import { cli, type FileReason } from '../../messages/en/command-line/cli.ts';
import { InputError, RunError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { fileProblem } from '../failures.ts';

/**
 * Makes the folder, and proves that it can be written to before hours are spent on what shall go there.
 * @throws InputError
 */
export function prepareFolder(folder: string): void {
  if (folder === '-') throw new InputError(message(cli, 'out_no_stream'), 'out');
  try {
    makeFolders(folder);
    probe(folder);
  } catch (error) {
    throw refused(folder, error, { EEXIST: 'not_folder', ENOENT: 'no_place' });
  }
}

/**
 * The same for a single file, whose folder has to be there.
 * @throws InputError
 */
export function prepareFile(file: string): void {
  try {
    if (isSpecial(file)) return;
    const to = destination(file);
    if (statSync(to, { throwIfNoEntry: false })?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    probe(dirname(to));
    removeOrphans(dirname(to), basename(to));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw refused(file, error);
    throw new InputError(message(cli, 'out_without_folder', { file, folder: dirname(file) }), 'out');
  }
}

/**
 * What is read is never written over, by whatever name: links lead to the same file.
 * @param out standard output where it is undefined
 * @param inputs `-` is standard input
 * @throws InputError
 */
export function refuseItself(out: string | undefined, inputs: readonly string[]): void {
  const written = identityOf(out ?? 1);
  if (written === undefined) return;
  for (const input of inputs) {
    if (identityOf(input === '-' ? 0 : input) !== written) continue;
    throw new InputError(
      out === undefined
        ? message(cli, 'output_is_input', { input })
        : message(cli, 'out_is_input', { file: out, input }),
      'out',
    );
  }
}

/** Of a file, by its path or as an open one; undefined where it is none. */
function identityOf(file: string | number): string | undefined {
  try {
    const stats = typeof file === 'number' ? fstatSync(file, { bigint: true }) : statSync(file, { bigint: true });
    return stats.isFile() ? `${stats.dev} ${stats.ino}` : undefined;
  } catch {
    return undefined;
  }
}

function probe(folder: string): void {
  const file = draft(join(folder, 'probe'));
  try {
    file.write('.');
  } finally {
    file.discard();
  }
}

export function refused(file: string, error: unknown, reasons: Record<string, FileReason> = {}): unknown {
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? fileProblem(error);
  return reason ? new InputError(message(cli, 'out_refused', { file, reason }), 'out') : error;
}

/** With the folder, where it is missing. @throws RunError when the disk is full or cannot be written */
export function writeFile(path: string, parts: Parts): void {
  try {
    makeFolders(dirname(path));
    writeWhole(destination(path), parts);
  } catch (error) {
    throw unwritten(path, error);
  }
}

/** At its end, all or as much as there is room for. @throws RunError when the disk is full or cannot be written */
export function appendFile(path: string, text: string): void {
  try {
    const file = disk.open(path, 'a');
    try {
      writeAll(file, Buffer.from(text));
    } finally {
      disk.close(file);
    }
  } catch (error) {
    throw unwritten(path, error);
  }
}

export function unwritten(file: string, error: unknown): unknown {
  const reason = fileProblem(error) ?? (isSystemError(error) ? 'broken' : undefined);
  return reason ? new RunError(message(cli, 'file_unwritten', { file, reason })) : error;
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

/**
 * One file that is written while its contents are still made, in order. What makes them may fail, and then there is no
 * file.
 * @throws RunError when the disk is full or cannot be written
 */
export async function writeStream(path: string, parts: AsyncIterable<string>): Promise<void> {
  const writing = async <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw unwritten(path, error);
    }
  };
  if (isSpecial(path)) {
    const special = await writing(() => disk.openSpecial(path));
    try {
      for await (const part of parts) await writing(() => special.writeFile(part));
    } finally {
      await special.close();
    }
    return;
  }
  const to = destination(path);
  const file = await writing(() => draft(to));
  try {
    for await (const part of parts) await writing(() => file.write(part));
    await writing(() => {
      file.flush();
      file.place();
      flushFolder(dirname(to));
    });
  } finally {
    file.discard();
  }
}

/** To standard output, as fast as it is read there. */
export async function writeOutput(parts: AsyncIterable<string>): Promise<void> {
  for await (const part of parts) {
    await new Promise<void>((resolve) => {
      // What goes wrong with standard output is looked after where the program begins.
      process.stdout.write(part, () => resolve());
    });
  }
}

/** Behind a link, the file that it leads to. */
export function destination(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** A pipe or a device such as /dev/stdout is written to as it is: it must not be replaced by a file. */
function isSpecial(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}
