/** Who may write to a folder of results, and what becomes of what the dead have left. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder, refuseLocked } from '../../../../src/cli/files/lock.ts';
import { disk } from '../../../../src/machine/disk.ts';
import { hostTag, isRunning, startOf } from '../../../../src/machine/processes.ts';
import { draft, removeOrphans } from '../../../../src/machine/whole-file.ts';
import { enterScratch, leaveScratch } from '../../../support/commands/command.ts';

enterScratch();
beforeEach(() => {
  rmSync('out', { recursive: true, force: true });
  mkdirSync('out');
});
afterAll(leaveScratch);

const path = 'out/.perceptron-lab.lock';
const gone = spawnSync(process.execPath, ['-e', '']).pid;
const holder = { pid: process.ppid, host: hostname(), since: '2026-11-29T07:00:00Z', command: 'sweep' };
const held = (changes: object) => writeFileSync(path, JSON.stringify({ ...holder, ...changes }));
const content = () => JSON.parse(readFileSync(path, 'utf8'));

describe('the lock of a folder', () => {
  it('is there until it is released, and nothing else is', () => {
    const listening = process.listenerCount('SIGINT');
    const lock = lockFolder('out', 'train');
    expect(readdirSync('out')).toEqual(['.perceptron-lab.lock']);
    expect(content()).toMatchObject({ pid: process.pid, host: hostname(), command: 'train' });
    expect(() => lockFolder('out', 'fit')).toThrow('--out out: train writes there (process ');
    lock.release();
    expect(readdirSync('out')).toEqual([]);
    expect(process.listenerCount('SIGINT')).toBe(listening);
  });

  it.each([
    ['a process that runs', {}],
    ['one that runs, by when it began', { start: startOf(process.ppid) }],
    ['one of another machine, of which nothing is known', { host: 'elsewhere', pid: gone }],
  ])('of %s is respected, and named in one line', (_, changes) => {
    held(changes);
    const { pid, host } = content();
    const line = `--out out: sweep writes there (process ${pid} on ${host}, since 2026-11-29T07:00:00Z); wait for it, name another folder, or delete ${path} if it is gone.`;
    expect(() => refuseLocked('out')).toThrow(expect.objectContaining({ name: 'InputError', message: line }));
    expect(() => lockFolder('out', 'train')).toThrow(line);
    expect(readdirSync('out')).toEqual(['.perceptron-lab.lock']);
    expect(content()).toMatchObject(changes);
  });

  it.each([
    ['a process that is gone', { pid: gone }],
    ['one whose number another has now', { start: 'long ago' }],
    ['an earlier process of this number', { pid: process.pid }],
    ['nobody: it is empty or of something else', { host: '\u001b[31m' }],
  ])('of %s is taken over', (_, changes) => {
    held(changes);
    refuseLocked('out');
    const lock = lockFolder('out', 'train');
    expect(content()).toMatchObject({ pid: process.pid, command: 'train' });
    lock.release();
    expect(readdirSync('out')).toEqual([]);
  });

  it('is taken on a disk without links too', () => {
    const { link } = disk;
    disk.link = () => {
      throw Object.assign(new Error(), { code: 'EPERM' });
    };
    try {
      const lock = lockFolder('out', 'train');
      expect(content().pid).toBe(process.pid);
      expect(() => lockFolder('out', 'fit')).toThrow('--out out: train writes there');
      lock.release();
      expect(readdirSync('out')).toEqual([]);
    } finally {
      disk.link = link;
    }
  });

  it('is renewed where the folder was made again, unless another process was quicker', () => {
    const lock = lockFolder('out', 'train');
    rmSync('out', { recursive: true });
    mkdirSync('out');
    lock.renew();
    expect(content().pid).toBe(process.pid);
    held({});
    expect(() => lock.renew()).toThrow('--out out: sweep writes there');
    lock.release();
    expect(content()).toEqual(holder);
  });
});

describe('temporary files', () => {
  it('of processes that are gone are removed, and no others', () => {
    const own = draft('out/b');
    own.flush();
    const others = [
      `.a.${hostTag}-${process.ppid}-00000000.tmp`,
      `.a.000000-${gone}-00000000.tmp`,
      `.a.${gone}.tmp`,
      `a.${hostTag}-${gone}-00000000.tmp`,
      'a',
    ];
    for (const name of [...others, `.a.${hostTag}-${gone}-00000000.tmp`]) writeFileSync(`out/${name}`, '');
    removeOrphans('out');
    expect(readdirSync('out').sort()).toEqual([...others].sort());
    removeOrphans('none');
    const names = ['x', 'y'].map((name) => `.${name}.${hostTag}-${gone}-00000000.tmp`);
    for (const name of names) writeFileSync(`out/${name}`, '');
    removeOrphans('out', 'x');
    expect(readdirSync('out').sort()).toEqual([...others, names[1]].sort());
  });
});

it('a process runs or does not', () => {
  expect(isRunning(process.pid, startOf(process.pid))).toBe(true);
  expect(isRunning(gone)).toBe(false);
  if (existsSync('/proc/self/stat')) expect(isRunning(process.pid, '1')).toBe(false);
});
