/** The folder of --out between processes: several that want it, and some that are killed over it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { expectRefusal, folder, lab, quick, start } from '../../support/commands/cli.ts';
import { times } from '../../support/faults.ts';

const train = `train curve.csv --target y ${quick} --quiet`;
const files = ['history.csv', 'model.safetensors', 'report.html'];
const lockName = '.perceptron-lab.lock';
/** Beside the checkpoint, which an ended run has left to go on from. */
const namesIn = (out: string) => {
  const names = readdirSync(join(folder, out)).filter((name) => name !== 'checkpoint');
  return names.sort();
};

/** For Node: ends the process in its own way instead of giving a result its name, once `count` have theirs. */
const atRename = (count: number, end: string) =>
  `--import=data:text/javascript,${encodeURIComponent(`
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const rename = fs.renameSync;
    let left = ${count};
    fs.renameSync = (from, to) => { if (!to.endsWith('.checkpoint') && left-- === 0) ${end}; rename(from, to); };
    syncBuiltinESMExports();`)}`;

describe('a second process', () => {
  it('is refused while the first writes to the folder, and told which that is', async () => {
    const { child, ended } = start(`${train.replace('--epochs 3', '--epochs 100000')} --out one`.split(' '));
    await expect.poll(() => existsSync(join(folder, 'one', lockName))).toBe(true);
    const { since } = JSON.parse(readFileSync(join(folder, 'one', lockName), 'utf8'));
    await expectRefusal(
      `${train} --out one --overwrite`,
      `--out one: train writes there (process ${child.pid} on ${hostname()}, since ${since}); wait for it, name another folder, or delete one/${lockName} if it is gone.`,
    );
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(namesIn('one')).toEqual(files);
  });

  it.runIf(process.env.FAULTS)('is the only one to take over what a process has left that is gone', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const left = { pid: gone, host: hostname(), since: '2026-11-29T07:00:00Z', command: 'train' };
    for (let round = 0; round < times(0, 20); round++) {
      rmSync(join(folder, 'raced'), { recursive: true, force: true });
      mkdirSync(join(folder, 'raced'));
      writeFileSync(join(folder, 'raced', lockName), JSON.stringify(left));
      const ended = await Promise.all([1, 2, 3].map(() => lab(`${train} --out raced`)));
      const refused = ended.filter(({ code }) => code === 2);
      expect(ended.filter(({ code }) => code === 0)).toHaveLength(1);
      expect(refused).toHaveLength(2);
      for (const { err } of refused) expect(err).toMatch(/^--out raced: (train writes there|holds a run already).*\n$/);
      expect(namesIn('raced')).toEqual(files);
    }
  });
});

describe('a process that is killed', () => {
  it('between two names leaves a set that the next command completes', async () => {
    // Names of the journal and of three files.
    for (let count = 4 - times(1, 4); count < 4; count++) {
      rmSync(join(folder, 'killed'), { recursive: true, force: true });
      mkdirSync(join(folder, 'killed'));
      for (const name of files) writeFileSync(join(folder, 'killed', name), 'earlier');
      const words = `${train} --out killed --overwrite`.split(' ');
      expect((await start(words, '', atRename(count, "process.kill(process.pid, 'SIGKILL')")).ended).code).toBeNull();
      const { code } = await lab('predict killed curve.csv --out answers.csv');
      const texts = files.map((name) => readFileSync(join(folder, 'killed', name)));
      if (count === 0) {
        expect(code).toBe(2);
        expect(texts.map(String)).toEqual(files.map(() => 'earlier'));
      } else {
        expect(code).toBe(0);
        expect(loadModel(texts[1]).members).toHaveLength(1);
        expect(texts.map(String)).not.toContain('earlier');
        expect(namesIn('killed')).toEqual(files);
      }
    }
  });

  it('by a second Ctrl-C takes its lock along', async () => {
    const { code } = await start(`${train} --out left`.split(' '), '', atRename(0, 'process.exit(130)')).ended;
    expect(code).toBe(130);
    expect(namesIn('left').filter((name) => !name.endsWith('.tmp'))).toEqual([]);
  });
});
