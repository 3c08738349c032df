/**
 * Files that appear whole or not at all: what is written goes to a sibling first, is flushed to disk, and only then takes
 * its name.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { disk } from './disk.ts';
import { hostTag, isRunning } from './processes.ts';

export type Parts = Iterable<string | Uint8Array>;

/** A file that is being written under another name. */
export interface Draft {
  /** Where it is until it is placed. */
  readonly path: string;
  write(part: string | Uint8Array): void;
  /** To disk; nothing more is written. */
  flush(): void;
  /** Takes its name, and replaces what had it. */
  place(): void;
  /** Takes back its name, which nothing has then. */
  takeBack(): void;
  /** Leaves nothing behind. Does nothing while it is placed. */
  discard(): void;
}

export function draft(target: string): Draft {
  const path = temporaryName(target);
  const file = disk.open(path, 'wx');
  let open = true;
  let placed = false;
  const close = () => {
    if (!open) return;
    open = false;
    disk.close(file);
  };
  return {
    path,
    write: (part) => writeAll(file, typeof part === 'string' ? Buffer.from(part) : part),
    flush() {
      disk.fsync(file);
      close();
    },
    place() {
      close();
      disk.rename(path, target);
      placed = true;
    },
    takeBack() {
      disk.rename(target, path);
      placed = false;
    },
    discard() {
      close();
      if (!placed) disk.remove(path);
    },
  };
}

/** @param flushed false for what may be lost in a power cut */
export function writeWhole(target: string, parts: Parts, flushed = true): void {
  const file = draft(target);
  try {
    for (const chunk of inChunks(parts)) file.write(chunk);
    if (flushed) file.flush();
    file.place();
    if (flushed) flushFolder(dirname(target));
  } finally {
    file.discard();
  }
}

/** Without this, a power cut may take back the names that files have been given. */
export function flushFolder(folder: string): void {
  let opened: number;
  try {
    opened = disk.open(folder, 'r');
  } catch {
    return; // Windows opens no folder, and needs none to be flushed.
  }
  try {
    disk.fsync(opened);
  } catch (error) {
    // File systems that flush no folders.
    if (!['EINVAL', 'EPERM', 'EBADF', 'ENOTSUP'].includes(String((error as NodeJS.ErrnoException).code))) throw error;
  } finally {
    disk.close(opened);
  }
}

/** Beside its target, hidden, and named by the process that writes it. */
export function temporaryName(target: string): string {
  const owner = `${hostTag}-${process.pid}-${randomBytes(4).toString('hex')}`;
  return join(dirname(target), `.${basename(target)}.${owner}.tmp`);
}

/** The name of the target of a temporary name; undefined where it is none. */
export function targetOf(name: string): string | undefined {
  return temporary.exec(name)?.[1];
}

const temporary = /^\.(.+)\.([0-9a-f]{6})-(\d+)-[0-9a-f]{8}\.tmp$/;

/**
 * Removes what processes have left that were ended while they wrote, before this one begins to. What another process or
 * machine still writes stays, as does every other file.
 * @param only the name of the file that they wrote, where those of others are none of the caller's business
 */
export function removeOrphans(folder: string, only?: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const [, target, host, pid] = temporary.exec(name) ?? [];
    if (host !== hostTag || (only !== undefined && target !== only)) continue;
    if (Number(pid) === process.pid || !isRunning(Number(pid))) disk.remove(join(folder, name));
  }
}

const chunkLength = 1 << 16;

/** Rows of a table are written many at a time. */
export function* inChunks(parts: Parts): Generator<string | Uint8Array> {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    if (text.length >= chunkLength || (text && typeof part !== 'string')) {
      yield text;
      text = '';
    }
    if (typeof part !== 'string') yield part;
  }
  if (text) yield text;
}

/** A disk may take a part of what it is given. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    const written = disk.write(file, bytes.subarray(done));
    if (written === 0) throw Object.assign(new Error('the disk takes no more'), { code: 'EIO' });
    done += written;
  }
}

/** With all folders above it. Not mkdir's `recursive`: in /proc, Node 20 then goes round in circles until memory is gone. */
export function makeFolders(folder: string): void {
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error('a file is there'), { code: 'EEXIST' });
    return;
  }
  if (dirname(folder) !== folder) makeFolders(dirname(folder));
  try {
    disk.makeFolder(folder);
  } catch (error) {
    // Another process may have been quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
