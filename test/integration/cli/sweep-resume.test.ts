/** `sweep --resume`: a process that was ended politely, and another that goes on with what it left; `kill` has the others. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectRefusal, folder, lab, quick } from '../../support/commands/cli.ts';
import { signalled } from '../../support/commands/hold.ts';

const long = {
  base: { model: { hidden: [32, 32] }, training: { epochs: 1000 } },
  grid: { 'model.activation': ['relu', 'tanh'] },
  seeds: 2,
};
const run = 'sweep curve.csv long.json --target y --engine cpu';
const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
/** The losses and metrics of every epoch, without the seconds. */
const curves = (out: string) => read(out, 'curves.csv').replace(/,[\d.]+$/gm, '');

/** Ends it in the middle: when some of its trials have stopped early, and the others are kept as they are. */
const interrupted = (out: string, signal: NodeJS.Signals, ...more: string[]) =>
  signalled([...run.split(' '), '--out', out, ...more], signal, { named: 'running-' });

describe('sweep --resume', () => {
  it('ends as if nothing had happened, after Ctrl-C', async () => {
    writeFileSync(join(folder, 'long.json'), JSON.stringify(long));
    expect((await lab(`${run} --out straight`)).code).toBe(0);

    const polite = await interrupted('polite', 'SIGINT');
    expect(polite.code).toBe(130);
    // A slow machine says before how long it takes.
    expect(polite.err).toMatch(/^(The sweep takes .*\n)?Interrupted; the same command with --resume goes on\.\n$/);
    const left = JSON.parse(read('polite', 'sweep.json'));
    expect(left.interrupted).toBe(true);
    const stopped = new Set(left.trials.map((trial: { stopped: string }) => trial.stopped));
    expect(stopped).toEqual(new Set(['interrupted', 'early_stopping']));

    const { code, err } = await lab(`${run} --out polite --resume`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(read('polite', 'trials.csv')).toBe(read('straight', 'trials.csv'));
    expect(curves('polite')).toBe(curves('straight'));
    const model = (of: string) => readFileSync(join(folder, of, 'model.safetensors'));
    expect(model('polite').equals(model('straight'))).toBe(true);
    expect(readdirSync(join(folder, 'polite', 'checkpoint')).filter((file) => file.startsWith('running'))).toEqual([]);
    // Once more: nothing is left to train.
    const again = await lab(`${run} --out polite --resume --json`);
    expect(JSON.parse(again.out)).toMatchObject({ resumed: 4, interrupted: false });
  });

  it('refuses what it cannot go on with in one line', async () => {
    writeFileSync(join(folder, 'long.json'), JSON.stringify({ ...long, base: { training: { epochs: 1 } } }));
    expect((await lab(`${run} --out one`)).code).toBe(0);
    const before = read('one', 'sweep.json');
    await expectRefusal(
      `${run} --out one`,
      '--out one: holds a sweep already (sweep.json); go on with it by --resume, name another folder, or write over it with --overwrite.',
    );
    await expectRefusal(`${run} --resume`, '--resume: goes on with the sweep in a folder; say which with --out.');
    writeFileSync(join(folder, 'long.json'), JSON.stringify({ ...long, base: { training: { epochs: 2 } } }));
    await expectRefusal(
      `${run} --out one --resume`,
      'The sweep to go on from is another: none of its 4 trials has these settings and rows. Begin in another place.',
    );
    expect(read('one', 'sweep.json')).toBe(before);
  });
});

describe('a checkpoint that is damaged', () => {
  it('is trained again, and its file named, and the results are the same', async () => {
    writeFileSync(join(folder, 'short.json'), JSON.stringify({ base: { training: { epochs: 2 } }, seeds: 2 }));
    const sweep = 'sweep curve.csv short.json --target y --engine cpu --out damaged';
    expect((await lab(sweep)).code).toBe(0);
    const [trials, model] = [read('damaged', 'trials.csv'), readFileSync(join(folder, 'damaged', 'model.safetensors'))];
    const file = readdirSync(join(folder, 'damaged', 'checkpoint')).find((name) => name.startsWith('ended')) ?? '';
    const path = join(folder, 'damaged', 'checkpoint', file);
    const sound = readFileSync(path);
    const flipped = Buffer.from(sound);
    flipped[sound.length >> 1] ^= 1;
    for (const [bytes, problem] of [
      [flipped, 'the file is damaged, its checksum is another'],
      [sound.subarray(52), 'kept by an earlier version, without a checksum'],
    ] as const) {
      writeFileSync(path, bytes);
      const { code, out } = await lab(`${sweep} --resume --json`);
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ resumed: 0 });
      const place = join('damaged', 'checkpoint', file);
      const notices = JSON.parse(out).notices.map(({ text }: { text: string }) => text);
      expect(notices).toContain(`${place}: ${problem}. What was kept there is trained again.`);
      expect(read('damaged', 'trials.csv')).toBe(trials);
      expect(readFileSync(join(folder, 'damaged', 'model.safetensors')).equals(model)).toBe(true);
      expect(readFileSync(path)).toHaveLength(sound.length);
    }
  });
});

describe('--overwrite', () => {
  const short = { base: { training: { epochs: 1 } }, seeds: 2 };
  const sweepShort = 'sweep curve.csv short.json --target y --engine cpu';
  const train = `train curve.csv --target y ${quick}`;
  const report = 'report curve.csv --hidden 2,2 --seeds 1 --epochs 1 --engine cpu';
  const filesOf = (out: string) => readdirSync(join(folder, out)).sort();
  const runFiles = ['history.csv', 'model.safetensors', 'report.html'];
  const reportFiles = ['best.safetensors', 'cells.csv', 'curves.csv', 'fits.csv', 'report.html', 'report.json'];
  const done = async (words: string) => expect((await lab(words)).code).toBe(0);

  it('leaves the checkpoint where the new sweep is refused, and replaces it where it begins', async () => {
    writeFileSync(join(folder, 'short.json'), JSON.stringify(short));
    await done(`${sweepShort} --out stays`);
    const before = filesOf('stays/checkpoint');
    writeFileSync(join(folder, 'wrong.json'), JSON.stringify({ ...short, base: { model: { loss: 'bce' } } }));
    const { code, err } = await lab(`sweep curve.csv wrong.json --target y --engine cpu --out stays --overwrite`);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^wrong\.json, /) });
    expect(filesOf('stays/checkpoint')).toEqual(before);
    await done(`${sweepShort} --out stays --resume`);
    writeFileSync(join(folder, 'short.json'), JSON.stringify({ ...short, seeds: 3 }));
    const anew = await lab(`${sweepShort} --out stays --overwrite --json`);
    expect(JSON.parse(anew.out)).toMatchObject({ resumed: 0 });
    expect(filesOf('stays/checkpoint')).toHaveLength(before.length);
  });

  it('leaves no results of what was there before, and other files alone', async () => {
    writeFileSync(join(folder, 'short.json'), JSON.stringify(short));
    await done(`${train} --out mixed`);
    writeFileSync(join(folder, 'mixed', 'sweep.json'), JSON.stringify(short));
    await done(`${report} --out mixed --overwrite`);
    expect(filesOf('mixed')).toEqual([...reportFiles, 'sweep.json']);
    await done(`${sweepShort} --out mixed --overwrite`);
    expect(filesOf('mixed')).toEqual([
      'checkpoint',
      'curves.csv',
      'model.safetensors',
      'report.html',
      'sweep.json',
      'trials.csv',
    ]);
    await done(`${train} --out mixed --overwrite`);
    expect(filesOf('mixed')).toEqual(runFiles);
    await expectRefusal(
      `${sweepShort} --out mixed --resume`,
      '--out mixed: holds a run already (model.safetensors); name another folder, or write over it with --overwrite.',
    );
  });

  it('that was killed is gone on with by the command that began it, and by no other', async () => {
    writeFileSync(join(folder, 'long.json'), JSON.stringify(long));
    await done(`${train} --out over`);
    expect((await interrupted('over', 'SIGKILL', '--overwrite')).code).toBeNull();
    const holds = '--out over: holds a sweep already (checkpoint);';
    const otherwise = 'name another folder, or write over it with --overwrite.';
    await expectRefusal(`${train} --out over`, `${holds} ${otherwise}`);
    await expectRefusal(`${report} --out over --resume`, `${holds} ${otherwise}`);
    await expectRefusal(`${run} --out over`, `${holds} go on with it by --resume, ${otherwise}`);
    await done(`${run} --out over --resume`);
    expect(filesOf('over')).not.toContain('history.csv');

    mkdirSync(join(folder, 'reported', 'checkpoint'), { recursive: true });
    writeFileSync(join(folder, 'reported', 'checkpoint', 'right-0123456789abcdef.checkpoint'), '');
    await expectRefusal(
      `${run} --out reported --resume`,
      `--out reported: holds a report already (checkpoint); ${otherwise}`,
    );
    await done(`${report} --out reported --resume`);
  });
});
