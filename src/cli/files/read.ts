/** Files in. What is read may be standard input (`-`). */
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { cli } from '../../messages/en/command-line/cli.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { fileProblem } from '../failures.ts';

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
