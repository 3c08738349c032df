/**
 * All that is written to a disk is written by these functions: `biome.json` forbids others to import what writes from
 * `node:fs`. They are the system's own, in an object, so that a test can let any of them fail.
 *
 * The exception is `unpack.ts`, whose archives are unpacked by the tar reader of another package.
 */
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

export interface Disk {
  /** @returns a descriptor; `wx` fails where there is a file, `r` opens folders too */
  open(path: string, flags: 'w' | 'wx' | 'a' | 'r'): number;
  /** @returns how many of the bytes were written, which may be fewer than there are */
  write(file: number, bytes: Uint8Array): number;
  fsync(file: number): void;
  close(file: number): void;
  rename(from: string, to: string): void;
  /** A second name for a file; fails where there is a file of that name, and where the disk has no links. */
  link(from: string, to: string): void;
  copy(from: string, to: string): void;
  /** Does nothing where there is no such file. */
  remove(path: string): void;
  makeFolder(path: string): void;
  /** Of an empty folder. */
  removeFolder(path: string): void;
  /** A pipe or a device, which may keep its writer waiting: others work meanwhile. */
  openSpecial(path: string): Promise<Pick<FileHandle, 'writeFile' | 'close'>>;
}

export const disk: Disk = {
  open: (path, flags) => openSync(path, flags),
  write: (file, bytes) => writeSync(file, bytes),
  fsync: (file) => fsyncSync(file),
  close: (file) => closeSync(file),
  rename: (from, to) => renameSync(from, to),
  link: (from, to) => linkSync(from, to),
  copy: (from, to) => copyFileSync(from, to),
  remove: (path) => rmSync(path, { force: true }),
  makeFolder: (path) => mkdirSync(path),
  removeFolder: (path) => rmdirSync(path),
  openSpecial: (path) => open(path, 'w'),
};
