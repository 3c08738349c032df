/** One process at a time writes to a folder of results: a file there says which. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { disk } from '../../machine/disk.ts';
import { isRunning, startOf } from '../../machine/processes.ts';
import { draft, temporaryName, writeAll } from '../../machine/whole-file.ts';
import { cli } from '../../messages/en/command-line/cli.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';

export interface FolderLock {
  /** Takes the lock again where the folder was removed meanwhile. @throws InputError where another process has it now */
  renew(): void;
  release(): void;
}

const lockName = '.perceptron-lab.lock';

const holderSchema = z.object({
  pid: z.int().check(z.positive()),
  /** What `startOf` said of the process. */
  start: z.optional(z.string()),
  host: z.string().check(z.regex(/^[\x21-\x7e]{1,255}$/)),
  since: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)),
  command: z.string().check(z.regex(/^[a-z]+$/)),
});

type Holder = z.infer<typeof holderSchema>;

/** Paths of the locks that this process has. */
const own = new Set<string>();

/**
 * Held until it is released, or the process ends, by Ctrl-C too. What a killed process has left is taken over.
 * @throws InputError that names the holder
 */
export function lockFolder(folder: string, command: string): FolderLock {
  const path = join(folder, lockName);
  const since = `${new Date().toISOString().slice(0, 19)}Z`;
  const holder: Holder = { pid: process.pid, start: startOf(process.pid), host: hostname(), since, command };
  const text = `${JSON.stringify(holder)}\n`;
  take(folder, path, text);
  own.add(path);
  const release = () => {
    process.off('exit', release);
    for (const signal of signals) process.off(signal, leave);
    if (!own.delete(path) || read(path) !== text) return;
    try {
      disk.remove(path);
    } catch {
      // The next process finds that this one is gone.
    }
  };
  /** Where nobody else heeds the signal, it ends the process as if this had not. */
  const leave = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) > 1) return;
    release();
    process.kill(process.pid, signal);
  };
  process.on('exit', release);
  for (const signal of signals) process.on(signal, leave);
  return {
    renew() {
      if (read(path) !== text) take(folder, path, text);
    },
    release,
  };
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** @throws InputError where another process writes to the folder */
export function refuseLocked(folder: string): void {
  const holder = otherHolder(folder);
  if (holder) throw inUse(folder, holder);
}

/** By another process. */
export function isLocked(folder: string): boolean {
  return otherHolder(folder) !== undefined;
}

function inUse(folder: string, { pid, host, since, command }: Holder): InputError {
  const file = join(folder, lockName);
  return new InputError(message(cli, 'out_in_use', { folder, command, pid, host, since, file }), 'out');
}

function take(folder: string, path: string, text: string): void {
  // Others may come and go meanwhile.
  for (let attempt = 0; attempt < 100; attempt++) {
    if (create(path, text)) return;
    const there = read(path);
    if (there === undefined) continue;
    const holder = running(path, there);
    if (holder) throw inUse(folder, holder);
    takeAway(path, there);
  }
  throw new Error(`${path}: others come and go`);
}

/** At once with its text, so that nobody reads half of it. @returns false where there is one */
function create(path: string, text: string): boolean {
  const file = draft(path);
  try {
    file.write(text);
    disk.link(file.path, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    // On a disk without links.
    if (isCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) return createAlone(path, text);
    throw error;
  } finally {
    file.discard();
  }
}

function createAlone(path: string, text: string): boolean {
  let file: number;
  try {
    file = disk.open(path, 'wx');
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
  try {
    writeAll(file, Buffer.from(text));
    return true;
  } finally {
    disk.close(file);
  }
}

/** Another process may have been quicker, and have its own lock there by now: that is given back. */
function takeAway(path: string, left: string): void {
  const aside = temporaryName(path);
  try {
    disk.rename(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  try {
    if (read(aside) !== left) disk.link(aside, path);
  } finally {
    disk.remove(aside);
  }
}

function otherHolder(folder: string): Holder | undefined {
  const path = join(folder, lockName);
  const text = own.has(path) ? undefined : read(path);
  return text === undefined ? undefined : running(path, text);
}

/** Whose lock it is; undefined where that process is gone, or the file is no lock. Of another machine's it is not known. */
function running(path: string, text: string): Holder | undefined {
  const parsed = holderSchema.safeParse(parse(text));
  if (!parsed.success) return undefined;
  const { pid, start, host } = parsed.data;
  if (host === hostname() && (pid === process.pid ? !own.has(path) : !isRunning(pid, start))) return undefined;
  return parsed.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes(String((error as NodeJS.ErrnoException).code));
}
