/**
 * Files in and out. What is read may be standard input (`-`). What is written appears whole or not at all: it goes to a
 * sibling first, is flushed to disk, and only then takes its name.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cli, type FileReason } from '../messages/en/cli.ts';
import { InputError, RunError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { fileProblem } from './failures.ts';

export interface Input {
  /** What messages call it. */
  source: string;
  /** A file can be read again, and standard input cannot. */
  bytes: AsyncIterable<Uint8Array> | (() => AsyncIterable<Uint8Array>);
  /** In bytes; undefined for standard input. */
  size?: number;
}

/** @throws InputError when there is no such file, or it may not be read. */
export async function openInput(file: string): Promise<Input> {
  if (file === '-') return { source: 'standard input', bytes: process.stdin };
  const handle = await reading(file, async () => {
    const opened = await open(file);
    const stats = await opened.stat();
    if (!stats.isDirectory()) return { opened, stats };
    await opened.close();
    throw Object.assign(new Error(), { code: 'EISDIR' });
  });
  const { opened, stats } = handle;
  // A pipe has no beginning to go back to.
  if (!stats.isFile()) return { source: file, bytes: opened.createReadStream() };
  await opened.close();
  return { source: file, bytes: () => createReadStream(file), size: stats.size };
}

/** @throws InputError */
export function readBytes(file: string): Promise<Uint8Array> {
  return reading(file, () => readFile(file));
}

async function reading<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const reason = fileProblem(error);
    throw reason ? new InputError(message(cli, 'file_refused', { file, reason })) : error;
  }
}

/**
 * Makes the folder, and proves that it can be written to before hours are spent on what shall go there.
 * @throws InputError
 */
export function prepareFolder(folder: string): void {
  try {
    makeFolder(folder);
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
  const file = temporary(join(folder, 'probe'));
  writeFileSync(file, '.');
  rmSync(file);
}

function refused(file: string, error: unknown, reasons: Record<string, FileReason> = {}): unknown {
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? fileProblem(error);
  return reason ? new InputError(message(cli, 'out_refused', { file, reason }), 'out') : error;
}

/** Not mkdir's `recursive`: in /proc, Node 20 then goes round in circles until memory is gone. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: 'EEXIST' });
    return;
  }
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  mkdirSync(folder);
}

/**
 * Writes files that belong together: all are complete on disk before the first takes its name.
 * @returns their paths
 * @throws RunError when the disk is full or cannot be written.
 */
export function writeFiles(files: Record<string, Iterable<string | Uint8Array>>): string[] {
  const written: { path: string; from: string; to: string }[] = [];
  let path = '';
  try {
    for (const file of Object.keys(files)) {
      path = file;
      const to = isSpecial(file) ? file : destination(file);
      const from = isSpecial(file) ? file : temporary(to);
      written.push({ path, from, to });
      write(from, files[file]);
    }
    for (const done of written) {
      path = done.path;
      if (done.from !== done.to) renameSync(done.from, done.to);
    }
  } catch (error) {
    for (const { from, to } of written) if (from !== to) rmSync(from, { force: true });
    throw unwritten(path, error);
  }
  return Object.keys(files);
}

function unwritten(file: string, error: unknown): unknown {
  const reason = fileProblem(error);
  return reason ? new RunError(message(cli, 'file_unwritten', { file, reason })) : error;
}

/**
 * The same for one file that is written while its contents are still made, in order. What makes them may fail, and then
 * there is no file.
 */
export async function writeStream(path: string, parts: AsyncIterable<string>): Promise<void> {
  const to = isSpecial(path) ? path : destination(path);
  const from = isSpecial(path) ? path : temporary(to);
  const writing = async <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw unwritten(path, error);
    }
  };
  const file = await writing(() => open(from, 'w'));
  try {
    try {
      for await (const part of parts) await writing(() => file.writeFile(part));
      if (from !== to) await writing(() => file.sync());
    } finally {
      await file.close();
    }
    if (from !== to) await writing(() => renameSync(from, to));
  } catch (error) {
    if (from !== to) rmSync(from, { force: true });
    throw error;
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

/**
 * The files of a run that is over, by their names in the folder, and then its report, which is made of what is safe by
 * then. Results are printed even if they cannot be written, so a failure is handed back and not thrown.
 */
export async function writeResults(
  folder: string,
  results: Record<string, Iterable<string | Uint8Array>>,
  report?: () => Promise<string>,
): Promise<{ files: string[]; unwritten?: RunError }> {
  const files: string[] = [];
  const add = (named: typeof results) => {
    const places = Object.entries(named).map(([name, contents]) => [join(folder, name), contents] as const);
    files.push(...writeFiles(Object.fromEntries(places)));
  };
  try {
    add(results);
    if (report) add({ 'report.html': [await report()] });
    return { files };
  } catch (error) {
    if (error instanceof RunError) return { files, unwritten: error };
    throw error;
  }
}

function write(path: string, parts: Iterable<string | Uint8Array>): void {
  const file = openSync(path, 'w');
  try {
    for (const part of parts) writeFileSync(file, part);
    if (!isSpecial(path)) fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Behind a link, the file that it leads to. */
function destination(path: string): string {
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

function temporary(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`);
}
