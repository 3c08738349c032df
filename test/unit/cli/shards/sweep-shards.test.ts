/** `sweep --shard` and `merge`: the folders of several machines make the results of one. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseShard } from '../../../../src/cli/shards/option.ts';
import { enterScratch, leaveScratch, run } from '../../../support/commands/command.ts';

const sweepFile = {
  base: { model: { hidden: [4] }, training: { epochs: 3 } },
  grid: { 'model.activation': ['relu', 'tanh'], 'training.batch_size': [4, 8] },
  seeds: 2,
};
const words = 'sweep curve.csv sweep.json --target y --split 0.6,0.2,0.2 --engine cpu --threads 1';
const quietly = (line: string) => run(`${line} --quiet`);
const read = (...path: string[]) => readFileSync(join(...path));
const json = (...path: string[]) => JSON.parse(read(...path).toString());
const checkpoints = (folder: string) => readdirSync(join(folder, 'checkpoint')).filter((file) => /^ended/.test(file));

beforeAll(async () => {
  enterScratch();
  writeFileSync('sweep.json', JSON.stringify(sweepFile));
  expect(await quietly(`${words} --out whole`)).toMatchObject({ code: 0 });
  for (const of of [2, 3]) {
    for (let part = 1; part <= of; part++) {
      expect(await quietly(`${words} --shard ${part}/${of} --out ${part}of${of}`)).toMatchObject({ code: 0, out: '' });
    }
  }
});
afterAll(leaveScratch);

function expectWhole(folder: string): void {
  for (const file of ['trials.csv', 'model.safetensors'])
    expect(read(folder, file).equals(read('whole', file))).toBe(true);
  const [own, whole] = [json(folder, 'sweep.json'), json('whole', 'sweep.json')];
  for (const part of [
    'sweep',
    'data',
    'leaderboard',
    'variance_shares',
    'best',
    'populations',
    'resumed',
    'interrupted',
  ]) {
    expect(own[part]).toEqual(whole[part]);
  }
}

describe('shards', () => {
  it('make the results of one machine when they are put together, whatever their number and order', async () => {
    const folders = fc.constantFrom<string[]>(['1of2', '2of2'], ['1of3', '2of3', '3of3']);
    const given = folders.chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
    await fc.assert(
      fc.asyncProperty(given, async (own) => {
        expect(await quietly(`merge ${own.join(' ')} --out merged --overwrite`)).toMatchObject({ code: 0 });
        expectWhole('merged');
        expect(existsSync(join('merged', 'report.html'))).toBe(true);
      }),
      { numRuns: 3 },
    );
  });

  it('say which part they are, and where they ran', async () => {
    const { out, err, code } = await run(`${words} --shard 2/3 --out said`);
    expect({ err, code }).toEqual({ err: 'Shard 2/3: 3 of 8 trials.\n', code: 0 });
    expect(out).toMatch(/3 trials in 1 population\n/);
    expect(out).toMatch(/This is one of 3 shards: .* perceptron-lab merge FOLDER/);
    const shard = json('said', 'shard.json');
    expect(shard.shard).toEqual({ part: 2, of: 3, trials: 3, of_trials: 8, machine: expect.any(String) });
    const { machine } = shard.shard;
    for (const { ran_on } of shard.trials)
      expect(ran_on).toEqual({ machine, engine: 'cpu', adapter: shard.engine.adapter });
    const merged = await run('merge 1of3 said 3of3 --out placed');
    expect(merged.out).toContain(`8 trials of 3 folders, trained on ${machine}.`);
    expect(json('placed', 'sweep.json').trials[7].ran_on.machine).toBe(machine);
  });

  it('may be more than there are trials', async () => {
    const { out, code } = await run(`${words} --shard 9/9 --out empty`);
    expect(code).toBe(0);
    expect(out).toContain('This is one of 9 shards');
    expect(json('empty', 'shard.json')).toMatchObject({ shard: { part: 9, trials: 0, of_trials: 8 }, trials: [] });
    expect(await quietly('merge empty 2of2 1of2 --out mixed')).toMatchObject({ code: 0 });
    expectWhole('mixed');
  });

  it('are named where some are missing, in any number', async () => {
    const all = ['1of3', '2of3', '3of3'];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: 1, maxLength: 2 }), async (own) => {
        const missing = all.filter((folder) => !own.includes(folder)).map((folder) => folder.replace('of', '/'));
        const { code, err } = await quietly(`merge ${own.join(' ')} --out less`);
        const again = `perceptron-lab ${words} --quiet --shard ${missing[0]} --out FOLDER`;
        expect({ code, err }).toEqual({
          code: 2,
          err: `Missing: shard ${missing.join(', ')}. Train what is missing: ${again}\n`,
        });
        expect(existsSync('less')).toBe(false);
      }),
      { numRuns: 3 },
    );
  });

  it('that have not ended are named, and go on', async () => {
    cpSync('2of2', 'killed', { recursive: true });
    rmSync(join('killed', 'shard.json'));
    rmSync(join('killed', 'checkpoint', checkpoints('killed')[0]));
    expect(await quietly('merge 1of2 killed --out unfinished')).toMatchObject({
      code: 2,
      // The command that it was begun with: its folder was another then.
      err: `Not finished: killed (shard 2/2), where 4 trials are left. Go on: perceptron-lab ${words} --shard 2/2 --quiet --resume --out killed\n`,
    });
    expect(await quietly(`${words} --shard 2/2 --out killed --resume`)).toMatchObject({ code: 0 });
    expect(await quietly('merge 1of2 killed --out gone-on')).toMatchObject({ code: 0 });
    expectWhole('gone-on');
  });

  it('that are damaged are named, and trained again', async () => {
    cpSync('2of2', 'damaged', { recursive: true });
    const file = join('damaged', 'checkpoint', checkpoints('damaged')[0]);
    const bytes = read(file);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(file, bytes);
    const { code, err } = await quietly('merge damaged 1of2 --out harmed');
    expect(code).toBe(2);
    expect(err).toMatch(`Not finished: damaged (shard 2/2), where 4 trials are left (damaged: ${file}). Go on: `);
    expect(await quietly(`${words} --shard 2/2 --out damaged --resume`)).toMatchObject({ code: 0 });
    expect(await quietly('merge damaged 1of2 --out mended')).toMatchObject({ code: 0 });
    expectWhole('mended');
    const own = join('damaged', 'checkpoint', 'shard.checkpoint');
    writeFileSync(own, read(own).subarray(0, 100));
    expect(await quietly('merge damaged 1of2 --out cut')).toMatchObject({
      code: 2,
      err: `${own}: the file is not as long as it was. It says what the shard is of; the command that trained it writes it again, with --resume.\n`,
    });
  });

  it('count once where they are doubled, and are refused where they differ', async () => {
    const { code, out } = await run('merge 1of2 2of2 2of3 --out doubled');
    expect(code).toBe(0);
    expect(out).toMatch(/3 trials are in several folders with the same results, and count once: 1of2, 2of2, 2of3\./);
    expectWhole('doubled');
    const other = 'sweep other.csv sweep.json --target y --split 0.6,0.2,0.2 --engine reference';
    writeFileSync('other.csv', read('curve.csv'));
    expect(await quietly(`${other} --shard 2/2 --out other`)).toMatchObject({ code: 0 });
    const { err } = await quietly('merge 1of2 2of2 other --out differ');
    expect(err).toMatch(
      /^model\.activation = "(relu|tanh)", .*, seed = \d+ is in 2of2 and in other, with other results: they were not trained alike\. Leave one of the folders out\.\n$/,
    );
  });

  it('of something else are refused, and it is said what differs', async () => {
    writeFileSync('more.json', JSON.stringify({ ...sweepFile, seeds: 3 }));
    writeFileSync('longer.csv', `${read('curve.csv')}24,0.5\n`);
    const [begin, rest] = ['sweep curve.csv sweep.json --target y', '--split 0.6,0.2,0.2 --engine cpu --threads 1'];
    const foreign: [string, string][] = [
      [`sweep curve.csv more.json --target y ${rest}`, 'what is to be trained is not the same'],
      [`sweep longer.csv sweep.json --target y ${rest}`, 'the tables are not the same'],
      [`${begin} ${rest} --split.seed 11`, 'the settings of the data are not the same'],
    ];
    for (const [line, difference] of foreign) {
      expect(await quietly(`${line} --shard 2/2 --out foreign --overwrite`)).toMatchObject({ code: 0 });
      expect(await quietly('merge 1of2 foreign --out never')).toMatchObject({
        code: 2,
        err: `1of2 and foreign do not belong together: ${difference}. Merge only shards of the same command.\n`,
      });
    }
    expect((await quietly('merge 1of2 whole --out never')).err).toBe(
      'whole: holds no shard; name the folders that --shard --out wrote.\n',
    );
    expect((await quietly('merge 1of2 2of2 --table longer.csv --out never')).err).toBe(
      'longer.csv: is not the table that the shards were trained on; name that one with --table.\n',
    );
    expect((await quietly('merge 1of2 2of2')).err).toBe('--out: is missing; name the folder for the results.\n');
  });

  it('are refused before anything is read where they cannot be', async () => {
    writeFileSync('halving.json', JSON.stringify({ ...sweepFile, halving: { first: 1, factor: 2 } }));
    const halving = await quietly('sweep gone.csv halving.json --target y --shard 1/2 --out never');
    expect(halving.err).toMatch(
      /^--shard: with successive halving who goes on is decided among all trials, .*leave "halving" out/,
    );
    expect((await quietly('sweep gone.csv sweep.json --target y --shard 1/2 --queue redis://a')).err).toMatch(
      /^--shard: .*give one of them\.\n$/,
    );
    expect((await quietly('sweep gone.csv sweep.json --target y --shard 1/2')).err).toMatch(
      /say which with --out\.\n$/,
    );
    expect((await quietly(`${words} --shard 1/2 --out 2of2 --resume`)).err).toBe(
      `--resume: ${join('2of2', 'checkpoint')} holds shard 2/2, and not 1/2; give that, or name another folder.\n`,
    );
    expect((await quietly(`${words} --shard 1/2 --out whole --resume`)).err).toMatch(
      /^--out whole: holds a sweep already/,
    );
    expect(existsSync('never')).toBe(false);
  });
});

describe('--shard', () => {
  it('is a part of a whole', () => {
    expect(parseShard('3/16')).toEqual({ part: 3, of: 16 });
    for (const text of ['0/4', '5/4', '1', '1/', '/4', '1/4/2', '-1/4', '1.5/4', ' 1/4', '1/1000000', '']) {
      expect(() => parseShard(text)).toThrow(`--shard: "${text}" is not a part of a whole`);
    }
  });
});
