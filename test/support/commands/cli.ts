/**
 * The command as a person or a script meets it, for the tests of each command: words in; standard output, standard error
 * and an exit code out. Every test file has a folder of its own, where it runs.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { built } from '../../../tools/build.mjs';

let main: string;
export const folder = mkdtempSync(join(tmpdir(), 'cli-test-'));

beforeAll(async () => {
  main = join(await built('cli'), 'main.js');
  writeFileSync(join(folder, 'curve.csv'), curve);
  writeFileSync(join(folder, 'text.csv'), 'x,y\n1,2\n2,abc\n3,def\n4,5\n');
  writeFileSync(join(folder, 'people.csv'), people(120));
  writeFileSync(join(folder, 'header.csv'), 'x,y\n');
  writeFileSync(join(folder, 'nothing.csv'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export const rows = Array.from({ length: 60 }, (_, i) => {
  const x = i / 10 - 3;
  return { x: x.toFixed(2), y: (20 + 5 * Math.sin(x) + ((i * 7) % 5) / 10).toFixed(3) };
});
export const curve = `x,y\n${rows.map(({ x, y }) => `${x},${y}`).join('\n')}\n`;

/** People of every kind of column, with gaps; whether they answer depends on age and city. */
export function people(count: number, labelled = true): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const age = 20 + ((i * 37) % 50);
    const city = ['Seoul', 'Busan', 'Jeju'][i % 3];
    const born = new Date(Date.UTC(2020 - age, i % 12, 1 + (i % 28))).toISOString().slice(0, 10);
    const answer = age > 45 || city === 'Jeju' ? 'yes' : 'no';
    const cells = [i % 11 === 5 ? '' : age, i % 13 === 6 ? 'NA' : city, born, 1000 * age + 500 * (i % 3), `p-${i}x`];
    return [...cells, ...(labelled ? [answer] : [])].join(',');
  });
  return `age,city,born,income,name${labelled ? ',answer' : ''}\n${lines.join('\n')}\n`;
}

/** The first defaults, for tests of something else than what is left out. */
export const firstOptions =
  '--numeric scale --split 0.6,0.2,0.2 --activation tanh --dropout 0 --optimizer adam --early_stopping false --refit false';

export const quick = `--hidden 8 --epochs 3 --batch_size 4 --learning_rate 0.01 --engine reference ${firstOptions}`;

interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

/** Starts the command. Node itself may be given options, for what a terminal would be needed for. */
export function start(words: string[], input = '', nodeOptions = '') {
  // A cache of its own, whatever the system calls the place.
  const env = {
    ...process.env,
    HOME: folder,
    XDG_CACHE_HOME: join(folder, 'cache'),
    LOCALAPPDATA: folder,
    NODE_OPTIONS: nodeOptions,
  };
  const child = spawn(process.execPath, [main, ...words], { cwd: folder, env });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  child.stdin.on('error', () => {}); // a command that fails early does not read
  child.stdin.end(input);
  const ended = new Promise<Outcome>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return { child, ended };
}

/** For Node: standard error is a terminal's, as far as the command can see. */
export const asTerminal = '--import=data:text/javascript,process.stderr.isTTY=true';

export const lab = (words: string, input?: string) => start(words.split(' '), input).ended;

/** The command is refused with this sentence, and nothing else is said. */
export async function expectRefusal(words: string, message: string | RegExp, input?: string): Promise<void> {
  const { code, out, err } = await lab(words, input);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.trimEnd()).not.toContain('\n');
  if (typeof message === 'string') expect(err).toBe(`${message}\n`);
  else expect(err).toMatch(message);
}
