/** `npm run lab`: built where the sources have changed, whoever else builds or runs at the same time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
/** A checkout of its own, whose sources may be changed. */
const copy = mkdtempSync(join(tmpdir(), 'lab-script-'));
const builds = join(copy, 'dist', 'builds');

beforeAll(() => {
  const sources = ['src', 'shaders', 'tools', 'data', 'docs', 'public', 'index.html', 'vite.config.ts'];
  for (const name of [...sources, 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.types.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function start(words: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(copy, 'tools', 'lab.mjs'), ...words], {
    cwd: copy,
    env: { ...process.env, ...env },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
  return { child, ended };
}

const lab = (words: string, env?: Record<string, string>) => start(words.split(' '), env).ended;

/** Another description of `train` in the sources. */
function change(summary: string) {
  const file = join(copy, 'src', 'cli', 'main.ts');
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(/train: \{ summary: '[^']*'/, `train: { summary: '${summary}'`);
  expect(changed).not.toBe(text);
  writeFileSync(file, changed);
}

const hashes = () => readdirSync(builds).filter((name) => /^[0-9a-f]{16}$/.test(name));

it('builds a changed source once for ten that start together, and each runs what was changed', async () => {
  change('First change');
  const all = await Promise.all(Array.from({ length: 10 }, () => lab('--help')));
  for (const { code, out, err } of all) {
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('First change');
  }
  // No lock, half a build or process id is left.
  expect(readdirSync(builds)).toHaveLength(1);
  expect(readdirSync(join(builds, hashes()[0]))).toEqual(['cli']);
});

it('leaves a build alone where nothing but a date has changed', async () => {
  const main = join(builds, hashes()[0], 'cli', 'main.js');
  const before = readFileSync(main, 'utf8');
  writeFileSync(main, `${before}\nconsole.error('the same build');\n`);
  utimesSync(join(copy, 'src', 'cli', 'main.ts'), new Date(), new Date());
  expect(await lab('--version')).toMatchObject({ code: 0, err: 'the same build\n' });
  writeFileSync(main, before);
});

it('lets a process that runs finish on its own build, and removes that once nobody uses it', async () => {
  const running = start(['train', '-', '--target', 'y', '--epochs', '1', '--engine', 'reference', '--out', 'run']);
  const first = join(builds, hashes()[0]);
  await expect.poll(() => existsSync(first) && readdirSync(first).some((name) => name.endsWith('.pid'))).toBe(true);
  const long = new Date(Date.now() - 24 * 60 * 60 * 1000);
  utimesSync(first, long, long);

  change('Second change');
  expect((await lab('--help')).out).toContain('Second change');
  expect(existsSync(first)).toBe(true);

  running.child.stdin.end(`x,y\n${Array.from({ length: 40 }, (_, i) => `${i},${i * i}\n`).join('')}`);
  expect((await running.ended).code).toBe(0);
  expect(existsSync(join(copy, 'run', 'report.html'))).toBe(true);

  utimesSync(first, long, long);
  change('Third change');
  expect((await lab('--help')).out).toContain('Third change');
  expect(existsSync(first)).toBe(false);
});

it('takes a lock from a process that was killed', async () => {
  const killed = spawn(process.execPath, ['-e', '']);
  await once(killed, 'close');
  change('Fourth change');
  await lab('--version');
  for (const name of hashes()) {
    rmSync(join(builds, name, 'cli'), { recursive: true });
    writeFileSync(join(builds, name, 'cli.lock'), String(killed.pid));
  }
  expect((await lab('--help')).out).toContain('Fourth change');
});

it('says in one place that a build failed, and why', async () => {
  const file = join(copy, 'src', 'cli', 'main.ts');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, `${text}\nconst = 1;\n`);
  const { code, out, err } = await lab('--version');
  writeFileSync(file, text);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('main.ts');
  expect(err).toMatch(/The build of cli failed\.\n$/);
});

it('finds files from where the person stands', async () => {
  const folder = join(copy, 'elsewhere');
  mkdirSync(folder);
  writeFileSync(join(folder, 'mine.csv'), 'x,y\n1,2\n2,3\n');
  const { code, out } = await lab('describe mine.csv', { npm_lifecycle_event: 'lab', INIT_CWD: folder });
  expect(code).toBe(0);
  expect(out).toContain('mine.csv: 2 rows');
});
