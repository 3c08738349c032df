/** Commands that are killed at any moment, while they write too, and gone on with until they are done: the same bits, and nothing else. */
import { mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { hashAt } from '../../../src/util/random.ts';
import { folder, start } from '../../support/commands/cli.ts';
import { faultSeed, times } from '../../support/faults.ts';

/** For Node: a clock that runs fifty times as fast, so that what is saved every ten seconds is saved five times a second. */
const fastClock =
  '--import=data:text/javascript,const%20now=performance.now.bind(performance);performance.now=()=>50*now()';

const commands = {
  train: `train curve.csv --target y --engine cpu --hidden 48,48 --epochs ${times(300, 1000)} --early_stopping false`,
  sweep: 'sweep curve.csv sweep.json --target y --engine cpu',
  report: `report curve.csv --hidden 6,6 --seeds 1 --epochs ${times(4, 20)} --engine cpu`,
};
type Command = keyof typeof commands;

/** What has no times in it. */
const bits: Record<Command, (out: string) => (string | Buffer)[]> = {
  train: (out) => [bytes(out, 'model.safetensors'), timeless(out, 'history.csv')],
  sweep: (out) => [bytes(out, 'model.safetensors'), bytes(out, 'trials.csv'), timeless(out, 'curves.csv')],
  report: (out) => [bytes(out, 'best.safetensors'), bytes(out, 'fits.csv'), bytes(out, 'curves.csv')],
};

const bytes = (out: string, file: string) => readFileSync(join(folder, out, file));
/** Without its last column, the seconds. */
const timeless = (out: string, file: string) =>
  bytes(out, file)
    .toString()
    .replace(/,[^,\n]*$/gm, '');
const filesIn = (out: string) =>
  readdirSync(join(folder, out), { recursive: true, encoding: 'utf8' })
    .filter((file) => file !== 'checkpoint')
    .sort();

const sweep = {
  base: { model: { hidden: [32, 32] }, training: { epochs: times(60, 200) } },
  grid: { 'model.activation': ['relu', 'tanh'], 'model.hidden': [[32, 32], [24]] },
  seeds: 2,
};
beforeAll(() => writeFileSync(join(folder, 'sweep.json'), JSON.stringify(sweep)));

const begin = (words: string, out: string) => start([...words.split(' '), '--out', out], '', fastClock);
const ended = (words: string, out: string) => begin(words, out).ended;

/** Kills the command by the clock, or once so much has been written to its folder. @returns whether it had ended before */
async function killed(words: string, out: string, draw: number, longestMs: number): Promise<boolean> {
  const checkpoints = join(folder, out, 'checkpoint');
  mkdirSync(checkpoints, { recursive: true });
  const { child, ended } = begin(words, out);
  const kill = () => child.kill('SIGKILL');
  let events = draw % 40;
  const written = () => {
    events -= 1;
    if (events < 0) kill();
  };
  const byClock = draw % 2 === 0;
  const timer = byClock ? setTimeout(kill, ((draw >>> 8) % 1000) * (longestMs / 1000)) : undefined;
  const watchers = byClock ? [] : [join(folder, out), checkpoints].map((path) => watch(path, written));
  const { code, err } = await ended;
  clearTimeout(timer);
  for (const watcher of watchers) watcher.close();
  if (code !== null) expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('defect') });
  return code !== null;
}

it.skipIf(process.platform === 'win32').each(Object.keys(commands) as Command[])(
  '%s that is killed and gone on with ends as if nothing had happened',
  async (name) => {
    const words = commands[name];
    const straight = `${name}-straight`;
    const begun = performance.now();
    const { code } = await ended(words, straight);
    const longestMs = performance.now() - begun;
    expect(code).toBe(0);

    const wanted = times(1, 100);
    let kills = 0;
    for (let round = 0; kills < wanted; round++) {
      const out = `${name}-${round}`;
      const before = kills;
      let done = false;
      // One that is killed soon gets no further than the one before.
      while (!done && kills < Math.min(wanted, before + 10)) {
        const resumed = kills === before ? words : `${words} --resume`;
        done = await killed(resumed, out, hashAt(faultSeed, round, kills), longestMs);
        if (!done) kills += 1;
      }
      const said = `${name}, round ${round} of FAULT_SEED=${faultSeed}, killed ${kills - before} times`;
      if (!done) {
        // It may have been killed when all was done.
        const err = expect.stringMatching(/^(.* has ended, there is nothing to go on with.*\n)?$/);
        expect(await ended(`${words} --resume`, out), said).toMatchObject({ code: 0, err });
      }
      expect(bits[name](out), said).toEqual(bits[name](straight));
      expect(filesIn(out), said).toEqual(filesIn(straight));
    }
    console.log(`${name}: killed ${kills} times`);
  },
  600_000,
);
