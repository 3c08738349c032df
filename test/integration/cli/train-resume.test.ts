/** `train --resume`: a run that was ended by hand goes on; one that has ended is left as it is. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { expectRefusal, folder, lab } from '../../support/commands/cli.ts';
import { signalled } from '../../support/commands/hold.ts';

const run = 'train curve.csv --target y --engine cpu --hidden 64,64 --epochs 60 --early_stopping false';
const changes = '--changes learning_rate:0.003@90';
const history = (out: string) => readFileSync(join(folder, out, 'history.csv'), 'utf8').replace(/,[\d.e-]+$/gm, '');

it.skipIf(process.platform === 'win32')('goes on after Ctrl-C, and leaves what has ended as it is', async () => {
  const words = `${run} ${changes}`;
  expect((await lab(`${words} --out straight`)).code).toBe(0);

  const cut = await signalled([...words.split(' '), '--out', 'cut'], 'SIGINT', { said: /epoch +[1-9]/ });
  expect({ code: cut.code, err: cut.err }).toEqual({
    code: 130,
    err: expect.stringMatching(/Interrupted; the same command with --resume goes on\.\n$/),
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
