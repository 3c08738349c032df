/** Whatever is damaged in the folder of a shard: `merge` refuses it in a line, and its shard mends it, or the results are right all the same. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashAt } from '../../../../src/util/random.ts';
import { enterScratch, leaveScratch, run } from '../../../support/commands/command.ts';
import { faultSeed, times } from '../../../support/faults.ts';

const plan = { folds: 2, held_out: 0.5, max_rows: 24, max_width: 8, trials: 2, epochs: 4, packs: 4, last_epochs: 0 };
const commands = {
  sweep: 'sweep curve.csv sweep.json --target y --engine cpu --threads 1 --quiet',
  fit: 'fit curve.csv --repeat plan.json --engine cpu --threads 1 --quiet',
};
const model = (folder: string) => readFileSync(join(folder, 'model.safetensors'));

beforeAll(async () => {
  enterScratch();
  const base = { model: { hidden: [3] }, training: { epochs: 2 } };
  writeFileSync('sweep.json', JSON.stringify({ base, grid: { 'training.batch_size': [4, 6, 8, 12] } }));
  const settings = { data: { target: 'y' }, fit: { minutes: 1, seed: 10, plan } };
  writeFileSync('plan.json', JSON.stringify({ command: 'fit', engine: { kind: 'cpu' }, settings }));
  for (const [name, command] of Object.entries(commands)) {
    expect(await run(`${command} --out ${name}-whole`)).toMatchObject({ code: 0 });
    for (const part of [1, 2])
      expect(await run(`${command} --shard ${part}/2 --out ${name}-${part}`)).toMatchObject({ code: 0 });
  }
});
afterAll(leaveScratch);

/** Random numbers of one case. */
const drawsOf = (number: number) => {
  let index = 0;
  return (below: number) => hashAt(faultSeed, number, index++) % below;
};

const damages: [string, (bytes: Buffer, draw: (below: number) => number) => Buffer | undefined][] = [
  [
    'a flipped bit',
    (bytes, draw) => {
      bytes[draw(bytes.length)] ^= 1 << draw(8);
      return bytes;
    },
  ],
  ['a cut', (bytes, draw) => bytes.subarray(0, draw(bytes.length))],
  ['bytes behind it', (bytes) => Buffer.concat([bytes, Buffer.from('more')])],
  ['nothing in it', () => Buffer.alloc(0)],
  ['no file', () => undefined],
];

it.each(Object.entries(commands))('a shard of a %s', async (name, command) => {
  for (let number = 0; number < times(5, 100); number++) {
    const draw = drawsOf(number);
    const [what, damage] = damages[number % damages.length];
    cpSync(`${name}-2`, 'damaged', { recursive: true });
    const files = readdirSync(join('damaged', 'checkpoint')).sort();
    const path = join('damaged', 'checkpoint', files[draw(files.length)]);
    const said = `${what}: ${path}, seed ${faultSeed}, case ${number}`;
    const bytes = damage(readFileSync(path), draw);
    if (bytes) writeFileSync(path, bytes);
    else rmSync(path);
    const merged = await run(`merge ${name}-1 damaged --out merged --quiet --overwrite`);
    if (merged.code !== 0) {
      expect({ code: merged.code, out: merged.out }, said).toEqual({ code: 2, out: '' });
      expect(merged.err, said).toMatch(/^[^\n]*damaged[^\n]*\n$/);
      expect(await run(`${command} --shard 2/2 --out damaged --resume`), said).toMatchObject({ code: 0 });
      expect(await run(`merge ${name}-1 damaged --out merged --quiet --overwrite`), said).toMatchObject({ code: 0 });
    }
    expect(model('merged').equals(model(`${name}-whole`)), said).toBe(true);
    for (const folder of ['damaged', 'merged']) rmSync(folder, { recursive: true });
  }
});
