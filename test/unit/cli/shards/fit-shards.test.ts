/** `fit --shard` and `merge`: the packs of several machines make the ensemble of one. */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterScratch, leaveScratch, run } from '../../../support/commands/command.ts';

const plan = { folds: 2, held_out: 0.5, max_rows: 24, max_width: 16, trials: 2, epochs: 6, packs: 4, last_epochs: 3 };
const words = 'fit curve.csv --repeat plan.json --engine cpu --threads 1';
const quietly = (line: string) => run(`${line} --quiet`);
const read = (...path: string[]) => readFileSync(join(...path));
const json = (...path: string[]) => JSON.parse(read(...path).toString());

beforeAll(async () => {
  enterScratch();
  const settings = { data: { target: 'y' }, fit: { minutes: 1, seed: 10, plan } };
  writeFileSync('plan.json', JSON.stringify({ command: 'fit', engine: { kind: 'cpu' }, settings }));
  expect(await quietly(`${words} --out whole`)).toMatchObject({ code: 0 });
  for (const of of [2, 3]) {
    for (let part = 1; part <= of; part++) {
      expect(await quietly(`${words} --shard ${part}/${of} --out ${part}of${of}`)).toMatchObject({ code: 0, out: '' });
    }
  }
});
afterAll(leaveScratch);

function expectWhole(folder: string): void {
  expect(read(folder, 'model.safetensors').equals(read('whole', 'model.safetensors'))).toBe(true);
  const [own, whole] = [json(folder, 'fit.json'), json('whole', 'fit.json')];
  for (const part of ['settings', 'members', 'networks', 'diverged', 'metrics', 'gain', 'more_rows', 'calibration']) {
    expect(own[part]).toEqual(whole[part]);
  }
}

describe('shards of a fit', () => {
  it('come to the bits of one machine when they are put together, whatever their number and order', async () => {
    const folders = fc.constantFrom<string[]>(['1of2', '2of2'], ['1of3', '2of3', '3of3'], ['3of3', '2of2', '1of2']);
    const given = folders.chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
    await fc.assert(
      fc.asyncProperty(given, async (own) => {
        expect(await quietly(`merge ${own.join(' ')} --out merged --overwrite`)).toMatchObject({ code: 0 });
        expectWhole('merged');
      }),
      { numRuns: 3 },
    );
  });

  it('whose end the time has set are repeated by their common plan', async () => {
    for (const part of [1, 2]) {
      const { code, out } = await run(
        `fit curve.csv --target y --minutes 0.003 --engine cpu --threads 1 --shard ${part}/2 --out timed${part}`,
      );
      expect(code).toBe(0);
      expect(out).toMatch(/packs?, \d+ networks? trained/);
    }
    expect(json('timed1', 'shard.json').settings.fit.plan).toEqual(json('timed2', 'shard.json').settings.fit.plan);
    expect(await quietly('merge timed2 timed1 --out timed')).toMatchObject({ code: 0 });
    expect(json('timed', 'fit.json').settings.fit.plan.shard_packs).toHaveLength(2);
    expect(await quietly('fit curve.csv --repeat timed/fit.json --engine cpu --threads 1 --out again')).toMatchObject({
      code: 0,
    });
    expect(read('timed', 'model.safetensors').equals(read('again', 'model.safetensors'))).toBe(true);
    // One that has ended gets no more packs.
    const before = json('timed1', 'shard.json').shard.packs;
    const line = 'fit curve.csv --target y --minutes 0.003 --engine cpu --threads 1 --shard 1/2 --out timed1 --resume';
    expect(await quietly(line)).toMatchObject({ code: 0 });
    expect(json('timed1', 'shard.json').shard.packs).toBe(before);
    expect((await quietly('merge timed1 --out never')).err).toMatch(/^Missing: shard 2\/2\. /);
    expect((await quietly('merge timed1 timed2 --out ./timed2/ --overwrite')).err).toMatch(
      /^--out: timed2 is one of the shards/,
    );
  });

  it('are named where they are missing, not finished or damaged, and go on', async () => {
    expect((await quietly('merge 3of3 1of3 --out never')).err).toBe(
      `Missing: shard 2/3. Train what is missing: perceptron-lab ${words} --quiet --shard 2/3 --out FOLDER\n`,
    );
    cpSync('2of2', 'killed', { recursive: true });
    rmSync(join('killed', 'checkpoint', 'pack-3.checkpoint'));
    const file = join('killed', 'checkpoint', 'pack-1.checkpoint');
    const bytes = read(file);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(file, bytes);
    expect((await quietly('merge 1of2 killed --out never')).err).toBe(
      `Not finished: killed (shard 2/2), where 2 packs are left (damaged: ${file}). Go on: perceptron-lab ${words} --shard 2/2 --quiet --resume --out killed\n`,
    );
    expect(existsSync('never')).toBe(false);
    const again = await run(`${words} --shard 2/2 --out killed --resume`);
    expect(again.out).toContain(`${file}: the file is damaged, its checksum is another.`);
    expect(await quietly('merge 1of2 killed --out gone-on')).toMatchObject({ code: 0 });
    expectWhole('gone-on');
  });

  it('that were not trained alike are refused', async () => {
    const reference = words.replace('--engine cpu --threads 1', '--engine reference');
    expect(await quietly(`${reference} --shard 2/2 --out other`)).toMatchObject({ code: 0 });
    expect((await quietly('merge 1of2 2of2 other --out never')).err).toBe(
      'Pack 1 of the fit is in 2of2 and in other, with other results: leave one of the folders out.\n',
    );
    expect(await quietly(`${words} --seed 11 --shard 2/2 --out seeded`)).toMatchObject({ code: 0 });
    const other = await quietly(`${words} --seed 12 --shard 2/2 --out seeded --resume`);
    expect(other).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^--resume: .* holds packs of another fit: .*\n$/),
    });
    expect((await quietly('merge 1of2 2of2 --optuna --out never')).err).toBe(
      '--optuna: the journal is of a sweep, and these are shards of a fit; leave it out.\n',
    );
    expect((await quietly('merge 1of2 seeded --out never')).err).toBe(
      '1of2 and seeded do not belong together: what is to be trained is not the same. Merge only shards of the same command.\n',
    );
    expect((await quietly('fit curve.csv --target y --shard 1/2')).err).toMatch(
      /^--shard: .* say which with --out\.\n$/,
    );
    expect((await quietly('fit curve.csv --target y --resume --out x')).err).toMatch(
      /^--resume: .* give --shard or --queue\.\n$/,
    );
  });
});
