/** `train --resume`: a run that was ended by hand goes on; one that has ended is left as it is. */
import { existsSync, mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { expectRefusal, folder, lab, start } from '../support/commands/cli.ts';

const run = 'train curve.csv --target y --engine cpu --hidden 64,64 --epochs 400 --early_stopping false';
const changes = '--changes learning_rate:0.003@900';
const history = (out: string) => readFileSync(join(folder, out, 'history.csv'), 'utf8').replace(/,[\d.e-]+$/gm, '');

it.skipIf(process.platform === 'win32')('goes on after Ctrl-C, and leaves what has ended as it is', async () => {
  const words = `${run} ${changes}`;
  expect((await lab(`${words} --out straight`)).code).toBe(0);

  const checkpoints = join(folder, 'cut', 'checkpoint');
  mkdirSync(checkpoints, { recursive: true });
  const { child, ended } = start([...words.split(' '), '--out', 'cut']);
  const watcher = watch(checkpoints, () => {
    if (!existsSync(join(checkpoints, 'train.checkpoint'))) return;
    watcher.close();
    child.kill('SIGINT');
  });
  const cut = await ended;
  expect({ code: cut.code, err: cut.err }).toEqual({
    code: 130,
    err: 'Interrupted; the same command with --resume goes on.\n',
  });
  await expectRefusal(
    `${words} --out cut`,
    '--out cut: holds a run already (model.safetensors); go on with it by --resume, name another folder, or write over it with --overwrite.',
  );
  const { code, err } = await lab(`${words} --out cut --resume`);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(history('cut')).toBe(history('straight'));
  expect(readdirSync(join(folder, 'cut')).sort()).toEqual(readdirSync(join(folder, 'straight')).sort());

  const model = readFileSync(join(folder, 'cut', 'model.safetensors'));
  const again = await lab(`${words} --out cut --resume --json`);
  expect(again).toEqual({
    code: 0,
    out: expect.stringContaining('"finished":true'),
    err: 'cut: the run has ended, there is nothing to go on with; its results stay as they are.\n',
  });
  expect(readFileSync(join(folder, 'cut', 'model.safetensors')).equals(model)).toBe(true);
});
